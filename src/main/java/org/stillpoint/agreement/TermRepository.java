package org.stillpoint.agreement;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.stillpoint.relationship.Member;

/** Under row-level security a term of others' agreement is not there. */
@Singleton
class TermRepository implements PanacheRepositoryBase<Term, Term.Key> {
  /** What may still change or be in force: of each clause what is active and what is proposed. */
  private static final String STANDING =
      "relationshipId = :relationship and endedAt is null and cancelledAt is null"
          + " and (replacedAt is null or replacedAt > :now)"
          + " and (activeAt is not null or openUntil > :now)";

  Optional<Term> visible(Member member, UUID id) {
    return findByIdOptional(new Term.Key(member.relationshipId(), id));
  }

  /** Of one agreement, in the order in which they were proposed. */
  List<Term> standing(Agreement agreement, Instant now) {
    return stream(
            STANDING + " and agreementId = :agreement order by id",
            Parameters.with("relationship", agreement.relationshipId())
                .and("agreement", agreement.id())
                .and("now", now))
        .filter(term -> term.stands(now))
        .toList();
  }

  /** Of all agreements that the reader takes part in. */
  List<Term> standing(Member member, Instant now) {
    return stream(
            STANDING + " order by id",
            Parameters.with("relationship", member.relationshipId()).and("now", now))
        .filter(term -> term.stands(now))
        .toList();
  }

  /** Of all agreements of a kind that the reader takes part in. */
  List<Term> standing(UUID relationshipId, AgreementKind kind, Instant now) {
    return stream(
            STANDING
                + " and agreementId in (select a.id from Agreement a"
                + " where a.relationshipId = :relationship and a.kind = :kind) order by id",
            Parameters.with("relationship", relationshipId).and("kind", kind).and("now", now))
        .filter(term -> term.stands(now))
        .toList();
  }

  /** The agreements of which something stands, in the order in which they are locked. */
  List<UUID> standingAgreements(UUID relationshipId, Instant now) {
    return stream(STANDING, Parameters.with("relationship", relationshipId).and("now", now))
        .filter(term -> term.stands(now))
        .map(Term::agreementId)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * What was not agreed since then, for whatever cause, though this member had proposed it or said
   * yes to it (S18). What the others wanted among themselves isn't asked for.
   */
  List<Term> refusedTo(Member member, Instant since, Instant now) {
    return getEntityManager()
        .createNativeQuery(
            """
            select t.* from term t where t.relationship_id = :relationship
            and (t.cancelled_at > :since or t.active_at is null and t.replaced_at is null
              and t.open_until > :since and t.open_until <= :now)
            and (t.author_id = :member or exists (select from term_answer a
              where a.relationship_id = t.relationship_id and a.term_id = t.id
              and a.member_id = :member and a.purpose = 'agree' and a.assents))
            """,
            Term.class)
        .setParameter("relationship", member.relationshipId())
        .setParameter("member", member.memberId())
        .setParameter("since", since)
        .setParameter("now", now)
        .getResultList();
  }

  /** Whose text is under a member's key. */
  List<Term> sealedFor(UUID relationshipId, UUID member) {
    return list("relationshipId = ?1 and sealedFor = ?2", relationshipId, member);
  }

  /** In the order of the ids. */
  List<Term> of(UUID relationshipId, Collection<UUID> ids) {
    return list("relationshipId = ?1 and id in ?2 order by id", relationshipId, ids);
  }
}
