package org.stillpoint.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.stillpoint.event.Commit;

/**
 * Works the outbox off, in two lanes: one for pauses, one for everything else. Each delivery has a
 * thread of its own, and each carrier a bound: who hangs holds nobody else up.
 */
@Startup
@Singleton
class DeliveryWorker {
  private static final Logger LOG = Logger.getLogger(DeliveryWorker.class);

  private final DeliveryQueue queue;
  private final Carriers carriers;
  private final DeliveryConfig config;
  private final MeterRegistry metrics;
  private final Map<String, DeliveryChannel> channels;
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
  private final Lane urgent;
  private final Lane ordinary;
  private volatile boolean running = true;

  DeliveryWorker(
      DeliveryQueue queue,
      Carriers carriers,
      DeliveryConfig config,
      MeterRegistry metrics,
      @All List<DeliveryChannel> channels) {
    this.queue = queue;
    this.carriers = carriers;
    this.config = config;
    this.metrics = metrics;
    this.channels =
        channels.stream()
            .collect(Collectors.toUnmodifiableMap(DeliveryChannel::name, Function.identity()));
    this.urgent = new Lane(true, config.pausesAtOnce());
    this.ordinary = new Lane(false, config.othersAtOnce());
    urgent.start();
    ordinary.start();
  }

  private final class Lane {
    private final boolean forPauses;
    private final Semaphore room;

    /** Half of the room: anybody can slow the servers of apps down, and phones come first. */
    private final int mostWebhooks;

    private final Set<Delivery> underWay = ConcurrentHashMap.newKeySet();
    private final Semaphore bell = new Semaphore(0);
    private final Thread thread;

    Lane(boolean forPauses, int room) {
      this.forPauses = forPauses;
      this.room = new Semaphore(room);
      this.mostWebhooks = room / 2;
      this.thread =
          Thread.ofVirtual()
              .name("delivery-" + (forPauses ? "urgent" : "ordinary"))
              .unstarted(this::run);
    }

    void start() {
      thread.start();
    }

    /** Waits for a look that is under way: what it takes is still handed over. */
    void end(long deadline) throws InterruptedException {
      ring();
      thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }

    void ring() {
      bell.release();
    }

    private void run() {
      while (running) {
        try {
          if (!work()) {
            bell.tryAcquire(config.poll().toMillis(), TimeUnit.MILLISECONDS);
            bell.drainPermits();
          }
        } catch (InterruptedException e) {
          return;
        } catch (RuntimeException | Error e) {
          // Whatever it is, the next look may go well, and nobody else would hand over.
          rest(e);
        }
      }
    }

    /** Whether there may be more to do right now. */
    private boolean work() {
      long climbed = queue.climb(forPauses);
      int most = Math.min(room.availablePermits(), config.perCarrierAtOnce());
      if (most == 0) {
        return false;
      }
      List<Delivery> now = List.copyOf(underWay);
      DeliveryQueue.Look look =
          queue.claim(
              forPauses,
              most,
              busyCarriers(now),
              now.stream().filter(DeliveryWorker::isWebhook).count() < mostWebhooks,
              now.stream().map(Delivery::targetId).toList());
      look.claimed().forEach(this::begin);
      look.abandoned().forEach(delivery -> count(delivery, "abandoned"));
      return climbed == DeliveryQueue.PAGE || !look.claimed().isEmpty() || look.looked() == most;
    }

    private Collection<String> busyCarriers(List<Delivery> now) {
      return now.stream()
          .collect(Collectors.groupingBy(Delivery::carrier, Collectors.counting()))
          .entrySet()
          .stream()
          .filter(carrier -> carrier.getValue() >= config.perCarrierAtOnce())
          .map(Map.Entry::getKey)
          .toList();
    }

    private void begin(Delivery delivery) {
      room.acquireUninterruptibly();
      underWay.add(delivery);
      senders.execute(
          () -> {
            try {
              handOver(delivery);
            } finally {
              underWay.remove(delivery);
              room.release();
              ring();
            }
          });
    }

    /** The database is away: wait for it quietly. */
    private void rest(Throwable e) {
      LOG.warnf("Deliveries wait: %s", e.getClass().getName());
      try {
        Thread.sleep(config.poll());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void handOver(Delivery delivery) {
    try {
      DeliveryChannel channel = channels.get(delivery.channel());
      Optional<Parcel> parcel = channel == null ? Optional.empty() : channel.parcel(delivery);
      if (channel == null || parcel.isEmpty()) {
        queue.failed(delivery);
        count(delivery, "failed");
        return;
      }
      Response response = carriers.send(parcel.get());
      Outcome outcome = channel.outcome(response);
      channel.attempted(delivery, response, outcome);
      finish(channel, delivery, response, outcome);
    } catch (UnreachableException e) {
      notAnswered(delivery, e.isSlow());
    } catch (InterruptedException e) {
      // The lease ends, and another replica takes over.
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      // Not its message: a channel's library may put an address into it.
      LOG.warnf("A delivery by %s waits: %s", delivery.channel(), e.getClass().getName());
      notAnswered(delivery, false);
    }
  }

  private static boolean isWebhook(Delivery delivery) {
    return delivery.channel().equals(DeliveryChannel.WEBHOOK);
  }

  private void notAnswered(Delivery delivery, boolean slow) {
    try {
      DeliveryChannel channel = channels.get(delivery.channel());
      if (channel != null) {
        channel.attempted(delivery, null, Outcome.LATER);
        retry(channel, delivery, null, slow);
      }
    } catch (RuntimeException | Error e) {
      // The lease ends, and it comes again.
      LOG.warnf("A delivery by %s comes again: %s", delivery.channel(), e.getClass().getName());
    }
  }

  private void finish(
      DeliveryChannel channel, Delivery delivery, Response response, Outcome outcome) {
    switch (outcome) {
      case HANDED_OVER -> {
        queue.handedOver(delivery);
        count(delivery, "handed_over");
      }
      case GONE -> {
        queue.failed(delivery);
        count(delivery, "failed");
        channel.gone(delivery);
      }
      case REFUSED -> {
        queue.failed(delivery);
        count(delivery, "failed");
      }
      case LATER -> retry(channel, delivery, response.retryAfter(), false);
    }
  }

  private void retry(
      DeliveryChannel channel, Delivery delivery, @Nullable Duration wish, boolean slow) {
    Optional<Duration> wait = channel.waitAfter(delivery, config);
    if (wait.isEmpty()) {
      queue.abandoned(delivery);
      count(delivery, "abandoned");
    } else {
      Duration ours = wait.get();
      Duration wished = wish == null ? Duration.ZERO : config.asWished(wish, delivery.isUrgent());
      queue.retry(delivery, wished.compareTo(ours) > 0 ? wished : ours, slow);
      count(delivery, "retried");
    }
  }

  private void count(Delivery delivery, String outcome) {
    metrics
        .counter("stillpoint.deliveries", "channel", delivery.channel(), "outcome", outcome)
        .increment();
  }

  void onCommit(@Observes Commit commit) {
    if (commit.queued()) {
      urgent.ring();
      ordinary.ring();
    }
  }

  /** What is under way is finished; otherwise it would come again once its lease ends. */
  void onShutdown(@Observes ShutdownEvent event) throws InterruptedException {
    running = false;
    long deadline = System.nanoTime() + config.timeout().toNanos();
    urgent.end(deadline);
    ordinary.end(deadline);
    senders.shutdown();
    if (!senders.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      LOG.warn("Some deliveries are left to others");
    }
  }
}
