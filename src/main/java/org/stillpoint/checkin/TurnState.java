package org.stillpoint.checkin;

import java.util.Locale;

/** Where a turn stands. */
enum TurnState {
  SPEAKING,
  /** The speaker has finished, and a listener says back what was heard. */
  REFLECTING;

  /** For the document. */
  static final String WIRE_NAMES = "[\"speaking\", \"reflecting\"]";

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
