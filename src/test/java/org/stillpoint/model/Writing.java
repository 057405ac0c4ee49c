package org.stillpoint.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.stillpoint.model.Clause.Domain;
import org.stillpoint.model.Clause.Kind;
import org.stillpoint.model.Clause.Polarity;
import org.stillpoint.model.Drafts.Draft;
import org.stillpoint.model.Drafts.Line;
import org.stillpoint.model.Drafts.Proposed;
import org.stillpoint.model.Term.Agreement;
import org.stillpoint.model.Wire.Answer;

/** What members write, and propose. */
sealed interface Writing extends Step {
  /**
   * A clause to be, whoever is there.
   *
   * @param binds 0 for all who take part, 1 for its author alone, and otherwise whose bits are set
   * @param days how long it is valid; 0 for ever
   */
  record Seed(
      Kind kind,
      Domain domain,
      Polarity polarity,
      boolean standing,
      int binds,
      Set<String> activities,
      int days,
      String text) {
    Clause at(World world, int author, Set<Integer> participants) {
      return new Clause(
          kind,
          domain,
          polarity,
          standing && polarity == Polarity.PERMITS,
          some(binds, author, participants),
          activities,
          until(world),
          text);
    }

    private @Nullable Instant until(World world) {
      // Half an hour more, so that no step of the clock ends at that instant.
      return days == 0
          ? null
          : world.model.now.plus(Duration.ofDays(days)).plus(Duration.ofMinutes(30));
    }
  }

  private static Set<Integer> some(int bits, int author, Set<Integer> all) {
    Set<Integer> some = new TreeSet<>(all);
    if (bits == 1) {
      return Set.of(author);
    }
    if (bits > 1) {
      some.removeIf(member -> (bits & (1 << member)) == 0);
    }
    return some.isEmpty() ? Set.of(author) : some;
  }

  private static void keep(World world, Draft draft, Map<String, Object> body) {
    List<Map<String, Object>> terms = new ArrayList<>();
    List<String> told = new ArrayList<>();
    for (Line line : draft.lines()) {
      terms.add(world.body(line.clause(), line.lineage()));
      String clause = line.clause().describe(Party::name);
      told.add(line.lineage() == null ? clause : line.lineage().name + " becomes " + clause);
    }
    body.put("title", "Ours");
    body.put("terms", terms);
    Answer answer = world.party.send(draft.author(), "POST", "/agreement-drafts", body);
    Agreement agreement = draft.agreement();
    world.expect(
        "%s: drafts %s of %s among %s: %s"
            .formatted(
                Party.name(draft.author()),
                draft.name(),
                agreement == null ? "a new agreement" : agreement.name,
                draft.participants().stream().map(Party::name).toList(),
                told),
        world.model.drafts.keep(draft),
        answer);
    if (world.model.drafts.all.contains(draft)) {
      world.link(draft.name(), answer.json().path("id").asText());
    }
  }

  /**
   * A draft of a new agreement.
   *
   * @param among 0 for all, and otherwise its author and whose bits are set
   */
  record DraftNew(int who, int among, List<Seed> seeds) implements Writing {
    @Override
    public boolean isMaybePrivate() {
      return true;
    }

    @Override
    public void take(World world) {
      int author = world.current(who);
      Set<Integer> participants = new TreeSet<>(some(among & ~1, author, world.model.current));
      participants.add(author);
      if (participants.size() < 2) {
        participants = world.model.current;
      }
      List<Line> lines = new ArrayList<>();
      for (Seed seed : seeds) {
        lines.add(new Line(null, seed.at(world, author, participants)));
      }
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("memberIds", world.ids(participants));
      keep(world, world.model.drafts.write(author, null, participants, lines), body);
    }
  }

  /** What becomes of a clause in the next version. */
  enum Edit {
    KEEP,
    DROP,
    RESTATE,
    REPLACE,
    POLARITY,
    BINDS,
    ACTIVITIES,
    MODE,
    UNTIL,
    TEXT
  }

  /** One change, with what is new of it. */
  record Edited(Edit edit, Seed seed) {}

  /**
   * A draft of the next version.
   *
   * @param edits of the clauses that stand, in their order; the last of them is kept for more
   * @param more new clauses
   */
  record DraftNext(int who, int which, List<Edited> edits, List<Seed> more) implements Writing {
    @Override
    public boolean isPossible(World world) {
      return !candidates(world, world.current(who)).isEmpty();
    }

    @Override
    public boolean isMaybePrivate() {
      return true;
    }

    private static List<Agreement> candidates(World world, int member) {
      return world.model.agreements.reversed().stream()
          .filter(agreement -> !agreement.hold && agreement.participants.contains(member))
          .toList();
    }

    @Override
    public void take(World world) {
      int author = world.current(who);
      Agreement agreement = World.pick(candidates(world, author), which);
      Drafts drafts = world.model.drafts;
      List<Line> lines = new ArrayList<>();
      int place = 0;
      for (Term lineage : drafts.lineages(agreement)) {
        Clause now = Objects.requireNonNull(drafts.texts(agreement).get(lineage));
        Edited edited = edits.get(Math.min(place++, edits.size() - 1));
        Clause clause = edit(world, author, agreement, lineage, now, edited);
        if (clause != null) {
          lines.add(new Line(lineage, clause));
        }
      }
      for (Seed seed : more) {
        lines.add(new Line(null, seed.at(world, author, agreement.participants)));
      }
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("agreementId", world.id(agreement.name));
      keep(world, drafts.write(author, agreement, agreement.participants, lines), body);
    }

    private static @Nullable Clause edit(
        World world, int author, Agreement agreement, Term lineage, Clause now, Edited edited) {
      Clause fresh = edited.seed().at(world, author, agreement.participants);
      Term standing = world.model.drafts.standing(lineage);
      Kind kind = now.kind();
      Domain domain = now.domain();
      Polarity polarity = now.polarity();
      boolean permits = polarity == Polarity.PERMITS;
      boolean standingMode = now.standing();
      Set<Integer> binds = now.binds();
      Set<String> activities = now.activities();
      Instant until = now.validUntil();
      String text = now.text();
      switch (edited.edit()) {
        case KEEP -> {
          return now;
        }
        case DROP -> {
          return null;
        }
        case RESTATE -> {
          return standing == null ? now : standing.clause;
        }
        case REPLACE -> {
          return fresh;
        }
        case POLARITY -> {
          polarity = fresh.polarity();
          standingMode = fresh.standing();
          binds = fresh.binds();
        }
        case BINDS -> binds = fresh.binds();
        case ACTIVITIES -> activities = fresh.activities();
        case MODE -> standingMode = permits && !standingMode;
        case UNTIL -> until = fresh.validUntil();
        case TEXT -> text = fresh.text();
      }
      return new Clause(kind, domain, polarity, standingMode, binds, activities, until, text);
    }
  }

  /** Proposes a draft, the latest first. */
  record Propose(int which) implements Writing {
    @Override
    public boolean isPossible(World world) {
      return !world.model.drafts.all.isEmpty();
    }

    @Override
    public void take(World world) {
      Draft draft = World.pick(world.model.drafts.all.reversed(), which);
      Proposed proposed = world.model.drafts.propose(draft);
      String path = "/agreement-drafts/" + world.id(draft.name()) + "/proposal";
      Answer answer = world.party.send(draft.author(), "POST", path);
      String what =
          "%s: proposes %s, which is %s"
              .formatted(Party.name(draft.author()), draft.name(), proposed.texts());
      if (world.expect(what, proposed.problems(), answer)) {
        JsonNode texts = answer.json().path("terms");
        if (texts.size() != proposed.texts().size()) {
          throw world.failure("Expected the texts %s, not %s".formatted(proposed.texts(), texts));
        }
        for (int i = 0; i < texts.size(); i++) {
          world.link(proposed.texts().get(i), texts.get(i));
        }
        world.link(
            Objects.requireNonNull(proposed.agreement()).name,
            answer.json().path("agreementId").asText());
      }
    }
  }
}
