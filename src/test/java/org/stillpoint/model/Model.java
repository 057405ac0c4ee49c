package org.stillpoint.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stillpoint.model.Clause.Polarity;
import org.stillpoint.model.Term.Agreement;
import org.stillpoint.model.Term.State;

/**
 * The reference: one relationship as the rules have it. Where the application derives a state from
 * times, this one lets the time pass from each change to the next.
 *
 * <p>What a member does answers with the codes of the problems of which one is due; with none, it
 * is done.
 */
final class Model {
  static final Set<String> DONE = Set.of();
  static final Duration COOLING_OFF = Duration.ofHours(24);
  static final Duration BLOCKED = Duration.ofDays(30);
  static final Duration OPENNESS = Duration.ofDays(30);
  static final Duration OPEN = Duration.ofDays(7);

  final Set<Integer> current = new TreeSet<>();
  final List<Pause> pauses = new ArrayList<>();
  final List<Agreement> agreements = new ArrayList<>();
  final List<Term> terms = new ArrayList<>();
  final List<Limit> limits = new ArrayList<>();
  final Drafts drafts = new Drafts(this);
  Instant now;
  private int drawn;

  /** A member's signal. */
  static final class Pause {
    final String name;
    final int raiser;
    boolean active = true;

    Pause(String name, int raiser) {
      this.name = name;
      this.raiser = raiser;
    }
  }

  Model(int members, Instant now) {
    this.now = now;
    for (int i = 0; i < members; i++) {
      current.add(i);
    }
  }

  boolean isClosed() {
    return current.size() < 2;
  }

  boolean isPaused() {
    return pauses.stream().anyMatch(pause -> pause.active);
  }

  String state() {
    if (isClosed()) {
      return "closed";
    }
    return isPaused() ? "paused" : "open";
  }

  /** The problem of whoever asks something of others while one of them has paused (S9). */
  Set<String> pressure(int member) {
    return pauses.stream().anyMatch(pause -> pause.active && pause.raiser != member)
        ? Set.of("relationship-paused")
        : DONE;
  }

  /** A tap while one's pause is active is the same pause (S6). */
  Pause pause(int member) {
    return pauses.stream()
        .filter(pause -> pause.active && pause.raiser == member)
        .findFirst()
        .orElseGet(
            () -> {
              Pause pause = new Pause("p" + (pauses.size() + 1), member);
              pauses.add(pause);
              return pause;
            });
  }

  Set<String> lift(int member, Pause pause) {
    if (pause.raiser != member) {
      return Set.of("pause-not-yours-to-lift");
    }
    pause.active = false;
    return DONE;
  }

  /** Lets all that time changes happen in its order. */
  void pass(Duration time) {
    Instant end = now.plus(time);
    for (Optional<Instant> next = due(end); next.isPresent(); next = due(end)) {
      now = next.get();
      for (Term term : terms) {
        if (now.equals(term.due())) {
          term.elapse(now);
        }
      }
      limits.forEach(limit -> limit.elapse(now));
      limits.removeIf(limit -> limit.ended);
    }
    now = end;
  }

  private Optional<Instant> due(Instant end) {
    return Stream.concat(
            terms.stream().map(Term::due).filter(Objects::nonNull),
            limits.stream().map(limit -> limit.easingAt).filter(Objects::nonNull))
        .filter(time -> !time.isAfter(end))
        .min(Comparator.naturalOrder());
  }

  Limit draw(int holder, Limit.Content content) {
    drawn++;
    Limit limit = new Limit("l" + drawn, holder, content);
    limits.add(limit);
    return limit;
  }

  Agreement begin(Set<Integer> participants, boolean hold) {
    Agreement agreement = new Agreement("a" + (agreements.size() + 1), participants, hold);
    agreements.add(agreement);
    return agreement;
  }

  Term write(
      Agreement agreement,
      @Nullable Term lineage,
      Clause clause,
      int author,
      @Nullable Term replaces,
      boolean removal,
      Instant openUntil) {
    Term term =
        new Term(
            "t" + (terms.size() + 1),
            agreement,
            lineage,
            clause,
            author,
            removal,
            replaces,
            openUntil);
    terms.add(term);
    return term;
  }

  List<Term> of(Agreement agreement) {
    return terms.stream().filter(term -> term.agreement == agreement && !term.gone).toList();
  }

  /** Whoever doesn't take part is not told that it is there (S34). */
  boolean sees(int member, Term term) {
    return current.contains(member) && term.agreement.participants.contains(member) && !term.gone;
  }

  boolean haveAllSaidYes(Term term) {
    return term.agreement.participants.stream()
        .allMatch(member -> term.answers.getOrDefault(member, false));
  }

  /** A yes of all makes it agreed, and begins the cooling-off (S13). */
  void complete(Term term) {
    if (!haveAllSaidYes(term)) {
      return;
    }
    term.prove();
    Instant active = now.plus(COOLING_OFF);
    term.agreed = true;
    term.state = State.COOLING_OFF;
    term.activeAt = active;
    if (!term.removal) {
      term.lapseAt(term.clause.validUntil());
      if (term.clause.isOpenness()) {
        term.lapseAt(active.plus(OPENNESS));
      }
      lapseTogether(term);
    }
    if (term.replaces != null) {
      term.replaces.replacedAt = active;
    }
  }

  /** A permission doesn't outlast the duty that it rests on. */
  private void lapseTogether(Term agreed) {
    for (Term other : of(agreed.agreement)) {
      if (other != agreed && other.agreed && !other.removal && !other.isOver()) {
        if (agreed.clause.carries(other.clause)) {
          other.lapseAt(agreed.lapsesAt);
        } else if (other.clause.carries(agreed.clause)) {
          agreed.lapseAt(other.lapsesAt);
        }
      }
    }
  }

  /** What is open is no more; what it was to replace stays. */
  void cancel(Term term) {
    term.state = State.NOT_AGREED;
    term.notAgreedAt = now;
    forgetSuccession(term);
  }

  /** The same is asked for in other words. */
  void giveWay(Term term) {
    term.state = State.REPLACED;
    forgetSuccession(term);
  }

  private void forgetSuccession(Term term) {
    if (!term.agreed) {
      return;
    }
    if (term.replaces != null) {
      term.replaces.replacedAt = null;
    }
    if (term.replaces == null || !term.replaces.stands()) {
      takeAlong(term);
    }
  }

  void end(Term term) {
    term.state = State.ENDED;
    withdrawn(term);
  }

  void suspend(Term term) {
    if (term.state == State.SUSPENDED && term.resumesAt == null) {
      return;
    }
    term.state = State.SUSPENDED;
    term.resumesAt = null;
    term.resumptions.clear();
    withdrawn(term);
  }

  /** Nothing comes in the place of what was withdrawn, and nothing stays that rested on it. */
  private void withdrawn(Term term) {
    for (Term other : of(term.agreement)) {
      if (other.replaces == term && !other.removal && other.isOpen()) {
        cancel(other);
      }
    }
    takeAlong(term);
  }

  /** A permission doesn't act, or come to act, without the duty that it rests on. */
  private void takeAlong(Term duty) {
    for (Term other : of(duty.agreement)) {
      if (!duty.removal && !other.removal && other != duty && duty.clause.carries(other.clause)) {
        if (other.stands()) {
          suspend(other);
        } else if (other.state == State.COOLING_OFF) {
          cancel(other);
        }
      }
    }
  }

  /** Takes along what depended on the leaver, and what was open (S32). */
  void leave(int member) {
    current.remove(member);
    pauses.stream().filter(pause -> pause.raiser == member).forEach(pause -> pause.active = false);
    limits.removeIf(limit -> limit.holder == member);
    drafts.forget(member);
    for (Agreement agreement : agreements) {
      if (agreement.participants.remove(member)) {
        leave(member, agreement);
      }
    }
    for (Term term : terms) {
      boolean own = (term.author == member && !term.agreed) || isOwn(term, member);
      term.gone |= own || (term.removal && isOwn(Objects.requireNonNull(term.replaces), member));
    }
  }

  private void leave(int member, Agreement agreement) {
    boolean over = agreement.participants.size() < 2;
    for (Term term : of(agreement)) {
      Set<Integer> others = new HashSet<>(term.clause.binds());
      boolean bound = others.remove(member);
      boolean depends = bound && (others.isEmpty() || term.clause.polarity() != Polarity.FORBIDS);
      if (term.isOpen()) {
        cancel(term);
      } else if (term.stands() && !term.removal && (over || depends)) {
        end(term);
      }
    }
    agreement.ended |= over;
  }

  /** Nobody else has a part in these words, and they hold no more (S33). */
  private static boolean isOwn(Term term, int author) {
    return term.author == author && term.alone && term.isOver();
  }
}
