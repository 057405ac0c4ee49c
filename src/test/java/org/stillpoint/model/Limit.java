package org.stillpoint.model;

import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.stillpoint.model.Clause.Domain;

/** A line that its holder draws, and eases after a while. */
final class Limit {
  /**
   * What it says.
   *
   * @param activities none for all of the domain
   */
  record Content(boolean hard, Domain domain, Set<String> activities) {
    Content {
      activities = Collections.unmodifiableSet(new TreeSet<>(activities));
    }

    /** Whether nothing is open that the other closes (S13, S14). */
    private boolean isAsTightAs(Content other) {
      return (hard || !other.hard)
          && domain == other.domain
          && (activities.isEmpty()
              || (!other.activities.isEmpty() && activities.containsAll(other.activities)));
    }
  }

  final String name;
  final int holder;
  Content content;
  boolean ended;
  @Nullable Instant easingAt;

  /** None where it ends. */
  private @Nullable Content easing;

  Limit(String name, int holder, Content content) {
    this.name = name;
    this.holder = holder;
    this.content = content;
  }

  /** Tightens at once, or eases after the cooling-off. */
  void change(Content wanted, Instant now) {
    if (wanted.isAsTightAs(content)) {
      content = wanted;
      keep();
    } else {
      ease(wanted, now);
    }
  }

  /** Asking again for what waits doesn't make it wait longer. */
  void ease(@Nullable Content wanted, Instant now) {
    boolean waits = easingAt != null && (wanted == null ? easing == null : wanted.equals(easing));
    if (!waits) {
      easingAt = now.plus(Model.COOLING_OFF);
      easing = wanted;
    }
  }

  /** Nothing waits to ease it any more. */
  void keep() {
    easingAt = null;
    easing = null;
  }

  void elapse(Instant now) {
    if (now.equals(easingAt)) {
      ended = easing == null;
      content = easing == null ? content : easing;
      keep();
    }
  }
}
