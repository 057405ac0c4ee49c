package org.stillpoint.device;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** The apps that are reached by Google's push service. */
@ConfigMapping(prefix = "stillpoint.push.fcm")
public interface FcmConfig {
  /** By their client ids. */
  @WithParentName
  Map<String, App> apps();

  /** What Google has given an app. */
  interface App {
    /** The key of a service account that may send messages, as Google gives it out: JSON. */
    Path serviceAccountFile();

    /** Where messages are sent. */
    @WithDefault("https://fcm.googleapis.com")
    URI server();
  }
}
