package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.ProblemType;
import org.stillpoint.relationship.Member;

/**
 * What members do in private: who is ready, and what is answered. Each reads and writes only their
 * own; of all there is a yes, or nothing.
 */
@Singleton
class PrivateRows {
  private final EntityManager entities;

  PrivateRows(EntityManager entities) {
    this.entities = entities;
  }

  /** Says ready for the check-in's present round: to open it, or to go on. */
  void ready(Member member, CheckIn checkIn, Instant now) {
    ofReadiness(
            """
            insert into check_in_readiness (relationship_id, check_in_id, member_id, round, ready_at)
            values (:relationship, :checkIn, :member, :round, :now)
            on conflict (relationship_id, check_in_id, member_id) do update
            set round = excluded.round, ready_at = excluded.ready_at
            """,
            member,
            checkIn)
        .setParameter("round", checkIn.readyRound())
        .setParameter("now", now)
        .executeUpdate();
  }

  void notReady(Member member, CheckIn checkIn) {
    ofReadiness(
            "delete from check_in_readiness where relationship_id = :relationship"
                + " and check_in_id = :checkIn and member_id = :member",
            member,
            checkIn)
        .executeUpdate();
  }

  private Query ofReadiness(String sql, Member member, CheckIn checkIn) {
    return entities
        .createNativeQuery(sql)
        .setParameter("relationship", checkIn.relationshipId())
        .setParameter("checkIn", checkIn.id())
        .setParameter("member", member.memberId());
  }

  /** Whether the member has said so for this round, and since then. */
  boolean isReady(Member member, CheckIn checkIn, Instant since) {
    return !entities
        .createNativeQuery(
            "select round from check_in_readiness where relationship_id = :relationship"
                + " and check_in_id = :checkIn and member_id = :member and round = :round"
                + " and ready_at >= :since",
            Integer.class)
        .setParameter("relationship", checkIn.relationshipId())
        .setParameter("checkIn", checkIn.id())
        .setParameter("member", member.memberId())
        .setParameter("round", checkIn.readyRound())
        .setParameter("since", since)
        .getResultList()
        .isEmpty();
  }

  boolean areAllReady(CheckIn checkIn, Instant since) {
    return (Boolean)
        entities
            .createNativeQuery(
                "select all_ready(:relationship, :checkIn, :round, :since)", Boolean.class)
            .setParameter("relationship", checkIn.relationshipId())
            .setParameter("checkIn", checkIn.id())
            .setParameter("round", checkIn.readyRound())
            .setParameter("since", since)
            .getSingleResult();
  }

  /**
   * The member's own answer, to be marked for somebody else to read; locked, so that it isn't
   * deleted meanwhile. What is revealed can be neither.
   *
   * @param refusal what the member is told who keeps it for themself
   */
  CheckInAnswer lockToMark(Member member, CheckIn checkIn, CheckInItem item, ProblemType refusal) {
    CheckInAnswer answer = lock(member, checkIn, item.id()).orElse(null);
    if (answer == null) {
      answer = own(member, checkIn, item.id());
    }
    if (item.answers() == AnswerKeeping.PRIVATE || (answer != null && answer.isOnlyForMe())) {
      throw refusal.exception();
    }
    if (answer == null || answer.isEmpty()) {
      throw CheckInProblem.ANSWER_EMPTY.exception();
    }
    return answer;
  }

  /** The member's own answer; null before there is one. */
  @Nullable CheckInAnswer own(Member member, CheckIn checkIn, UUID itemId) {
    return entities.find(CheckInAnswer.class, key(member, checkIn, itemId));
  }

  /** Whether the member has submitted; without keeping what was read, which may change. */
  boolean isSubmitted(Member member, UUID checkInId, UUID itemId) {
    return !entities
        .createQuery(
            "select a.memberId from CheckInAnswer a where a.relationshipId = :relationship"
                + " and a.checkInId = :checkIn and a.itemId = :item and a.memberId = :member"
                + " and a.submittedAt is not null",
            UUID.class)
        .setParameter("relationship", member.relationshipId())
        .setParameter("checkIn", checkInId)
        .setParameter("item", itemId)
        .setParameter("member", member.memberId())
        .getResultList()
        .isEmpty();
  }

  /** The member's own answer, locked, as it is now; empty while there is none. */
  Optional<CheckInAnswer> lock(Member member, CheckIn checkIn, UUID itemId) {
    return Optional.ofNullable(
        entities.find(
            CheckInAnswer.class, key(member, checkIn, itemId), LockModeType.PESSIMISTIC_WRITE));
  }

  /** The same, made if there is none. */
  Optional<CheckInAnswer> lockOrMake(Member member, CheckIn checkIn, UUID itemId, Instant now) {
    entities
        .createNativeQuery(
            "insert into check_in_answer (relationship_id, check_in_id, item_id, member_id,"
                + " kept_since) values (:relationship, :checkIn, :item, :member, :now)"
                + " on conflict do nothing")
        .setParameter("relationship", checkIn.relationshipId())
        .setParameter("checkIn", checkIn.id())
        .setParameter("item", itemId)
        .setParameter("member", member.memberId())
        .setParameter("now", now)
        .executeUpdate();
    return lock(member, checkIn, itemId);
  }

  void delete(CheckInAnswer answer) {
    entities.remove(answer);
  }

  private static CheckInAnswer.Key key(Member member, CheckIn checkIn, UUID itemId) {
    return new CheckInAnswer.Key(checkIn.relationshipId(), checkIn.id(), itemId, member.memberId());
  }

  /** What all who take part can read now, in an order that tells nothing. */
  List<CheckInAnswer> shown(CheckIn checkIn, CheckInItem item) {
    if (!item.isShown()) {
      return List.of();
    }
    return entities
        .createQuery(
            "from CheckInAnswer a where a.relationshipId = :relationship"
                + " and a.checkInId = :checkIn and a.itemId = :item and a.submittedAt is not null"
                + " and a.memberId in :participants order by a.memberId",
            CheckInAnswer.class)
        .setParameter("relationship", checkIn.relationshipId())
        .setParameter("checkIn", checkIn.id())
        .setParameter("item", item.id())
        .setParameter("participants", checkIn.participantIds())
        .getResultList();
  }

  /** Reveals a sealed item if all have submitted; whether it has. */
  boolean reveal(CheckIn checkIn, CheckInItem item, Instant now) {
    entities.flush();
    boolean revealed =
        (Boolean)
            entities
                .createNativeQuery(
                    "select reveal_item(:relationship, :checkIn, :item, :now)", Boolean.class)
                .setParameter("relationship", checkIn.relationshipId())
                .setParameter("checkIn", checkIn.id())
                .setParameter("item", item.id())
                .setParameter("now", now)
                .getSingleResult();
    if (revealed) {
      entities.refresh(item);
    }
    return revealed;
  }
}
