package org.stillpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stillpoint.AccessMatrixTest.Caller;
import org.stillpoint.AccessMatrixTest.Cell;
import org.stillpoint.testkit.ApiDocument;
import org.stillpoint.testkit.ApiDocument.Operation;
import org.stillpoint.testkit.DeliveryThings;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PlainHttp;
import org.stillpoint.testkit.PlainHttp.Answer;
import org.stillpoint.testkit.PlainHttp.Call;
import org.stillpoint.testkit.StillpointTest;

/**
 * Writes the examples of answers that {@code openapi/examples/} doesn't have, from answers that
 * were given: {@code ./mvnw test -Dtest=ExampleAnswersTest -Dcontract.write}.
 */
@StillpointTest
@EnabledIfSystemProperty(named = "contract.write", matches = ".*")
class ExampleAnswersTest {
  private static final Path FOLDER = Path.of("openapi", "examples");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_LIST = 2;

  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z");

  private static final Instant FIRST = Instant.parse("2026-11-03T18:20:00.000Z");

  /** They are random, or of the day: the document's own examples take their places. */
  private static final Set<String> CHANGING =
      Set.of(
          "clientId",
          "code",
          "contentHash",
          "date",
          "hash",
          "key",
          "localStart",
          "nextCursor",
          "previousHash",
          "publicKey",
          "salt",
          "secret",
          "to",
          "url");

  /** The owner is there already. */
  private static final Set<String> JOIN = Set.of("acceptInvitation", "acceptGuestInvitation");

  private static final class Shared {
    static final AccessFixture PAUSED = AccessFixture.create(true);
  }

  static Stream<Operation> operations() {
    return ApiDocument.read().operations().stream()
        .filter(operation -> !schema(operation).isMissingNode())
        .filter(operation -> Files.notExists(file(operation)));
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("operations")
  void itIsAsItWasGiven(Operation operation) throws IOException {
    Answer answer = PlainHttp.send(call(operation));

    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    JsonNode body = usual(JSON.readTree(answer.body()), schema(operation));
    if (saysEnough(body)) {
      Files.createDirectories(FOLDER);
      Files.writeString(
          file(operation), settled(body.toPrettyString().replace("\" : ", "\": ")) + "\n");
    }
  }

  /** Where lists are all there is and one is empty, the example by the schema says more. */
  private static boolean saysEnough(JsonNode body) {
    return body.has("id")
        || body.valueStream().noneMatch(member -> member.isArray() && member.isEmpty());
  }

  private static Path file(Operation operation) {
    return FOLDER.resolve(operation.id() + ".json");
  }

  private static Call call(Operation operation) {
    if (operation.isForApps()) {
      return ofServer(operation);
    }
    Caller caller = JOIN.contains(operation.id()) ? Caller.STRANGER : Caller.OWNER;
    return AccessMatrixTest.call(new Cell(operation, caller, 200), fixture(operation));
  }

  /** What changes nothing finds more if it is about all that there is. */
  private static AccessFixture fixture(Operation operation) {
    if (!"GET".equals(operation.method())) {
      return AccessFixture.create(AccessMatrixTest.isPaused(operation), operation);
    }
    if (!AccessMatrixTest.isPaused(operation)) {
      return AccessFixture.create(false);
    }
    return Shared.PAUSED;
  }

  private static Call ofServer(Operation operation) {
    DeliveryThings things = DeliveryThings.of(Person.adult("owner"));
    Map<String, String> headers = new HashMap<>();
    headers.put("Authorization", "Bearer " + things.server().token());
    JsonNode body = operation.node().at("/requestBody/content/application~1json/example");
    if (!body.isMissingNode()) {
      headers.put("Content-Type", "application/json");
    }
    return new Call(
        operation.method(),
        operation
            .path()
            .replace("{endpointId}", things.endpointId())
            .replace("{messageId}", things.messageId()),
        headers,
        body.isMissingNode() ? null : body.toString());
  }

  private static JsonNode schema(Operation operation) {
    for (Map.Entry<String, JsonNode> response : operation.node().get("responses").properties()) {
      if (response.getKey().startsWith("2")) {
        return response.getValue().at("/content/application~1json/schema");
      }
    }
    throw new AssertionError(operation.id());
  }

  /** With short lists, and with nothing that is another the next time. */
  private static JsonNode usual(JsonNode value, JsonNode schema) {
    JsonNode resolved = resolve(schema);
    if (value instanceof ArrayNode list) {
      while (list.size() > LONGEST_LIST) {
        list.remove(LONGEST_LIST);
      }
      list.forEach(each -> usual(each, resolved.path("items")));
    }
    if (value instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        JsonNode property = resolved.path("properties").path(member.getKey());
        if (member.getValue().asText().contains("@")) {
          member.setValue(TextNode.valueOf("ana@example.com"));
        } else if (CHANGING.contains(member.getKey()) && property.at("/examples/0").isTextual()) {
          member.setValue(property.at("/examples/0"));
        } else {
          usual(member.getValue(), property);
        }
      }
    }
    return value;
  }

  private static JsonNode resolve(JsonNode schema) {
    JsonNode named = schema.has("anyOf") ? schema.at("/anyOf/0") : schema;
    return named.has("$ref")
        ? ApiDocument.read().root().at(named.get("$ref").asText().substring(1))
        : named;
  }

  /** The same with ids and times that stand for those that there were. */
  private static String settled(String text) {
    Map<String, String> ids = new HashMap<>();
    String named =
        replace(
            ID,
            text,
            id ->
                ids.computeIfAbsent(
                    id, first -> "01939a00-0000-7000-8000-%012d".formatted(ids.size() + 1)));
    Instant first =
        TIME.matcher(text)
            .results()
            .map(time -> Instant.parse(time.group()))
            .min(Instant::compareTo)
            .orElse(FIRST);
    return replace(TIME, named, time -> moved(Duration.between(first, Instant.parse(time))));
  }

  private static String replace(Pattern pattern, String text, UnaryOperator<String> change) {
    return pattern.matcher(text).replaceAll((MatchResult found) -> change.apply(found.group()));
  }

  /** To the minute in the first two hours, to the hour after them. */
  private static String moved(Duration since) {
    long minutes = Math.round(since.toMillis() / 60_000.0);
    long round = minutes < 120 ? minutes : Math.round(minutes / 60.0) * 60;
    return FIRST.plus(Duration.ofMinutes(round)).toString().replace(":00Z", ":00.000Z");
  }
}
