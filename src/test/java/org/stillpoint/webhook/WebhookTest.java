package org.stillpoint.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.event.EventType;
import org.stillpoint.testkit.AppServer;
import org.stillpoint.testkit.AppServer.Endpoint;
import org.stillpoint.testkit.AppServer.Message;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Limits;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** An app's server learns what happens to those members who let it, and no more than that. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
class WebhookTest {
  private static final String DRAWN = "limit.drawn";

  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject MeterRegistry metrics;

  private Couple couple;
  private Person ana;
  private Person ben;
  private AppServer app;
  private Endpoint endpoint;

  @BeforeEach
  void aFreshCoupleAndAnApp() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    app = AppServer.start();
    endpoint = app.endpoint();
  }

  @AfterEach
  void end() {
    app.close();
  }

  private static String id(Map<String, Object> event, Person person) {
    return event.get("id") + "." + person.id();
  }

  private List<Map<String, Object>> events(Person person, String type) {
    List<Map<String, Object>> all =
        as(person)
            .get("/v1/events?limit=100")
            .then()
            .statusCode(200)
            .extract()
            .as(Json.class, Json.READER)
            .get("data");
    return all.stream().filter(event -> type.equals(event.get("type"))).toList();
  }

  private void draw(String text) {
    Limits.draw(couple, ana, Limits.hard("sexting", text, "pictures"));
  }

  /** Once all that was tried is queued again, as of the time before. */
  private void advance(Duration by) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (Tables.number(
            "select count(*) from delivery where target_id = ? and lease_id is not null",
            UUID.fromString(endpoint.id()))
        > 0) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(20);
    }
    SandboxClock.advance(by);
  }

  private static List<String> ids(List<Message> messages) {
    return messages.stream().map(Message::id).toList();
  }

  /** Whose the messages are. */
  private static List<String> owners(List<Message> messages) {
    return messages.stream().map(message -> message.json().getString("memberId")).toList();
  }

  @Test
  @Tag("S30")
  void anEventComesSignedAndAsIdsAndTypesAlone() throws Exception {
    app.subscribe(ben);
    couple.tap(ana, "red").then().statusCode(200);

    Message message = app.received("pause.raised", 1).getFirst();

    Map<String, Object> event = events(ben, "pause.raised").getFirst();
    ObjectNode expected = JSON.valueToTree(event);
    expected.put("memberId", ben.id().toString());
    assertThat(JSON.readTree(message.body())).isEqualTo(expected);
    assertThat(expected.propertyStream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrder(
            "id", "type", "occurredAt", "relationshipId", "resource", "memberId");
    assertThat(message.id()).isEqualTo(id(event, ben));
    assertThat(message.path()).isEqualTo("/hooks");
    assertThat(message.header("content-type")).isEqualTo("application/json");
    assertThat(message.header("user-agent")).isEqualTo("Stillpoint-Webhooks/1");
    assertThat(Signed.by(endpoint.secret(), message)).isTrue();
    assertThat(Signed.by(endpoint.secret(), message, message.body() + " ")).isFalse();
    assertThat(Signed.by(app.endpoint().secret(), message)).as("another's secret").isFalse();
  }

  @Test
  void itIsWhatTheDocumentSays() throws Exception {
    app.subscribe(ben);
    couple.tap(ana, "red").then().statusCode(200);
    Message message = app.received("pause.raised", 1).getFirst();

    Signed.assertAsDocumented(message);

    // And the document says something.
    ObjectNode body = (ObjectNode) JSON.readTree(message.body());
    for (String name : List.of("id", "type", "occurredAt", "resource")) {
      assertThat(Signed.undocumented(message, body.deepCopy().without(name).toString()))
          .as(name)
          .contains(name);
    }
    assertThat(Signed.undocumented(message, body.deepCopy().put("memberId", "Ben").toString()))
        .contains("memberId");
  }

  @Test
  void theDocumentNamesAllTypesThatThereAre() throws IOException {
    JsonNode types =
        new ObjectMapper(new YAMLFactory())
            .readTree(Signed.DOCUMENT.toFile())
            .at("/components/schemas/WebhookMessage/properties/type/x-extensible-enum");
    List<String> expected =
        new ArrayList<>(List.of(JSON.readValue(EventType.WIRE_NAMES, String[].class)));
    expected.add("webhook.test");

    assertThat(JSON.convertValue(types, String[].class)).containsExactlyElementsOf(expected);
  }

  @Test
  void ofBothOfACoupleAreTwoMessages() throws Exception {
    app.subscribe(ana);
    app.subscribe(ben);
    draw("Not on Mondays");

    List<Message> messages = app.received(DRAWN, 2);

    assertThat(owners(messages))
        .containsExactlyInAnyOrder(ana.id().toString(), ben.id().toString());
    assertThat(messages)
        .extracting(each -> each.json().getString("id"))
        .containsOnly(messages.getFirst().json().getString("id"));
    assertThat(ids(messages)).doesNotHaveDuplicates();
  }

  @Test
  @Tag("S30")
  void ofWhomeverDoesntLetItNothingComes() throws Exception {
    app.subscribe(ana);
    app.subscribe(ben);
    as(app.of(ben)).get("/v1/me/webhook-subscription").then().statusCode(200);
    as(ben).get("/v1/me/webhook-subscription").then().statusCode(404);
    draw("Not on Mondays");
    app.received(DRAWN, 2);

    as(app.of(ben)).delete("/v1/me/webhook-subscription").then().statusCode(204);
    as(app.of(ben)).get("/v1/me/webhook-subscription").then().statusCode(404);
    draw("Not on Tuesdays");

    List<Message> messages = app.received(DRAWN, 3);
    Thread.sleep(500);
    assertThat(owners(app.received(DRAWN, 3)))
        .hasSameSizeAs(messages)
        .containsExactlyInAnyOrder(ana.id().toString(), ana.id().toString(), ben.id().toString());
    assertThat(wantsEvents(ana)).isEqualTo("t");
    assertThat(wantsEvents(ben)).isEqualTo("f");
  }

  private static String wantsEvents(Person person) throws Exception {
    return String.valueOf(
        Tables.read("select wants_events from feed where member_id = ?", person.id()));
  }

  @Test
  void whatIsntTakenComesAgainAsTheSameAndInItsOrder() throws Exception {
    app.subscribe(ben);
    app.answer(500, 302, 404);
    draw("Not on Mondays");
    app.received(DRAWN, 1);
    draw("Not on Tuesdays");
    draw("Not on Wednesdays");

    for (int seconds : new int[] {7, 37, 370}) {
      int before = endpoint.attempts(1).getList("data").size();
      assertThat(app.received(DRAWN, 1)).hasSize(before);
      // Its own seconds are real ones.
      Thread.sleep(1_100);
      advance(Duration.ofSeconds(seconds));
      endpoint.attempts(before + 1);
    }

    List<Message> messages = app.received(DRAWN, 6);
    List<String> ids = events(ben, DRAWN).stream().map(event -> id(event, ben)).toList();
    assertThat(ids(messages))
        .containsExactly(ids.get(0), ids.get(0), ids.get(0), ids.get(0), ids.get(1), ids.get(2));
    assertThat(messages.subList(0, 4))
        .extracting(message -> message.header("webhook-timestamp"))
        .doesNotHaveDuplicates();
    assertThat(messages).extracting(Message::path).containsOnly("/hooks");
    assertThat(messages).allMatch(message -> Signed.by(endpoint.secret(), message));
    assertThat(endpoint.attempts(6).getList("data.statusCode"))
        .containsExactly(204, 204, 204, 404, 302, 500);
    assertThat(endpoint.attempts(6).getList("data.outcome"))
        .containsExactly("handedOver", "handedOver", "handedOver", "later", "later", "later");
    assertThat(endpoint.attempts(6).getList("data.eventType")).containsOnly(DRAWN);
    assertThat(endpoint.attempts(6).<String>getList("data.messageId"))
        .containsExactlyElementsOf(ids(messages).reversed());
    assertThat(endpoint.read().getString("failingSince")).isNull();
  }

  @Test
  @Tag("S1")
  void aPauseDoesntWaitForWhatIsntTaken() throws Exception {
    app.subscribe(ben);
    app.refuse(message -> message.type().equals(DRAWN));
    draw("Not on Mondays");
    app.received(DRAWN, 1);

    couple.tap(ana, "red").then().statusCode(200);

    app.received("pause.raised", 1);
  }

  @Test
  void whatWaitsIsSentAtOnceWhenTheServerWorksAgain() throws Exception {
    app.subscribe(ben);
    app.refuse(message -> true);
    draw("Not on Mondays");
    endpoint.attempts(1);
    advance(Duration.ofSeconds(7));
    endpoint.attempts(2);
    advance(Duration.ofSeconds(37));
    endpoint.attempts(3);
    assertThat(endpoint.read().getString("failingSince")).isNotNull();
    draw("Not on Tuesdays");
    awaitPutOffUntilTheFirst();
    advance(Duration.ofSeconds(30));
    assertThat(app.received(3)).hasSize(3);

    app.refuse(message -> false);
    endpoint.test();

    app.received(DRAWN, 5);
    assertThat(endpoint.read().getString("failingSince")).isNull();
  }

  /** What stands behind what failed has taken over when that is tried again. */
  private void awaitPutOffUntilTheFirst() throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (Tables.number(
            "select count(distinct next_attempt_at) + sign(count(*) - 2) from delivery"
                + " where target_id = ? and state = 'queued'",
            UUID.fromString(endpoint.id()))
        != 1) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  @Test
  void anEndpointThatIsGoneGetsNothingUntilItIsEnabled() throws Exception {
    app.subscribe(ben);
    app.answer(500, 410);
    draw("Not on Mondays");
    endpoint.attempts(1);
    draw("Not on Tuesdays");
    advance(Duration.ofSeconds(7));
    endpoint.awaitState("disabled");

    draw("Not on Wednesdays");
    assertThat(endpoint.read().getString("disabledAt")).isNotNull();
    awaitNoneQueued();
    assertThat(endpoint.attempts(2).getList("data.outcome")).containsExactly("gone", "later");
    as(app.login()).post(endpoint.path("/enablement")).then().statusCode(200);
    endpoint.awaitState("enabled");
    draw("Not on Thursdays");

    List<Message> messages = app.received(DRAWN, 3);
    assertThat(messages.getLast().id()).isEqualTo(id(events(ben, DRAWN).getLast(), ben));
    assertThat(messages).hasSize(3);
  }

  private void awaitNoneQueued() throws Exception {
    Instant deadline = Instant.now().plusSeconds(10);
    while (queued() > 0) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.sleep(50);
    }
    Thread.sleep(500);
    assertThat(queued()).isZero();
  }

  private long queued() throws Exception {
    return Tables.number(
        "select count(*) from delivery where target_id = ? and state = 'queued'",
        UUID.fromString(endpoint.id()));
  }

  @Test
  void anEndpointThatHasFailedForFiveDaysIsDisabled() throws Exception {
    app.subscribe(ben);
    app.refuse(message -> true);
    draw("Not on Mondays");
    endpoint.attempts(1);
    advance(Duration.ofDays(4));
    endpoint.attempts(2);
    assertThat(endpoint.read().getString("state")).isEqualTo("enabled");

    advance(Duration.ofDays(1));
    draw("Not on Tuesdays");
    endpoint.awaitState("disabled");

    awaitNoneQueued();
  }

  /** They ring nowhere; what an app makes of them is its own. */
  @Test
  @Tag("S9")
  void serversOfAppsAreToldInAPauseToo() throws Exception {
    app.subscribe(ben);
    app.answer(500);
    couple.invitation(ana);
    endpoint.attempts(1);

    couple.tap(ben);
    advance(Duration.ofSeconds(7));

    app.received("invitation.proposed", 2);
  }

  @Test
  void whatIsNeverTakenIsAbandonedWhenItsEventIsOld() throws Exception {
    double before = abandoned();
    app.subscribe(ben);
    app.refuse(message -> true);
    draw("Not on Mondays");
    endpoint.attempts(1);

    advance(Duration.ofHours(73));
    endpoint.attempts(2);

    awaitNoneQueued();
    assertThat(
            Tables.read(
                "select string_agg(state, ' ') from delivery where target_id = ?",
                UUID.fromString(endpoint.id())))
        .isEqualTo("abandoned");
    assertThat(abandoned()).as("Others may have been as well").isGreaterThan(before);
  }

  private double abandoned() {
    return metrics
        .counter("stillpoint.deliveries", "channel", "webhook", "outcome", "abandoned")
        .count();
  }

  @Test
  void aMessageIsSentOnceMore() throws Exception {
    app.subscribe(ben);
    draw("Not on Mondays");
    String id = app.received(DRAWN, 1).getFirst().id();
    endpoint.attempts(1);

    endpoint.redeliver(id).then().statusCode(202).body("messageId", is(id));

    assertThat(ids(app.received(DRAWN, 2))).containsOnly(id);
    assertThat(endpoint.attempts(2).getList("data.messageId")).containsOnly(id);
  }

  @Test
  @Tag("S34")
  void whatIsNoMessageOfThisAppIsntThere() throws Exception {
    app.subscribe(ben);
    draw("Not on Mondays");
    String bens = app.received(DRAWN, 1).getFirst().id();
    Map<String, Object> event = events(ana, DRAWN).getFirst();
    String test = endpoint.test();
    try (AppServer another = AppServer.start()) {
      Endpoint theirs = another.endpoint();
      String nothing = nothing(endpoint, UUID.randomUUID() + "." + ben.id());

      assertThat(nothing(endpoint, id(event, ana))).as("of whom it gets none").isEqualTo(nothing);
      assertThat(nothing(endpoint, Objects.requireNonNull(event.get("id")).toString()))
          .isEqualTo(nothing);
      assertThat(nothing(endpoint, test)).isEqualTo(nothing);
      assertThat(nothing(endpoint, "x")).isEqualTo(nothing);
      assertThat(nothing(theirs, bens)).as("another app").isEqualTo(nothing);
      assertThat(nothing(new Endpoint(another, endpoint.id(), ""), bens))
          .as("another app's endpoint")
          .isEqualTo(nothing);
    }
    app.answer(410);
    endpoint.redeliver(bens).then().statusCode(202);
    endpoint.awaitState("disabled");
    endpoint.redeliver(bens).then().statusCode(409).body("code", is("webhook-endpoint-disabled"));
  }

  /** What is answered where there is nothing, but for what is the request's own. */
  private static String nothing(Endpoint endpoint, String messageId) {
    return endpoint
        .redeliver(messageId)
        .then()
        .statusCode(404)
        .extract()
        .asString()
        .replaceAll("\"requestId\":\"[^\"]+\"", "");
  }

  @Test
  @Tag("S30")
  void anAppThatWasCutOffGetsNothingMore() throws Exception {
    app.subscribe(ben);
    app.subscribe(ana);
    app.refuse(message -> ben.id().toString().equals(message.json().getString("memberId")));
    draw("Not on Mondays");
    app.received(DRAWN, 2);
    Person through = app.of(ben);
    String row = rowOfApp(true);

    as(ben).delete("/v1/me/clients/{id}", row).then().statusCode(204);
    app.refuse(message -> false);
    rowOfApp(false);
    draw("Not on Tuesdays");
    advance(Duration.ofSeconds(7));

    app.received(DRAWN, 3);
    Thread.sleep(1_000);
    assertThat(owners(app.received(3)))
        .containsExactlyInAnyOrder(ana.id().toString(), ana.id().toString(), ben.id().toString());
    as(through).get("/v1/me/webhook-subscription").then().statusCode(401);
    as(app.of(ben)).get("/v1/me/webhook-subscription").then().statusCode(404);
    assertThat(wantsEvents(ben)).isEqualTo("f");
  }

  /** In the member's list of apps, which tells that its server gets events. */
  private String rowOfApp(boolean webhooks) {
    List<Map<String, Object>> clients =
        as(ben)
            .get("/v1/me/clients")
            .then()
            .statusCode(200)
            .extract()
            .as(Json.class, Json.READER)
            .get("data");
    Map<String, Object> row =
        clients.stream()
            .filter(client -> app.clientId().equals(client.get("clientId")))
            .findFirst()
            .orElseThrow();
    assertThat(row).containsEntry("webhooks", webhooks);
    assertThat(clients)
        .filteredOn(client -> !app.clientId().equals(client.get("clientId")))
        .extracting(client -> client.get("webhooks"))
        .containsOnly(false);
    return Objects.requireNonNull(row.get("id")).toString();
  }

  @Test
  void aSlowServerHoldsNoOtherUp() throws Exception {
    try (AppServer slow = AppServer.start()) {
      slow.endpoint();
      slow.slow(Duration.ofSeconds(4));
      slow.subscribe(ben);
      app.subscribe(ben);
      draw("Not on Mondays");
      draw("Not on Tuesdays");

      app.received(DRAWN, 2);

      assertThat(slow.received(0)).isEmpty();
      slow.received(DRAWN, 2);
    }
  }

  @Test
  @Tag("S33")
  void withAMemberGoesAllThatTellsOfThem() throws Exception {
    app.subscribe(ben);
    draw("Not on Mondays");
    endpoint.attempts(1);

    as(ben).delete("/v1/me").then().statusCode(204);

    assertThat(endpoint.attempts(0).getList("data")).isEmpty();
    assertThat(
            Tables.number(
                "select count(*) from webhook_subscription where member_id = ?", ben.id()))
        .isZero();
  }
}
