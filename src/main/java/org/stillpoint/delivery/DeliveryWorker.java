package org.stillpoint.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.stillpoint.delivery.DeliveryQueue.Claimed;
import org.stillpoint.event.Commit;
import org.stillpoint.event.DeliveryChannel;

/** Works the outbox off: one thread for pauses, one for everything else. */
@Startup
@Singleton
class DeliveryWorker {
  private static final Logger LOG = Logger.getLogger(DeliveryWorker.class);

  private final DeliveryQueue queue;
  private final NoticeTexts texts;
  private final DeliveryConfig config;
  private final MeterRegistry metrics;
  private final Map<String, DeliveryChannel> channels;
  private final Lane urgent = new Lane(true);
  private final Lane ordinary = new Lane(false);
  private volatile boolean running = true;

  DeliveryWorker(
      DeliveryQueue queue,
      NoticeTexts texts,
      DeliveryConfig config,
      MeterRegistry metrics,
      @All List<DeliveryChannel> channels) {
    this.queue = queue;
    this.texts = texts;
    this.config = config;
    this.metrics = metrics;
    this.channels =
        channels.stream()
            .filter(DeliveryChannel::isOn)
            .collect(Collectors.toUnmodifiableMap(DeliveryChannel::name, Function.identity()));
    if (!this.channels.isEmpty()) {
      urgent.start();
      ordinary.start();
    }
  }

  private final class Lane {
    private final boolean forPauses;
    private final Semaphore bell = new Semaphore(0);

    Lane(boolean forPauses) {
      this.forPauses = forPauses;
    }

    void start() {
      Thread.ofVirtual().name("delivery-" + (forPauses ? "urgent" : "ordinary")).start(this::run);
    }

    void ring() {
      bell.release();
    }

    private void run() {
      while (running) {
        try {
          List<Claimed> claimed = queue.claim(forPauses);
          claimed.forEach(DeliveryWorker.this::handOver);
          if (claimed.isEmpty()) {
            bell.tryAcquire(config.poll().toMillis(), TimeUnit.MILLISECONDS);
            bell.drainPermits();
          }
        } catch (InterruptedException e) {
          return;
        } catch (RuntimeException e) {
          pause(e);
        }
      }
    }

    /** The database is away: wait for it quietly. */
    private void pause(RuntimeException e) {
      LOG.warnf("Deliveries wait: %s", e.getClass().getName());
      try {
        Thread.sleep(config.poll());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void handOver(Claimed claimed) {
    DeliveryChannel channel = channels.get(claimed.channel());
    try {
      if (channel != null && channel.handOver(texts.notice(claimed))) {
        queue.handedOver(claimed);
        count(claimed, "handed_over");
      } else {
        queue.failed(claimed);
        count(claimed, "failed");
      }
    } catch (RuntimeException e) {
      // Not its message: a channel's library may put an address into it.
      LOG.warnf("A notice by %s waits: %s", claimed.channel(), e.getClass().getName());
      if (queue.retry(claimed)) {
        count(claimed, "abandoned");
      }
    }
  }

  private void count(Claimed claimed, String outcome) {
    metrics
        .counter("stillpoint.deliveries", "channel", claimed.channel(), "outcome", outcome)
        .increment();
  }

  void onCommit(@Observes Commit commit) {
    urgent.ring();
    ordinary.ring();
  }

  void onShutdown(@Observes ShutdownEvent event) {
    running = false;
    urgent.ring();
    ordinary.ring();
  }
}
