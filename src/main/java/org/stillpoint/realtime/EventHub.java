package org.stillpoint.realtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.stillpoint.event.Announced;
import org.stillpoint.event.Commit;
import org.stillpoint.time.Emptied;

/**
 * The open streams of this replica. What is committed here goes out at once; what other replicas
 * commit is found by looking at the feeds' last numbers.
 */
@Startup
@Singleton
class EventHub {
  private static final Logger LOG = Logger.getLogger(EventHub.class);

  /** Into how many groups streams are divided that are asked for in one query each. */
  private static final int POLLS = 20;

  /** More of them: a heartbeat is written to each stream, and the next tap waits for that. */
  private static final int HEARTBEATS = 200;

  private final FeedReader feed;
  private final ObjectMapper json;
  private final StreamConfig config;
  private final Map<UUID, List<EventStream>> streams = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("event-hub").factory());
  private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean closing;

  EventHub(FeedReader feed, ObjectMapper json, StreamConfig config, MeterRegistry metrics) {
    this.feed = feed;
    this.json = json;
    this.config = config;
    Gauge.builder("stillpoint.streams", this, hub -> hub.all().count())
        .description("Open event streams")
        .register(metrics);
    Gauge.builder("stillpoint.stream.backlog", this, EventHub::backlog)
        .description("Events that wait for slow readers")
        .register(metrics);
    everySlice(config.poll(), POLLS, this::poll);
    everySlice(config.heartbeat(), HEARTBEATS, slice -> slice.forEach(EventStream::heartbeat));
    every(1000, this::endExpired);
  }

  /**
   * Comes to each stream once in a period. Thousands of them at the same moment would hold up the
   * taps of that moment.
   */
  private void everySlice(Duration period, int most, Consumer<List<EventStream>> task) {
    int slices = (int) Math.clamp(period.toMillis(), 1, most);
    AtomicInteger turn = new AtomicInteger();
    every(
        Math.max(1, period.toMillis() / slices),
        () -> {
          int slice = turn.getAndUpdate(last -> (last + 1) % slices);
          List<EventStream> due =
              all()
                  .filter(stream -> Math.floorMod(stream.memberId().hashCode(), slices) == slice)
                  .toList();
          if (!due.isEmpty()) {
            task.accept(due);
          }
        });
  }

  private void every(long millis, Runnable task) {
    Runnable safe =
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            // The next turn tries again; a database that is away comes back.
            LOG.warnf("Streams wait: %s", e.getClass().getName());
          }
        };
    var _ = clock.scheduleWithFixedDelay(safe, millis, millis, TimeUnit.MILLISECONDS);
  }

  private Stream<EventStream> all() {
    return streams.values().stream().flatMap(Collection::stream);
  }

  private int backlog() {
    return all().mapToInt(EventStream::backlog).sum();
  }

  /** The number after which a stream begins that says nothing of what it has seen. */
  long now(UUID memberId) {
    return feed.lastSequence(memberId);
  }

  Multi<OutboundSseEvent> open(EventStream.Opening opening, Sse sse) {
    Backlog backlog = new Backlog();
    return Multi.createFrom()
        .<OutboundSseEvent>emitter(
            emitter ->
                begin(
                    new EventStream(opening, emitter, backlog, sse, json, feed), emitter, backlog))
        .onItem()
        .invoke(backlog::taken);
  }

  private void begin(
      EventStream stream, MultiEmitter<? super OutboundSseEvent> emitter, Backlog backlog) {
    backlog.whenThereIsRoom(() -> readers.execute(() -> catchUp(stream)));
    var _ = emitter.onTermination(() -> remove(stream));
    stream.greet();
    add(stream);
    if (emitter.isCancelled()) {
      remove(stream);
      return;
    }
    // Registered first: what is committed meanwhile is either read here or offered.
    readers.execute(() -> catchUp(stream));
    if (closing) {
      stream.end();
    }
  }

  private void add(EventStream stream) {
    List<EventStream> own =
        streams.compute(
            stream.memberId(),
            (id, list) -> {
              List<EventStream> all = list == null ? new CopyOnWriteArrayList<>() : list;
              all.add(stream);
              return all;
            });
    if (own.size() > config.perMember()) {
      end(own.getFirst());
    }
  }

  private void remove(EventStream stream) {
    streams.computeIfPresent(
        stream.memberId(),
        (id, list) -> {
          list.remove(stream);
          return list.isEmpty() ? null : list;
        });
  }

  void onCommit(@Observes Commit commit) {
    for (Announced event : commit.events()) {
      for (EventStream stream : streams.getOrDefault(event.recipient(), List.of())) {
        // Never on the thread of a tap: it must not wait for somebody's slow stream.
        readers.execute(() -> send(stream, event));
      }
    }
  }

  private void send(EventStream stream, Announced event) {
    if (!stream.offer(event)) {
      catchUp(stream);
    }
  }

  /** Whether all that is stored was sent; if not, the next look finds it. */
  private boolean catchUp(EventStream stream) {
    try {
      return stream.catchUp();
    } catch (RuntimeException e) {
      LOG.warnf("A stream waits: %s", e.getClass().getName());
      return false;
    }
  }

  /**
   * Finds the feeds that have grown unseen; those without anything to send are marked as seen. The
   * streams of who was erased end.
   */
  private void poll(List<EventStream> due) {
    Map<UUID, Long> seen = new HashMap<>();
    due.forEach(stream -> seen.merge(stream.memberId(), stream.sent(), Math::min));
    FeedReader.Changes changes = feed.changes(seen);
    changes.gone().forEach(member -> streams.getOrDefault(member, List.of()).forEach(this::end));
    changes
        .grown()
        .forEach(
            (member, last) ->
                streams
                    .getOrDefault(member, List.of())
                    .forEach(
                        stream ->
                            readers.execute(
                                () -> {
                                  if (catchUp(stream)) {
                                    stream.skipTo(last);
                                  }
                                })));
  }

  private void endExpired() {
    Instant now = Instant.now();
    all().filter(stream -> stream.isExpired(now)).forEach(this::end);
  }

  private void end(EventStream stream) {
    stream.end();
    remove(stream);
  }

  void onEmptied(@Observes Emptied emptied) {
    all().toList().forEach(this::end);
  }

  /** Streams would hold the shutdown up; their apps come again, to another replica. */
  void onShutdownDelay(@Observes ShutdownDelayInitiatedEvent event) {
    endAll();
  }

  void onShutdown(@Observes ShutdownEvent event) {
    endAll();
    clock.shutdownNow();
    readers.shutdownNow();
  }

  private void endAll() {
    closing = true;
    all().forEach(this::end);
  }
}
