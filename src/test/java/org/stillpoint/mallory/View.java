package org.stillpoint.mallory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.stillpoint.testkit.ApiDocument;
import org.stillpoint.testkit.ApiDocument.Operation;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PlainHttp;
import org.stillpoint.testkit.PlainHttp.Answer;
import org.stillpoint.testkit.PlainHttp.Call;

/**
 * All that the API tells a person: the answer of every GET of the document, with each id that the
 * person knows, page after page.
 *
 * @param answers by address
 */
record View(Map<String, String> answers) {
  /** What is gone once it is read, and what tells the reader of the reader's own reading. */
  private static final Set<String> CHANGED_BY_READING = Set.of("fetchExport", "listAccessLog");

  /** A catalogue of many pages, which are the same for everybody. */
  private static final Set<String> THE_SAME_FOR_ALL = Set.of("listPrompts");

  private static final List<Operation> READING =
      ApiDocument.read().operations().stream()
          .filter(operation -> "GET".equals(operation.method()))
          .filter(operation -> !CHANGED_BY_READING.contains(operation.id()))
          .filter(operation -> !THE_SAME_FOR_ALL.contains(operation.id()))
          .toList();

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads it all.
   *
   * @param known the ids that the person knows, by the name under which operations take them; a
   *     name without any says that the person knows none
   */
  static View of(Person person, Map<String, Set<String>> known) {
    Map<String, String> answers = new TreeMap<>();
    for (Operation operation : READING) {
      for (String address : addresses(operation, known)) {
        read(operation, address, person, answers);
      }
    }
    return new View(answers);
  }

  /** All that the API tells an app itself, but for the attempts: they go on by themselves. */
  static View ofApp(Person server, Map<String, Set<String>> known) {
    Map<String, String> answers = new TreeMap<>();
    for (Operation operation : READING) {
      if (operation.isForApps() && !"listWebhookAttempts".equals(operation.id())) {
        for (String address : addresses(operation, known)) {
          read(operation, address, server, answers);
        }
      }
    }
    return new View(answers);
  }

  private static List<String> addresses(Operation operation, Map<String, Set<String>> known) {
    List<Map<String, String>> choices = List.of(Map.of());
    for (String place : Calls.places(operation)) {
      Set<String> values = known.get(Estate.sort(operation, place));
      if (values == null) {
        throw new AssertionError("Who reads has to know a `" + place + "`, or none: " + operation);
      }
      List<Map<String, String>> further = new ArrayList<>();
      for (Map<String, String> choice : choices) {
        for (String value : values) {
          Map<String, String> longer = new HashMap<>(choice);
          longer.put(place, value);
          further.add(longer);
        }
      }
      choices = further;
    }
    return choices.stream()
        .map(choice -> Calls.address(operation, place -> String.valueOf(choice.get(place))))
        .toList();
  }

  private static void read(
      Operation operation, String address, Person person, Map<String, String> answers) {
    @Nullable String page = address;
    while (page != null) {
      Answer answer = patiently(new Call("GET", page, Calls.login(person)));
      assertThat(answer.status()).as("%s is read without a limit", operation).isNotEqualTo(429);
      answers.put(page, Said.by(answer));
      page = next(answer, address);
    }
  }

  /** All of it is more than one app may ask for in a minute, which it may soon go on with. */
  static Answer patiently(Call call) {
    Answer answer = PlainHttp.send(call);
    while (answer.status() == 429 && "1".equals(answer.header("Retry-After"))) {
      sleep();
      answer = PlainHttp.send(call);
    }
    return answer;
  }

  private static void sleep() {
    try {
      Thread.sleep(1_000);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static @Nullable String next(Answer answer, String address) {
    if (answer.status() != 200 || !answer.header("Content-Type").contains("json")) {
      return null;
    }
    try {
      JsonNode body = JSON.readTree(answer.body());
      return body.path("hasMore").asBoolean()
          ? address
              + "?cursor="
              + URLEncoder.encode(body.get("nextCursor").asText(), StandardCharsets.UTF_8)
          : null;
    } catch (JsonProcessingException e) {
      throw new AssertionError("An answer of " + address + " is no JSON", e);
    }
  }

  /** Fails with what differs. */
  void assertSameAs(View before, String why) {
    Map<String, String> changed = new TreeMap<>(answers);
    changed.entrySet().removeAll(before.answers().entrySet());
    assertThat(changed).as("changed by: %s", why).isEmpty();
    assertThat(answers.keySet())
        .as("to be read after: %s", why)
        .isEqualTo(before.answers().keySet());
  }
}
