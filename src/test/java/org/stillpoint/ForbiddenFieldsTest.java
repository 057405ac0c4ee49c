package org.stillpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stillpoint.testkit.ApiDocument;
import org.stillpoint.testkit.ApiDocument.Operation;

/** What the API's document never says, and what the clients generated from it need it to say. */
class ForbiddenFieldsTest {
  private static final ApiDocument DOCUMENT = ApiDocument.read();

  /** What programs of others read. */
  private static final Set<String> NO_JSON = Set.of("text/event-stream", "text/calendar");

  /** Words that would let one partner watch, measure or compare the other. */
  private static final List<String> FORBIDDEN =
      List.of(
          "location",
          "latitude",
          "longitude",
          "gps",
          "geo",
          "address",
          "typing",
          "online",
          "offline",
          "presence",
          "seen",
          "last active",
          "last used",
          "read at",
          "read by",
          "is read",
          "opened at",
          "viewed",
          "score",
          "points",
          "streak",
          "rank",
          "ranking",
          "leaderboard",
          "rating",
          "response time",
          "response seconds",
          "reaction time",
          "average");

  @Test
  @Tag("S31")
  @Tag("S26")
  void noFieldTellsWhereWhenOrHowWellSomebodyIs() {
    Set<String> names = new TreeSet<>();
    walk(DOCUMENT.root(), "", (path, node) -> collectNames(path, node, names));

    assertThat(names).contains("relationshipId", "limit", "Last-Event-ID");
    assertThat(names).noneMatch(ForbiddenFieldsTest::isForbidden);
  }

  @Test
  void aForbiddenNameIsRecognisedByItsWords() {
    assertThat(
            Stream.of("lastSeenAt", "readAt", "locationId", "trustScore", "is-online", "read_by"))
        .allMatch(ForbiddenFieldsTest::isForbidden);
    assertThat(Stream.of("scoreboarding", "createdAt", "alreadyAt", "relocations"))
        .noneMatch(ForbiddenFieldsTest::isForbidden);
  }

  private static void collectNames(String path, JsonNode node, Set<String> names) {
    if (path.endsWith("/properties")) {
      node.fieldNames().forEachRemaining(names::add);
    } else if (path.endsWith("/parameters") && node.isArray()) {
      node.forEach(parameter -> names.add(parameter.path("name").asText()));
    }
  }

  private static boolean isForbidden(String name) {
    String words =
        " "
            + name.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                .replaceAll("[-_.]", " ")
                .toLowerCase(Locale.ROOT)
            + " ";
    return FORBIDDEN.stream().anyMatch(word -> words.contains(" " + word + " "));
  }

  /** Closed enums crash the clients that are out there when a value is added. */
  @Test
  void whatIsAnsweredHasNoClosedEnum() {
    List<String> closed = new ArrayList<>();
    for (Operation operation : DOCUMENT.operations()) {
      Set<String> seen = new HashSet<>();
      operation.node().get("responses").properties().stream()
          .map(Map.Entry::getValue)
          .forEach(response -> collectEnums(response, operation.id(), seen, closed));
    }

    assertThat(closed).isEmpty();
  }

  private static void collectEnums(
      JsonNode part, String where, Set<String> seen, List<String> closed) {
    walk(
        part,
        where,
        (path, node) -> {
          if (node.has("enum") && !path.contains("/example")) {
            closed.add(path);
          }
          String ref = node.path("$ref").asText("");
          if (!ref.isEmpty() && seen.add(ref)) {
            collectEnums(resolve(ref), where + " " + ref, seen, closed);
          }
        });
  }

  @Test
  void noSchemaLeavesOpenWhatItIs() {
    List<String> open = new ArrayList<>();
    walk(
        DOCUMENT.root(),
        "",
        (path, node) -> {
          if (isSchema(path) && isOpen(node)) {
            open.add(path);
          }
          if (node.has("oneOf") || node.has("discriminator")) {
            open.add(path + " has oneOf or a discriminator");
          }
        });

    assertThat(open).isEmpty();
  }

  private static boolean isSchema(String path) {
    return !path.contains("/example")
        && (path.endsWith("/schema")
            || path.endsWith("/items")
            || path.endsWith("/additionalProperties")
            || path.matches(".*/properties/[^/]+")
            || path.matches("/components/schemas/[^/]+"));
  }

  private static boolean isOpen(JsonNode schema) {
    if (schema.isBoolean()) {
      return schema.asBoolean();
    }
    boolean object = schema.path("type").toString().contains("object");
    boolean described =
        schema.has("$ref") || schema.has("properties") || schema.has("additionalProperties");
    return object ? !described : !Stream.of("type", "$ref", "anyOf", "allOf").anyMatch(schema::has);
  }

  static Stream<Operation> operations() {
    return DOCUMENT.operations().stream();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void anOperationSucceedsInOneWay(Operation operation) {
    List<String> successes = new ArrayList<>();
    operation.node().get("responses").fieldNames().forEachRemaining(successes::add);
    successes.removeIf(status -> !status.startsWith("2"));

    assertThat(successes).hasSize(1).allMatch(status -> status.matches("2\\d\\d"));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void anOperationTakesAndGivesPlainJsonWithAnExample(Operation operation) {
    JsonNode node = operation.node();
    contents(node.path("requestBody"))
        .forEach(
            content -> {
              assertThat(content.getKey()).isEqualTo("application/json");
              assertNamedAndShown(content.getValue());
            });
    node.get("responses").properties().stream()
        .filter(response -> response.getKey().startsWith("2"))
        .flatMap(response -> contents(response.getValue()))
        .forEach(
            content -> {
              if (NO_JSON.contains(content.getKey())) {
                assertThat(content.getValue().at("/schema/type").asText()).isEqualTo("string");
                assertThat(hasExample(content.getValue())).isTrue();
              } else {
                assertThat(content.getKey()).isEqualTo("application/json");
                assertNamedAndShown(content.getValue());
              }
            });
  }

  private static Stream<Map.Entry<String, JsonNode>> contents(JsonNode part) {
    return part.path("content").properties().stream();
  }

  private static void assertNamedAndShown(JsonNode content) {
    assertThat(content.at("/schema/$ref").asText()).startsWith("#/components/schemas/");
    assertThat(hasExample(content)).isTrue();
  }

  @Test
  void everySchemaHasAnExample() {
    assertThat(DOCUMENT.root().at("/components/schemas").properties())
        .isNotEmpty()
        .allSatisfy(schema -> assertThat(hasExample(schema.getValue())).isTrue());
  }

  private static boolean hasExample(JsonNode node) {
    return node.has("example") || !node.path("examples").isEmpty();
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    List<String> refs = new ArrayList<>();
    walk(
        DOCUMENT.root(),
        "",
        (path, node) -> {
          if (node.path("$ref").isTextual()) {
            refs.add(node.get("$ref").asText());
          }
        });

    assertThat(refs)
        .isNotEmpty()
        .allSatisfy(ref -> assertThat(resolve(ref).isMissingNode()).as(ref).isFalse());
  }

  private static JsonNode resolve(String ref) {
    return ref.startsWith("#/")
        ? DOCUMENT.root().at(ref.substring(1))
        : DOCUMENT.root().path("no such thing");
  }

  private static void walk(JsonNode node, String path, BiConsumer<String, JsonNode> visitor) {
    visitor.accept(path, node);
    node.properties()
        .forEach(
            entry ->
                walk(
                    entry.getValue(),
                    path + "/" + entry.getKey().replace("~", "~0").replace("/", "~1"),
                    visitor));
    if (node.isArray()) {
      for (int index = 0; index < node.size(); index++) {
        walk(node.get(index), path + "/" + index, visitor);
      }
    }
  }
}
