package org.stillpoint.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How notices are handed over. */
@ConfigMapping(prefix = "stillpoint.delivery")
public interface DeliveryConfig {
  /** How often a replica looks for work that it was not woken for. */
  @WithDefault("250ms")
  Duration poll();

  /** For how long a replica has a notice to itself; after that another one takes over. */
  @WithDefault("30s")
  Duration lease();

  /** How often a notice is tried before it is abandoned. */
  @WithDefault("10")
  int attempts();

  /** The wait after the first failed attempt; it doubles, up to an hour. */
  @WithDefault("2s")
  Duration backoff();

  /** How long one attempt over HTTP may take, from the look-up of the name to the answer's end. */
  @WithDefault("10s")
  Duration timeout();
}
