package org.stillpoint.agreement;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.relationship.AgreementLookup;
import org.stillpoint.relationship.Member;

/** Agreements that somebody wrote, as other features name them. */
@Singleton
class SharedAgreements implements AgreementLookup {
  private final EntityManager entities;

  SharedAgreements(EntityManager entities) {
    this.entities = entities;
  }

  @Override
  public Set<UUID> agreements(Member reader, Collection<UUID> ids, Collection<UUID> members) {
    return entities
        .createQuery(
            "from Agreement a where a.relationshipId = :relationship and a.kind = :kind"
                + " and a.id in :ids",
            Agreement.class)
        .setParameter("relationship", reader.relationshipId())
        .setParameter("kind", AgreementKind.AGREEMENT)
        .setParameter("ids", ids)
        .getResultStream()
        .filter(agreement -> agreement.memberIds().containsAll(members))
        .map(Agreement::id)
        .collect(Collectors.toSet());
  }

  @Override
  public Set<UUID> terms(Member reader, Collection<UUID> ids, Collection<UUID> members) {
    List<Term> found =
        entities
            .createQuery(
                "from Term t where t.relationshipId = :relationship and t.id in :ids", Term.class)
            .setParameter("relationship", reader.relationshipId())
            .setParameter("ids", ids)
            .getResultList();
    Set<UUID> seen =
        agreements(reader, found.stream().map(Term::agreementId).distinct().toList(), members);
    return found.stream()
        .filter(term -> seen.contains(term.agreementId()))
        .map(Term::id)
        .collect(Collectors.toSet());
  }

  @Override
  public List<Change> changes(
      Member reader,
      Collection<UUID> members,
      Instant since,
      Instant until,
      Cursor.@Nullable ByTime after,
      int limit) {
    List<?> rows =
        entities
            .createNativeQuery(
                """
                select agreement_id, term_id, version_number, type, occurred_at from (
                  select distinct on (h.agreement_id, h.term_id) h.agreement_id, h.term_id,
                    t.version_number, h.type, h.occurred_at
                  from agreement_history h
                  join agreement a on a.relationship_id = h.relationship_id and a.id = h.agreement_id
                  left join term t on t.relationship_id = h.relationship_id and t.id = h.term_id
                  where h.relationship_id = :relationship and a.kind = 'AGREEMENT'
                  and a.member_ids @> :members
                  and h.occurred_at > :since and h.occurred_at <= :until
                  and (h.term_id is not null or h.type = :ended)
                  order by h.agreement_id, h.term_id, h.sequence desc) latest
                where cast(:afterTime as timestamptz) is null
                or (occurred_at, coalesce(term_id, agreement_id))
                  > (cast(:afterTime as timestamptz), cast(:afterId as uuid))
                order by occurred_at, coalesce(term_id, agreement_id) limit :limit
                """,
                Tuple.class)
            .setParameter("relationship", reader.relationshipId())
            .setParameter("members", members.toArray(UUID[]::new))
            .setParameter("since", since)
            .setParameter("until", until)
            .setParameter("ended", AgreementHistory.Type.AGREEMENT_ENDED.wireName())
            .setParameter("afterTime", after == null ? null : after.at())
            .setParameter("afterId", after == null ? null : after.id())
            .setParameter("limit", limit)
            .getResultList();
    return rows.stream().map(Tuple.class::cast).map(SharedAgreements::change).toList();
  }

  private static Change change(Tuple row) {
    return new Change(
        row.get(0, UUID.class),
        row.get(1, UUID.class),
        row.get(2, Integer.class),
        row.get(3, String.class),
        row.get(4, Instant.class));
  }
}
