package org.stillpoint.webhook;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.stillpoint.delivery.Delivery;
import org.stillpoint.delivery.DeliveryChannel;
import org.stillpoint.delivery.DeliveryConfig;
import org.stillpoint.delivery.Outcome;
import org.stillpoint.delivery.Parcel;
import org.stillpoint.delivery.Response;

/**
 * Hands events over to the servers of apps: whatever isn't taken is tried again while the event is
 * kept.
 */
@Singleton
class WebhookChannel implements DeliveryChannel {
  private static final int GONE = 410;

  /** The last one again and again. */
  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20));

  /** As long as an event is kept. */
  private static final Duration WORTH_IT = Duration.ofHours(72);

  private final WebhookRecords records;
  private final WebhookWriter writer;
  private final Clock clock;

  WebhookChannel(WebhookRecords records, WebhookWriter writer, Clock clock) {
    this.records = records;
    this.writer = writer;
    this.clock = clock;
  }

  @Override
  public String name() {
    return WEBHOOK;
  }

  /** An app that doesn't get this member's events any more gets nothing that was queued before. */
  @Override
  public Optional<Parcel> parcel(Delivery delivery) {
    return records
        .target(delivery.targetId(), delivery.event().recipient())
        .map(
            target ->
                writer.write(
                    WebhookMessage.of(delivery.event()),
                    delivery.event().recipient(),
                    delivery.targetId(),
                    target,
                    delivery.isUrgent()));
  }

  @Override
  public Outcome outcome(Response response) {
    return outcome(response.status());
  }

  static Outcome outcome(int status) {
    if (status == GONE) {
      return Outcome.GONE;
    }
    return status >= 200 && status < 300 ? Outcome.HANDED_OVER : Outcome.LATER;
  }

  @Override
  public void attempted(Delivery delivery, @Nullable Response response, Outcome outcome) {
    records.attempted(
        delivery.targetId(),
        delivery.event().recipient(),
        WebhookMessage.of(delivery.event()).id(),
        delivery.event().type(),
        response,
        outcome);
    switch (outcome) {
      case HANDED_OVER -> records.succeeded(delivery.targetId());
      case LATER, REFUSED -> records.failed(delivery.targetId());
      case GONE -> records.disable(delivery.targetId());
    }
  }

  /** It is disabled by now: what waited for this delivery must not begin before that. */
  @Override
  public void gone(Delivery delivery) {}

  /** Up to a fifth less or more, so that what failed at once doesn't come back at once. */
  @Override
  public Optional<Duration> waitAfter(Delivery delivery, DeliveryConfig config) {
    Duration wait = WAITS.get(Math.min(delivery.attempts(), WAITS.size()) - 1);
    double share = ThreadLocalRandom.current().nextDouble(0.8, 1.2);
    Duration ours = Duration.ofMillis((long) (wait.toMillis() * share));
    Instant end = delivery.event().occurredAt().plus(WORTH_IT);
    return clock.instant().plus(ours).isBefore(end) ? Optional.of(ours) : Optional.empty();
  }
}
