package org.stillpoint.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.stillpoint.model.Clause.Domain;
import org.stillpoint.model.Term.State;
import org.stillpoint.model.Wire.Answer;

/** What each member sees in the application, held against what the model says. */
final class Views {
  private static final List<String> ACTIVITIES = List.of("hands", "hair", "sleep");

  /** A step that is about something else changes nothing; to look now and then is enough. */
  private static final int LOOK_AT_ALL = 5;

  private static final int EXCERPT = 600;
  private static final int BEFORE_THE_DIFFERENCE = 300;

  private final World world;

  /** What was read last, by member and address. */
  private final Map<String, String> read = new HashMap<>();

  /** What the model showed each member last. */
  private final Map<Integer, String> shown = new HashMap<>();

  private final Map<Integer, String> told = new HashMap<>();
  private final Set<String> settled = new HashSet<>();
  private final Map<Term, String> traces = new HashMap<>();

  /** What is looked at even where it isn't in force. */
  private final Set<Term> changed = new HashSet<>();

  private int steps;

  Views(World world) {
    this.world = world;
  }

  private Model model() {
    return world.model;
  }

  /** Looks, before a step that others may not have to learn of, at what they were told so far. */
  void before(boolean maybePrivate) {
    if (maybePrivate) {
      for (int member : model().current) {
        told.computeIfAbsent(member, this::toldTo);
      }
    } else {
      told.clear();
    }
  }

  private String toldTo(int member) {
    return world.party.get(member, "/v1/events?limit=100").done().body();
  }

  void compare() {
    steps++;
    changed.clear();
    for (Term term : model().terms) {
      String trace = trace(term) + term.answers + term.resumptions + term.agreement.participants;
      if (!trace.equals(traces.put(term, trace)) || steps % LOOK_AT_ALL == 0) {
        changed.add(term);
      }
    }
    for (int member = 0; member < world.party.size(); member++) {
      if (model().current.contains(member)) {
        compare(member);
      } else if (settled.add(member + " left")) {
        equal(member, "in-force after leaving", 404, world.party.get(member, "/in-force").status());
      }
    }
  }

  /** What doesn't change for a member according to the model, changes in no byte (S17, S34). */
  private void compare(int member) {
    String trace = trace(member);
    boolean unchanged = trace.equals(shown.put(member, trace));
    Map<String, JsonNode> inForce = compareInForce(member, unchanged);
    for (Term term : model().terms) {
      if (world.isLinked(term.name)) {
        compare(member, term, inForce, unchanged);
      }
    }
    String before = told.get(member);
    if (unchanged && before != null) {
      equal(member, "what was told", before, toldTo(member));
    } else {
      told.remove(member);
    }
  }

  private Map<String, JsonNode> compareInForce(int member, boolean unchanged) {
    Domain domain = Domain.values()[steps % 2];
    String activity = World.pick(ACTIVITIES, steps / 2);
    String query = "?domain=" + Words.of(domain) + "&activity=" + activity;
    JsonNode body = world.party.get(member, "/in-force" + query).done().json();
    Sight sight = new Sight(model(), member);
    equal(member, "state", model().state(), body.path("state").asText());
    Map<String, JsonNode> terms = new HashMap<>();
    Set<String> permissions = new TreeSet<>();
    for (JsonNode permission : body.path("permissions")) {
      String name = name(terms, permission.path("term"));
      permissions.add(name + " except " + texts(permission.path("exceptActivities")));
    }
    equal(member, "permissions", sight.permissions(), permissions);
    equal(member, "prohibitions", sight.prohibitions(), names(terms, body.path("prohibitions")));
    equal(member, "requirements", sight.requirements(), names(terms, body.path("requirements")));
    equal(member, "limits", sight.limits(), limits(body.path("limits")));
    equal(
        member,
        "level of " + activity + " in " + domain,
        sight.level(domain, activity),
        body.path("activity").path("level").asText());
    ((ObjectNode) body).remove(List.of("at", "activity"));
    sameBytes(member, "in-force", body, unchanged);
    return terms;
  }

  private String name(Map<String, JsonNode> terms, JsonNode view) {
    String name = world.name(view.path("id").asText());
    terms.put(name, view);
    return name;
  }

  private Set<String> names(Map<String, JsonNode> terms, JsonNode views) {
    Set<String> names = new TreeSet<>();
    views.forEach(view -> names.add(name(terms, view)));
    return names;
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new TreeSet<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private Set<String> limits(JsonNode views) {
    Set<String> limits = new TreeSet<>();
    for (JsonNode view : views) {
      Limit.Content content =
          new Limit.Content(
              view.path("strength").asText().equals("hard"),
              view.path("domain").asText().equals("touch") ? Domain.TOUCH : Domain.TECH,
              texts(view.path("activities")));
      boolean easing = !view.path("easing").isMissingNode() && !view.path("easing").isNull();
      limits.add(world.name(view.path("id").asText()) + " " + content + (easing ? " easing" : ""));
    }
    return limits;
  }

  private void compare(int member, Term term, Map<String, JsonNode> inForce, boolean unchanged) {
    boolean sees = model().sees(member, term);
    String settledAs = member + term.name + (sees ? term.state : "hidden");
    if ((!sees || term.isOver()) && !settled.add(settledAs)) {
      return;
    }
    JsonNode view = inForce.get(term.name);
    if (view == null && !changed.contains(term)) {
      return;
    }
    if (view == null) {
      Answer answer = world.party.get(member, "/terms/" + world.id(term.name));
      if (!sees) {
        equal(member, term + " of others", 404, answer.status());
        return;
      }
      equal(member, term + " answers", 200, answer.status());
      view = answer.json();
    }
    equal(member, "state of " + term, term.state.wire, view.path("state").asText());
    equal(member, "removal of " + term, term.removal, view.path("removal").asBoolean());
    Boolean mine = term.answers.get(member);
    String answer = mine == null ? "" : mine ? "assent" : "decline";
    equal(member, "own answer to " + term, answer, view.path("myAnswer").asText(""));
    int assents = term.state == State.NOT_AGREED ? 0 : term.proved.size();
    equal(member, "assents to " + term, assents, view.path("assents").size());
    boolean resumes = term.state == State.SUSPENDED && term.resumesAt != null;
    if (term.state == State.SUSPENDED) {
      equal(member, "resumption of " + term, resumes, view.hasNonNull("resumesAt"));
    }
    equal(member, "own wish for " + term, wishes(member, term), view.hasNonNull("myResumptionAt"));
    sameBytes(member, term.name, view, unchanged);
  }

  /** Whether a member wants a suspended term back, as far as that still counts. */
  private boolean wishes(int member, Term term) {
    Instant since = term.resumptions.get(member);
    return term.state == State.SUSPENDED
        && since != null
        && (term.resumesAt != null || world.answers.isFresh(since));
  }

  private void sameBytes(int member, String what, JsonNode view, boolean unchanged) {
    String body = view.toString();
    String before = read.put(member + " " + what, body);
    if (unchanged && before != null) {
      equal(member, what + ", of which nothing changed", before, body);
    }
  }

  /** All that the model shows a member, times included. */
  private String trace(int member) {
    Sight sight = new Sight(model(), member);
    StringBuilder trace = new StringBuilder(model().state());
    trace.append(sight.permissions()).append(sight.prohibitions()).append(sight.requirements());
    trace.append(sight.limits());
    model().limits.stream()
        .filter(limit -> limit.holder == member)
        .forEach(limit -> trace.append(limit.easingAt));
    model().pauses.forEach(pause -> trace.append(pause.name).append(pause.active));
    for (Term term : model().terms) {
      if (model().sees(member, term)) {
        trace
            .append('\n')
            .append(trace(term))
            .append(term.answers.get(member))
            .append(wishes(member, term));
      }
    }
    return trace.toString();
  }

  /** What all see of a term. */
  private static String trace(Term term) {
    return term.name
        + term.state
        + term.agreed
        + term.proved
        + term.activeAt
        + term.lapsesAt
        + term.resumesAt
        + term.gone;
  }

  private void equal(int member, String what, Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      String one = expected.toString();
      String other = actual.toString();
      int from = Math.max(0, commonLength(one, other) - BEFORE_THE_DIFFERENCE);
      throw world.failure(
          "%s sees %s:\n  by the rules    %s\n  in reality      %s"
              .formatted(Party.name(member), what, excerpt(one, from), excerpt(other, from)));
    }
  }

  private static int commonLength(String one, String other) {
    int length = 0;
    while (length < Math.min(one.length(), other.length())
        && one.charAt(length) == other.charAt(length)) {
      length++;
    }
    return length;
  }

  /** Bodies are long; what differs in them is enough. */
  private static String excerpt(String text, int from) {
    int to = Math.min(text.length(), from + EXCERPT);
    return (from > 0 ? "..." : "") + text.substring(Math.min(from, to), to);
  }
}
