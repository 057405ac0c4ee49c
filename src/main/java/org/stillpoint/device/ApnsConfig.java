package org.stillpoint.device;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** The apps that are reached by Apple's push service. */
@ConfigMapping(prefix = "stillpoint.push.apns")
public interface ApnsConfig {
  /** By their client ids. */
  @WithParentName
  Map<String, App> apps();

  /** What Apple has given an app. */
  interface App {
    /** The signing key, as Apple gives it out: a file that ends in {@code .p8}. */
    Path keyFile();

    /** The name of that key: ten letters and digits. */
    String keyId();

    /** Whose key it is: ten letters and digits. */
    String teamId();

    /** The app's bundle id. */
    String topic();

    /** {@code https://api.sandbox.push.apple.com} for an app under development. */
    @WithDefault("https://api.push.apple.com")
    URI server();
  }
}
