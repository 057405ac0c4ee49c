package org.stillpoint.agreement;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What its holder has asked for, and what acts by itself when its time has come. Nobody else knows
 * of it until then: whoever knew that it is coming could press.
 *
 * @param content what the limit becomes; null when it ends
 */
record LimitEasing(Instant at, @Nullable LimitContent content) {
  boolean endsLimit() {
    return content == null;
  }

  boolean becomes(LimitContent other) {
    return content != null && content.saysTheSameAs(other);
  }
}
