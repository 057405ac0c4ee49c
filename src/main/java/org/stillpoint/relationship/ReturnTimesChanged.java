package org.stillpoint.relationship;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Fired within the transaction in which somebody offers times to return after a pause, or leaves,
 * so that theirs count no more. What each has offered isn't in it (S11).
 *
 * @param member who offers or leaves
 * @param times what all have in common, in their order; none if nothing
 */
public record ReturnTimesChanged(Member member, UUID pauseId, List<Time> times, Instant at) {
  public ReturnTimesChanged {
    times = List.copyOf(times);
  }

  /** From its start until before its end. */
  public record Time(Instant startsAt, Instant endsAt) {
    /** Whether something can begin then and take so long. */
    public boolean holds(Instant start, Duration length) {
      return !start.isBefore(startsAt) && !start.plus(length).isAfter(endsAt);
    }
  }
}
