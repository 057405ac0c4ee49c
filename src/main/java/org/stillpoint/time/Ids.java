package org.stillpoint.time;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.UUIDClock;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.time.Clock;
import java.util.Random;
import java.util.UUID;

/** Makes the server's ids. */
public final class Ids {
  private static volatile TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator();

  private Ids() {}

  /** A UUID of version 7 (RFC 9562): new rows land at the end of their index. */
  public static UUID next() {
    return generator.generate();
  }

  /** For a sandbox: from now on the same seed and the same times give the same ids. */
  @SuppressWarnings("java:S2245") // They are to be foreseen.
  public static void foresee(long seed, Clock clock) {
    generator =
        new TimeBasedEpochGenerator(
            new Random(seed),
            new UUIDClock() {
              @Override
              public long currentTimeMillis() {
                return clock.millis();
              }
            });
  }

  /** Nobody can foresee the next ones. */
  public static void reset() {
    generator = Generators.timeBasedEpochGenerator();
  }
}
