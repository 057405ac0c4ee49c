package org.stillpoint.agreement;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
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

  /** The leaver takes part in nothing here any more; drafts and answers go (S32). */
  void forgetParticipation(UUID relationshipId, Instant at) {
    getEntityManager().flush();
    getEntityManager()
        .createNativeQuery("select 1 from forget_participation(:relationship, :at)", Integer.class)
        .setParameter("relationship", relationshipId)
        .setParameter("at", at)
        .getResultList();
  }
}
