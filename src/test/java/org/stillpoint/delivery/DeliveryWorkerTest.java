package org.stillpoint.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.stillpoint.event.Announced;
import org.stillpoint.event.Event;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.time.ProductClock;

/** A worker with a queue of one delivery: whatever comes between, it has an end. */
@StillpointTest
class DeliveryWorkerTest {
  @Inject
  @DataSource("delivery")
  AgroalDataSource database;

  @Inject DeliveryConfig config;
  @Inject NoticeTexts texts;
  @Inject ProductClock clock;
  @Inject SandboxPhones phones;
  @Inject Carriers carriers;

  private final MeterRegistry metrics = new SimpleMeterRegistry();

  /** Gives one delivery out, after a while, and remembers how it ended. */
  private final class One extends DeliveryQueue {
    private final int attempts;
    private final AtomicBoolean given = new AtomicBoolean();
    private final CountDownLatch looking = new CountDownLatch(1);
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

    One(int attempts) {
      super(database, config, texts, clock, phones);
      this.attempts = attempts;
    }

    @Override
    long climb(boolean urgent) {
      return 0;
    }

    @Override
    Look claim(
        boolean urgent,
        int most,
        Collection<String> busy,
        boolean webhooks,
        Collection<UUID> underWay) {
      if (!urgent || given.getAndSet(true)) {
        return new Look(0, List.of(), List.of());
      }
      looking.countDown();
      try {
        Thread.sleep(300);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return new Look(1, List.of(delivery(attempts)), List.of());
    }

    @Override
    void handedOver(Delivery delivery) {
      ends.add("handedOver");
    }

    @Override
    void retry(Delivery delivery, Duration wait, boolean slow) {
      ends.add("retried");
    }

    @Override
    void abandoned(Delivery delivery) {
      ends.add("abandoned");
    }
  }

  private static Delivery delivery(int attempts) {
    Announced event =
        new Announced(
            UUID.randomUUID(),
            1,
            UUID.randomUUID(),
            "pause.raised",
            Instant.now(),
            UUID.randomUUID(),
            new Event.Resource("pause", UUID.randomUUID()));
    return new Delivery(
        event,
        "telegraph",
        UUID.randomUUID(),
        "telegraph",
        true,
        attempts,
        () -> "",
        UUID.randomUUID());
  }

  /** Whose writing goes well, or not at all. */
  private record Telegraph(boolean works) implements DeliveryChannel {
    @Override
    public String name() {
      return "telegraph";
    }

    @Override
    public Optional<Parcel> parcel(Delivery delivery) {
      if (!works) {
        throw new StackOverflowError();
      }
      return Optional.of(Parcels.with(Map.of(), "telegraph:here", Parcel.Trust.OPERATOR, true));
    }

    @Override
    public Outcome outcome(Response response) {
      return Outcome.ofHttp(response.status());
    }

    @Override
    public void gone(Delivery delivery) {
      throw new AssertionError();
    }
  }

  private DeliveryWorker worker(One queue, boolean works) {
    return new DeliveryWorker(queue, carriers, config, metrics, List.of(new Telegraph(works)));
  }

  @Test
  void whatWasTakenWhenItIsToEndIsStillHandedOver() throws Exception {
    One queue = new One(1);
    DeliveryWorker worker = worker(queue, true);
    queue.looking.await();

    worker.onShutdown(new ShutdownEvent());

    assertThat(queue.ends).containsExactly("handedOver");
  }

  private double counted(String outcome) {
    return metrics
        .counter("stillpoint.deliveries", "channel", "telegraph", "outcome", outcome)
        .count();
  }

  @Test
  void whateverBreaksIsTriedAgainAndAbandonedInTheEnd() throws Exception {
    One first = new One(1);
    DeliveryWorker worker = worker(first, false);
    assertThat(first.ends.poll(10, TimeUnit.SECONDS)).isEqualTo("retried");
    worker.onShutdown(new ShutdownEvent());

    One last = new One(config.pauseAttempts());
    worker = worker(last, false);
    assertThat(last.ends.poll(10, TimeUnit.SECONDS)).isEqualTo("abandoned");
    worker.onShutdown(new ShutdownEvent());

    assertThat(counted("retried")).isEqualTo(1);
    assertThat(counted("abandoned")).isEqualTo(1);
  }
}
