package org.stillpoint.testkit;

import static io.restassured.RestAssured.given;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** SMS and e-mail to a person, as an app sets them up and as a sandbox sends them. */
public final class Channels {
  /** Where a person's own are. */
  public static final String PATH = "/v1/me/channels";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Channels() {}

  /** What came by one of them. */
  public record Message(
      UUID channelId, String text, Map<String, String> headers, String body, boolean urgent) {
    /** The digits in its text. */
    public String code() {
      return text.replaceAll("[^0-9]", "").substring(0, 6);
    }
  }

  /** A number that nobody else has. */
  public static String number() {
    return "+4915" + ThreadLocalRandom.current().nextLong(100_000_000L, 1_000_000_000L);
  }

  /** An e-mail address that nobody else has. */
  public static String mailbox() {
    return "m" + UUID.randomUUID().toString().substring(0, 13) + "@example.org";
  }

  /** Says where to reach a person. */
  public static Response add(Person person, String channel, String to) {
    return add(person, channel, to, null);
  }

  /** The same, and whether for pauses only. */
  public static Response add(
      Person person, String channel, String to, @Nullable Boolean pausesOnly) {
    Map<String, Object> body = new HashMap<>(Map.of("channel", channel, "to", to));
    if (pausesOnly != null) {
      body.put("pausesOnly", pausesOnly);
    }
    return as(person).contentType(ContentType.JSON).body(body).post(PATH);
  }

  /** One that was added; its id. */
  public static UUID added(Person person, String channel, String to) {
    return Couple.id(
        add(person, channel, to)
            .then()
            .statusCode(201)
            .extract()
            .as(Json.class, Json.READER)
            .get("id"));
  }

  /** Sends a code back. */
  public static Response confirm(Person person, UUID channel, String code) {
    return as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("code", code))
        .put(PATH + "/{id}/confirmation", channel);
  }

  /** Asks for another code. */
  public static Response another(Person person, UUID channel) {
    return as(person).post(PATH + "/{id}/code", channel);
  }

  /** One that is confirmed; its id. */
  public static UUID confirmed(Person person, String channel, String to) {
    UUID id = added(person, channel, to);
    String code = messages(person, id, 1).getFirst().code();
    confirm(person, id, code).then().statusCode(200);
    return id;
  }

  /** Sets the order. */
  public static Response order(Person person, int fallbackAfterSeconds, String... channels) {
    return as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("channels", List.of(channels), "fallbackAfterSeconds", fallbackAfterSeconds))
        .put("/v1/me/channel-order");
  }

  /** What came there, the oldest first, as soon as there are so many. */
  public static List<Message> messages(Person person, UUID channel, int atLeast) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (true) {
      List<Message> messages = messages(person, channel);
      if (messages.size() >= atLeast) {
        return messages;
      }
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("Only " + messages.size() + " of " + atLeast + " came");
      }
      sleep();
    }
  }

  private static List<Message> messages(Person person, UUID channel) {
    List<Map<String, Object>> items =
        given()
            .get("/sandbox/inbox/{id}", person.id())
            .then()
            .statusCode(200)
            .extract()
            .as(Json.class, Json.READER)
            .get("data");
    return items.stream()
        .filter(item -> channel.toString().equals(item.get("targetId")))
        .map(Channels::message)
        .toList();
  }

  private static Message message(Map<String, Object> item) {
    String body = part(item, "body");
    Map<String, String> headers = part(item, "headers");
    boolean urgent = part(item, "urgent");
    return new Message(
        Couple.id(part(item, "targetId")),
        part(item, "text"),
        headers,
        new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8),
        urgent);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T> T part(Map<String, Object> item, String name) {
    return (T) Objects.requireNonNull(item.get(name));
  }

  /** Waits until nothing is to be delivered to this person any more. */
  public static void settle(Person person) throws SQLException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Tables.number(
            "select (select count(*) from notice where member_id = ?) + (select count(*)"
                + " from delivery where member_id = ? and state = 'queued')",
            person.id(),
            person.id())
        > 0) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("There is still something to be delivered");
      }
      sleep();
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
