package org.stillpoint.agreement;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.SensitiveText;

/** What terms in force add up to. Silence is a no, and what forbids beats what permits. */
final class Permission {
  static final int NOT_PERMITTED = 0;
  static final int ASK_EACH_TIME = 1;
  static final int STANDING = 2;

  private Permission() {}

  /** The level for one member; {@code facts} are the conditions that hold. */
  static int level(
      Collection<TermContent> inForce,
      TermDomain domain,
      SensitiveText activity,
      UUID member,
      Instant at,
      Set<SensitiveText> facts) {
    int level = NOT_PERMITTED;
    for (TermContent term : inForce) {
      if (isAbout(term, domain, activity, member) && isInTime(term, at) && holds(term, facts)) {
        if (term.polarity() == TermPolarity.FORBIDS) {
          return NOT_PERMITTED;
        }
        level = Math.max(level, of(term));
      }
    }
    return level;
  }

  /** What members do together takes the permission of each. */
  static int together(
      Collection<TermContent> inForce,
      TermDomain domain,
      SensitiveText activity,
      Collection<UUID> members,
      Instant at,
      Set<SensitiveText> facts) {
    return members.stream()
        .mapToInt(member -> level(inForce, domain, activity, member, at, facts))
        .min()
        .orElse(NOT_PERMITTED);
  }

  /** What the term alone gives where it applies; without a mode the lesser. */
  static int of(TermContent term) {
    if (term.polarity() != TermPolarity.PERMITS) {
      return NOT_PERMITTED;
    }
    return term.mode() == TermMode.STANDING ? STANDING : ASK_EACH_TIME;
  }

  private static boolean isAbout(
      TermContent term, TermDomain domain, SensitiveText activity, UUID member) {
    return term.domain() == domain
        && (term.activities().isEmpty() || term.activities().contains(activity))
        && term.memberIds().contains(member);
  }

  /** A date of review ends no prohibition: nobody gains by letting it pass. */
  private static boolean isInTime(TermContent term, Instant at) {
    return (term.validFrom() == null || !at.isBefore(term.validFrom()))
        && isBefore(at, term.validUntil())
        && (term.polarity() == TermPolarity.FORBIDS || isBefore(at, term.reviewAt()));
  }

  private static boolean isBefore(Instant at, @Nullable Instant end) {
    return end == null || at.isBefore(end);
  }

  private static boolean holds(TermContent term, Set<SensitiveText> facts) {
    return facts.containsAll(term.conditions());
  }
}
