package org.stillpoint.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.AppServer;
import org.stillpoint.testkit.AppServer.Endpoint;
import org.stillpoint.testkit.AppServer.Message;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** An app's own server says where it takes events, and nobody else does. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
class WebhookEndpointTest {
  private static final String ENDPOINTS = "/v1/webhook-endpoints";
  private static final int SECRET_BYTES = 32;

  private AppServer app;
  private Endpoint endpoint;

  @BeforeEach
  void anApp() {
    app = AppServer.start();
    endpoint = app.endpoint();
  }

  @AfterEach
  void end() {
    app.close();
  }

  /** All that can be done to an endpoint. */
  private static final Map<String, BiFunction<RequestSpecification, String, Response>> OPERATIONS =
      Map.of(
          "read", RequestSpecification::get,
          "move",
              (request, path) ->
                  request
                      .contentType(ContentType.JSON)
                      .body(Map.of("url", "http://127.0.0.1:1/"))
                      .patch(path),
          "delete", RequestSpecification::delete,
          "rotate", (request, path) -> request.post(path + "/secret-rotation"),
          "enable", (request, path) -> request.post(path + "/enablement"),
          "test", (request, path) -> request.post(path + "/test"),
          "attempts", (request, path) -> request.get(path + "/attempts"),
          "redeliver",
              (request, path) ->
                  request.post(
                      path
                          + "/messages/"
                          + UUID.randomUUID()
                          + "."
                          + UUID.randomUUID()
                          + "/redelivery"));

  private static void say(Person person, Endpoint endpoint, int status, String code) {
    OPERATIONS.forEach(
        (name, operation) ->
            operation
                .apply(as(person), endpoint.path(""))
                .then()
                .statusCode(status)
                .body("code", is(code)));
    as(person).get(ENDPOINTS).then().statusCode(status).body("code", is(code));
    as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("url", "http://127.0.0.1:1/"))
        .post(ENDPOINTS)
        .then()
        .statusCode(status)
        .body("code", is(code));
  }

  @Test
  @Tag("S30")
  void noPersonDoesItWhateverTheScope() {
    Person person = Person.adult("mallory").through(app.clientId());

    say(person.with(Map.of("clientId", app.clientId())), endpoint, 403, "insufficient-scope");
    say(
        person.with(Map.of("clientId", app.clientId(), "scope", "webhooks:manage")),
        endpoint,
        403,
        "client-login-required");
    say(
        new Person(
            app.clientId(),
            person.id(),
            Person.token(
                Map.of("clientId", app.clientId(), "ofClient", true, "scope", "events:read"))),
        endpoint,
        403,
        "insufficient-scope");
    assertThat(endpoint.read().getString("url")).isEqualTo(app.url());
  }

  @Test
  @Tag("S34")
  void anotherAppsEndpointIsntThere() {
    try (AppServer another = AppServer.start()) {
      String unknown = ENDPOINTS + "/" + UUID.randomUUID();
      OPERATIONS.forEach(
          (name, operation) ->
              assertThat(nothing(operation.apply(as(another.login()), endpoint.path(""))))
                  .as(name)
                  .isEqualTo(nothing(operation.apply(as(another.login()), unknown))));
      as(another.login()).get(ENDPOINTS).then().statusCode(200).body("data", empty());
    }
    assertThat(endpoint.read().getString("url")).isEqualTo(app.url());
  }

  private static String nothing(Response response) {
    return response
        .then()
        .statusCode(404)
        .extract()
        .asString()
        .replaceAll("\"requestId\":\"[^\"]+\"", "");
  }

  @Test
  @Tag("S30")
  void theSecretIsShownOnceAndStoredSealed() throws Exception {
    assertThat(endpoint.secret()).startsWith("whsec_");
    String key = endpoint.secret().substring("whsec_".length());
    assertThat(Base64.getDecoder().decode(key)).hasSize(SECRET_BYTES);
    assertThat(as(app.login()).get(endpoint.path("")).asString()).doesNotContain(key);
    assertThat(as(app.login()).get(ENDPOINTS).asString())
        .contains(endpoint.id())
        .doesNotContain(key);
    assertThat(
            Tables.read(
                "select encode(sealed, 'escape') from webhook_endpoint where id = ?",
                UUID.fromString(endpoint.id())))
        .doesNotContain(key, app.url());
  }

  @Test
  void whatWasSealedLongAgoIsSealedAnew() throws Exception {
    Tables.change(
        "update webhook_endpoint set sealed_at = sealed_at - interval '13 hours' where id = ?",
        UUID.fromString(endpoint.id()));
    String before = sealed();

    endpoint.test();
    app.received(1);
    assertThat(sealed()).isNotEqualTo(before);
    before = sealed();
    endpoint.test();

    assertThat(app.received(2)).allMatch(message -> Signed.by(endpoint.secret(), message));
    assertThat(sealed()).isEqualTo(before);
  }

  private String sealed() throws Exception {
    return String.valueOf(
        Tables.read(
            "select encode(sealed, 'hex') || sealed_at from webhook_endpoint where id = ?",
            UUID.fromString(endpoint.id())));
  }

  private Message ping(int number) throws InterruptedException {
    endpoint.test();
    return app.received(number).getLast();
  }

  @Test
  void theSecretBeforeSignsForADayMore() throws Exception {
    String old = endpoint.secret();
    String young = endpoint.rotate();

    Message both = ping(1);
    assertThat(both.header("webhook-signature").split(" ")).hasSize(2);
    assertThat(Signed.by(old, both)).isTrue();
    assertThat(Signed.by(young, both)).isTrue();
    Signed.assertAsDocumented(both);

    SandboxClock.advance(Duration.ofHours(24).minusMinutes(2));
    assertThat(Signed.by(old, ping(2))).isTrue();
    SandboxClock.advance(Duration.ofMinutes(3));
    Message one = ping(3);
    assertThat(one.header("webhook-signature").split(" ")).hasSize(1);
    assertThat(Signed.by(old, one)).isFalse();
    assertThat(Signed.by(young, one)).isTrue();
  }

  @Test
  void noMoreThanFiveSecretsSign() throws Exception {
    for (int i = 0; i < 4; i++) {
      endpoint.rotate();
    }
    as(app.login())
        .post(endpoint.path("/secret-rotation"))
        .then()
        .statusCode(409)
        .body("code", is("webhook-secret-rotated-often"));
    Message message = ping(1);
    assertThat(message.header("webhook-signature").split(" ")).hasSize(5);
    assertThat(Signed.by(endpoint.secret(), message)).isTrue();
  }

  @Test
  void aTestIsSentAndSeen() throws Exception {
    String id = endpoint.test();

    Message message = app.received(1).getFirst();
    assertThat(message.id()).isEqualTo(id);
    assertThat(message.type()).isEqualTo("webhook.test");
    assertThat(message.json().getString("resource.id")).isEqualTo(endpoint.id());
    assertThat(message.json().<String, Object>getMap("")).doesNotContainKey("memberId");
    Signed.assertAsDocumented(message);
    assertThat(Signed.by(endpoint.secret(), message)).isTrue();
    Map<String, Object> attempt = endpoint.attempts(1).getMap("data[0]");
    assertThat(attempt)
        .containsOnlyKeys("id", "messageId", "eventType", "attemptedAt", "statusCode", "outcome")
        .containsEntry("messageId", id)
        .containsEntry("eventType", "webhook.test")
        .containsEntry("statusCode", 204)
        .containsEntry("outcome", "handedOver");
  }

  @Test
  void aTestThatIsntTakenIsSeenAndChangesNothing() throws Exception {
    app.answer(500, 410);
    endpoint.test();
    endpoint.attempts(1);
    endpoint.test();
    endpoint.attempts(2);
    app.close();
    endpoint.test();

    var attempts = endpoint.attempts(3);
    assertThat(attempts.getList("data.outcome")).containsExactly("noAnswer", "gone", "later");
    assertThat(attempts.getList("data.statusCode")).containsExactly(null, 410, 500);
    assertThat(endpoint.read().getString("state")).isEqualTo("enabled");
    assertThat(endpoint.read().getString("failingSince")).isNull();
  }

  @Test
  void itIsMovedAndDeleted() throws Exception {
    try (AppServer elsewhere = AppServer.start()) {
      as(app.login())
          .contentType(ContentType.JSON)
          .body(Map.of("url", elsewhere.url()))
          .patch(endpoint.path(""))
          .then()
          .statusCode(200)
          .body("url", is(elsewhere.url()));
      endpoint.test();
      assertThat(Signed.by(endpoint.secret(), elsewhere.received(1).getFirst())).isTrue();
      assertThat(app.received(0)).isEmpty();
    }
    as(app.login()).delete(endpoint.path("")).then().statusCode(204);
    as(app.login()).get(endpoint.path("")).then().statusCode(404);
    as(app.login()).get(ENDPOINTS).then().body("data", empty());
  }

  @Test
  void anAppHasFiveAtMost() {
    for (int i = 0; i < 4; i++) {
      app.endpoint();
    }
    app.create(app.url()).then().statusCode(409).body("code", is("too-many-webhook-endpoints"));
    List<String> all = as(app.login()).get(ENDPOINTS + "?limit=3").path("data.id");
    assertThat(all).hasSize(3).startsWith(endpoint.id());
  }

  @Test
  @Tag("S35")
  void whoeverAsksAgainGetsTheSameSecret() {
    String key = UUID.randomUUID().toString();
    assertThat(created(key)).isEqualTo(created(key)).contains("whsec_");
  }

  private String created(String key) {
    return as(app.login())
        .header("Idempotency-Key", key)
        .contentType(ContentType.JSON)
        .body(Map.of("url", app.url()))
        .post(ENDPOINTS)
        .then()
        .statusCode(201)
        .extract()
        .asString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/hooks",
        "https://10.0.0.1/",
        "https://192.168.1.1/hooks",
        "https://169.254.169.254/latest/meta-data",
        "https://[::ffff:10.0.0.1]/",
        "https://0177.0.0.1/",
        "https://example.com:8443/",
        "https://user:secret@example.com/",
        "https://database.internal/",
        "https://db/",
        "ftp://example.com/",
        "not an address"
      })
  void whereNotEverybodyMayGoNothingIsSent(String url) {
    app.create(url)
        .then()
        .statusCode(400)
        .body("code", is("validation-failed"))
        .body("errors[0].pointer", is("/url"))
        .body(
            "errors[0].detail",
            is("This must be an https address at port 443, by a name that is known publicly."));
    as(app.login())
        .contentType(ContentType.JSON)
        .body(Map.of("url", url))
        .patch(endpoint.path(""))
        .then()
        .statusCode(400)
        .body("errors[0].pointer", is("/url"));
    assertThat(endpoint.read().getString("url")).isEqualTo(app.url());
  }
}
