package org.stillpoint.pause;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Keyset;
import org.stillpoint.relationship.ActivePauses;
import org.stillpoint.relationship.Member;

@Singleton
class PauseRepository implements PanacheRepositoryBase<Pause, Pause.Key>, ActivePauses {
  List<Pause> active(UUID relationshipId) {
    return list("relationshipId = ?1 and endedAt is null order by receivedAt, id", relationshipId);
  }

  /** A pause that the member may see: not one that ended before the member came. */
  Optional<Pause> visible(Member member, UUID pauseId) {
    return find(
            "relationshipId = ?1 and id = ?2 and (endedAt is null or endedAt >= ?3)",
            member.relationshipId(),
            pauseId,
            member.joinedAt())
        .firstResultOptional();
  }

  /** The same, locked, so that of two changes the second sees the first. */
  Optional<Pause> lockVisible(Member member, UUID pauseId) {
    return find(
            "relationshipId = ?1 and id = ?2 and (endedAt is null or endedAt >= ?3)",
            member.relationshipId(),
            pauseId,
            member.joinedAt())
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResultOptional();
  }

  /** The newest first. */
  List<Pause> visible(Member member, Cursor.@Nullable ByTime after, int limit) {
    return find(
            "relationshipId = :relationship and (endedAt is null or endedAt >= :joined)"
                + Keyset.newestFirst("receivedAt", "id"),
            Keyset.values(
                after,
                Map.of("relationship", member.relationshipId(), "joined", member.joinedAt())))
        .page(0, limit)
        .list();
  }

  /** The pause that a tap's own id led to. */
  Optional<UUID> ofTap(Member member, UUID tapId) {
    List<?> found =
        getEntityManager()
            .createNativeQuery(
                "select pause_id from pause_tap where relationship_id = :relationship"
                    + " and raiser_id = :raiser and tap_id = :tap",
                UUID.class)
            .setParameter("relationship", member.relationshipId())
            .setParameter("raiser", member.memberId())
            .setParameter("tap", tapId)
            .getResultList();
    return found.stream().map(UUID.class::cast).findFirst();
  }

  /**
   * What has become of the notices of a pause of the caller's: a row for each of the others who
   * were told and each kind of channel, or one without a channel for whom there is none.
   */
  @SuppressWarnings("unchecked")
  List<Tuple> deliveries(UUID relationshipId, UUID pauseId, Instant now) {
    return getEntityManager()
        .createNativeQuery(
            "select * from pause_deliveries(:relationship, :pause, :now)", Tuple.class)
        .setParameter("relationship", relationshipId)
        .setParameter("pause", pauseId)
        .setParameter("now", now)
        .getResultList();
  }

  /** Ends what a member who leaves had raised; the ids of those pauses. */
  List<UUID> endAllOf(UUID relationshipId, UUID raiserId, Instant now) {
    List<?> ended =
        getEntityManager()
            .createNativeQuery(
                "update pause set ended_at = :now, end_reason = 'left'"
                    + " where relationship_id = :relationship and raiser_id = :raiser"
                    + " and ended_at is null returning id",
                UUID.class)
            .setParameter("now", now)
            .setParameter("relationship", relationshipId)
            .setParameter("raiser", raiserId)
            .getResultList();
    return ended.stream().map(UUID.class::cast).toList();
  }

  @Override
  public Set<UUID> raisersIn(UUID relationshipId) {
    return active(relationshipId).stream().map(Pause::raiserId).collect(Collectors.toSet());
  }

  @Override
  public Optional<Instant> pausedSince(UUID relationshipId) {
    return active(relationshipId).stream().map(Pause::receivedAt).findFirst();
  }

  @Override
  public Set<UUID> pausedAmong(Collection<UUID> relationshipIds) {
    return new HashSet<>(
        getEntityManager()
            .createQuery(
                "select distinct p.relationshipId from Pause p"
                    + " where p.relationshipId in :ids and p.endedAt is null",
                UUID.class)
            .setParameter("ids", relationshipIds)
            .getResultList());
  }
}
