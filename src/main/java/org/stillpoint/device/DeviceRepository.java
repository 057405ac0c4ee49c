package org.stillpoint.device;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Keyset;

/** The devices of members, each for its owner. */
@Singleton
class DeviceRepository implements PanacheRepositoryBase<Device, Device.Key> {
  /** Keeps the member's devices as they are until the transaction ends, but for its own changes. */
  void lock(UUID memberId) {
    getEntityManager()
        .createNativeQuery("select id from member where id = :member for no key update", UUID.class)
        .setParameter("member", memberId)
        .getResultList();
  }

  Optional<Device> withAddress(UUID memberId, byte[] hash) {
    return find("memberId = ?1 and addressHash = ?2", memberId, hash).firstResultOptional();
  }

  /** The oldest first. */
  List<Device> of(UUID memberId, Cursor.@Nullable ByTime after, int limit) {
    return find(
            "memberId = :member" + Keyset.oldestFirst("createdAt", "id"),
            Keyset.values(after, Map.of("member", memberId)))
        .page(0, limit)
        .list();
  }

  List<UUID> ofClient(UUID memberId, String clientId) {
    return find("memberId = ?1 and clientId = ?2", memberId, clientId).stream()
        .map(Device::id)
        .toList();
  }

  /** Whether it was there. */
  boolean remove(UUID memberId, UUID id) {
    return delete("memberId = ?1 and id = ?2", memberId, id) > 0;
  }

  /** What waits for the device is never sent; what is under way ends by itself. */
  void forgetWaiting(UUID memberId, UUID id) {
    getEntityManager()
        .createNativeQuery(
            "delete from delivery where member_id = :member and target_id = :device"
                + " and state = 'queued' and lease_id is null")
        .setParameter("member", memberId)
        .setParameter("device", id)
        .executeUpdate();
  }
}
