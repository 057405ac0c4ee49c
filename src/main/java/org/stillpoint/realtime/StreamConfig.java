package org.stillpoint.realtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How streams are kept. */
@ConfigMapping(prefix = "stillpoint.stream")
public interface StreamConfig {
  /** How often an idle stream shows that it lives; well below {@code quarkus.http.idle-timeout}. */
  @WithDefault("10s")
  Duration heartbeat();

  /** How often a replica looks for events that other replicas have stored. */
  @WithDefault("500ms")
  Duration poll();

  /** How many streams one member may hold open; the oldest ends for a further one. */
  @WithDefault("20")
  int perMember();
}
