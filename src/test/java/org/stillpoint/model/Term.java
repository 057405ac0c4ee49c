package org.stillpoint.model;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One text of a clause and the state that it is in, as the state machine of a term has it. */
final class Term {
  /** Where it stands. */
  enum State {
    PROPOSED("proposed"),
    COOLING_OFF("coolingOff"),
    ACTIVE("active"),
    NOT_AGREED("notAgreed"),
    SUSPENDED("suspended"),
    LAPSED("lapsed"),
    REPLACED("replaced"),
    ENDED("ended");

    final String wire;

    State(String wire) {
      this.wire = wire;
    }
  }

  final String name;
  final Agreement agreement;

  /** The first text of its clause. */
  final Term lineage;

  final Clause clause;
  final int author;
  final boolean removal;
  final @Nullable Term replaces;
  final Instant openUntil;
  final Map<Integer, Boolean> answers = new HashMap<>();
  final Map<Integer, Instant> resumptions = new HashMap<>();
  State state = State.PROPOSED;
  boolean agreed;

  /** Whose yes is shown: of all at once, or of whoever made it act alone. */
  final Set<Integer> proved = new TreeSet<>();

  /** Nobody but its author has a yes in it. */
  boolean alone;

  /** Its author left before anybody else had agreed to it, and took it along. */
  boolean gone;

  @Nullable Instant notAgreedAt;
  @Nullable Instant activeAt;
  @Nullable Instant lapsesAt;
  @Nullable Instant resumesAt;
  @Nullable Instant replacedAt;

  Term(
      String name,
      Agreement agreement,
      @Nullable Term lineage,
      Clause clause,
      int author,
      boolean removal,
      @Nullable Term replaces,
      Instant openUntil) {
    this.name = name;
    this.agreement = agreement;
    this.lineage = lineage == null ? this : lineage;
    this.clause = clause;
    this.author = author;
    this.removal = removal;
    this.replaces = replaces;
    this.openUntil = openUntil;
    answers.put(author, true);
  }

  boolean isIn(State... states) {
    return Set.of(states).contains(state);
  }

  boolean isOpen() {
    return isIn(State.PROPOSED, State.COOLING_OFF);
  }

  boolean stands() {
    return isIn(State.ACTIVE, State.SUSPENDED);
  }

  boolean isOver() {
    return !isOpen() && !stands();
  }

  boolean isInForce() {
    return state == State.ACTIVE && !removal && !gone;
  }

  /** Who proposed or assented to it wanted it (S18). */
  boolean isWantedBy(int member) {
    return author == member || answers.getOrDefault(member, false);
  }

  /** Shows the yes of all who have said it. */
  void prove() {
    proved.clear();
    answers.forEach(
        (member, yes) -> {
          if (yes) {
            proved.add(member);
          }
        });
    alone = proved.equals(Set.of(author));
  }

  void lapseAt(@Nullable Instant time) {
    if (time != null && (lapsesAt == null || time.isBefore(lapsesAt))) {
      lapsesAt = time;
    }
  }

  /** When time alone will change it next. */
  @Nullable Instant due() {
    return switch (state) {
      case PROPOSED -> openUntil;
      case COOLING_OFF -> activeAt;
      case ACTIVE -> earlier(replacedAt, lapsesAt);
      case SUSPENDED -> earlier(resumesAt, earlier(replacedAt, lapsesAt));
      case LAPSED -> replacedAt;
      default -> null;
    };
  }

  /** Changes what the time that has come changes. */
  void elapse(Instant now) {
    if (state == State.PROPOSED) {
      state = State.NOT_AGREED;
      notAgreedAt = openUntil;
    } else if (now.equals(replacedAt)) {
      state = State.REPLACED;
    } else if (lapsesAt != null && !lapsesAt.isAfter(now)) {
      state = State.LAPSED;
    } else {
      state = State.ACTIVE;
      resumesAt = null;
    }
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  /** What several texts belong to. */
  static final class Agreement {
    final String name;
    final Set<Integer> participants;
    final boolean hold;
    int version;
    boolean ended;

    Agreement(String name, Set<Integer> participants, boolean hold) {
      this.name = name;
      this.participants = new HashSet<>(participants);
      this.hold = hold;
    }
  }

  @Override
  public String toString() {
    return name + (removal ? " (end of " + Objects.requireNonNull(replaces).name + ")" : "");
  }
}
