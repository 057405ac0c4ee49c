package org.stillpoint.model;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.stillpoint.model.Clause.Domain;
import org.stillpoint.model.Clause.Kind;
import org.stillpoint.model.Clause.Polarity;
import org.stillpoint.model.Writing.Edit;
import org.stillpoint.model.Writing.Edited;
import org.stillpoint.model.Writing.Seed;

/**
 * What random members do. There is little to choose from, so that they often meet.
 *
 * @param weight how often
 * @param possible whether there is anything to do it with
 */
record Choice(int weight, Predicate<World> possible, Arbitrary<? extends Step> steps) {
  /** More often than all others together, where it can be chosen at all. */
  static final int ALWAYS = 1_000;

  static List<Choice> all() {
    return List.of(
        new Choice(10, Choice::isOpen, draftNew()),
        new Choice(8, has(world -> world.model.agreements), draftNext()),
        new Choice(16, has(world -> world.model.drafts.all), place().map(Writing.Propose::new)),
        together(24, Step.Deed.ASSENT),
        together(6, Step.Deed.RESUME),
        onTerm(14, Step.Deed.ASSENT),
        onTerm(1, Step.Deed.ASSENT_TO_OTHER_TEXT),
        onTerm(5, Step.Deed.DECLINE),
        onTerm(5, Step.Deed.WITHDRAW),
        onTerm(7, Step.Deed.SUSPEND),
        onTerm(4, Step.Deed.RESUME),
        onTerm(2, Step.Deed.WITHDRAW_RESUMPTION),
        onTerm(5, Step.Deed.END),
        new Choice(
            3, Choice::isOpen, Combinators.combine(who(), limits()).as(Lining.DrawLimit::new)),
        new Choice(4, has(world -> world.model.limits), onLimit()),
        new Choice(2, Choice::isOpen, createHold()),
        new Choice(
            3,
            has(world -> world.model.agreements.stream().filter(each -> each.hold).toList()),
            Combinators.combine(who(), place(), days()).as(Lining.MoveHold::new)),
        new Choice(3, Choice::isOpen, pausing(false)),
        new Choice(5, has(world -> world.model.pauses), pausing(true)),
        new Choice(1, Choice::hasGoneOn, who().map(Step.Leave::new)),
        new Choice(16, Choice::isOpen, clock()));
  }

  private static boolean isOpen(World world) {
    return !world.isOver();
  }

  /** Of those who leave at once there is little to see. */
  private static boolean hasGoneOn(World world) {
    return isOpen(world) && world.model.terms.size() > 2;
  }

  private static Predicate<World> has(Function<World, List<?>> some) {
    return world -> isOpen(world) && !some.apply(world).isEmpty();
  }

  private static Arbitrary<Integer> who() {
    return Arbitraries.integers().between(0, 3);
  }

  /** Mostly the first place. */
  private static Arbitrary<Integer> place() {
    return Arbitraries.frequency(
        Tuple.of(8, 0), Tuple.of(4, 1), Tuple.of(2, 2), Tuple.of(1, 3), Tuple.of(1, 5));
  }

  private static Arbitrary<Integer> days() {
    return Arbitraries.of(1, 3, 10);
  }

  private static Arbitrary<Step.Clock> clock() {
    return Arbitraries.frequency(
            Tuple.of(3, 1),
            Tuple.of(2, 13),
            Tuple.of(8, 24),
            Tuple.of(3, 48),
            Tuple.of(3, 168),
            Tuple.of(1, 480),
            Tuple.of(2, 720))
        .map(Step.Clock::new);
  }

  private static Choice together(int weight, Step.Deed deed) {
    return new Choice(
        weight,
        has(world -> world.model.terms.stream().filter(deed::isUsual).toList()),
        Combinators.combine(place(), Arbitraries.of(true, true, false))
            .as((which, waits) -> new Step.Together(deed, which, waits)));
  }

  private static Choice onTerm(int weight, Step.Deed deed) {
    Arbitrary<Boolean> strange = Arbitraries.frequency(Tuple.of(9, false), Tuple.of(1, true));
    return new Choice(
        weight,
        has(world -> world.model.terms.stream().filter(deed::isUsual).toList()),
        Combinators.combine(who(), place(), strange)
            .as((who, which, any) -> new Step.OnTerm(deed, who, which, any)));
  }

  private static Arbitrary<Step.Pausing> pausing(boolean lifts) {
    return Combinators.combine(who(), place())
        .as((who, which) -> new Step.Pausing(who, lifts, which));
  }

  private static Arbitrary<Set<String>> activities() {
    return Arbitraries.frequency(
        Tuple.of(3, Set.<String>of()),
        Tuple.of(4, Set.of("hands")),
        Tuple.of(2, Set.of("hair")),
        Tuple.of(3, Set.of("hands", "hair")),
        Tuple.of(1, Set.of("sleep")));
  }

  private static Arbitrary<Domain> domains() {
    return Arbitraries.frequency(Tuple.of(3, Domain.TOUCH), Tuple.of(1, Domain.TECH));
  }

  private static Arbitrary<Seed> seeds() {
    return Combinators.combine(
            Arbitraries.frequency(Tuple.of(4, Kind.NORM), Tuple.of(1, Kind.AFTERCARE)),
            domains(),
            Arbitraries.frequency(
                Tuple.of(5, Polarity.PERMITS),
                Tuple.of(3, Polarity.FORBIDS),
                Tuple.of(2, Polarity.REQUIRES)),
            Arbitraries.of(false, true),
            Arbitraries.frequency(
                Tuple.of(5, 0), Tuple.of(4, 1), Tuple.of(1, 3), Tuple.of(1, 6), Tuple.of(1, 5)),
            activities(),
            Arbitraries.frequency(Tuple.of(6, 0), Tuple.of(1, 1), Tuple.of(1, 3), Tuple.of(1, 10)),
            Arbitraries.of("so", "else"))
        .as(Seed::new)
        .filter(
            seed ->
                seed.polarity() != Polarity.FORBIDS
                    || (seed.domain() != Domain.TECH && !seed.activities().contains("sleep")));
  }

  private static Arbitrary<Writing.DraftNew> draftNew() {
    Arbitrary<Integer> among =
        Arbitraries.frequency(Tuple.of(5, 0), Tuple.of(1, 2), Tuple.of(1, 6));
    return Combinators.combine(who(), among, seeds().list().ofMinSize(1).ofMaxSize(3))
        .as(Writing.DraftNew::new);
  }

  private static Arbitrary<Writing.DraftNext> draftNext() {
    Arbitrary<Edited> edited =
        Combinators.combine(Arbitraries.of(Edit.class), seeds()).as(Edited::new);
    return Combinators.combine(
            who(), place(), edited.list().ofMinSize(1).ofMaxSize(3), seeds().list().ofMaxSize(1))
        .as(Writing.DraftNext::new);
  }

  private static Arbitrary<Limit.Content> limits() {
    return Combinators.combine(Arbitraries.of(false, true), domains(), activities())
        .as(Limit.Content::new);
  }

  private static Arbitrary<Lining.OnLimit> onLimit() {
    Arbitrary<Boolean> anyones = Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true));
    return Combinators.combine(Arbitraries.of(Lining.Deed.class), who(), place(), anyones, limits())
        .as(Lining.OnLimit::new);
  }

  private static Arbitrary<Lining.CreateHold> createHold() {
    Arbitrary<Set<String>> activities = Arbitraries.of(Set.of(), Set.of("hands"));
    return Combinators.combine(who(), domains(), activities, days()).as(Lining.CreateHold::new);
  }
}
