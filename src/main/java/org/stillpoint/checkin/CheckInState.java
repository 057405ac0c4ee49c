package org.stillpoint.checkin;

import java.util.Locale;

/** Where a check-in stands. */
enum CheckInState {
  SCHEDULED,
  OPEN,
  /** Open, and all that is sealed has been answered by all. */
  REVEALED,
  CLOSED,
  SKIPPED,
  DEFERRED;

  /** For the document. */
  static final String WIRE_NAMES =
      "[\"scheduled\", \"open\", \"revealed\", \"closed\", \"skipped\", \"deferred\"]";

  boolean isOver() {
    return this == CLOSED || this == SKIPPED || this == DEFERRED;
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
