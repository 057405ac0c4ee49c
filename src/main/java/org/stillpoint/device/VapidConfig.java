package org.stillpoint.device;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Who sends, for the push services of browsers. */
@ConfigMapping(prefix = "stillpoint.push")
interface VapidConfig {
  /** The file of the P-256 key, as a JWK; beside an embedded database one is made. */
  Optional<Path> vapidKeyFile();

  /**
   * Hosts of further push services that the operator trusts to answer: each gets a bound of its
   * own, with all hosts below it. All others share one.
   */
  Optional<List<String>> hosts();

  /** Where push services reach the operator: an address with {@code mailto:} or {@code https:}. */
  @WithDefault("https://push.example.com")
  String vapidSubject();
}
