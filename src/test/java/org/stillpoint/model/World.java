package org.stillpoint.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.stillpoint.model.Wire.Answer;

/** A relationship twice: as the model has it, and as the application has it. */
final class World {
  final Model model;
  final Answers answers;
  final Party party;

  private final Views views = new Views(this);
  private final List<String> story = new ArrayList<>();
  private final Map<String, String> ids = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> lineages = new HashMap<>();
  private final Map<String, String> hashes = new HashMap<>();

  World(Wire wire, int members) {
    party = new Party(wire, members);
    model = new Model(members, party.now().truncatedTo(ChronoUnit.MILLIS));
    answers = new Answers(model);
    tell("together: " + model.current.stream().map(Party::name).toList());
  }

  boolean isOver() {
    return model.isClosed();
  }

  /** Takes a step in both, and compares what everybody sees then. */
  void take(Step step) {
    see(step.isMaybePrivate(), () -> step.take(this));
  }

  /** Does something in both, and compares what everybody sees then. */
  void see(boolean maybePrivate, Runnable deed) {
    views.before(maybePrivate);
    deed.run();
    views.compare();
  }

  /** How it is told where a test fails. */
  @Override
  public String toString() {
    return model.state() + " at " + model.now;
  }

  void pass(Duration time) {
    party.pass(time.toSeconds());
    model.pass(time);
  }

  void tell(String line) {
    story.add(line);
  }

  /** Whether the application did, or refused, what it had to. */
  boolean expect(String what, Set<String> problems, Answer answer) {
    String line = what + " -> " + answer.status() + (answer.isDone() ? "" : " " + answer.code());
    tell(line);
    boolean asExpected = problems.isEmpty() ? answer.isDone() : problems.contains(answer.code());
    if (!asExpected) {
      throw failure(
          "expected "
              + (problems.isEmpty() ? "2xx" : problems)
              + " of: "
              + line
              + "\n"
              + answer.body());
    }
    return answer.isDone();
  }

  AssertionError failure(String what) {
    StringBuilder told = new StringBuilder(what).append("\nThe steps before:");
    for (int i = 0; i < story.size(); i++) {
      told.append("\n  ").append(i).append(". ").append(story.get(i));
    }
    return new AssertionError(told.toString());
  }

  /** Remembers what the application calls something. */
  void link(String name, String id) {
    String known = ids.putIfAbsent(name, id);
    String other = names.putIfAbsent(id, name);
    if ((known != null && !known.equals(id)) || (other != null && !other.equals(name))) {
      throw failure("%s is %s, but was %s, which was %s".formatted(name, id, known, other));
    }
  }

  void link(Term term, JsonNode view) {
    link(term.name, view.path("id").asText());
    link(term.agreement.name, view.path("agreementId").asText());
    hashes.put(term.name, view.path("hash").asText());
    lineages.putIfAbsent(term.lineage.name, view.path("lineageId").asText());
  }

  String id(String name) {
    String id = ids.get(name);
    if (id == null) {
      throw failure("The application has shown no id of " + name);
    }
    return id;
  }

  boolean isLinked(String name) {
    return ids.containsKey(name);
  }

  String name(String id) {
    return names.getOrDefault(id, "unknown " + id);
  }

  String hash(Term term) {
    return hashes.getOrDefault(term.name, "");
  }

  /** A clause as it goes over the wire. */
  Map<String, Object> body(Clause clause, @Nullable Term lineage) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (lineage != null) {
      body.put("lineageId", lineages.getOrDefault(lineage.name, ""));
    }
    body.put("kind", Words.of(clause.kind()));
    body.put("domain", Words.of(clause.domain()));
    body.put("polarity", Words.of(clause.polarity()));
    if (clause.polarity() == Clause.Polarity.PERMITS) {
      body.put("mode", clause.standing() ? "standing" : "askEachTime");
    }
    body.put("memberIds", ids(clause.binds()));
    body.put("activities", clause.activities());
    if (clause.validUntil() != null) {
      body.put("validUntil", clause.validUntil().toString());
    }
    body.put("text", clause.text());
    return body;
  }

  List<String> ids(Set<Integer> members) {
    return new TreeSet<>(members).stream().map(party::id).toList();
  }

  /** The current member at this place, round and round. */
  int current(int place) {
    return pick(List.copyOf(model.current), place);
  }

  static <T> T pick(List<T> some, int place) {
    return some.get(place % some.size());
  }
}
