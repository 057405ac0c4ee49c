package org.stillpoint.pause;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.EventStreamClient;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** What a person who taps can rely on. */
@StillpointTest
class PauseTest {
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

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
  @Tag("S3")
  void onlyWhoRaisedAPauseLiftsIt() {
    UUID pause = couple.tap(couple.ana());

    couple
        .lift(couple.ben(), pause)
        .then()
        .statusCode(403)
        .body("code", is("pause-not-yours-to-lift"));
    assertThat(couple.state(couple.ben())).isEqualTo("paused");

    couple.lift(couple.ana(), pause).then().statusCode(200).body("state", is("lifted"));
    assertThat(couple.state(couple.ben())).isEqualTo("open");
  }

  @Test
  @Tag("S3")
  void noTimeLiftsAPause() {
    couple.tap(couple.ana());

    SandboxClock.advance(Duration.ofDays(400));

    assertThat(couple.state(couple.ben())).isEqualTo("paused");
  }

  @Test
  @Tag("S3")
  void liftingTwiceChangesNothing() {
    UUID pause = couple.tap(couple.ana());
    String ended = couple.lift(couple.ana(), pause).then().extract().path("endedAt");

    couple.lift(couple.ana(), pause).then().statusCode(200).body("endedAt", is(ended));
  }

  @ParameterizedTest
  @ValueSource(strings = {"top", "bottom", "switch"})
  @Tag("S4")
  void noRoleLabelTakesTheTapOrTheLift(String label) {
    for (Person person : List.of(couple.ana(), couple.ben())) {
      as(person)
          .contentType(ContentType.JSON)
          .body(Map.of("roleLabel", label))
          .patch("/v1/me")
          .then()
          .statusCode(200);
    }

    UUID pause = couple.tap(couple.ana());
    couple.lift(couple.ben(), pause).then().statusCode(403);
    couple.lift(couple.ana(), pause).then().statusCode(200);
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
  @Tag("S6")
  void aRepeatedTapReturnsTheSamePauseAndTellsNobodyAgain() {
    try (EventStreamClient ben = EventStreamClient.open(couple.ben())) {
      UUID first = couple.tap(couple.ana());
      assertThat(ben.next().type()).isEqualTo("pause.raised");

      assertThat(couple.tap(couple.ana())).isEqualTo(first);
      couple.tap(couple.ana(), "yellow").then().body("kind", is("pause"));

      couple.lift(couple.ana(), first);
      assertThat(ben.next().type()).as("nothing in between").isEqualTo("pause.lifted");
    }
  }

  @Test
  @Tag("S6")
  void aStrongerTapStrengthensThePauseAndIsTold() {
    try (EventStreamClient ben = EventStreamClient.open(couple.ben())) {
      UUID pause = Couple.id(couple.tap(couple.ana(), "yellow").path("id"));
      ben.next();

      couple
          .tap(couple.ana(), "red")
          .then()
          .body("id", is(pause.toString()))
          .body("kind", is("red"));

      var told = ben.next();
      assertThat(told.type()).isEqualTo("pause.strengthened");
      assertThat(told.data().getString("resource.id")).isEqualTo(pause.toString());
      as(couple.ben())
          .get(couple.path("/pauses/" + pause))
          .then()
          .body("kind", is("red"))
          .body("discreetText", not(is("")));
    }
  }

  @Test
  @Tag("S6")
  void tapsThatRaceMakeOnePauseAndOneNotice() throws Exception {
    Set<Object> ids = new HashSet<>();
    try (EventStreamClient ben = EventStreamClient.open(couple.ben());
        var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Object>> race =
          IntStream.range(0, 32)
              .<Callable<Object>>mapToObj(i -> () -> couple.tap(couple.ana()))
              .toList();
      for (Future<Object> answer : senders.invokeAll(race)) {
        ids.add(answer.get());
      }
      couple.lift(couple.ana(), (UUID) ids.iterator().next());

      assertThat(ids).hasSize(1);
      assertThat(ben.next().type()).isEqualTo("pause.raised");
      assertThat(ben.next().type()).isEqualTo("pause.lifted");
    }
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
  void aTapMadeOfflineKeepsItsIdAndTime() {
    UUID id = UUID.randomUUID();
    Instant tapped = SandboxClock.now().minus(Duration.ofHours(5));

    as(couple.ana())
        .contentType(ContentType.JSON)
        .body(Map.of("kind", "red", "raisedAt", tapped.toString()))
        .put(couple.path("/pauses/" + id))
        .then()
        .statusCode(200)
        .body("id", is(id.toString()))
        .body("raisedAt", is(INSTANT.format(tapped)))
        .body("receivedAt", not(is(tapped.toString())));
  }

  @ParameterizedTest
  @CsvSource({"P1D", "-P4D", "P3650D"})
  void aPhoneWhoseClockIsWrongCanStillPause(Duration wrongBy) {
    var pause =
        as(couple.ana())
            .contentType(ContentType.JSON)
            .body(Map.of("raisedAt", SandboxClock.now().plus(wrongBy).toString()))
            .put(couple.path("/pauses/" + UUID.randomUUID()))
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();

    assertThat(pause.getString("raisedAt")).isEqualTo(pause.getString("receivedAt"));
  }

  @Test
  @Tag("S35")
  void aTapThatIsSentAgainAfterTheLiftRaisesNothing() {
    UUID tap = UUID.randomUUID();
    as(couple.ana()).put(couple.path("/pauses/" + tap)).then().statusCode(200);
    couple.lift(couple.ana(), tap).then().statusCode(200);

    as(couple.ana())
        .put(couple.path("/pauses/" + tap))
        .then()
        .statusCode(200)
        .body("id", is(tap.toString()))
        .body("state", is("lifted"));
    assertThat(couple.state(couple.ana())).isEqualTo("open");
  }

  @Test
  @Tag("S35")
  void aTapThatFoundAnotherPauseStaysWithIt() {
    UUID active = couple.tap(couple.ana());
    UUID tap = UUID.randomUUID();

    as(couple.ana()).put(couple.path("/pauses/" + tap)).then().body("id", is(active.toString()));
    as(couple.ana()).get(couple.path("/pauses/" + tap)).then().body("id", is(active.toString()));
    couple.lift(couple.ana(), tap).then().statusCode(200).body("id", is(active.toString()));
    as(couple.ana()).put(couple.path("/pauses/" + tap)).then().body("state", is("lifted"));
    as(couple.ben()).get(couple.path("/pauses/" + tap)).then().statusCode(404);
  }

  @Test
  @Tag("S35")
  void oneKeyIsOneTap() {
    String first = tapWithKey(couple.ana(), "monday").getString("id");
    couple.lift(couple.ana(), UUID.fromString(first));

    assertThat(tapWithKey(couple.ana(), "monday").getString("state")).isEqualTo("lifted");
    assertThat(tapWithKey(couple.ana(), "tuesday").getString("state")).isEqualTo("active");
    assertThat(tapWithKey(couple.ben(), "monday").getString("raiserId"))
        .isEqualTo(couple.ben().id().toString());
  }

  private io.restassured.path.json.JsonPath tapWithKey(Person person, String key) {
    return as(person)
        .header("Idempotency-Key", key)
        .post(couple.path("/pauses"))
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  @Test
  @Tag("S1")
  void theIdOfThePartnersPauseStillGivesAPauseOfOnesOwn() {
    UUID bens = couple.tap(couple.ben());

    var pause =
        as(couple.ana())
            .put(couple.path("/pauses/" + bens))
            .then()
            .statusCode(200)
            .body("state", is("active"))
            .body("raiserId", is(couple.ana().id().toString()))
            .extract()
            .jsonPath();

    assertThat(pause.getString("id")).isNotEqualTo(bens.toString());
    couple.lift(couple.ana(), bens).then().statusCode(403);
    as(couple.ana()).get(couple.path("/pauses/" + bens)).then().body("id", is(bens.toString()));
  }

  @Test
  @Tag("S31")
  void anAcknowledgementIsForTheRaiserAndItsAbsenceIsNotShown() {
    Person cleo = Person.adult("cleo");
    trusted(cleo);
    UUID pause = couple.tap(couple.ana());
    String before = view(cleo, pause);

    as(couple.ben())
        .put(couple.path("/pauses/" + pause + "/acknowledgement"))
        .then()
        .statusCode(204);

    as(couple.ana())
        .get(couple.path("/pauses/" + pause))
        .then()
        .body("acknowledgements.memberId", is(List.of(couple.ben().id().toString())));
    assertThat(view(cleo, pause)).isEqualTo(before).doesNotContain("acknowledge");
    as(couple.ben())
        .get(couple.path("/pauses/" + pause))
        .then()
        .body("acknowledgements", nullValue());
    as(couple.ana())
        .put(couple.path("/pauses/" + pause + "/acknowledgement"))
        .then()
        .statusCode(409)
        .body("code", is("pause-is-yours"));
  }

  private void trusted(Person person) {
    var invitation = couple.invitation(couple.ana());
    as(couple.ben())
        .put(couple.path("/invitations/" + invitation.getString("id") + "/assents/me"))
        .then()
        .statusCode(200);
    Couple.join(person, invitation.getString("code"));
  }

  private String view(Person person, UUID pause) {
    return as(person)
        .get(couple.path("/pauses/" + pause))
        .then()
        .statusCode(200)
        .extract()
        .asString();
  }

  @Test
  void theDiscreetTextSpeaksTheReadersLanguage() {
    UUID pause = couple.tap(couple.ana());

    as(couple.ben())
        .header("Accept-Language", "de-AT, en;q=0.5")
        .get(couple.path("/pauses/" + pause))
        .then()
        .body("discreetText", is("Ich mache eine Pause. Später mehr."));
    as(couple.ben())
        .header("Accept-Language", "es")
        .get(couple.path("/signals"))
        .then()
        .statusCode(200)
        .body("language", is("es"))
        .body("signals.kind", is(List.of("yellow", "pause", "red")));
  }

  @Test
  void thePausesAreListedNewestFirstPageByPage() {
    for (int i = 0; i < 3; i++) {
      couple.lift(couple.ana(), couple.tap(couple.ana())).then().statusCode(200);
    }

    var first =
        as(couple.ben()).queryParam("limit", 2).get(couple.path("/pauses")).then().statusCode(200);
    List<String> seen = first.extract().path("data.id");
    var second =
        as(couple.ben())
            .queryParam("limit", 2)
            .queryParam("cursor", first.extract().<String>path("nextCursor"))
            .get(couple.path("/pauses"))
            .then()
            .statusCode(200)
            .body("hasMore", is(false))
            .body("data.id", not(empty()));
    List<String> rest = second.extract().path("data.id");

    assertThat(seen).hasSize(2).doesNotContainAnyElementsOf(rest);
    assertThat(rest).hasSize(1);
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
