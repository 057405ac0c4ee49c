package org.stillpoint.checkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
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
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** Where the times to return meet there is a talk, and nothing else of them is told. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
@Tag("S11")
class ReturnCheckInTest {
  private Couple couple;
  private Person ana;
  private Person ben;
  private UUID pause;
  private Instant evening;

  @BeforeEach
  void aPausedCouple() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    pause = couple.tap(ana);
    evening = SandboxClock.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(30));
  }

  private Instant in(int minutes) {
    return evening.plus(Duration.ofMinutes(minutes));
  }

  /** From and to, in minutes after the beginning of the evening. */
  private void offer(Person person, int[]... windows) {
    as(person)
        .contentType(ContentType.JSON)
        .body(
            Map.of(
                "windows",
                Arrays.stream(windows)
                    .map(
                        window ->
                            Map.of(
                                "startsAt", in(window[0]).toString(),
                                "endsAt", in(window[1]).toString()))
                    .toList()))
        .put(couple.path("/pauses/" + pause + "/return-windows"))
        .then()
        .statusCode(200);
  }

  private static int[] window(int from, int to) {
    return new int[] {from, to};
  }

  private JsonPath list(Person person) {
    return as(person).get(couple.path("/check-ins")).then().statusCode(200).extract().jsonPath();
  }

  private List<String> states() {
    return list(ben).getList("data.state");
  }

  private static String millis(Instant instant) {
    return instant.toString().replace("Z", ".000Z");
  }

  /** Both may offer anew after a while. */
  private static void later() {
    SandboxClock.advance(Duration.ofHours(6));
  }

  @Test
  void whereTheTimesMeetATalkIsPlanned() {
    offer(ana, window(-180, 0), window(10, 300));
    assertThat(list(ana).getList("data")).isEmpty();
    assertThat(list(ben).getList("data")).isEmpty();

    offer(ben, window(0, 30), window(60, 120), window(200, 400));

    JsonPath planned = list(ana);
    assertThat(planned.getList("data")).hasSize(1);
    assertThat(planned.getString("data[0].startsAt"))
        .as("the first that is long enough")
        .isEqualTo(millis(in(60)));
    assertThat(planned.getString("data[0].templateId")).isEqualTo("return-after-a-pause");
    assertThat(planned.getString("data[0].pauseId")).isEqualTo(pause.toString());
    assertThat(planned.getString("data[0].state")).isEqualTo("scheduled");
    assertThat(planned.getList("data[0].participantIds"))
        .containsExactlyInAnyOrder(ana.id().toString(), ben.id().toString());
    assertThat(planned.getList("data[0].items")).hasSize(3);
    assertThat(list(ben).prettify()).isEqualTo(planned.prettify());
    assertThat(planned.prettify()).doesNotContain(millis(in(-180)), millis(in(10)));
    assertThat(as(ana).get("/v1/events").jsonPath().getList("data.type"))
        .contains("pause.returnOverlapChanged")
        .noneMatch(type -> type.toString().startsWith("checkIn."));
  }

  /** Whatever of the times isn't shared, the talk is the same. */
  @Test
  void nothingButTheOverlapEntersIt() {
    offer(ana, window(60, 120));
    offer(ben, window(60, 120));
    String exact = told();
    anOtherCouple();
    offer(ana, window(-300, -100), window(-30, 120), window(500, 800));
    offer(ben, window(-90, -40), window(60, 220));

    assertThat(told()).isEqualTo(exact);
  }

  private void anOtherCouple() {
    Instant before = evening;
    aPausedCouple();
    evening = before;
  }

  /** The talk as it is read, but for ids. */
  private String told() {
    return list(ben)
        .prettify()
        .replace(pause.toString(), "pause")
        .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "id");
  }

  @Test
  void itOpensAfterTheLiftOnlyAndOnceAllAreReady() {
    offer(ana, window(60, 120));
    offer(ben, window(60, 120));
    String id = list(ana).getString("data[0].id");
    SandboxClock.advance(Duration.between(SandboxClock.now(), in(61)));
    for (Person person : List.of(ana, ben)) {
      CheckIns.ready(couple, person, id).then().statusCode(409).body("code", is("check-in-held"));
    }

    couple.lift(ana, pause).then().statusCode(200);

    assertThat(CheckIns.state(couple, ana, id)).isEqualTo("scheduled");
    CheckIns.allReady(couple, id, ben);
    assertThat(CheckIns.state(couple, ana, id)).isEqualTo("scheduled");
    CheckIns.allReady(couple, id, ana);
    assertThat(CheckIns.state(couple, ana, id)).isEqualTo("open");
  }

  @Test
  void tooShortATimeMakesNone() {
    offer(ana, window(60, 120));

    offer(ben, window(81, 200));

    assertThat(list(ana).getList("data")).isEmpty();
    later();
    offer(ben, window(80, 200));
    assertThat(list(ana).getString("data[0].startsAt")).isEqualTo(millis(in(80)));
  }

  @Test
  void itMovesWithTheOverlapAndStaysWhereItFits() {
    offer(ana, window(60, 400));
    offer(ben, window(100, 160));
    String first = list(ana).getString("data[0].id");
    later();
    offer(ben, window(0, 160));
    assertThat(list(ana).getList("data.id")).as("it still fits").containsExactly(first);
    later();

    offer(ben, window(200, 300));

    JsonPath moved = list(ana);
    assertThat(moved.getList("data.state")).containsExactly("scheduled", "deferred");
    assertThat(moved.getString("data[0].startsAt")).isEqualTo(millis(in(200)));
    assertThat(moved.getString("data[0].followsId")).isEqualTo(first);
    assertThat(moved.getString("data[0].pauseId")).isEqualTo(pause.toString());
  }

  /** And who waited for it is told. */
  @Test
  void whereTheTimesMeetNoMoreThereIsNoTalk() {
    offer(ana, window(60, 400));
    offer(ben, window(100, 160));
    later();

    offer(ben, window(500, 600));

    assertThat(states()).containsExactly("deferred");
    assertThat(as(ana).get("/v1/events").jsonPath().getList("data.type")).contains("checkIn.ended");
    later();
    offer(ben, window(300, 360));
    assertThat(states()).containsExactly("scheduled", "deferred");
    // Nobody has put it off, so that anybody may plan.
    couple.lift(ana, pause).then().statusCode(200);
    CheckIns.scheduled(couple, ana);
    CheckIns.scheduled(couple, ben);
  }

  /** A no to it stays one, whatever the other offers then. */
  @Test
  void whatOneSkippedTheOthersTimesDoNotBringBack() {
    offer(ana, window(60, 400));
    offer(ben, window(100, 160));
    CheckIns.end(couple, ana, list(ana).getString("data[0].id"), "skip").then().statusCode(200);
    later();

    offer(ben, window(200, 300));

    assertThat(states()).containsExactly("skipped");
    offer(ana, window(220, 300));
    assertThat(states()).containsExactly("scheduled", "skipped");
    // The other's no counts from now on, and that of before no more.
    CheckIns.end(couple, ben, list(ben).getString("data[0].id"), "skip").then().statusCode(200);
    later();
    offer(ben, window(230, 300));
    assertThat(states()).containsExactly("scheduled", "skipped", "skipped");
  }

  /** Whoever has put it off brings it back, also by the same times. */
  @Test
  void whoSkippedItPlansItAnewByTheSameTimes() {
    offer(ana, window(60, 400));
    offer(ben, window(100, 160));
    CheckIns.end(couple, ana, list(ana).getString("data[0].id"), "skip").then().statusCode(200);
    later();
    offer(ben, window(100, 160));
    assertThat(states()).containsExactly("skipped");

    offer(ana, window(60, 400));

    assertThat(states()).containsExactly("scheduled", "skipped");
  }

  @Test
  void itTakesNothingOfWhatOneMayPlan() {
    offer(ana, window(60, 120));
    offer(ben, window(60, 120));
    couple.lift(ana, pause).then().statusCode(200);

    for (int i = 0; i < 3; i++) {
      CheckIns.scheduled(couple, ana);
      CheckIns.scheduled(couple, ben);
    }
  }

  @Test
  void ofThreeAllHaveToOffer() {
    Person cleo = Person.adult("cleo");
    couple = new Couple(ana, ben, couple.relationship());
    couple.lift(ana, pause).then().statusCode(200);
    couple.welcome(cleo);
    pause = couple.tap(cleo);
    offer(ana, window(60, 120));
    offer(ben, window(60, 120));
    assertThat(list(ana).getList("data")).isEmpty();

    offer(cleo, window(0, 100));

    assertThat(list(ben).getList("data[0].participantIds")).hasSize(3);
    couple.leave(cleo);
    assertThat(states()).containsExactly("scheduled");
    assertThat(list(ben).getList("data[0].participantIds")).hasSize(2);
  }

  /** Their times, or that they offered none, count no more; the others' talk is planned at once. */
  @ParameterizedTest
  @ValueSource(strings = {"without times", "with other times", "is erased"})
  @Tag("S32")
  void whereOnlyALeaverWasMissingATalkIsPlanned(String how) {
    Person cleo = ofThree();
    offer(ana, window(60, 120));
    offer(ben, window(0, 110));
    if (!"without times".equals(how)) {
      offer(cleo, window(500, 600));
    }
    assertThat(list(ana).getList("data")).isEmpty();

    if ("is erased".equals(how)) {
      as(cleo).delete("/v1/me").then().statusCode(204);
    } else {
      couple.leave(cleo);
    }

    JsonPath planned = list(ana);
    assertThat(planned.getList("data.state")).containsExactly("scheduled");
    assertThat(planned.getString("data[0].startsAt")).isEqualTo(millis(in(60)));
    assertThat(planned.getString("data[0].pauseId")).isEqualTo(pause.toString());
    assertThat(planned.getList("data[0].participantIds"))
        .containsExactlyInAnyOrder(ana.id().toString(), ben.id().toString());
    assertThat(planned.getList("data[0].items")).hasSize(3);
    for (Person person : List.of(ana, ben)) {
      assertThat(as(person).get("/v1/events").jsonPath().getList("data.type"))
          .containsOnlyOnce("pause.returnOverlapChanged");
    }
  }

  /** What all had found stays where it is, and what one has put off is left alone. */
  @Test
  @Tag("S32")
  void aLeaverMovesNothing() {
    Person cleo = ofThree();
    Person dora = Person.adult("dora");
    couple.lift(ana, pause).then().statusCode(200);
    Couple.join(dora, invitationOfAll(cleo));
    pause = couple.tap(ana);
    offer(ana, window(60, 400));
    offer(ben, window(60, 400));
    offer(cleo, window(100, 400));
    offer(dora, window(100, 160));
    String first = list(ana).getString("data[0].id");

    couple.leave(dora);

    assertThat(list(ana).getList("data.id")).containsExactly(first);
    CheckIns.end(couple, ben, first, "skip").then().statusCode(200);
    couple.leave(cleo);
    assertThat(states()).containsExactly("skipped");
  }

  /** Of two, one's own times would be all that is left. */
  @Test
  @Tag("S32")
  void whoStaysAloneHasNothingInCommon() {
    pause = couple.tap(ben);
    offer(ben, window(60, 120));

    couple.leave(ana);

    assertThat(list(ben).getList("data")).isEmpty();
    assertThat(as(ben).get("/v1/events").jsonPath().getList("data.type"))
        .doesNotContain("pause.returnOverlapChanged");
  }

  /** With a third, and a pause of Ana's. */
  private Person ofThree() {
    Person cleo = Person.adult("cleo");
    couple.lift(ana, pause).then().statusCode(200);
    couple.welcome(cleo);
    pause = couple.tap(ana);
    return cleo;
  }

  private String invitationOfAll(Person third) {
    JsonPath invitation = couple.agreedInvitation(ana, ben);
    as(third)
        .put(couple.path("/invitations/" + invitation.getString("id") + "/assents/me"))
        .then()
        .statusCode(200);
    return invitation.getString("code");
  }

  /** After a talk comes another one, which is found by the first. */
  @Test
  @Tag("S34")
  void whatFollowsATalkIsFoundByIt() {
    couple.lift(ana, pause).then().statusCode(200);
    String first = CheckIns.scheduled(couple, ana).getString("id");
    CheckIns.scheduled(couple, ana);
    String next =
        CheckIns.schedule(couple, ben, CheckIns.with(CheckIns.plan(), "followsId", first))
            .then()
            .statusCode(201)
            .extract()
            .path("id");

    for (Person person : List.of(ana, ben)) {
      as(person)
          .get(couple.path("/check-ins?followsId=" + first))
          .then()
          .statusCode(200)
          .body("data.id", is(List.of(next)));
    }
    for (String none : List.of(next, UUID.randomUUID().toString())) {
      as(ana)
          .get(couple.path("/check-ins?followsId=" + none))
          .then()
          .statusCode(200)
          .body("data", is(List.of()));
    }
  }
}
