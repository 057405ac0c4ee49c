package org.stillpoint.contact;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** In which order a member's channels are tried. */
@Singleton
@Transactional(TxType.MANDATORY)
class ChannelOrders {
  private static final String SET =
      """
      insert into channel_order (member_id, channels, fallback_after_seconds)
      values (:member, :channels, :seconds)
      on conflict (member_id) do update set channels = excluded.channels,
        fallback_after_seconds = excluded.fallback_after_seconds
      """;

  private final EntityManager entities;

  ChannelOrders(EntityManager entities) {
    this.entities = entities;
  }

  ChannelOrder of(UUID memberId) {
    @Nullable ChannelOrder set = entities.find(ChannelOrder.class, memberId);
    return set == null ? ChannelOrder.plan(memberId) : set;
  }

  void set(UUID memberId, List<Rung> channels, int fallbackAfterSeconds) {
    entities
        .createNativeQuery(SET)
        .setParameter("member", memberId)
        .setParameter("channels", channels.stream().map(Rung::wireName).toArray(String[]::new))
        .setParameter("seconds", fallbackAfterSeconds)
        .executeUpdate();
  }
}
