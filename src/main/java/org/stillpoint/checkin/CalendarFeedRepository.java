package org.stillpoint.checkin;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Keyset;

/** The feeds of members, each for its owner and for whoever brings its secret. */
@Singleton
class CalendarFeedRepository implements PanacheRepositoryBase<CalendarFeed, CalendarFeed.Key> {
  /** How many the member has, and goes on to have until the transaction ends, but for its own. */
  long lockAndCount(UUID memberId) {
    getEntityManager()
        .createNativeQuery("select id from member where id = :member for no key update", UUID.class)
        .setParameter("member", memberId)
        .getResultList();
    return count("memberId", memberId);
  }

  /** The oldest first. */
  List<CalendarFeed> of(UUID memberId, Cursor.@Nullable ByTime after, int limit) {
    return find(
            "memberId = :member" + Keyset.oldestFirst("createdAt", "id"),
            Keyset.values(after, Map.of("member", memberId)))
        .page(0, limit)
        .list();
  }

  void deleteAllOfClient(UUID memberId, String clientId) {
    delete("memberId = ?1 and clientId = ?2", memberId, clientId);
  }

  /** Whose feed has the secret of this hash. */
  Optional<UUID> owner(byte[] secretHash) {
    return Optional.ofNullable(
            getEntityManager()
                .createNativeQuery("select find_calendar_feed(:hash)", UUID.class)
                .setParameter("hash", secretHash)
                .getSingleResultOrNull())
        .map(UUID.class::cast);
  }
}
