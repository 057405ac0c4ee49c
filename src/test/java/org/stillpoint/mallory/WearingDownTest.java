package org.stillpoint.mallory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.anonymous;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.ApiDocument.Operation;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Limits;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PlainHttp;
import org.stillpoint.testkit.StillpointTest;

/** Mallory wears the other down: storms, asks again, and doesn't let go of who has left. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
class WearingDownTest {
  private static final int STORM = 40;

  private Couple couple;
  private Person ana;
  private Person mallory;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
    ana = couple.ana();
    mallory = couple.ben();
  }

  @Test
  @Tag("S6")
  void aStormOfTapsRingsOnceForEachKind() {
    try (Witness witness = Witness.of(ana)) {
      for (int i = 0; i < STORM; i++) {
        couple.tap(mallory, List.of("yellow", "pause", "red").get(i % 3)).then().statusCode(200);
      }

      assertThat(witness.told())
          .isEqualTo(
              new Witness.Told(
                  List.of("pause.raised", "pause.strengthened", "pause.strengthened"), 0, 3));
    }
  }

  @Test
  @Tag("S1")
  void raisingAndLiftingInTurnsComesToAnEnd() {
    int lifts = 0;
    Response answer = couple.lift(mallory, couple.tap(mallory));
    while (answer.statusCode() == 200 && lifts <= STORM) {
      lifts++;
      answer = couple.lift(mallory, couple.tap(mallory));
    }

    answer.then().statusCode(429);
    as(ana).post(couple.path("/pauses")).then().statusCode(200).body("state", is("active"));
    as(mallory).post(couple.path("/pauses")).then().statusCode(200).body("state", is("active"));
    couple.leave(ana);
  }

  @Test
  @Tag("S9")
  void aStormOfInvitationsComesToAnEndAndReachesNobodyInAPause() {
    try (Witness witness = Witness.of(ana)) {
      UUID pause = couple.tap(ana);
      for (int i = 0; i < STORM; i++) {
        as(mallory).post(couple.path("/invitations")).then().statusCode(409);
      }
      assertThat(witness.told()).isEqualTo(new Witness.Told(List.of("pause.raised"), 0, 0));
      couple.lift(ana, pause).then().statusCode(200);
      witness.told();

      int asked = 0;
      while (asked <= STORM && as(mallory).post(couple.path("/invitations")).statusCode() == 201) {
        asked++;
      }

      assertThat(asked).isBetween(1, 20);
      assertThat(witness.told().notices()).isEqualTo(asked);
    }
  }

  /** Each is in force, and told to apps; the phone rings for the first few only. */
  @Test
  @Tag("S12")
  @Tag("S26")
  void aStormOfLimitsIsInForceAndRingsAFewTimes() {
    try (Witness witness = Witness.of(ana)) {
      for (int i = 0; i < STORM; i++) {
        Limits.draw(couple, mallory);
      }

      Witness.Told told = witness.told();
      assertThat(told.events()).hasSize(STORM).containsOnly("limit.drawn");
      assertThat(told.notices()).isBetween(1, 10);
      as(ana)
          .queryParam("limit", 100)
          .get(couple.path("/limits"))
          .then()
          .body("data.size()", is(STORM));
      Limits.draw(couple, ana);
    }
  }

  /** Whatever the one who stays does with what is left, it doesn't reach who has gone. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Tag("S32")
  void whoHasLeftHearsNothingMore(boolean othersStay) {
    Estate estate = Estate.of(mallory, ana);
    if (othersStay) {
      estate.welcome(Person.adult("cleo"));
    }
    try (Witness witness = Witness.of(ana)) {
      UUID pause = estate.couple().tap(ana);
      Estate theirs = estate.with("pauseId", pause.toString());
      estate.couple().leave(ana);
      witness.listenAgain();
      Map<String, Set<String>> known = theirs.known();
      known.put("code", Set.of());
      // The other's own, which is revoked below.
      known.put("secret", Set.of());
      View before = View.of(ana, known);

      for (Operation operation : PrivateActsTest.OPERATIONS) {
        if (!PrivateActsTest.ENDS_EVERYTHING.contains(operation.id())) {
          PlainHttp.send(Calls.of(operation, mallory, theirs));
        }
      }

      View.of(ana, known).assertSameAs(before, "everything that the other can do");
      assertThat(witness.told()).isEqualTo(Witness.Told.NOTHING);
    }
  }

  @Test
  @Tag("S32")
  void nobodyIsAskedBackIntoWhatIsClosed() {
    couple.leave(ana);

    as(mallory)
        .post(couple.path("/invitations"))
        .then()
        .statusCode(409)
        .body("code", is("relationship-closed"));
    as(mallory).get(couple.path("/invitations")).then().body("data", is(empty()));
  }

  /** One who comes back, of one's own will, begins anew. */
  @Test
  @Tag("S32")
  void whoComesBackFindsNothingOfBefore() {
    Estate estate = Estate.of(ana, mallory);
    Person cleo = Person.adult("cleo");
    estate.welcome(cleo);
    Couple circle = estate.couple();
    UUID pause = circle.tap(ana);
    offer(ana, circle, pause);
    UUID others = circle.tap(cleo);
    circle.leave(ana);
    circle.lift(cleo, others).then().statusCode(200);
    // A pause that ended within the same millisecond would be one of the new time.
    org.stillpoint.testkit.SandboxClock.advance(java.time.Duration.ofSeconds(1));
    estate.takeBack(cleo);

    anonymous().header("Tap-Key", estate.tapKey()).post("/v1/taps").then().statusCode(401);
    as(ana).get(circle.path("/tap-keys")).then().body("data", is(empty()));
    as(ana).get(circle.path("/pauses")).then().statusCode(200).body("data", is(empty()));
    for (UUID before : List.of(pause, others)) {
      as(ana).get(circle.path("/pauses/" + before)).then().statusCode(404);
      as(ana).get(circle.path("/pauses/" + before + "/return-windows")).then().statusCode(404);
      circle.lift(ana, before).then().statusCode(404);
    }
    List<String> told = as(ana).get("/v1/events").as(Json.class, Json.READER).get("data.type");
    assertThat(told).doesNotContain("pause.raised", "pause.ended", "relationship.memberLeft");
  }

  private static void offer(Person person, Couple circle, UUID pause) {
    Map<String, Object> body = new HashMap<>(Map.of("windows", List.of(Windows.of(30, 2))));
    as(person)
        .contentType(ContentType.JSON)
        .body(body)
        .put(circle.path("/pauses/" + pause + "/return-windows"))
        .then()
        .statusCode(200);
  }
}
