package org.stillpoint.checkin;

import java.util.Locale;

/** Who gets to see what is answered to an item, and when. */
enum AnswerKeeping {
  /** Nobody else, until all who take part have answered; then all of them. */
  SEALED,
  /** All who take part, at once. */
  OPEN,
  /** Nobody else, ever. */
  PRIVATE;

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
