package org.stillpoint.api.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much, and for how long, one connection may send. */
@ConfigMapping(prefix = "stillpoint.http")
public interface HttpLimits {
  /** The largest body of a request. */
  @WithDefault("512K")
  MemorySize maxBodySize();

  /** How long the head of a request may take to arrive, from its first byte to its last. */
  @WithDefault("20s")
  Duration headDeadline();

  /** How long the body of a request may take to arrive, however steadily it comes. */
  @WithDefault("20s")
  Duration bodyDeadline();
}
