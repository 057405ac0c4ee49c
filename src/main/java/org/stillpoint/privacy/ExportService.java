package org.stillpoint.privacy;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.event.Event;
import org.stillpoint.event.EventType;
import org.stillpoint.event.Outbox;
import org.stillpoint.identity.Caller;
import org.stillpoint.time.Ids;
import org.stillpoint.transaction.MemberTransactions;

/** Copies of a member's data: asking for one, and fetching it once. */
@Singleton
@Transactional(TxType.MANDATORY)
class ExportService {
  private static final Logger LOG = Logger.getLogger(ExportService.class);

  private final EntityManager entities;
  private final MemberTransactions members;
  private final ExportMaker maker;
  private final AccessLog log;
  private final Outbox outbox;
  private final Clock clock;

  ExportService(
      EntityManager entities,
      MemberTransactions members,
      ExportMaker maker,
      AccessLog log,
      Outbox outbox,
      Clock clock) {
    this.entities = entities;
    this.members = members;
    this.maker = maker;
    this.log = log;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Asks for a copy; while one is being made or waits to be fetched, that one is meant. */
  Export request(Caller caller) {
    Instant now = clock.instant();
    Optional<Export> waiting =
        entities
            .createQuery(
                "from Export e where e.memberId = :member and (e.state = 'queued'"
                    + " or e.state = 'ready' and e.expiresAt > :now)"
                    + " order by e.requestedAt desc, e.id desc",
                Export.class)
            .setParameter("member", caller.memberId())
            .setParameter("now", now)
            .setMaxResults(1)
            .getResultStream()
            .findFirst();
    return waiting.orElseGet(() -> queue(caller, Ids.next(), now));
  }

  /** Of two who ask at once, the second gets what the first has asked for. */
  private Export queue(Caller caller, UUID id, Instant now) {
    int queued =
        entities
            .createNativeQuery(
                "insert into member_export (member_id, id, state, requested_at, next_attempt_at)"
                    + " values (:member, :id, 'queued', :now, :now)"
                    + " on conflict (member_id) where state = 'queued' do nothing")
            .setParameter("member", caller.memberId())
            .setParameter("id", id)
            .setParameter("now", now)
            .executeUpdate();
    if (queued == 0) {
      return request(caller);
    }
    log.add(caller, AccessKind.EXPORT_REQUESTED, id);
    return get(caller, id);
  }

  /**
   * A copy of what is there before the caller leaves, made right away. Should that fail, it is made
   * of what is left afterwards: nothing may keep anybody from leaving (S32).
   */
  Export takeNow(Caller caller) {
    UUID id = Ids.next();
    Instant now = clock.instant();
    byte[] document;
    try {
      document = members.call(caller.memberId(), () -> maker.make(caller.memberId()));
    } catch (RuntimeException e) {
      LOG.warnf("An export is made later: %s", e.getClass().getName());
      return queue(caller, id, now);
    }
    entities
        .createNativeQuery(
            "insert into member_export (member_id, id, state, requested_at, next_attempt_at,"
                + " ready_at, expires_at) values (:member, :id, 'ready', :now, :now, :now, :expires)")
        .setParameter("member", caller.memberId())
        .setParameter("id", id)
        .setParameter("now", now)
        .setParameter("expires", now.plus(Export.FETCHABLE))
        .executeUpdate();
    maker.putIn(caller.memberId(), id, document);
    log.add(caller, AccessKind.EXPORT_REQUESTED, id);
    return get(caller, id);
  }

  /** The newest first. */
  List<Export> list(Caller caller, Cursor.@Nullable ByTime after, int limit) {
    return entities
        .createQuery(
            "from Export e where e.memberId = :member"
                + " and (cast(:at as Instant) is null or e.requestedAt < :at"
                + " or e.requestedAt = :at and e.id < :id)"
                + " order by e.requestedAt desc, e.id desc",
            Export.class)
        .setParameter("member", caller.memberId())
        .setParameter("at", after == null ? null : after.at())
        .setParameter("id", after == null ? null : after.id())
        .setMaxResults(limit)
        .getResultList();
  }

  Export get(Caller caller, UUID id) {
    @Nullable Export found = entities.find(Export.class, new Export.Key(caller.memberId(), id));
    if (found == null) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    return found;
  }

  /** Gives the copy out and deletes it here; of two who fetch at once, one gets it. */
  byte[] fetch(Caller caller, UUID id) {
    Instant now = clock.instant();
    int fetched =
        entities
            .createNativeQuery(
                "update member_export set state = 'fetched', ended_at = :now"
                    + " where member_id = :member and id = :id and state = 'ready'"
                    + " and expires_at > :now")
            .setParameter("now", now)
            .setParameter("member", caller.memberId())
            .setParameter("id", id)
            .executeUpdate();
    if (fetched == 0) {
      throw ("queued".equals(get(caller, id).state(now))
              ? PrivacyProblem.EXPORT_NOT_READY
              : PrivacyProblem.EXPORT_GONE)
          .exception();
    }
    log.add(caller, AccessKind.EXPORT_FETCHED, id);
    outbox.add(event(EventType.EXPORT_FETCHED, caller.memberId(), id, now));
    return maker.takeOut(caller.memberId(), id);
  }

  /** For the member's own apps alone. */
  static Event event(EventType type, UUID memberId, UUID exportId, Instant now) {
    return Event.of(
        type, now, null, new Event.Resource("export", exportId), memberId, List.of(memberId));
  }
}
