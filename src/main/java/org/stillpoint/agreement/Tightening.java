package org.stillpoint.agreement;

import static java.util.Objects.requireNonNullElse;
import static org.stillpoint.agreement.TermPolarity.FORBIDS;
import static org.stillpoint.agreement.TermPolarity.PERMITS;
import static org.stillpoint.agreement.TermPolarity.REQUIRES;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.SensitiveText;

/**
 * Tells tightening from loosening by structure alone. Words can't be judged, so a change of words
 * is never tightening, unless it draws a line that binds nobody but its author. The table is in the
 * description of this package.
 */
final class Tightening {
  private Tightening() {}

  /**
   * Whether the author may make this change alone and at once.
   *
   * @param before what is in force now; null if that isn't active, or else a suspended permission
   *     would come back through a narrower copy of itself
   * @param after what comes in its place; null if nothing does
   */
  static boolean isTightening(
      @Nullable TermContent before, @Nullable TermContent after, UUID author) {
    if ((before != null && saysMore(before)) || (after != null && saysMore(after))) {
      return false;
    }
    if (after == null) {
      if (before == null) {
        throw new IllegalArgumentException("Nothing changes");
      }
      return before.polarity() != FORBIDS || before.isOpenness();
    }
    return switch (after.polarity()) {
      case PERMITS -> before != null && isNarrowerPermission(before, after);
      case FORBIDS -> isOwnLine(after, author) && (before == null || isNoGap(before, after));
      case REQUIRES -> false;
    };
  }

  /**
   * Whether the end of a requirement, or of a prohibition that anyone may drop, takes this
   * permission along, which rested on it. Openness is dropped without such a price, except where
   * the permission is about the same.
   */
  static boolean takesAlong(TermContent dropped, TermContent permission) {
    if (!bears(dropped) || permission.polarity() != PERMITS) {
      return false;
    }
    boolean guardsCloseness =
        switch (dropped.kind()) {
          case CONSENT, AFTERCARE, RE_ENTRY ->
              dropped.polarity() == REQUIRES && !dropped.isOpenness();
          default -> false;
        };
    return (guardsCloseness && permission.domain().isIntimate())
        || (dropped.domain() == permission.domain()
            && overlap(dropped.activities(), permission.activities()));
  }

  private static boolean bears(TermContent term) {
    return switch (term.polarity()) {
      case PERMITS -> false;
      case FORBIDS -> term.isOpenness();
      case REQUIRES -> true;
    };
  }

  /** A word's meaning or a length of time lies outside of the content compared here. */
  private static boolean saysMore(TermContent term) {
    return term.kind() == TermKind.SIGNAL || term.kind() == TermKind.COOLING_OFF;
  }

  /**
   * A line around the author's own participation. It binds nobody else: in a relationship of three
   * it would come between the other two, and its words could reach into another's life.
   */
  private static boolean isOwnLine(TermContent after, UUID author) {
    return after.domain().isShared()
        && !after.isOpenness()
        && after.memberIds().equals(List.of(author));
  }

  /** Openness is left out: a copy would begin its thirty days anew, or escape from them. */
  private static boolean isNarrowerPermission(TermContent before, TermContent after) {
    return before.polarity() == PERMITS
        && !before.isOpenness()
        && !after.isOpenness()
        && isSameInWords(before, after)
        && isWithin(after, before)
        && Permission.of(after) <= Permission.of(before)
        && !reviewAt(after).isAfter(reviewAt(before));
  }

  /** Whether the line leaves nothing open that was closed before. */
  private static boolean isNoGap(TermContent before, TermContent line) {
    return switch (before.polarity()) {
      case PERMITS -> before.domain() == line.domain();
      case FORBIDS ->
          isSameInWords(before, line)
              && isWithin(before, line)
              && !reviewAt(line).isBefore(reviewAt(before));
      case REQUIRES -> false;
    };
  }

  private static boolean isSameInWords(TermContent before, TermContent after) {
    return before.kind() == after.kind()
        && before.domain() == after.domain()
        && before.conditions().equals(after.conditions())
        && before.text().equals(after.text());
  }

  private static boolean isWithin(TermContent inner, TermContent outer) {
    return isWithin(inner.activities(), outer.activities())
        && outer.memberIds().containsAll(inner.memberIds())
        && !validFrom(inner).isBefore(validFrom(outer))
        && !validUntil(inner).isAfter(validUntil(outer));
  }

  private static boolean isWithin(List<SensitiveText> inner, List<SensitiveText> outer) {
    return outer.isEmpty() || (!inner.isEmpty() && outer.containsAll(inner));
  }

  private static boolean overlap(List<SensitiveText> some, List<SensitiveText> others) {
    return some.isEmpty() || others.isEmpty() || !Collections.disjoint(some, others);
  }

  private static Instant validFrom(TermContent term) {
    return requireNonNullElse(term.validFrom(), Instant.MIN);
  }

  private static Instant validUntil(TermContent term) {
    return requireNonNullElse(term.validUntil(), Instant.MAX);
  }

  private static Instant reviewAt(TermContent term) {
    return requireNonNullElse(term.reviewAt(), Instant.MAX);
  }
}
