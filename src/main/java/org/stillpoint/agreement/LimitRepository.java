package org.stillpoint.agreement;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Keyset;
import org.stillpoint.relationship.Member;

@Singleton
class LimitRepository implements PanacheRepositoryBase<Limit, Limit.Key> {
  /** One that was eased away is not there any more. */
  private static final String CURRENT =
      "relationshipId = :relationship and (easingEnds = false or easingAt > :now)";

  /** Of all members, the oldest first. */
  List<Limit> current(Member member, Instant now, Cursor.@Nullable ByTime after, int limit) {
    return find(
            CURRENT + Keyset.oldestFirst("drawnAt", "id"),
            Keyset.values(after, Map.of("relationship", member.relationshipId(), "now", now)))
        .page(0, limit)
        .list();
  }

  /** All of them. */
  List<Limit> current(Member member, Instant now) {
    return list(
        CURRENT + " order by drawnAt, id",
        Map.<String, Object>of("relationship", member.relationshipId(), "now", now));
  }

  Optional<Limit> current(Member member, UUID id, Instant now) {
    return find(
            CURRENT + " and id = :id",
            Map.of("relationship", member.relationshipId(), "now", now, "id", id))
        .firstResultOptional();
  }

  /** Whose it is; not the limit itself, which would then be locked as it was read before. */
  Optional<UUID> holderOf(Member member, UUID id, Instant now) {
    return getEntityManager()
        .createQuery(
            "select holderId from MemberLimit where " + CURRENT + " and id = :id", UUID.class)
        .setParameter("relationship", member.relationshipId())
        .setParameter("now", now)
        .setParameter("id", id)
        .getResultStream()
        .findFirst();
  }

  /** A limit of the member's own, locked, so that of two changes the second sees the first. */
  Optional<Limit> lockOwn(Member member, UUID id) {
    return find(
            "relationshipId = ?1 and id = ?2 and holderId = ?3",
            member.relationshipId(),
            id,
            member.memberId())
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResultOptional();
  }

  /**
   * Locks the member's own membership, as a tap does: no limit outlives it. False when the member
   * has left meanwhile.
   */
  boolean lockMembership(Member member) {
    return !getEntityManager()
        .createNativeQuery(
            "select member_id from membership where relationship_id = :relationship"
                + " and member_id = :member and left_at is null for no key update",
            UUID.class)
        .setParameter("relationship", member.relationshipId())
        .setParameter("member", member.memberId())
        .getResultList()
        .isEmpty();
  }

  void deleteAllOf(UUID relationshipId, UUID holderId) {
    delete("relationshipId = ?1 and holderId = ?2", relationshipId, holderId);
  }
}
