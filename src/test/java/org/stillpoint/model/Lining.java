package org.stillpoint.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.stillpoint.model.Clause.Domain;
import org.stillpoint.model.Drafts.Changed;
import org.stillpoint.model.Limit.Content;
import org.stillpoint.model.Wire.Answer;

/** Lines that members draw: limits and holds. */
sealed interface Lining extends Step {
  private static Map<String, Object> body(Content content) {
    return Map.of(
        "strength",
        content.hard() ? "hard" : "soft",
        "category",
        "physical",
        "domain",
        Words.of(content.domain()),
        "activities",
        content.activities());
  }

  /** Draws a limit (S12). */
  record DrawLimit(int who, Content content) implements Lining {
    @Override
    public void take(World world) {
      int holder = world.current(who);
      Limit limit = world.model.draw(holder, content);
      Answer answer = world.party.send(holder, "POST", "/limits", body(content));
      world.expect(
          "%s: draws %s %s".formatted(Party.name(holder), limit.name, content), Set.of(), answer);
      world.link(limit.name, answer.json().path("id").asText());
    }
  }

  /** What can be done with a limit. */
  enum Deed {
    CHANGE,
    END,
    KEEP
  }

  /** Changes a limit, lets it go or keeps it after all; mostly one's own. */
  record OnLimit(Deed deed, int who, int which, boolean anyones, Content content)
      implements Lining {
    @Override
    public boolean isPossible(World world) {
      return !candidates(world).isEmpty();
    }

    @Override
    public boolean isMaybePrivate() {
      return true;
    }

    private List<Limit> candidates(World world) {
      int member = world.current(who);
      return world.model.limits.reversed().stream()
          .filter(limit -> anyones || limit.holder == member)
          .toList();
    }

    @Override
    public void take(World world) {
      int member = world.current(who);
      Limit limit = World.pick(candidates(world), which);
      String path = "/limits/" + world.id(limit.name);
      String etag = world.party.get(member, path).done().etag();
      Set<String> problems =
          limit.holder == member ? Set.of() : Set.of("limit-not-yours-to-change");
      Answer answer =
          switch (deed) {
            case CHANGE -> world.party.send(member, "PUT", path, body(content), etag);
            case END -> world.party.send(member, "DELETE", path, null, etag);
            case KEEP -> world.party.send(member, "DELETE", path + "/easing");
          };
      if (problems.isEmpty()) {
        switch (deed) {
          case CHANGE -> limit.change(content, world.model.now);
          case END -> limit.ease(null, world.model.now);
          case KEEP -> limit.keep();
        }
      }
      world.expect(
          "%s: %s %s %s"
              .formatted(
                  Party.name(member),
                  Words.of(deed),
                  limit.name,
                  deed == Deed.CHANGE ? content : ""),
          problems,
          answer);
    }
  }

  /** When a hold is to end: never at the instant at which a step of the clock does. */
  private static Instant until(World world, int days) {
    return world.model.now.plus(Duration.ofDays(days)).plus(Duration.ofMinutes(30));
  }

  /** Holds off contact until some days from now. */
  record CreateHold(int who, Domain domain, Set<String> activities, int days) implements Lining {
    @Override
    public void take(World world) {
      int maker = world.current(who);
      Instant until = until(world, days);
      Answer answer =
          world.party.send(
              maker,
              "POST",
              "/holds",
              Map.of(
                  "domain", Words.of(domain), "activities", activities, "until", until.toString()));
      String what =
          "%s: holds off %s%s until %s".formatted(Party.name(maker), domain, activities, until);
      if (domain == Domain.TOUCH) {
        Term hold = world.model.drafts.hold(maker, Clause.hold(domain, activities, maker, until));
        world.expect(what + ", which is " + hold, Set.of(), answer);
        link(world, maker, hold, answer.json());
      } else {
        world.expect(what, Set.of("hold-not-shared"), answer);
      }
    }
  }

  /** The text of a hold that stands is shown among the prohibitions. */
  private static void link(World world, int member, Term text, JsonNode hold) {
    String id = hold.path("id").asText();
    for (JsonNode line : world.party.get(member, "/in-force").json().path("prohibitions")) {
      if (line.path("agreementId").asText().equals(id)) {
        world.link(text, line);
        return;
      }
    }
    throw world.failure("Not in force: " + text + " of " + hold);
  }

  /** Gives a hold another end, some days from now. */
  record MoveHold(int who, int which, int days) implements Lining {
    @Override
    public boolean isPossible(World world) {
      return !candidates(world).isEmpty();
    }

    private List<Term> candidates(World world) {
      int member = world.current(who);
      return world.model.terms.reversed().stream()
          .filter(term -> term.agreement.hold && !term.removal && term.stands())
          .filter(term -> world.model.sees(member, term))
          .toList();
    }

    @Override
    public void take(World world) {
      int member = world.current(who);
      Term hold = World.pick(candidates(world), which);
      Instant until = until(world, days);
      Changed changed = world.answers.moveHold(member, hold, until);
      String path = "/holds/" + world.id(hold.agreement.name);
      String seen = world.party.get(member, path).done().etag();
      Answer answer =
          world.party.send(member, "PUT", path, Map.of("until", until.toString()), seen);
      String what =
          "%s: moves the hold %s to %s, which is %s"
              .formatted(Party.name(member), hold, until, changed.text());
      if (world.expect(what, changed.problems(), answer)) {
        Term text = Objects.requireNonNull(changed.text());
        if (text.isOpen()) {
          world.link(text, answer.json().path("proposal"));
        } else {
          link(world, member, text, answer.json());
        }
      }
    }
  }
}
