package org.stillpoint.transaction;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** The database, as the start has made it or the operator has set it. */
@ConfigMapping(prefix = "stillpoint.database")
public interface DatabaseConfig {
  /** Its address for JDBC. */
  Optional<String> url();

  /** The password of the role that migrates. */
  Optional<String> ownerPassword();

  /** The password of the role that serves requests. */
  Optional<String> appPassword();

  /** The password of the role that works in the background. */
  Optional<String> workerPassword();

  /** Where an embedded one is kept; set by the start, and never beside an external one. */
  Optional<Path> folder();

  /** With less room than this for an embedded one, pauses are kept, and nothing else that grows. */
  @WithDefault("256M")
  MemorySize freeFloor();
}
