package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.crypto.SealedTextConverter;
import org.stillpoint.relationship.Member;

/** Decisions, and who says yes to them: each reads and writes only one's own yes. */
@Singleton
class Decisions {
  private static final SealedTextConverter COLUMN = new SealedTextConverter();

  private final EntityManager entities;

  Decisions(EntityManager entities) {
    this.entities = entities;
  }

  void add(Decision decision) {
    entities.persist(decision);
    entities.flush();
  }

  void remove(Decision decision) {
    entities.remove(decision);
  }

  /** All of a check-in, in the order in which they were proposed. */
  List<Decision> of(CheckIn checkIn) {
    return entities
        .createQuery(
            "from Decision d where d.relationshipId = :relationship and d.checkInId = :checkIn"
                + " order by d.proposedAt, d.id",
            Decision.class)
        .setParameter("relationship", checkIn.relationshipId())
        .setParameter("checkIn", checkIn.id())
        .getResultList();
  }

  /** How many of a check-in the member has proposed that are there, recorded or not. */
  long proposedBy(Member member, CheckIn checkIn) {
    return entities
        .createQuery(
            "select count(*) from Decision d where d.relationshipId = :relationship"
                + " and d.checkInId = :checkIn and d.authorId = :author",
            Long.class)
        .setParameter("relationship", checkIn.relationshipId())
        .setParameter("checkIn", checkIn.id())
        .setParameter("author", member.memberId())
        .getSingleResult();
  }

  Optional<Decision> find(CheckIn checkIn, UUID id) {
    return Optional.ofNullable(
        entities.find(
            Decision.class, new Decision.Key(checkIn.relationshipId(), checkIn.id(), id)));
  }

  void assent(Member member, Decision decision, Instant now) {
    ofAssent(
            """
            insert into check_in_assent (relationship_id, check_in_id, decision_id, member_id, assented_at)
            values (:relationship, :checkIn, :decision, :member, :now)
            on conflict do nothing
            """,
            member,
            decision)
        .setParameter("now", now)
        .executeUpdate();
  }

  void withdrawAssent(Member member, Decision decision) {
    ofAssent(
            "delete from check_in_assent where relationship_id = :relationship"
                + " and check_in_id = :checkIn and decision_id = :decision"
                + " and member_id = :member",
            member,
            decision)
        .executeUpdate();
  }

  /** Whether the member says yes to it. */
  boolean assents(Member member, Decision decision) {
    return !ofAssent(
            "select member_id from check_in_assent where relationship_id = :relationship"
                + " and check_in_id = :checkIn and decision_id = :decision"
                + " and member_id = :member",
            member,
            decision)
        .getResultList()
        .isEmpty();
  }

  private Query ofAssent(String sql, Member member, Decision decision) {
    return entities
        .createNativeQuery(sql)
        .setParameter("relationship", decision.relationshipId())
        .setParameter("checkIn", decision.checkInId())
        .setParameter("decision", decision.id())
        .setParameter("member", member.memberId());
  }

  /**
   * Records it if all have assented; whether it has.
   *
   * @param text as it is sealed for all from then on
   */
  boolean record(Decision decision, SealedText text, Instant now) {
    boolean recorded =
        (Boolean)
            entities
                .createNativeQuery(
                    "select record_decision(:relationship, :checkIn, :decision, :text, :now)",
                    Boolean.class)
                .setParameter("relationship", decision.relationshipId())
                .setParameter("checkIn", decision.checkInId())
                .setParameter("decision", decision.id())
                .setParameter("text", COLUMN.convertToDatabaseColumn(text))
                .setParameter("now", now)
                .getSingleResult();
    if (recorded) {
      entities.refresh(decision);
    }
    return recorded;
  }
}
