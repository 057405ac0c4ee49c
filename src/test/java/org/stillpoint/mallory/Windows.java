package org.stillpoint.mallory;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.stillpoint.testkit.SandboxClock;

/** Times to return, as a body. */
final class Windows {
  private Windows() {}

  static Map<String, String> of(int inHours, int hours) {
    Instant start =
        SandboxClock.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(inHours));
    return Map.of(
        "startsAt", start.toString(), "endsAt", start.plus(Duration.ofHours(hours)).toString());
  }
}
