package org.stillpoint.mallory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stillpoint.testkit.Api;
import org.stillpoint.testkit.ApiDocument;
import org.stillpoint.testkit.ApiDocument.Operation;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PlainHttp;
import org.stillpoint.testkit.PlainHttp.Answer;
import org.stillpoint.testkit.PlainHttp.Call;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/**
 * Every operation of the document with requests as its schemas allow them, and nearly so: no answer
 * is a failure of the server, every refusal is a problem, and every answer is as documented.
 *
 * <p>{@code -Dfuzz.seed} repeats a run, {@code -Dfuzz.cases} makes a longer one.
 */
@StillpointTest
class FuzzTest {
  private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
  private static final int CASES = Integer.getInteger("fuzz.cases", 40);
  private static final Duration LONGEST = Duration.ofMillis(CASES * 20L);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What only the server's own insides are called. */
  private static final List<String> INSIDES =
      List.of("Exception", "org.stillpoint", "java.", "jakarta.", "hibernate", "SQL", "stacktrace");

  /** Invitation codes can be tried a few times only; then it is somebody else's turn. */
  private static final int TURN = 15;

  private static final Map<String, Estate> ESTATES = new HashMap<>();

  /** They take away what others take things away from. */
  private static final Set<String> END_MORE =
      Set.of("endAgreement", "leaveRelationship", "exit", "withdrawConsent", "eraseMe");

  static Stream<Operation> operations() {
    return ApiDocument.read().operations().stream().sorted(Operation.TAKING_AWAY_LAST);
  }

  private static boolean takesAway(Operation operation) {
    return "DELETE".equals(operation.method()) || END_MORE.contains(operation.id());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyAnswerIsAsDocumented(Operation operation, TestReporter reporter) {
    reporter.publishEntry("fuzz.seed", Long.toString(SEED));
    Random random = new Random(SEED ^ operation.id().hashCode());
    var generator = new Generator(ApiDocument.read().root(), random, SandboxClock.now());
    Estate estate = estate(operation);
    Person caller = estate.owner().through("fuzz of " + operation);
    Instant deadline = Instant.now().plus(LONGEST);
    int answered = 0;
    for (int i = 0; i < CASES && Instant.now().isBefore(deadline); i++) {
      if (i % TURN == TURN - 1 && operation.path().contains("{code}")) {
        caller = Person.adult("next");
      }
      Call call = new Request(operation, generator, caller, estate).call();
      Answer answer = PlainHttp.send(call);
      check(operation, call, answer);
      answered += answer.status() == 429 ? 0 : 1;
    }
    assertThat(answered).as("not all are too many").isPositive();
  }

  /** What ends more than itself has its own, and so has the rest of what takes things away. */
  private static Estate estate(Operation operation) {
    String whose =
        END_MORE.contains(operation.id()) ? operation.id() : String.valueOf(takesAway(operation));
    return ESTATES.computeIfAbsent(whose, name -> Estate.create("fuzz", "ben"));
  }

  /** One request: as the example shows it, then changed in up to three ways. */
  private static final class Request {
    private static final Set<String> LEAVING_THE_PATH = Set.of("", ".", "..");

    private final Operation operation;
    private final Generator generator;
    private final Map<String, String> places = new HashMap<>();
    private final List<String> query = new ArrayList<>();
    private final Map<String, String> headers;
    private @Nullable String body;

    Request(Operation operation, Generator generator, Person caller, Estate estate) {
      this.operation = operation;
      this.generator = generator;
      Calls.places(operation).forEach(place -> places.put(place, estate.thing(operation, place)));
      Call example = Calls.of(operation, caller, estate);
      this.headers = new HashMap<>(example.headers());
      this.body = example.body();
      JsonNode schema = operation.node().at("/requestBody/content/application~1json/schema");
      if (!schema.isMissingNode() && generator.chance(80)) {
        body = generator.valid(schema).toString();
      }
      for (int changes = generator.oneOf(List.of(0, 1, 1, 2, 3)); changes > 0; changes--) {
        change();
      }
    }

    private void change() {
      switch (generator.oneOf(List.of("path", "query", "header", "body", "body", "general"))) {
        case "path" -> inThePath();
        case "query" -> inTheQuery();
        case "header" -> inAHeader();
        case "body" -> inTheBody();
        default -> inAGeneralHeader();
      }
    }

    private void inThePath() {
      String strange = generator.strange();
      if (!places.isEmpty() && !LEAVING_THE_PATH.contains(strange)) {
        places.put(generator.oneOf(List.copyOf(places.keySet())), strange);
      }
    }

    private void inTheQuery() {
      List<JsonNode> known = Calls.parameters(operation, "query");
      if (known.isEmpty() || generator.chance(10)) {
        query.add(encoded(generator.strange()) + "=" + encoded(generator.strange()));
      } else {
        JsonNode parameter = generator.oneOf(known);
        String value =
            generator.chance(50)
                ? generator.valid(parameter.get("schema")).asText()
                : generator.strange();
        query.add(parameter.get("name").asText() + "=" + encoded(value));
      }
    }

    private void inAHeader() {
      List<JsonNode> known = Calls.parameters(operation, "header");
      if (!known.isEmpty()) {
        String name = generator.oneOf(known).get("name").asText();
        String[] likely = {"*", "\"0\"", "W/\"1\"", "\"1\", \"2\"", "12", "key-1", "-1"};
        headers.put(
            name,
            generator.chance(50) ? generator.oneOf(List.of(likely)) : generator.strangeHeader());
      }
    }

    private void inAGeneralHeader() {
      String name =
          generator.oneOf(
              List.of(
                  "Accept",
                  "Accept-Language",
                  "Content-Type",
                  "Content-Encoding",
                  "Range",
                  "Tap-Key"));
      String[] likely = {"*/*", "text/html", "application/json", "de", "gzip", "bytes=0-1", "*"};
      headers.put(
          name,
          generator.chance(50) ? generator.oneOf(List.of(likely)) : generator.strangeHeader());
    }

    private void inTheBody() {
      if (body == null || generator.chance(10)) {
        boolean takesOne = !Set.of("GET", "DELETE").contains(operation.method());
        body = takesOne || generator.chance(20) ? generator.raw() : body;
      } else if (generator.chance(25)) {
        body = generator.broken(body);
      } else {
        body = generator.mutated(tree(body)).toString();
      }
      if (body != null) {
        headers.putIfAbsent("Content-Type", "application/json");
      }
    }

    private static JsonNode tree(String body) {
      try {
        return JSON.readTree(body);
      } catch (JsonProcessingException broken) {
        return JSON.createObjectNode();
      }
    }

    Call call() {
      String address =
          Calls.address(operation, place -> encoded(String.valueOf(places.get(place))));
      return new Call(
          operation.method(),
          query.isEmpty() ? address : address + "?" + String.join("&", query),
          headers,
          body);
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
  }

  private static void check(Operation operation, Call call, Answer answer) {
    String what =
        "-Dfuzz.seed=%s %s %s %s %s -> %s %s"
            .formatted(
                SEED,
                operation,
                call.path(),
                withoutLogin(call.headers()),
                call.body(),
                answer.status(),
                answer.body());
    assertThat(answer.status()).as(what).isBetween(200, 499);
    assertThat(Api.undocumented(operation, answer)).as(what).isEmpty();
    if (answer.status() >= 400) {
      checkProblem(what, answer);
    }
  }

  private static Map<String, String> withoutLogin(Map<String, String> headers) {
    Map<String, String> shown = new HashMap<>(headers);
    shown.remove("Authorization");
    return shown;
  }

  private static void checkProblem(String what, Answer answer) {
    JsonNode problem = Request.tree(answer.body());
    assertThat(answer.header("Content-Type")).as(what).isEqualTo("application/problem+json");
    assertThat(problem.path("status").asInt()).as(what).isEqualTo(answer.status());
    assertThat(problem.path("code").asText()).as(what).matches("[a-z0-9-]+");
    assertThat(problem.path("requestId").asText())
        .as(what)
        .isNotEmpty()
        .isEqualTo(answer.header("Request-Id"));
    assertThat(INSIDES).as(what).noneMatch(problem.path("title").asText()::contains);
    assertThat(INSIDES)
        .as(what)
        .noneMatch(problem.path("errors").findValuesAsText("detail").toString()::contains);
  }
}
