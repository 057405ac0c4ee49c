package org.stillpoint.time;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;

/** Makes the server's ids. */
public final class Ids {
  private static final TimeBasedEpochGenerator VERSION_7 = Generators.timeBasedEpochGenerator();

  private Ids() {}

  /** A UUID of version 7 (RFC 9562): new rows land at the end of their index. */
  public static UUID next() {
    return VERSION_7.generate();
  }
}
