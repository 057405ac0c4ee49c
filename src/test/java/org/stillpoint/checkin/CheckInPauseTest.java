package org.stillpoint.checkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/**
 * A pause holds a talk. It goes on when nobody pauses and all are ready anew, and not by itself.
 */
@SuppressWarnings("NullAway.Init")
@StillpointTest
@Tag("S9")
class CheckInPauseTest {
  private Couple couple;
  private Person ana;
  private Person ben;
  private String id;
  private String sealed;

  @BeforeEach
  void anOpenCheckIn() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    JsonPath open = CheckIns.open(couple, ana, ben);
    id = open.getString("id");
    sealed = CheckIns.item(open, "sealed");
  }

  private boolean held() {
    return CheckIns.get(couple, ben, id).getBoolean("held");
  }

  private static void refused(Response answer, String code) {
    answer.then().statusCode(409).body("code", is(code));
  }

  private void lift(Person person, UUID pause) {
    couple.lift(person, pause).then().statusCode(200);
  }

  @Test
  void itIsHeldUntilNobodyPausesAndAllAreReadyAgain() {
    CheckIns.write(couple, ana, id, sealed, Map.of("text", "Hers")).then().statusCode(200);
    CheckIns.answer(couple, ben, id, sealed, "His");
    UUID pause = couple.tap(ana);
    assertThat(held()).isTrue();
    assertThat(CheckIns.state(couple, ben, id)).isEqualTo("open");
    for (Person person : List.of(ana, ben)) {
      refused(CheckIns.ready(couple, person, id), "check-in-held");
    }
    refused(CheckIns.submit(couple, ana, id, sealed), "check-in-held");

    lift(ana, pause);

    assertThat(held()).as("whoever lifts isn't thrown into it").isTrue();
    refused(CheckIns.submit(couple, ana, id, sealed), "check-in-held");
    CheckIns.allReady(couple, id, ben);
    assertThat(held()).isTrue();
    CheckIns.allReady(couple, id, ana);
    assertThat(held()).isFalse();
    CheckIns.submit(couple, ana, id, sealed).then().statusCode(200).body("revealed", is(true));
    assertThat(as(ben).get("/v1/events").as(Json.class, Json.READER).getList("data.type"))
        .containsSubsequence("pause.raised", "pause.lifted", "checkIn.resumed");
  }

  /** Ready is for now: another pause in between asks all again. */
  @Test
  @Tag("S16")
  void aReadinessOfBeforeAPauseCountsNoMore() {
    lift(ana, couple.tap(ana));
    CheckIns.allReady(couple, id, ana);
    lift(ben, couple.tap(ben));

    CheckIns.allReady(couple, id, ben);
    assertThat(held()).isTrue();

    CheckIns.allReady(couple, id, ana);
    assertThat(held()).isFalse();
  }

  @Test
  void itIsHeldForAsLongAsAnybodyPauses() {
    UUID anas = couple.tap(ana);
    UUID bens = couple.tap(ben);
    lift(ana, anas);
    refused(CheckIns.ready(couple, ana, id), "check-in-held");

    lift(ben, bens);

    CheckIns.allReady(couple, id, ana, ben);
    assertThat(held()).isFalse();
  }

  @Test
  void thePauseOfWhoTakesNoPartHoldsItToo() {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    UUID pause = couple.tap(cleo);
    assertThat(held()).isTrue();

    lift(cleo, pause);

    assertThat(held()).isTrue();
    CheckIns.allReady(couple, id, ana, ben);
    assertThat(held()).isFalse();
    couple.tap(cleo);
    couple.leave(cleo);
    assertThat(held()).as("a pause that ended by leaving").isTrue();
  }

  @Test
  @Tag("S10")
  void whatAsksNobodyForAnythingWorksInAPause() {
    CheckIns.answer(couple, ben, id, sealed, "His");
    couple.tap(ana);

    for (Person person : List.of(ana, ben)) {
      CheckIns.write(couple, person, id, sealed, Map.of("text", "A note")).then().statusCode(200);
      CheckIns.takeBack(couple, person, id, sealed).then().statusCode(200);
      as(person).delete(CheckIns.answers(couple, id, sealed) + "/me").then().statusCode(204);
      CheckIns.notReady(couple, person, id).then().statusCode(200);
    }
    CheckIns.end(couple, ben, id, "close").then().statusCode(200).body("state", is("closed"));
  }

  /** Words that were shown are not exchanged for others while somebody has paused. */
  @Test
  void nothingNewIsSaidInAPause() {
    String open = CheckIns.item(CheckIns.get(couple, ana, id), "open");
    CheckIns.answer(couple, ben, id, open, "Soup");
    couple.tap(ana);
    CheckIns.write(couple, ben, id, open, Map.of("text", "Answer me")).then().statusCode(200);

    refused(CheckIns.submit(couple, ben, id, open), "check-in-held");

    assertThat(CheckIns.read(couple, ana, id, open)).isEmpty();
  }

  @Test
  void nothingIsPlannedWhileAnotherHasPaused() {
    String planned = CheckIns.scheduled(couple, ben).getString("id");
    couple.tap(ana);

    refused(CheckIns.schedule(couple, ben, CheckIns.plan()), "relationship-paused");
    String later =
        SandboxClock.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(1)).toString();
    refused(
        as(ben)
            .contentType(ContentType.JSON)
            .body(Map.of("startsAt", later))
            .post(CheckIns.path(couple, planned) + "/defer"),
        "relationship-paused");
    assertThat(CheckIns.state(couple, ben, planned)).isEqualTo("scheduled");
    refused(CheckIns.ready(couple, ben, planned), "check-in-held");
    CheckIns.scheduled(couple, ana);
    CheckIns.end(couple, ben, planned, "defer").then().statusCode(200);
  }

  /** The tap doesn't wait for a talk. */
  @ParameterizedTest
  @ValueSource(strings = {"yellow", "pause", "red"})
  @Tag("S1")
  void everyKindOfPauseHoldsIt(String kind) {
    couple.tap(ben, kind).then().statusCode(200);

    assertThat(held()).isTrue();
    CheckIns.write(couple, ana, id, sealed, Map.of("text", "Hers")).then().statusCode(200);
    refused(CheckIns.submit(couple, ana, id, sealed), "check-in-held");
  }
}
