package org.stillpoint.testkit;

import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a member is told of what happens.
 *
 * @param server the login of an app whose server gets the member's events
 * @param messageId of one that it got
 * @param channelId of a number that waits for its code
 */
public record DeliveryThings(
    Person server,
    String deviceId,
    String endpointId,
    String messageId,
    String channelId,
    String code) {
  /** Takes all that comes; nobody looks at it. */
  private static final AppServer TAKES_ALL = AppServer.start();

  /** Of this person, new, and of an app of its own. */
  public static DeliveryThings of(Person person) {
    String device = Devices.registered(person, Browser.subscribe()).toString();
    Person server = AppServer.newLogin();
    String endpoint =
        as(server)
            .contentType(ContentType.JSON)
            .body(Map.of("url", TAKES_ALL.url()))
            .post("/v1/webhook-endpoints")
            .then()
            .statusCode(201)
            .extract()
            .as(Json.class, Json.READER)
            .get("id");
    as(person.through(server.subject())).put("/v1/me/webhook-subscription").then().statusCode(200);
    UUID channel = Channels.added(person, "sms", Channels.number());
    String code = Channels.messages(person, channel, 1).getFirst().code();
    return new DeliveryThings(
        server,
        device,
        endpoint,
        somethingHappens(person) + "." + person.id(),
        channel.toString(),
        code);
  }

  /** An app is cut off; the event's id. */
  private static String somethingHappens(Person person) {
    String clientId = "short-lived-" + UUID.randomUUID();
    as(person.through(clientId)).get("/v1/me").then().statusCode(200);
    String id =
        as(person)
            .get("/v1/me/clients?limit=100")
            .then()
            .statusCode(200)
            .extract()
            .as(Json.class, Json.READER)
            .get("data.find { it.clientId == '" + clientId + "' }.id");
    as(person).delete("/v1/me/clients/" + id).then().statusCode(204);
    List<String> events =
        as(person)
            .get("/v1/events?limit=100")
            .then()
            .statusCode(200)
            .extract()
            .as(Json.class, Json.READER)
            .get("data.findAll { it.resource.id == '" + id + "' }.id");
    return events.getLast();
  }

  /** By the names under which operations take them. */
  public Map<String, String> ids() {
    return Map.of(
        "deviceId",
        deviceId,
        "endpointId",
        endpointId,
        "messageId",
        messageId,
        "channelId",
        channelId);
  }

  /** A body that is of some use to an operation; null if the document's example is. */
  public @Nullable Map<String, Object> body(String operation) {
    return switch (operation) {
      case "registerDevice" -> Map.copyOf(Browser.subscribe().registration());
      case "addChannel" -> Map.of("channel", "sms", "to", Channels.number());
      case "confirmChannel" -> Map.of("code", code);
      case "createWebhookEndpoint", "moveWebhookEndpoint" -> Map.of("url", TAKES_ALL.url());
      default -> null;
    };
  }
}
