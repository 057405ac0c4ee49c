package org.stillpoint.sandbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** How a sandbox is to be. */
@ConfigMapping(prefix = "stillpoint.sandbox")
interface SandboxConfig {
  /** Whether it is one. */
  @WithParentName
  @WithDefault("false")
  boolean on();

  /** What is played at each start, after everything is emptied; any text. */
  Optional<String> seed();

  /** How many can be opened beside this one; they listen on the ports after its own. */
  @WithDefault("8")
  int most();

  /** After how long without a request one that was opened beside another ends. */
  @WithDefault("30m")
  Duration idle();

  /** The process of the sandbox beside which this one was opened: it doesn't outlive it. */
  @WithName("opened-by")
  OptionalLong openedBy();
}
