package org.stillpoint.privacy;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.stillpoint.event.EventType;
import org.stillpoint.event.Outbox;
import org.stillpoint.privacy.ExportQueue.Claimed;
import org.stillpoint.time.Rounds;
import org.stillpoint.transaction.MemberTransactions;
import org.stillpoint.transaction.Storage;

/** Makes the exports that were asked for, one after the other, whichever replica is free. */
@Startup
@Singleton
class ExportWorker {
  private static final Logger LOG = Logger.getLogger(ExportWorker.class);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final ExportQueue queue;
  private final ExportMaker maker;
  private final MemberTransactions members;
  private final EntityManager entities;
  private final Outbox outbox;
  private final Storage storage;
  private final MeterRegistry metrics;
  private final Clock clock;
  private final Rounds rounds;

  ExportWorker(
      ExportQueue queue,
      ExportMaker maker,
      MemberTransactions members,
      EntityManager entities,
      Outbox outbox,
      Storage storage,
      MeterRegistry metrics,
      Clock clock,
      Rounds rounds) {
    this.queue = queue;
    this.maker = maker;
    this.members = members;
    this.entities = entities;
    this.outbox = outbox;
    this.storage = storage;
    this.metrics = metrics;
    this.clock = clock;
    this.rounds = rounds;
    rounds.every(LOOK, "exports", this::makeAll);
  }

  private void makeAll() {
    Optional<Claimed> claimed = next();
    while (claimed.isPresent() && rounds.goOn()) {
      make(claimed.get());
      claimed = next();
    }
  }

  /** Copies wait while there is no room for them. */
  private Optional<Claimed> next() {
    return storage.isFull() ? Optional.empty() : queue.claim();
  }

  private void make(Claimed claimed) {
    try {
      members.call(claimed.memberId(), () -> store(claimed));
      count("made");
    } catch (RuntimeException e) {
      LOG.warnf("An export waits: %s", e.getClass().getName());
      queue.postpone(claimed);
      count("postponed");
    }
  }

  /** By whoever holds the lease; what was erased or taken over meanwhile stays as it is. */
  private int store(Claimed claimed) {
    byte[] document = maker.make(claimed.memberId());
    Instant now = clock.instant();
    int stored =
        entities
            .createNativeQuery(
                "update member_export set state = 'ready', ready_at = :now, expires_at = :expires,"
                    + " lease_id = null, leased_until = null"
                    + " where member_id = :member and id = :id and state = 'queued'"
                    + " and lease_id = :lease")
            .setParameter("now", now)
            .setParameter("expires", now.plus(Export.FETCHABLE))
            .setParameter("member", claimed.memberId())
            .setParameter("id", claimed.id())
            .setParameter("lease", claimed.lease())
            .executeUpdate();
    if (stored > 0) {
      maker.putIn(claimed.memberId(), claimed.id(), document);
      outbox.add(
          ExportService.event(EventType.EXPORT_READY, claimed.memberId(), claimed.id(), now));
    }
    return stored;
  }

  private void count(String outcome) {
    metrics.counter("stillpoint.exports", "outcome", outcome).increment();
  }
}
