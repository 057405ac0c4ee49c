package org.stillpoint.pause;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.stillpoint.testkit.Api.as;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;

/** What a person who taps can rely on. */
@StillpointTest
class PauseTest {
  private Couple couple;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
  }

  @Test
  @Tag("S1")
  void aTapWorksWhileThePartnerHasPaused() {
    couple.tap(couple.ben(), "red").then().statusCode(200);

    couple.tap(couple.ana(), "yellow").then().statusCode(200).body("state", is("active"));
  }

  @Test
  @Tag("S1")
  void aTapWorksInARelationshipOfOne() {
    Person alone = Person.adult("alone");
    UUID relationship = Couple.begin(alone);

    as(alone).post("/v1/relationships/{r}/pauses", relationship).then().statusCode(200);
  }

  @Test
  @Tag("S1")
  void noThrottleStopsATap() {
    Person throttled = couple.ana().through("a-busy-app");
    Response answer = given().auth().oauth2(throttled.token()).get("/v1/me");
    for (int i = 0; i < 2_000 && answer.statusCode() != 429; i++) {
      answer = given().auth().oauth2(throttled.token()).get("/v1/me");
    }
    answer.then().statusCode(429).header("Retry-After", notNullValue());

    as(throttled).post(couple.path("/pauses")).then().statusCode(200).body("state", is("active"));
    as(throttled)
        .put(couple.path("/pauses/" + UUID.randomUUID()))
        .then()
        .statusCode(200)
        .body("state", is("active"));
  }

  @Test
  @Tag("S1")
  void aStormOfTapsIsAnsweredToTheLast() throws Exception {
    List<Callable<Integer>> storm =
        IntStream.range(0, 200)
            .<Callable<Integer>>mapToObj(
                i -> () -> as(couple.ana()).post(couple.path("/pauses")).statusCode())
            .toList();

    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> answer : senders.invokeAll(storm)) {
        assertThat(answer.get()).isEqualTo(200);
      }
    }
  }

  @Test
  @Tag("S1")
  void aStormOfTapsDoesntKeepThePartnerFromLeaving() throws Exception {
    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> storm =
          IntStream.range(0, 300)
              .mapToObj(
                  i ->
                      senders.submit(
                          () -> as(couple.ana()).post(couple.path("/pauses")).statusCode()))
              .toList();
      couple.leave(couple.ben());
      for (Future<Integer> answer : storm) {
        assertThat(answer.get()).isIn(200, 409);
      }
    }
  }

  @Test
  @Tag("S2")
  void aTapNeedsNoBodyAndNoContentType() {
    as(couple.ana())
        .post(couple.path("/pauses"))
        .then()
        .statusCode(200)
        .body("kind", is("pause"))
        .body("state", is("active"));
    as(couple.ben())
        .put(couple.path("/pauses/" + UUID.randomUUID()))
        .then()
        .statusCode(200)
        .body("kind", is("pause"));
  }

  @Test
  @Tag("S4")
  void anAppWithoutAnyScopeCanStillPause() {
    Person narrow = couple.ana().with(Map.of("clientId", "narrow-app", "scope", ""));

    as(narrow).post(couple.path("/pauses")).then().statusCode(200).body("state", is("active"));
  }

  @Test
  @Tag("S5")
  void anAnswerMeansThatItIsInForceForTheOther() {
    UUID pause = couple.tap(couple.ana());

    as(couple.ben())
        .get(couple.path("/pauses/" + pause))
        .then()
        .statusCode(200)
        .body("state", is("active"));
  }

  @Test
  @Tag("S7")
  void itIsPausedExactlyWhileOnePauseIsActive() {
    assertThat(couple.state(couple.ana())).isEqualTo("open");
    UUID anas = couple.tap(couple.ana());
    UUID bens = couple.tap(couple.ben());
    assertThat(couple.state(couple.ana())).isEqualTo("paused");

    couple.lift(couple.ana(), anas);
    assertThat(couple.state(couple.ana())).isEqualTo("paused");

    couple.lift(couple.ben(), bens);
    assertThat(couple.state(couple.ana())).isEqualTo("open");
    as(couple.ana())
        .get("/v1/relationships/{r}", couple.relationship())
        .then()
        .body("state", is("open"));
  }

  @Test
  @Tag("S34")
  void aTapIntoAnothersRelationshipFindsNothing() {
    Person stranger = Person.adult("stranger");
    String foreign = problem(stranger, couple.path("/pauses"));
    String none = problem(stranger, "/v1/relationships/" + UUID.randomUUID() + "/pauses");

    assertThat(foreign).isEqualTo(none);
    assertThat(couple.state(couple.ana())).isEqualTo("open");
  }

  private static String problem(Person person, String path) {
    return as(person)
        .post(path)
        .then()
        .statusCode(404)
        .extract()
        .asString()
        .replaceAll("\"requestId\":\"[^\"]*\"", "");
  }

  @Test
  @Tag("S32")
  void aTapIntoARelationshipThatOneHasLeftFindsNothing() {
    couple.leave(couple.ana());

    as(couple.ana()).post(couple.path("/pauses")).then().statusCode(404);
    as(couple.ben())
        .post(couple.path("/pauses"))
        .then()
        .statusCode(409)
        .body("code", is("relationship-closed"));
  }
}
