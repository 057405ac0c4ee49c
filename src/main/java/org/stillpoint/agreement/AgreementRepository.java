package org.stillpoint.agreement;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Keyset;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.relationship.Member;

/** Under row-level security an agreement of others is not there. */
@Singleton
class AgreementRepository implements PanacheRepositoryBase<Agreement, Agreement.Key> {
  /** One that somebody wrote; what is of another kind has an address of its own. */
  Agreement visible(Member member, UUID id) {
    return findByIdOptional(new Agreement.Key(member.relationshipId(), id))
        .filter(agreement -> agreement.kind() == AgreementKind.AGREEMENT)
        .orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  /**
   * Locked before anything of it is read: of two who change it at once, the second sees the first.
   */
  Agreement lock(UUID relationshipId, UUID id) {
    Agreement agreement =
        Optional.ofNullable(
                findById(new Agreement.Key(relationshipId, id), LockModeType.PESSIMISTIC_WRITE))
            .orElseThrow(HttpProblem.NOT_FOUND::exception);
    getEntityManager().refresh(agreement, LockModeType.PESSIMISTIC_WRITE);
    return agreement;
  }

  /** The newest first. */
  List<Agreement> list(Member member, Cursor.@Nullable ByTime after, int limit) {
    return find(
            "relationshipId = :relationship and kind = :kind"
                + Keyset.newestFirst("createdAt", "id"),
            Keyset.values(
                after,
                Map.of("relationship", member.relationshipId(), "kind", AgreementKind.AGREEMENT)))
        .page(0, limit)
        .list();
  }

  /** Those of a kind among these, the oldest first. */
  List<Agreement> singles(
      UUID relationshipId,
      AgreementKind kind,
      Collection<UUID> ids,
      Cursor.@Nullable ByTime after,
      int limit) {
    return find(
            "relationshipId = :relationship and kind = :kind and id in :ids"
                + Keyset.oldestFirst("createdAt", "id"),
            Keyset.values(after, Map.of("relationship", relationshipId, "kind", kind, "ids", ids)))
        .page(0, limit)
        .list();
  }

  void add(AgreementVersion version) {
    getEntityManager().persist(version);
  }

  Optional<AgreementVersion> version(Agreement agreement, int number) {
    return getEntityManager()
        .createQuery(
            "from AgreementVersion v where v.relationshipId = :relationship"
                + " and v.agreementId = :agreement and v.number = :number",
            AgreementVersion.class)
        .setParameter("relationship", agreement.relationshipId())
        .setParameter("agreement", agreement.id())
        .setParameter("number", number)
        .getResultStream()
        .findFirst();
  }

  /** The latest that is still there: who leaves takes along what nobody else has agreed to. */
  Optional<AgreementVersion> newest(Agreement agreement) {
    return getEntityManager()
        .createQuery(
            "from AgreementVersion v where v.relationshipId = :relationship"
                + " and v.agreementId = :agreement order by v.number desc",
            AgreementVersion.class)
        .setParameter("relationship", agreement.relationshipId())
        .setParameter("agreement", agreement.id())
        .setMaxResults(1)
        .getResultStream()
        .findFirst();
  }

  /** The same of several, by their ids; one query, but for those whose latest was taken along. */
  Map<UUID, AgreementVersion> newest(UUID relationshipId, Collection<Agreement> agreements) {
    Map<UUID, AgreementVersion> newest = new HashMap<>();
    getEntityManager()
        .createQuery(
            "select v from AgreementVersion v join Agreement a"
                + " on a.relationshipId = v.relationshipId and a.id = v.agreementId"
                + " and a.latestVersion = v.number"
                + " where v.relationshipId = :relationship and v.agreementId in :agreements",
            AgreementVersion.class)
        .setParameter("relationship", relationshipId)
        .setParameter("agreements", agreements.stream().map(Agreement::id).toList())
        .getResultStream()
        .forEach(version -> newest.put(version.agreementId(), version));
    for (Agreement agreement : agreements) {
      if (!newest.containsKey(agreement.id())) {
        newest(agreement).ifPresent(version -> newest.put(agreement.id(), version));
      }
    }
    return newest;
  }

  /** Those after a number, in their order. */
  List<AgreementVersion> versions(Agreement agreement, int after, int limit) {
    return getEntityManager()
        .createQuery(
            "from AgreementVersion v where v.relationshipId = :relationship"
                + " and v.agreementId = :agreement and v.number > :after order by v.number",
            AgreementVersion.class)
        .setParameter("relationship", agreement.relationshipId())
        .setParameter("agreement", agreement.id())
        .setParameter("after", after)
        .setMaxResults(limit)
        .getResultList();
  }

  /**
   * What became of the versions from a number on, by what they brought: a term that was replaced or
   * lapsed before it became active never acted.
   */
  List<VersionState.Deeds> deeds(Agreement agreement, int from, Instant now) {
    List<?> rows =
        getEntityManager()
            .createNativeQuery(
                """
                select number, bool_or(open), bool_or(acted) from (
                  select v.number, false as open, v.acted_at_once as acted from agreement_version v
                  where v.relationship_id = :relationship and v.agreement_id = :agreement
                    and v.number >= :from
                  union all
                  select t.version_number,
                    t.ended_at is null and coalesce(t.replaced_at > :now, true)
                      and coalesce(t.active_at, t.open_until) > :now,
                    t.active_at <= :now and coalesce(t.replaced_at > t.active_at, true)
                      and coalesce(t.lapses_at > t.active_at, true)
                  from term t
                  where t.relationship_id = :relationship and t.agreement_id = :agreement
                    and t.version_number >= :from and t.cancelled_at is null) deeds
                group by number order by number
                """,
                Tuple.class)
            .setParameter("relationship", agreement.relationshipId())
            .setParameter("agreement", agreement.id())
            .setParameter("from", from)
            .setParameter("now", now)
            .getResultList();
    return rows.stream()
        .map(Tuple.class::cast)
        .map(
            row ->
                new VersionState.Deeds(
                    row.get(0, Integer.class),
                    row.get(1, Boolean.class),
                    Boolean.TRUE.equals(row.get(2, Boolean.class))))
        .toList();
  }

  /** The versions that are under a member's key. */
  List<AgreementVersion> sealedFor(UUID relationshipId, UUID member) {
    return getEntityManager()
        .createQuery(
            "from AgreementVersion v where v.relationshipId = :relationship"
                + " and v.sealedFor = :member",
            AgreementVersion.class)
        .setParameter("relationship", relationshipId)
        .setParameter("member", member)
        .getResultList();
  }

  /** What is the leaver's alone goes: drafts, answers, and words that nobody else agreed to. */
  void forgetOwnWords(UUID relationshipId, Instant at) {
    getEntityManager().flush();
    getEntityManager()
        .createNativeQuery("select 1 from forget_own_words(:relationship, :at)", Integer.class)
        .setParameter("relationship", relationshipId)
        .setParameter("at", at)
        .getResultList();
  }

  /** The leaver takes part in nothing here any more (S32). */
  void forgetParticipation(UUID relationshipId) {
    getEntityManager().flush();
    getEntityManager()
        .createNativeQuery("select 1 from forget_participation(:relationship)", Integer.class)
        .setParameter("relationship", relationshipId)
        .getResultList();
  }
}
