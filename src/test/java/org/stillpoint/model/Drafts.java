package org.stillpoint.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.stillpoint.model.Clause.Polarity;
import org.stillpoint.model.Term.Agreement;
import org.stillpoint.model.Term.State;

/** What the members write in private, and what becomes of it when it is proposed. */
final class Drafts {
  /**
   * A clause of a draft.
   *
   * @param lineage the first text of the clause that it changes; none for a new one
   */
  record Line(@Nullable Term lineage, Clause clause) {}

  /**
   * A draft.
   *
   * @param agreement none for a new one
   */
  record Draft(
      String name,
      int author,
      @Nullable Agreement agreement,
      int basedOn,
      Set<Integer> participants,
      List<Line> lines) {}

  /**
   * What becomes of one clause.
   *
   * @param inForce the text that stands
   * @param open the text that is proposed, or cools off
   * @param after the text that is to come; none where the clause goes
   */
  private record Change(
      @Nullable Term lineage,
      @Nullable Term inForce,
      @Nullable Term open,
      @Nullable Clause after,
      Effect effect) {}

  private enum Effect {
    NOTHING,
    CANCELS,
    TIGHTENS,
    ASKS
  }

  final List<Draft> all = new ArrayList<>();
  private final Model model;
  private int written;

  Drafts(Model model) {
    this.model = model;
  }

  void forget(int member) {
    all.removeIf(draft -> draft.author() == member);
  }

  Draft write(int author, @Nullable Agreement agreement, Set<Integer> wished, List<Line> lines) {
    written++;
    Set<Integer> participants = agreement == null ? wished : agreement.participants;
    Draft draft =
        new Draft(
            "d" + written,
            author,
            agreement,
            agreement == null ? 0 : agreement.version,
            Set.copyOf(participants),
            lines);
    return draft;
  }

  /** A draft that nobody could propose isn't kept: what is over, or binds others, is no clause. */
  Set<String> keep(Draft draft) {
    boolean sound =
        draft.lines().stream().allMatch(line -> isPossible(line.clause(), draft.participants()));
    if (sound) {
      all.add(draft);
    }
    return sound ? Model.DONE : Set.of("validation-failed");
  }

  private boolean isPossible(Clause clause, Set<Integer> participants) {
    Instant until = clause.validUntil();
    return participants.containsAll(clause.binds()) && (until == null || until.isAfter(model.now));
  }

  /** The first texts of the clauses that can be kept, changed or dropped, in their order. */
  List<Term> lineages(Agreement agreement) {
    Map<Term, Boolean> lineages = new LinkedHashMap<>();
    for (Term term : model.of(agreement)) {
      if (!term.isOver()) {
        boolean removed = term.removal && term.state == State.ACTIVE;
        lineages.merge(term.lineage, !removed, Boolean::logicalAnd);
      }
    }
    return lineages.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
  }

  @Nullable Term standing(Term lineage) {
    return model.of(lineage.agreement).stream()
        .filter(term -> term.lineage == lineage && term.stands() && !term.removal)
        .findFirst()
        .orElse(null);
  }

  @Nullable Term open(Term lineage) {
    return model.of(lineage.agreement).stream()
        .filter(term -> term.lineage == lineage && term.isOpen())
        .findFirst()
        .orElse(null);
  }

  /** What came of a proposal: the agreement, and the texts of its new version. */
  record Proposed(Set<String> problems, @Nullable Agreement agreement, List<Term> texts) {
    static Proposed refused(Set<String> problems) {
      return new Proposed(problems, null, List.of());
    }
  }

  Proposed propose(Draft draft) {
    Set<String> problems = flaws(draft);
    if (!problems.isEmpty()) {
      return Proposed.refused(problems);
    }
    List<Change> changes = changes(draft);
    problems = refusals(draft.author(), changes);
    if (!problems.isEmpty()) {
      return Proposed.refused(problems);
    }
    Agreement agreement =
        draft.agreement() == null ? model.begin(draft.participants(), false) : draft.agreement();
    agreement.version++;
    all.remove(draft);
    List<Term> texts = new ArrayList<>();
    for (Change change : changes) {
      Term text = apply(agreement, draft.author(), change, model.now.plus(Model.OPEN));
      if (text != null && (change.after() != null || change.effect() == Effect.ASKS)) {
        texts.add(text);
      }
    }
    return new Proposed(Model.DONE, agreement, texts);
  }

  private Set<String> flaws(Draft draft) {
    Agreement agreement = draft.agreement();
    if (agreement != null && agreement.ended) {
      return Set.of("agreement-ended");
    }
    if (agreement != null && agreement.version != draft.basedOn()) {
      return Set.of("agreement-moved-on");
    }
    Set<Integer> participants = agreement == null ? draft.participants() : agreement.participants;
    boolean sound =
        model.current.containsAll(participants)
            && draft.lines().stream().allMatch(line -> isSound(line, participants));
    return sound ? Model.DONE : Set.of("validation-failed");
  }

  private boolean isSound(Line line, Set<Integer> participants) {
    return isPossible(line.clause(), participants)
        && (line.lineage() == null || lineages(line.lineage().agreement).contains(line.lineage()));
  }

  private List<Change> changes(Draft draft) {
    List<Change> changes = new ArrayList<>();
    List<Term> left =
        draft.agreement() == null
            ? new ArrayList<>()
            : new ArrayList<>(lineages(draft.agreement()));
    for (Line line : draft.lines()) {
      left.remove(line.lineage());
      changes.add(change(draft.author(), line.lineage(), line.clause()));
    }
    for (Term lineage : left) {
      changes.add(change(draft.author(), lineage, null));
    }
    return changes;
  }

  private Change change(int author, @Nullable Term lineage, @Nullable Clause after) {
    Term inForce = lineage == null ? null : standing(lineage);
    Term open = lineage == null ? null : open(lineage);
    return new Change(lineage, inForce, open, after, effect(author, inForce, open, after));
  }

  private static Effect effect(
      int author, @Nullable Term inForce, @Nullable Term open, @Nullable Clause after) {
    if (open != null && (open.removal ? after == null : open.clause.equals(after))) {
      return Effect.NOTHING;
    }
    Clause before = inForce == null ? null : inForce.clause;
    if (Objects.equals(before, after)) {
      return open == null ? Effect.NOTHING : Effect.CANCELS;
    }
    // What is suspended can go, but only what is active can be narrowed.
    boolean tightens =
        after == null
            ? isDroppedAlone(Objects.requireNonNull(before))
            : after.tightens(isActive(inForce) ? before : null, author);
    return tightens ? Effect.TIGHTENS : Effect.ASKS;
  }

  private static boolean isActive(@Nullable Term term) {
    return term != null && term.state == State.ACTIVE;
  }

  /** What permits or demands is dropped by anyone, and what is about openness too (S13, S19). */
  static boolean isDroppedAlone(Clause clause) {
    return clause.polarity() != Polarity.FORBIDS || clause.isOpenness();
  }

  private Set<String> refusals(int author, List<Change> changes) {
    Set<String> problems = new HashSet<>();
    Set<Term> cancelled = new HashSet<>();
    for (Change change : changes) {
      if (change.open() != null && change.effect() != Effect.NOTHING && !goesOn(change)) {
        cancelled.add(change.open());
      }
      if (change.effect() == Effect.ASKS) {
        problems.addAll(model.pressure(author));
        if (isBlocked(author, change, cancelled)) {
          problems.add("term-proposed-before");
        }
      }
    }
    if (changes.stream().allMatch(change -> change.effect() == Effect.NOTHING)) {
      problems.add("nothing-proposed");
    }
    return problems;
  }

  /** What was not agreed is not asked for again for 30 days by those who wanted it (S18). */
  private boolean isBlocked(int author, Change change, Set<Term> cancelled) {
    boolean removal = change.after() == null;
    Clause asked =
        change.after() == null ? Objects.requireNonNull(change.inForce()).clause : change.after();
    return model.terms.stream()
        .filter(term -> model.sees(author, term) && term.isWantedBy(author))
        .filter(
            term ->
                cancelled.contains(term)
                    || (term.state == State.NOT_AGREED
                        && Objects.requireNonNull(term.notAgreedAt)
                            .plus(Model.BLOCKED)
                            .isAfter(model.now)))
        .anyMatch(
            term ->
                term.removal == removal
                    ? term.clause.isSameMatter(asked)
                    : term.lineage == change.lineage());
  }

  /** The same in other words goes on being asked for; anything else was not agreed. */
  private static boolean goesOn(Change change) {
    Term open = change.open();
    Clause after = change.after();
    return open != null
        && !open.removal
        && change.effect() == Effect.ASKS
        && (after == null || open.clause.isSameMatter(after));
  }

  private @Nullable Term apply(Agreement agreement, int author, Change change, Instant openUntil) {
    Term open = change.open();
    Term inForce = change.inForce();
    if (change.effect() == Effect.NOTHING) {
      return open == null ? inForce : open;
    }
    if (open != null && goesOn(change)) {
      model.giveWay(open);
    } else if (open != null) {
      model.cancel(open);
    }
    return switch (change.effect()) {
      case NOTHING, CANCELS -> inForce;
      case TIGHTENS -> tighten(agreement, author, change);
      case ASKS -> {
        Clause text =
            change.after() == null ? Objects.requireNonNull(inForce).clause : change.after();
        // To ask anew gives no more time.
        Instant until =
            open != null && open.openUntil.isBefore(openUntil) ? open.openUntil : openUntil;
        yield model.write(
            agreement, change.lineage(), text, author, inForce, change.after() == null, until);
      }
    };
  }

  private Term tighten(Agreement agreement, int author, Change change) {
    Term inForce = change.inForce();
    Clause after = change.after();
    if (after == null) {
      model.end(Objects.requireNonNull(inForce));
      return inForce;
    }
    Term term = model.write(agreement, change.lineage(), after, author, inForce, false, model.now);
    term.agreed = true;
    term.prove();
    term.state = State.ACTIVE;
    term.activeAt = model.now;
    term.lapseAt(after.validUntil());
    if (inForce != null) {
      if (after.polarity() == Polarity.PERMITS) {
        term.lapseAt(inForce.lapsesAt);
      }
      inForce.state = State.REPLACED;
    }
    return term;
  }

  /** Holds off contact with the maker, at once. */
  Term hold(int maker, Clause clause) {
    Agreement agreement = model.begin(model.current, true);
    return Objects.requireNonNull(apply(agreement, maker, change(maker, null, clause), model.now));
  }

  /** What came of a change of one clause: its problems, or the text that it has now. */
  record Changed(Set<String> problems, @Nullable Term text) {}

  /** Gives one clause that stands another text, or with none, asks for its end. */
  Changed give(int author, Term standing, @Nullable Clause after) {
    Change change = change(author, standing.lineage, after);
    Set<String> problems = new HashSet<>(refusals(author, List.of(change)));
    problems.remove("nothing-proposed");
    if (!problems.isEmpty()) {
      return new Changed(problems, null);
    }
    Instant openUntil = model.now.plus(Model.OPEN);
    return new Changed(Model.DONE, apply(standing.agreement, author, change, openUntil));
  }

  /** Each text by its clause, for a draft that keeps all of them. */
  Map<Term, Clause> texts(Agreement agreement) {
    Map<Term, Clause> texts = new HashMap<>();
    for (Term lineage : lineages(agreement)) {
      Term open = open(lineage);
      Term inForce = standing(lineage);
      Term kept = open == null || open.removal ? inForce : open;
      texts.put(lineage, Objects.requireNonNull(kept).clause);
    }
    return texts;
  }
}
