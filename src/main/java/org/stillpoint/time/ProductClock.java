package org.stillpoint.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The time by which the product lives: UTC in whole milliseconds, which is what the wire shows and
 * what PostgreSQL stores unchanged. A sandbox may move it forward, or have it stand still.
 */
public final class ProductClock extends Clock {
  private final Clock base = Clock.tickMillis(ZoneOffset.UTC);
  private volatile Setting setting = Setting.REAL;

  /**
   * How it is set.
   *
   * @param standing when it stands; null while it goes
   * @param ahead of the real time, while it goes
   */
  private record Setting(@Nullable Instant standing, Duration ahead) {
    static final Setting REAL = new Setting(null, Duration.ZERO);
  }

  ProductClock() {}

  /** The real time, for a command that runs without the application. */
  public static Clock real() {
    return new ProductClock();
  }

  @Override
  public Instant instant() {
    Setting now = setting;
    return now.standing() == null ? base.instant().plus(now.ahead()) : now.standing();
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
  public synchronized void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("The clock moves forward only");
    }
    Setting now = setting;
    setting =
        now.standing() == null
            ? new Setting(null, now.ahead().plus(by))
            : new Setting(now.standing().plus(by), Duration.ZERO);
  }

  /** Has it stand at this time until it is moved. */
  public synchronized void stand(Instant at) {
    setting = new Setting(at, Duration.ZERO);
  }

  /** How far it is ahead of the real time; zero but in a sandbox. */
  public Duration ahead() {
    Setting now = setting;
    return now.standing() == null ? now.ahead() : Duration.between(base.instant(), now.standing());
  }

  /** Returns to the real time. */
  public synchronized void reset() {
    setting = Setting.REAL;
  }
}
