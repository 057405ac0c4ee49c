package org.stillpoint.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How notices and events are handed over. */
@ConfigMapping(prefix = "stillpoint.delivery")
public interface DeliveryConfig {
  /** How often a replica looks for work that it was not woken for. */
  @WithDefault("250ms")
  Duration poll();

  /**
   * For how long a replica has a delivery to itself; after that another one takes over. Longer than
   * an attempt and what it waits for of the database.
   */
  @WithDefault("60s")
  Duration lease();

  /** How long one attempt may take, from looking its address up to the answer. */
  @WithDefault("10s")
  Duration timeout();

  /** How many deliveries of pauses are under way at once on this replica. */
  @WithDefault("400")
  int pausesAtOnce();

  /** How many of everything else. */
  @WithDefault("200")
  int othersAtOnce();

  /**
   * How many of either to one carrier: one that hangs leaves room for the others. As many are taken
   * at once, so that it can be twice that.
   */
  @WithDefault("40")
  int perCarrierAtOnce();

  /** How often a notice is tried before it is abandoned, over about a day. */
  @WithDefault("30")
  int attempts();

  /** The same for a pause, over some six hours. */
  @WithDefault("400")
  int pauseAttempts();

  /** The wait after the first failed attempt; it doubles, up to an hour. */
  @WithDefault("2s")
  Duration backoff();

  /** The same for a pause, up to a minute. */
  @WithDefault("500ms")
  Duration pauseBackoff();

  /** The wait after so many attempts; empty to give up. */
  default Optional<Duration> waitAfter(int attempts, boolean isUrgent) {
    if (attempts >= (isUrgent ? pauseAttempts() : attempts())) {
      return Optional.empty();
    }
    Duration first = isUrgent ? pauseBackoff() : backoff();
    Duration wait = first.multipliedBy(1L << Math.min(attempts - 1, 20));
    Duration longest = isUrgent ? Duration.ofMinutes(1) : Duration.ofHours(1);
    return Optional.of(wait.compareTo(longest) > 0 ? longest : wait);
  }

  /** A carrier's wish to be asked later, as far as it is followed. */
  default Duration asWished(Duration wish, boolean isUrgent) {
    Duration longest = isUrgent ? Duration.ofSeconds(30) : Duration.ofHours(1);
    return wish.compareTo(longest) > 0 ? longest : wish;
  }
}
