package org.stillpoint.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.stillpoint.model.Drafts.Changed;
import org.stillpoint.model.Model.Pause;
import org.stillpoint.model.Term.State;
import org.stillpoint.model.Wire.Answer;

/**
 * Something that a member does, or that time does. Members, terms and all else are named by a place
 * among what is there, round and round, so that a step still means something when those before it
 * are left out.
 */
sealed interface Step
    permits Step.OnTerm, Step.Together, Step.Pausing, Step.Leave, Step.Clock, Writing, Lining {
  /** Does it in the model and in the application, and compares what comes of it. */
  void take(World world);

  /** Whether it makes sense to take it now. */
  default boolean isPossible(World world) {
    return true;
  }

  /** Whether nobody else may have to learn of it. */
  default boolean isMaybePrivate() {
    return false;
  }

  /** What can be done with a term. */
  enum Deed {
    ASSENT(term -> term.state == State.PROPOSED),
    ASSENT_TO_OTHER_TEXT(term -> term.state == State.PROPOSED),
    DECLINE(Term::isOpen),
    WITHDRAW(term -> !term.isOver()),
    SUSPEND(term -> term.state == State.ACTIVE),
    RESUME(term -> term.state == State.SUSPENDED),
    WITHDRAW_RESUMPTION(term -> term.state == State.SUSPENDED),
    END(Term::stands);

    private final Predicate<Term> usual;

    Deed(Predicate<Term> usual) {
      this.usual = usual;
    }

    boolean isUsual(Term term) {
      return usual.test(term);
    }
  }

  /**
   * Something with a term.
   *
   * @param strange whether with any term, in whatever state
   */
  record OnTerm(Deed deed, int who, int which, boolean strange) implements Step {
    @Override
    public boolean isPossible(World world) {
      return !candidates(world, world.current(who)).isEmpty();
    }

    @Override
    public boolean isMaybePrivate() {
      return true;
    }

    /** The latest first: the places that are tried most are the smallest. */
    private List<Term> candidates(World world, int member) {
      return world.model.terms.stream()
          .filter(term -> world.model.sees(member, term) && world.isLinked(term.name))
          .filter(term -> strange || deed.isUsual(term))
          .sorted(Comparator.comparing((Term term) -> world.model.terms.indexOf(term)).reversed())
          .toList();
    }

    @Override
    public void take(World world) {
      int member = world.current(who);
      act(world, deed, member, World.pick(candidates(world, member), which));
    }

    private static void act(World world, Deed deed, int member, Term term) {
      String what = "%s: %s %s".formatted(Party.name(member), Words.of(deed), term);
      String path = "/terms/" + world.id(term.name);
      switch (deed) {
        case ASSENT ->
            world.expect(
                what,
                world.answers.assent(member, term),
                world.party.send(
                    member, "PUT", path + "/assents/me", Map.of("hash", world.hash(term))));
        case ASSENT_TO_OTHER_TEXT ->
            world.expect(
                what,
                Set.of("term-text-changed"),
                world.party.send(
                    member, "PUT", path + "/assents/me", Map.of("hash", "0".repeat(64))));
        case DECLINE ->
            world.expect(
                what,
                world.answers.decline(member, term),
                world.party.send(member, "PUT", path + "/declines/me"));
        case SUSPEND ->
            world.expect(
                what,
                world.answers.suspend(term),
                world.party.send(member, "PUT", path + "/suspension"));
        case RESUME ->
            world.expect(
                what,
                world.answers.resume(member, term),
                world.party.send(member, "PUT", path + "/resumptions/me"));
        case WITHDRAW_RESUMPTION ->
            world.expect(
                what,
                world.answers.withdrawResumption(member, term),
                world.party.send(member, "DELETE", path + "/resumptions/me"));
        case WITHDRAW ->
            changed(
                world,
                what,
                world.answers.withdraw(member, term),
                world.party.send(member, "DELETE", path + "/assents/me"));
        case END ->
            changed(
                world,
                what,
                world.answers.end(member, term),
                world.party.send(member, "DELETE", path));
      }
    }

    private static void changed(World world, String what, Changed changed, Answer answer) {
      if (world.expect(what, changed.problems(), answer)) {
        Term text = Objects.requireNonNull(changed.text());
        JsonNode view = answer.json();
        if (text.removal == view.path("removal").asBoolean()) {
          world.link(text, view);
        } else if (!world.isLinked(text.name)) {
          world.link(text, proposal(world, text));
        }
      }
    }

    /** Whoever takes a yes back is answered with that term; the others are told of the proposal. */
    private static JsonNode proposal(World world, Term text) {
      int other =
          text.agreement.participants.stream()
              .filter(each -> each != text.author)
              .findFirst()
              .orElseThrow();
      JsonNode events = world.party.get(other, "/v1/events?limit=100").done().json().path("data");
      JsonNode resource = events.path(events.size() - 1).path("resource");
      String id = resource.path("id").asText();
      return resource.path("type").asText().equals("term")
          ? world.party.get(other, "/terms/" + id).done().json()
          : world.party.get(other, "/holds/" + id).done().json().path("proposal");
    }
  }

  /**
   * Something that all who take part in a term do with it.
   *
   * @param waits whether the cooling-off passes then
   */
  record Together(Deed deed, int which, boolean waits) implements Step {
    @Override
    public boolean isPossible(World world) {
      return !candidates(world).isEmpty();
    }

    private List<Term> candidates(World world) {
      return world.model.terms.reversed().stream()
          .filter(term -> deed.isUsual(term) && world.isLinked(term.name) && !term.gone)
          .toList();
    }

    @Override
    public void take(World world) {
      Term term = World.pick(candidates(world), which);
      for (int member : List.copyOf(term.agreement.participants)) {
        world.see(true, () -> OnTerm.act(world, deed, member, term));
      }
      if (waits) {
        world.see(false, () -> new Clock((int) Model.COOLING_OFF.toHours()).take(world));
      }
    }
  }

  /**
   * A tap, or a lift.
   *
   * @param which the pause that is to be lifted
   */
  record Pausing(int who, boolean lifts, int which) implements Step {
    @Override
    public boolean isPossible(World world) {
      return !lifts || !world.model.pauses.isEmpty();
    }

    @Override
    public void take(World world) {
      int member = world.current(who);
      if (lifts) {
        List<Pause> latestFirst = world.model.pauses.reversed();
        Pause pause = World.pick(latestFirst, which);
        world.expect(
            "%s: lifts %s".formatted(Party.name(member), pause.name),
            world.model.lift(member, pause),
            world.party.send(member, "POST", "/pauses/" + world.id(pause.name) + "/lift"));
      } else {
        Pause pause = world.model.pause(member);
        Answer answer = world.party.send(member, "POST", "/pauses");
        world.expect("%s: pauses (%s)".formatted(Party.name(member), pause.name), Set.of(), answer);
        world.link(pause.name, answer.json().path("id").asText());
      }
    }
  }

  /** Leaves for good. */
  record Leave(int who) implements Step {
    @Override
    public void take(World world) {
      int member = world.current(who);
      world.model.leave(member);
      world.expect(
          Party.name(member) + ": leaves",
          Set.of(),
          world.party.send(member, "DELETE", "/members/me"));
    }
  }

  /** Time passes. */
  record Clock(int hours) implements Step {
    @Override
    public void take(World world) {
      world.pass(Duration.ofHours(hours));
      world.tell(hours + " hours pass");
    }
  }
}
