package org.stillpoint.mallory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.stillpoint.testkit.ApiDocument.Operation;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PlainHttp.Call;
import org.stillpoint.testkit.SandboxClock;

/** Makes requests of operations as the document shows them. */
final class Calls {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

  private Calls() {}

  /** The names of the places in an operation's path. */
  static List<String> places(Operation operation) {
    return PLACE.matcher(operation.path()).results().map(found -> found.group(1)).toList();
  }

  /** Those of ids. */
  static List<String> idPlaces(Operation operation) {
    return places(operation).stream()
        .filter(place -> !Estate.COUNTED.equals(place) && !Estate.OFFERED.containsKey(place))
        .toList();
  }

  /** The path, with a value in each of its places. */
  static String address(Operation operation, UnaryOperator<String> valueOf) {
    return PLACE
        .matcher(operation.path())
        .replaceAll(place -> Matcher.quoteReplacement(valueOf.apply(place.group(1))));
  }

  /** The operation as its example shows it, or as it is of use, on things of this estate. */
  static Call of(Operation operation, Person caller, Estate estate) {
    return of(
        operation,
        address(operation, place -> estate.thing(operation, place)),
        credentials(operation, caller, estate),
        body(operation, estate));
  }

  /** The operation as its example shows it, at this address. */
  static Call of(Operation operation, String address, Map<String, String> credentials) {
    return of(operation, address, credentials, body(operation));
  }

  /** The same, with a body that would be of use on things of this estate. */
  static Call of(
      Operation operation, String address, Map<String, String> credentials, Estate estate) {
    return of(operation, address, credentials, body(operation, estate));
  }

  private static Call of(
      Operation operation,
      String address,
      Map<String, String> credentials,
      @Nullable JsonNode body) {
    Map<String, String> headers = new HashMap<>(credentials);
    if (body != null) {
      headers.put("Content-Type", "application/json");
    }
    if (operation.needsVersion()) {
      // Nobody joins by an example; what is one's own can be changed at any version.
      boolean invitation = "acceptInvitation".equals(operation.id());
      headers.putIfAbsent("If-Match", invitation ? "\"0\"" : "*");
    }
    return new Call(operation.method(), address, headers, body == null ? null : body.toString());
  }

  /** What the operation asks of this caller, or of the app whose server gets the owner's events. */
  static Map<String, String> credentials(Operation operation, Person caller, Estate estate) {
    if (operation.takesTapKey()) {
      return Map.of("Tap-Key", estate.tapKey());
    }
    return login(operation.isForApps() ? estate.server() : caller);
  }

  static Map<String, String> login(Person person) {
    return Map.of("Authorization", "Bearer " + person.token());
  }

  /** The operation's parameters in the path, the query or the headers. */
  static List<JsonNode> parameters(Operation operation, String in) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode parameter : operation.node().path("parameters")) {
      if (in.equals(parameter.path("in").asText())) {
        found.add(parameter);
      }
    }
    return found;
  }

  /** The body that does something with things of this estate; null without a body. */
  static @Nullable JsonNode body(Operation operation, Estate estate) {
    Map<String, Object> fitting = estate.body(operation.id());
    return fitting == null ? body(operation) : JSON.valueToTree(fitting);
  }

  /** The document's example of the body, its times moved to tomorrow; null without a body. */
  static @Nullable JsonNode body(Operation operation) {
    JsonNode content = operation.node().at("/requestBody/content/application~1json");
    if (content.isMissingNode()) {
      return null;
    }
    JsonNode example = content.get("example").deepCopy();
    List<Instant> times = new ArrayList<>();
    eachText(example, text -> note(text, times));
    if (times.isEmpty()) {
      return example;
    }
    Instant first = times.stream().min(Instant::compareTo).orElseThrow();
    Instant tomorrow = SandboxClock.now().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.DAYS);
    Duration move = Duration.between(first, tomorrow);
    return eachText(
        example, text -> isTime(text) ? Instant.parse(text).plus(move).toString() : text);
  }

  private static String note(String text, List<Instant> times) {
    if (isTime(text)) {
      times.add(Instant.parse(text));
    }
    return text;
  }

  private static boolean isTime(String text) {
    try {
      Instant.parse(text);
      return true;
    } catch (DateTimeParseException other) {
      return false;
    }
  }

  /** Replaces every text of a body. */
  static JsonNode eachText(JsonNode node, UnaryOperator<String> change) {
    if (node.isTextual()) {
      return TextNode.valueOf(change.apply(node.asText()));
    }
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties())) {
        object.set(member.getKey(), eachText(member.getValue(), change));
      }
    }
    if (node instanceof com.fasterxml.jackson.databind.node.ArrayNode array) {
      for (int index = 0; index < array.size(); index++) {
        array.set(index, eachText(array.get(index), change));
      }
    }
    return node;
  }
}
