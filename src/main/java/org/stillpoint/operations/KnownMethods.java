package org.stillpoint.operations;

import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/** Counts no exchange under a method that its client made up: each would be a series of its own. */
final class KnownMethods {
  private static final Set<String> KNOWN =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private KnownMethods() {}

  @Produces
  @Singleton
  static MeterFilter filter() {
    return MeterFilter.deny(
        meter -> {
          String method = meter.getTag("method");
          return meter.getName().startsWith("http.server.")
              && method != null
              && !KNOWN.contains(method);
        });
  }
}
