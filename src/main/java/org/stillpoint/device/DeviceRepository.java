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
import org.stillpoint.delivery.DeliveryTargets;

/** The devices of members, each for its owner. */
@Singleton
class DeviceRepository implements PanacheRepositoryBase<Device, Device.Key> {
  private final DeliveryTargets targets;

  DeviceRepository(DeliveryTargets targets) {
    this.targets = targets;
  }

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

  /** With what waits for it, which the next channel is to tell; whether it was there. */
  boolean remove(UUID memberId, UUID id) {
    if (delete("memberId = ?1 and id = ?2", memberId, id) == 0) {
      return false;
    }
    targets.lose(id);
    return true;
  }
}
