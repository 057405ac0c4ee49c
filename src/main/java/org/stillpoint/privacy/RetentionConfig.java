package org.stillpoint.privacy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the job works that deletes what is old. */
@ConfigMapping(prefix = "stillpoint.retention")
public interface RetentionConfig {
  /** How long after one round along all members the next begins. */
  @WithDefault("1h")
  Duration every();

  /** How often a replica asks whether there is something to do. */
  @WithDefault("1m")
  Duration look();

  /** How many members are looked at in one step. */
  @WithDefault("100")
  int members();

  /** How many rows one transaction deletes at most. */
  @WithDefault("1000")
  int batch();

  /** The rest after each transaction, which leaves the database to the taps. */
  @WithDefault("2ms")
  Duration rest();
}
