package org.stillpoint.agreement;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;

/** How long what was loosened waits before it takes effect (S13). */
@Singleton
class CoolingOff {
  private static final Duration DEFAULT = Duration.ofHours(24);

  Duration of(UUID relationshipId) {
    return DEFAULT;
  }
}
