package org.stillpoint.crypto;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How keys live and die. */
@ConfigMapping(prefix = "stillpoint.keys")
public interface KeysConfig {
  /** For how long a key that was unwrapped stays in memory; more than 60 s counts as 60 s. */
  @WithDefault("60s")
  Duration remembered();

  /**
   * The age at which a master key that wraps nothing any more is destroyed, and with it whatever
   * was erased since. It is done a day before, so that there is time to do it.
   */
  @WithDefault("30d")
  Duration destroyedAfter();

  /** How often a replica looks whether the day's master key is there. */
  @WithDefault("5m")
  Duration look();
}
