package org.stillpoint.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The time by which the product lives: UTC in whole milliseconds, which is what the wire shows and
 * what PostgreSQL stores unchanged. A sandbox may move it forward.
 */
public final class ProductClock extends Clock {
  private final Clock base = Clock.tickMillis(ZoneOffset.UTC);
  private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

  ProductClock() {}

  /** The real time, for a command that runs without the application. */
  public static Clock real() {
    return new ProductClock();
  }

  @Override
  public Instant instant() {
    return base.instant().plus(offset.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("The product's time is UTC");
  }

  /** Moves the time forward; a time that went back would undo what has taken effect. */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("The clock moves forward only");
    }
    offset.accumulateAndGet(by, Duration::plus);
  }

  /** How far it is ahead of the real time; zero but in a sandbox. */
  public Duration ahead() {
    return Objects.requireNonNull(offset.get());
  }

  /** Returns to the real time. */
  public void reset() {
    offset.set(Duration.ZERO);
  }
}
