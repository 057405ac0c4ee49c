package org.stillpoint.model;

import static org.stillpoint.model.Clause.Polarity.FORBIDS;
import static org.stillpoint.model.Clause.Polarity.PERMITS;
import static org.stillpoint.model.Clause.Polarity.REQUIRES;

import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a term says, and what follows from that alone.
 *
 * @param binds the places of the members that it binds
 * @param activities none for all of the domain
 */
record Clause(
    Kind kind,
    Domain domain,
    Polarity polarity,
    boolean standing,
    Set<Integer> binds,
    Set<String> activities,
    @Nullable Instant validUntil,
    String text) {

  /** What sort of thing it is. */
  enum Kind {
    NORM,
    AFTERCARE,
    HOLD
  }

  /** One thing that takes two, and one that is a member's own life. */
  enum Domain {
    TOUCH,
    TECH
  }

  /** What it does. */
  enum Polarity {
    PERMITS,
    FORBIDS,
    REQUIRES
  }

  /** Activities that open a part of one's own life, whatever the domain (S19). */
  private static final Set<String> OPEN = Set.of("sleep");

  Clause {
    binds = Collections.unmodifiableSet(new TreeSet<>(binds));
    activities = Collections.unmodifiableSet(new TreeSet<>(activities));
  }

  static Clause hold(Domain domain, Set<String> activities, int maker, Instant until) {
    return new Clause(Kind.HOLD, domain, FORBIDS, false, Set.of(maker), activities, until, "");
  }

  boolean isOpenness() {
    return domain == Domain.TECH || !Collections.disjoint(activities, OPEN);
  }

  boolean overlaps(Clause other) {
    return domain == other.domain
        && (activities.isEmpty()
            || other.activities.isEmpty()
            || !Collections.disjoint(activities, other.activities));
  }

  /** Other words, a part of it, or a demand instead of a permission ask for the same (S18). */
  boolean isSameMatter(Clause other) {
    return (polarity == FORBIDS) == (other.polarity == FORBIDS)
        && overlaps(other)
        && !Collections.disjoint(binds, other.binds);
  }

  /**
   * A permission isn't left over when the duty that it rests on is dropped, or what anyone may drop
   * that held it closed (S13, S19).
   */
  boolean carries(Clause permission) {
    boolean bears = polarity == REQUIRES || (polarity == FORBIDS && isOpenness());
    if (!bears || permission.polarity != PERMITS) {
      return false;
    }
    boolean cares = polarity == REQUIRES && kind == Kind.AFTERCARE && !isOpenness();
    return overlaps(permission) || (cares && permission.domain == Domain.TOUCH);
  }

  /** Whether its author may put it in the place of another alone, and at once (S13, S14). */
  boolean tightens(@Nullable Clause before, int author) {
    if (kind == Kind.HOLD) {
      return before == null || !until(this).isBefore(until(before));
    }
    return switch (polarity) {
      case PERMITS -> before != null && isNarrowerThan(before);
      case FORBIDS -> isOwnLine(author) && (before == null || leavesNoGap(before));
      case REQUIRES -> false;
    };
  }

  private boolean isOwnLine(int author) {
    return domain == Domain.TOUCH && !isOpenness() && binds.equals(Set.of(author));
  }

  private boolean isNarrowerThan(Clause before) {
    return before.polarity == PERMITS
        && !isOpenness()
        && !before.isOpenness()
        && isWordedLike(before)
        && isWithin(before)
        && (before.standing || !standing);
  }

  private boolean leavesNoGap(Clause before) {
    return switch (before.polarity) {
      case PERMITS -> domain == before.domain;
      case FORBIDS -> isWordedLike(before) && before.isWithin(this);
      case REQUIRES -> false;
    };
  }

  private boolean isWordedLike(Clause other) {
    return kind == other.kind && domain == other.domain && text.equals(other.text);
  }

  private boolean isWithin(Clause wide) {
    return (wide.activities.isEmpty()
            || (!activities.isEmpty() && wide.activities.containsAll(activities)))
        && wide.binds.containsAll(binds)
        && !until(this).isAfter(until(wide));
  }

  private static Instant until(Clause clause) {
    return clause.validUntil == null ? Instant.MAX : clause.validUntil;
  }

  String describe(IntFunction<String> name) {
    return Words.of(polarity)
        + (standing ? " (standing)" : "")
        + " "
        + Words.of(domain)
        + activities
        + " to "
        + binds.stream().map(name::apply).toList()
        + (kind == Kind.NORM ? "" : " as " + Words.of(kind))
        + (validUntil == null ? "" : " until " + validUntil)
        + (text.isEmpty() ? "" : " '" + text + "'");
  }
}
