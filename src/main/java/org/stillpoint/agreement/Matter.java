package org.stillpoint.agreement;

import static org.stillpoint.agreement.TermPolarity.FORBIDS;

import java.util.Collections;

/** Whether two terms are about the same. */
final class Matter {
  private Matter() {}

  /**
   * The same is asked for: another wording, a smaller part of it, or a demand in place of a
   * permission, makes no other matter.
   */
  static boolean isSame(TermContent one, TermContent other) {
    if (!one.kind().isAboutActivities() || !other.kind().isAboutActivities()) {
      return one.kind() == other.kind() && one.text().equals(other.text());
    }
    return (one.polarity() == FORBIDS) == (other.polarity() == FORBIDS)
        && overlap(one, other)
        && !Collections.disjoint(one.memberIds(), other.memberIds());
  }

  /** Both speak of an activity; without activities a term speaks of all in its domain. */
  static boolean overlap(TermContent one, TermContent other) {
    return one.domain() == other.domain()
        && (one.activities().isEmpty()
            || other.activities().isEmpty()
            || !Collections.disjoint(one.activities(), other.activities()));
  }
}
