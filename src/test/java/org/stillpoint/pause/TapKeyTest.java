package org.stillpoint.pause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.anonymous;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;

/** A tag at the bed: it pauses without a login, and can do nothing else. */
@StillpointTest
class TapKeyTest {
  private Couple couple;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
  }

  private JsonPath make(Person person, Map<String, Object> request) {
    return as(person)
        .contentType(ContentType.JSON)
        .body(request)
        .post(couple.path("/tap-keys"))
        .then()
        .statusCode(201)
        .extract()
        .as(Json.class, Json.READER);
  }

  private static Response tap(String key) {
    return anonymous().header("Tap-Key", key).post("/v1/taps");
  }

  @Test
  @Tag("S1")
  @Tag("S2")
  void aKeyPausesWithoutALogin() {
    String key = make(couple.ana(), Map.of("kind", "red", "label", "bed")).getString("key");

    tap(key).then().statusCode(200).body("state", is("active")).body("kind", is("red"));

    assertThat(couple.state(couple.ben())).isEqualTo("paused");
    as(couple.ben())
        .get(couple.path("/state"))
        .then()
        .body("activePauses.raiserId", is(List.of(couple.ana().id().toString())));
  }

  @Test
  @Tag("S34")
  void whoHoldsAKeyLearnsNothingElse() {
    String key = make(couple.ana(), Map.of()).getString("key");

    Map<String, Object> answer =
        tap(key).then().statusCode(200).extract().as(Json.class, Json.READER).get("");
    assertThat(answer).containsOnlyKeys("state", "kind", "raisedAt");
    anonymous().header("Tap-Key", key).get("/v1/me").then().statusCode(401);
    anonymous().header("Tap-Key", key).get(couple.path("/state")).then().statusCode(401);
  }

  @Test
  void aKeyIsShownOnceAndListedToItsOwnerOnly() {
    JsonPath made = make(couple.ana(), Map.of("label", "watch"));

    String list = as(couple.ana()).get(couple.path("/tap-keys")).then().extract().asString();
    assertThat(list).contains(made.getString("id"), "watch").doesNotContain(made.getString("key"));
    as(couple.ben()).get(couple.path("/tap-keys")).then().statusCode(200).body("data", is(empty()));
    as(couple.ben())
        .delete(couple.path("/tap-keys/" + made.getString("id")))
        .then()
        .statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "stap_", "stap_AAAA", "stap_%%%", "nonsense"})
  @Tag("S34")
  void anInventedKeyIsRefused(String key) {
    tap(key).then().statusCode(401).body("code", is("tap-key-invalid"));
  }

  @Test
  @Tag("S34")
  void aRevokedKeyLooksLikeAnInventedOne() {
    JsonPath made = make(couple.ana(), Map.of());
    as(couple.ana())
        .delete(couple.path("/tap-keys/" + made.getString("id")))
        .then()
        .statusCode(204);

    assertThat(refusal(made.getString("key"))).isEqualTo(refusal("stap_invented"));
    assertThat(couple.state(couple.ana())).isEqualTo("open");
  }

  private static String refusal(String key) {
    return tap(key)
        .then()
        .statusCode(401)
        .extract()
        .asString()
        .replaceAll("\"requestId\":\"[^\"]*\"", "");
  }

  @Test
  @Tag("S32")
  void leavingEndsOnesKeys() {
    String key = make(couple.ana(), Map.of()).getString("key");
    couple.leave(couple.ana());

    tap(key).then().statusCode(401);
  }

  @Test
  void cuttingAnAppOffEndsTheKeysThatItMade() {
    Person watch = couple.ana().through("watch-app");
    String key = make(watch, Map.of()).getString("key");
    List<String> found =
        as(couple.ana())
            .get("/v1/me/clients")
            .then()
            .extract()
            .as(Json.class, Json.READER)
            .get("data.findAll { it.clientId == 'watch-app' }.id");
    as(couple.ana()).delete("/v1/me/clients/{id}", found.getFirst()).then().statusCode(204);

    tap(key).then().statusCode(401);
  }

  @Test
  @Tag("S35")
  void aTapWithAKeyThatIsSentAgainIsOneTap() {
    String key = make(couple.ana(), Map.of()).getString("key");
    anonymous().header("Tap-Key", key).header("Idempotency-Key", "t1").post("/v1/taps");
    UUID pause =
        Couple.id(
            as(couple.ana())
                .get(couple.path("/state"))
                .then()
                .extract()
                .as(Json.class, Json.READER)
                .get("activePauses[0].id"));
    couple.lift(couple.ana(), pause).then().statusCode(200);

    anonymous()
        .header("Tap-Key", key)
        .header("Idempotency-Key", "t1")
        .post("/v1/taps")
        .then()
        .body("state", is("lifted"));
    tap(key).then().body("state", is("active"));
  }
}
