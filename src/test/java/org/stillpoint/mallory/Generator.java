package org.stillpoint.mallory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes values as the schemas of a document allow them, and values that nobody expects. */
final class Generator {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "null",
          "0",
          "-1",
          "true",
          "en",
          "de-AT",
          "Europe/Berlin",
          "UTC+26:00",
          "Ana\u0301 \u202eana",
          "\ud83e\udd1d\ud83c\udffd",
          "\u0000",
          "\u2028\ufeff",
          "';--",
          "${jndi:x}",
          "%s%n",
          "../../etc",
          "2026-11-03T21:04:05.678Z",
          "+999999999-12-31T23:59:59Z",
          "0000-01-01T00:00:00Z",
          "9999-12-31T23:59:59.999999999Z",
          "00000000-0000-0000-0000-000000000000");

  private static final List<String> RAW =
      List.of(
          "",
          " ",
          "null",
          "nul",
          "[]",
          "{",
          "\ufeff{}",
          "{}{}",
          "{\"kind\":\"red\",\"kind\":\"red\"}",
          "{\"label\":\"\\ud800\"}",
          "{\"label\":\"\\u0000\"}",
          "{\"version\":1e400}",
          "{\"version\":" + "9".repeat(60_000) + "}",
          "[".repeat(5_000),
          "{\"a\":".repeat(200) + "1" + "}".repeat(200),
          "{'kind':'red'}",
          "{\"kind\":NaN}",
          "{\"kind\":\"red\"} //",
          "\"" + "x".repeat(60_000) + "\"");

  private final JsonNode document;
  private final Random random;
  private final Instant now;

  Generator(JsonNode document, Random random, Instant now) {
    this.document = document;
    this.random = random;
    this.now = now;
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A value that the schema allows. */
  JsonNode valid(JsonNode schema) {
    if (schema.has("$ref")) {
      return valid(document.at(schema.get("$ref").asText().substring(1)));
    }
    if (schema.has("enum")) {
      return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
    }
    return switch (schema.path("type").isArray()
        ? schema.at("/type/0").asText()
        : schema.path("type").asText()) {
      case "object" -> object(schema);
      case "array" -> array(schema);
      case "integer" -> JSON.numberNode(1 + random.nextInt(100));
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      default -> JSON.textNode(text(schema));
    };
  }

  private ObjectNode object(JsonNode schema) {
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    ObjectNode object = JSON.objectNode();
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              if (required.contains(property.getKey()) || chance(50)) {
                object.set(property.getKey(), valid(property.getValue()));
              }
            });
    return object;
  }

  private ArrayNode array(JsonNode schema) {
    ArrayNode array = JSON.arrayNode();
    int least = schema.path("minItems").asInt(0);
    int most = Math.min(schema.path("maxItems").asInt(3), 3);
    for (int i = least + random.nextInt(most - least + 1); i > 0; i--) {
      array.add(valid(schema.get("items")));
    }
    return array;
  }

  private String text(JsonNode schema) {
    return switch (schema.path("format").asText()) {
      case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
      case "date-time" ->
          now.plus(Duration.ofSeconds(random.nextInt(1_000_000) - 100_000L))
              .plusNanos(random.nextInt(3) * 1_234_567L)
              .toString();
      default ->
          schema.has("pattern")
              ? oneOf(List.of("en", "de-AT", "es-419", "zh-Hant-TW", "und", "xx-yy-zz"))
              : words(schema.path("maxLength").asInt(64));
    };
  }

  /** Words in many scripts, some as long as they may be. */
  private String words(int most) {
    int length = chance(20) ? most : random.nextInt(Math.min(most, 12)) + 1;
    return IntStream.range(0, length)
        .mapToObj(
            i -> oneOf(List.of("a", "Z", "0", " ", "\u00e9", "\u4e2d", "\u05d0", "-", "'", "\\")))
        .collect(Collectors.joining());
  }

  /** A text that nobody expects. */
  String strange() {
    return chance(15)
        ? words(200)
        : chance(5) ? "x".repeat(1 + random.nextInt(3_000)) : oneOf(TEXTS);
  }

  /** A text for a header: visible characters alone can be sent. */
  String strangeHeader() {
    return strange().replaceAll("[^\\x20-\\x7e\\xa1-\\xff]", "\u00a7");
  }

  /** A body of no schema at all. */
  String raw() {
    return oneOf(RAW);
  }

  /** The text of a body, broken somewhere. */
  String broken(String body) {
    int at = random.nextInt(body.length() + 1);
    return switch (random.nextInt(4)) {
      case 0 -> body.substring(0, at);
      case 1 ->
          body.substring(0, at)
              + oneOf(List.of("\"", "{", ",", "\\", "\u0007"))
              + body.substring(at);
      case 2 -> body + body;
      default -> body.substring(at) + body.substring(0, at);
    };
  }

  /** The value, changed in one place to something that the schema may not allow. */
  JsonNode mutated(JsonNode value) {
    if (value instanceof ObjectNode object && !chance(15)) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      ObjectNode changed = object.deepCopy();
      if (names.isEmpty() || chance(15)) {
        return changed.set(chance(50) ? "id" : "unknown", other());
      }
      String name = oneOf(names);
      if (chance(15)) {
        changed.remove(name);
      } else {
        changed.set(name, mutated(object.get(name)));
      }
      return changed;
    }
    if (value instanceof ArrayNode array && !array.isEmpty() && !chance(30)) {
      ArrayNode changed = array.deepCopy();
      if (chance(25)) {
        for (int i = 0; i < 30; i++) {
          changed.add(array.get(0).deepCopy());
        }
        return changed;
      }
      int index = random.nextInt(array.size());
      changed.set(index, mutated(array.get(index)));
      return changed;
    }
    return other();
  }

  private JsonNode other() {
    return oneOf(
        List.of(
            JSON.nullNode(),
            JSON.booleanNode(true),
            JSON.numberNode(-1),
            JSON.numberNode(1.9),
            JSON.numberNode(Long.MAX_VALUE),
            JSON.numberNode(new BigInteger("9".repeat(45))),
            JSON.numberNode(new BigDecimal("1e-300")),
            JSON.arrayNode(),
            JSON.objectNode(),
            JSON.arrayNode().addNull(),
            JSON.objectNode().put("a", 1),
            TextNode.valueOf(strange()),
            TextNode.valueOf(strange())));
  }
}
