package org.stillpoint.testkit;

import static io.restassured.RestAssured.given;
import static org.stillpoint.testkit.Api.as;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Devices, as an app registers them, and what their push services have been handed. */
public final class Devices {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Devices() {}

  /**
   * What a push service got.
   *
   * @param id the notice's
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Pushed(UUID id, boolean urgent, Map<String, String> headers, byte[] body) {}

  /** Registers what the app was given. */
  public static Response post(Person person, Map<String, String> address) {
    return as(person).contentType(ContentType.JSON).body(address).post("/v1/me/devices");
  }

  /** A device with this address; its id. */
  public static UUID registered(Person person, Map<String, String> address) {
    return Couple.id(
        post(person, address)
            .then()
            .statusCode(201)
            .extract()
            .as(Json.class, Json.READER)
            .get("id"));
  }

  /** A browser; its id. */
  public static UUID registered(Person person, Browser browser) {
    return registered(person, browser.registration());
  }

  /** The ids of all. */
  public static List<String> of(Person person) {
    return list(person).get("data.id");
  }

  public static JsonPath list(Person person) {
    return as(person)
        .get("/v1/me/devices")
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER);
  }

  /** What its push service was handed, the oldest first, as soon as there is so much. */
  public static List<Pushed> pushed(Person person, UUID device, int atLeast) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (true) {
      List<Pushed> pushed = new ArrayList<>();
      for (JsonNode item : inbox(person)) {
        if (item.path("targetId").asText().equals(device.toString())) {
          pushed.add(pushed(item));
        }
      }
      if (pushed.size() >= atLeast) {
        return pushed;
      }
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("Only " + pushed.size() + " of " + atLeast + " came");
      }
      pause();
    }
  }

  private static JsonNode inbox(Person person) {
    try {
      return JSON.readTree(given().get("/sandbox/inbox/{id}", person.id()).asString()).path("data");
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static Pushed pushed(JsonNode item) {
    Map<String, String> headers = new HashMap<>();
    item.path("headers").properties().forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
    return new Pushed(
        UUID.fromString(item.path("id").asText()),
        item.path("urgent").asBoolean(),
        headers,
        Base64.getDecoder().decode(item.path("body").asText()));
  }

  /** Orders the next delivery to this person's devices of a channel to fail. */
  public static void fail(Person person, String channel, String kind) {
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("kind", kind, "memberId", person.id().toString(), "channel", channel))
        .post("/sandbox/faults")
        .then()
        .statusCode(204);
  }

  /** Waits until there are so many. */
  public static void await(Person person, int count) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (of(person).size() != count) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("There are " + of(person));
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
