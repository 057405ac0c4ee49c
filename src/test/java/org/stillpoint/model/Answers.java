package org.stillpoint.model;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.stillpoint.model.Drafts.Changed;
import org.stillpoint.model.Term.State;

/** What each participant does with a term. */
final class Answers {
  private static final Set<String> NOT_OPEN = Set.of("term-not-open");

  private final Model model;

  Answers(Model model) {
    this.model = model;
  }

  /** Says yes to exactly this text; a yes to a yes changes nothing. */
  Set<String> assent(int member, Term term) {
    if (term.state == State.PROPOSED) {
      term.answers.put(member, true);
      model.complete(term);
      return Model.DONE;
    }
    if (term.isOver()) {
      return NOT_OPEN;
    }
    if (term.state != State.COOLING_OFF && !term.removal && !term.proved.contains(member)) {
      term.answers.put(member, true);
      if (model.haveAllSaidYes(term)) {
        term.prove();
      }
    }
    return Model.DONE;
  }

  /** Says no, which nobody learns before the cooling-off (S17). */
  Set<String> decline(int member, Term term) {
    if (!term.isOpen()) {
      return NOT_OPEN;
    }
    if (term.state == State.PROPOSED) {
      term.answers.put(member, false);
    } else {
      model.cancel(term);
    }
    return Model.DONE;
  }

  Changed withdraw(int member, Term term) {
    if (term.state == State.PROPOSED) {
      term.answers.remove(member);
    } else if (term.state == State.COOLING_OFF) {
      model.cancel(term);
    } else if (term.stands() && !term.removal && Drafts.isDroppedAlone(term.clause)) {
      return end(member, term);
    } else if (term.stands() && !term.removal) {
      term.answers.remove(member);
      term.proved.remove(member);
    }
    return new Changed(Model.DONE, term);
  }

  /** What forbids doesn't go before all want it; what allows or demands does at once (S13). */
  Changed end(int member, Term term) {
    if (term.state == State.PROPOSED && term.author != member) {
      term.answers.put(member, false);
    } else if (term.isOpen()) {
      model.cancel(term);
    } else if (term.stands() && !term.removal) {
      return endStanding(member, term);
    }
    return new Changed(Model.DONE, term);
  }

  private Changed endStanding(int member, Term term) {
    if (Drafts.isDroppedAlone(term.clause)) {
      model.end(term);
      return new Changed(Model.DONE, term);
    }
    Set<String> problems = model.pressure(member);
    return problems.isEmpty() ? model.drafts.give(member, term, null) : new Changed(problems, null);
  }

  Set<String> suspend(Term term) {
    boolean forbids = !Drafts.isDroppedAlone(term.clause);
    boolean possible = term.stands() || term.state == State.COOLING_OFF;
    if (forbids || !possible) {
      return forbids && !possible
          ? Set.of("term-forbids", "term-not-in-force")
          : Set.of(forbids ? "term-forbids" : "term-not-in-force");
    }
    if (term.stands()) {
      model.suspend(term);
    } else {
      model.cancel(term);
    }
    return Model.DONE;
  }

  /** What is suspended comes back when all want it within a week, after the cooling-off. */
  Set<String> resume(int member, Term term) {
    if (term.state != State.SUSPENDED) {
      return Set.of("term-not-in-force");
    }
    if (term.resumesAt == null) {
      term.resumptions.put(member, model.now);
      boolean all =
          term.agreement.participants.stream()
              .allMatch(each -> isFresh(term.resumptions.get(each)));
      term.resumesAt = all ? model.now.plus(Model.COOLING_OFF) : null;
    }
    return Model.DONE;
  }

  boolean isFresh(@Nullable Instant said) {
    return said != null && said.plus(Model.OPEN).isAfter(model.now);
  }

  /** Any of them doesn't want it back after all. */
  Set<String> withdrawResumption(int member, Term term) {
    if (term.state == State.SUSPENDED) {
      if (term.resumesAt != null) {
        model.suspend(term);
      }
      term.resumptions.remove(member);
    }
    return Model.DONE;
  }

  /** Puts a hold off at once, or asks for an earlier end. */
  Changed moveHold(int member, Term hold, Instant until) {
    if (!until.isAfter(model.now)) {
      return new Changed(Set.of("validation-failed"), null);
    }
    Clause said = hold.clause;
    int maker = said.binds().iterator().next();
    Clause moved = Clause.hold(said.domain(), said.activities(), maker, until);
    return model.drafts.give(member, Objects.requireNonNull(hold), moved);
  }
}
