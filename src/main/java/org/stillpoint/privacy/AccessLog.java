package org.stillpoint.privacy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.identity.Caller;
import org.stillpoint.identity.ClientCutOff;
import org.stillpoint.identity.ClientIntroduced;
import org.stillpoint.identity.ClientReadmitted;
import org.stillpoint.time.Emptied;
import org.stillpoint.time.Ids;
import org.stillpoint.transaction.AccessRecorder;

/**
 * Which app has got at a member's own data, when and for what; for that member alone (S29, S31).
 *
 * <p>The first access of an app in an hour is stored in its own transaction, so that none is
 * without a row; those that follow are counted in memory and added by {@link AccessCounts}. A tap
 * isn't recorded: a pause tells of itself.
 */
@Singleton
class AccessLog implements AccessRecorder {
  private static final String COUNTED =
      """
      insert into access_log as a (member_id, id, occurred_at, hourly, kind, client_id)
      values (:member, :id, :at, true, :kind, :client)
      on conflict (member_id, occurred_at, client_id, kind) where hourly
      do update set times = a.times + 1
      """;

  private static final String SINGLE =
      """
      insert into access_log (member_id, id, occurred_at, hourly, kind, client_id, resource_id)
      values (:member, :id, :at, false, :kind, :client, :resource)
      """;

  private final EntityManager entities;
  private final AccessCounts counts;
  private final Clock clock;

  /** What this replica has stored a row for. To have forgotten one costs a statement. */
  private final Cache<AccessCounts.Key, Boolean> stored =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofHours(1)).build();

  AccessLog(EntityManager entities, AccessCounts counts, Clock clock) {
    this.entities = entities;
    this.counts = counts;
    this.clock = clock;
  }

  void onEmptied(@Observes Emptied emptied) {
    stored.invalidateAll();
  }

  @Override
  @Transactional(TxType.MANDATORY)
  public Runnable record(Caller caller, String scope) {
    Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
    AccessCounts.Key key =
        new AccessCounts.Key(caller.memberId(), hour, caller.login().clientId(), scope);
    if (stored.getIfPresent(key) != null) {
      return () -> counts.add(key);
    }
    entities
        .createNativeQuery(COUNTED)
        .setParameter("member", key.memberId())
        .setParameter("id", Ids.next())
        .setParameter("at", hour)
        .setParameter("kind", scope)
        .setParameter("client", key.clientId())
        .executeUpdate();
    return () -> stored.put(key, true);
  }

  /** What is done seldom, with the app that did it and what it was done to. */
  @Transactional(TxType.MANDATORY)
  void add(Caller caller, AccessKind kind, @Nullable UUID resourceId) {
    add(caller.memberId(), caller.login().clientId(), kind, resourceId);
  }

  private void add(UUID memberId, String clientId, AccessKind kind, @Nullable UUID resourceId) {
    entities
        .createNativeQuery(SINGLE)
        .setParameter("member", memberId)
        .setParameter("id", Ids.next())
        .setParameter("at", clock.instant())
        .setParameter("kind", kind.wireName())
        .setParameter("client", clientId)
        .setParameter("resource", resourceId)
        .executeUpdate();
  }

  /** The newest first; within an hour, the latest row first. */
  @Transactional(TxType.MANDATORY)
  List<AccessEntry> of(Caller caller, Cursor.@Nullable ByTime after, int limit) {
    return entities
        .createQuery(
            "from AccessEntry a where a.memberId = :member"
                + " and (cast(:at as Instant) is null or a.occurredAt < :at"
                + " or a.occurredAt = :at and a.id < :id)"
                + " order by a.occurredAt desc, a.id desc",
            AccessEntry.class)
        .setParameter("member", caller.memberId())
        .setParameter("at", after == null ? null : after.at())
        .setParameter("id", after == null ? null : after.id())
        .setMaxResults(limit)
        .getResultList();
  }

  void onIntroduced(@Observes ClientIntroduced app) {
    add(app.memberId(), app.clientId(), AccessKind.CLIENT_FIRST_USED, app.clientRowId());
  }

  void onCutOff(@Observes ClientCutOff app) {
    add(app.memberId(), app.byClientId(), AccessKind.CLIENT_CUT_OFF, app.clientRowId());
  }

  void onReadmitted(@Observes ClientReadmitted app) {
    add(app.memberId(), app.byClientId(), AccessKind.CLIENT_READMITTED, app.clientRowId());
  }
}
