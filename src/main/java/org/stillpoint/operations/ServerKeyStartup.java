package org.stillpoint.operations;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;
import org.stillpoint.crypto.ServerKey;

/** Started once the tables are there and the master key has opened what they keep. */
@Startup
@Singleton
class ServerKeyStartup implements HealthCheck {
  /** Injected to be made first: it refuses a wrong master key. */
  @SuppressWarnings("unused")
  private final ServerKey key;

  ServerKeyStartup(ServerKey key) {
    this.key = key;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.up("server-key");
  }
}
