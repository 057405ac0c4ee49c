package org.stillpoint.agreement;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A limit as it is at one time, its words opened.
 *
 * @param easing what waits still; null without one, and when it has acted
 */
record LimitState(Limit limit, Instant at, LimitContent content, @Nullable LimitEasing easing) {
  UUID id() {
    return limit.id();
  }

  UUID holderId() {
    return limit.holderId();
  }

  Instant drawnAt() {
    return limit.drawnAt();
  }

  Instant changedAt() {
    return limit.changedAt(at);
  }

  boolean isHeldBy(UUID memberId) {
    return limit.holderId().equals(memberId);
  }

  /** Changes with what this member sees, and with nothing else. */
  long versionFor(UUID memberId) {
    return isHeldBy(memberId) ? limit.version(at) : limit.changes(at);
  }
}
