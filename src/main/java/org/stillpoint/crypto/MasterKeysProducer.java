package org.stillpoint.crypto;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Produces the master keys that the settings name. */
@Singleton
class MasterKeysProducer {
  @Produces
  @Singleton
  MasterKeys masterKeys(
      @ConfigProperty(name = "stillpoint.master-key-file") Optional<Path> file,
      @ConfigProperty(name = "stillpoint.master-key-uri") Optional<String> uri) {
    return MasterKeys.of(file.orElse(null), uri.orElse(null));
  }
}
