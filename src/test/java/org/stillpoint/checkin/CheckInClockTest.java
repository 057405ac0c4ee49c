package org.stillpoint.checkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Api.as;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
import org.stillpoint.testkit.Tables;

/** The server counts the time of what is talked about, and a pause takes nothing of it. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
@Tag("S9")
class CheckInClockTest {
  /** Of each item; what requests take is far less than a part of it. */
  private static final int SECONDS = 600;

  private static final int REQUESTS = 20;

  private Couple couple;
  private Person ana;
  private Person ben;
  private String id;
  private String first;
  private String second;
  private String third;

  @BeforeEach
  void anOpenCheckIn() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    JsonPath open = CheckIns.open(couple, ana, ben);
    id = open.getString("id");
    first = open.getString("items[0].id");
    second = open.getString("items[1].id");
    third = open.getString("items[2].id");
  }

  private Response start(Person person, String item) {
    return CheckIns.start(couple, person, id, item);
  }

  private void started(String item) {
    start(ana, item).then().statusCode(200);
  }

  private static void pass(int seconds) {
    SandboxClock.advance(Duration.ofSeconds(seconds));
  }

  private JsonPath seen() {
    return CheckIns.get(couple, ben, id);
  }

  private void assertLeft(int seconds, boolean running) {
    JsonPath seen = seen();
    assertThat(seen.getInt("progress.remainingSeconds")).isBetween(seconds - REQUESTS, seconds);
    assertThat(seen.getBoolean("progress.running")).isEqualTo(running);
    if (running) {
      Duration until =
          Duration.between(SandboxClock.now(), Instant.parse(seen.getString("progress.endsAt")));
      assertThat(until.toSeconds()).isBetween(seconds - REQUESTS - 0L, seconds + 0L);
    } else {
      assertThat(seen.getString("progress.endsAt")).isNull();
    }
  }

  private void lift(Person person, UUID pause) {
    couple.lift(person, pause).then().statusCode(200);
  }

  private void goOn() {
    CheckIns.allReady(couple, id, ana, ben);
  }

  private static void refused(Response answer, String code) {
    answer.then().statusCode(409).body("code", is(code));
  }

  @Test
  void theTimeRunsForAllAlike() {
    assertThat(seen().getMap("progress")).isNull();

    start(ana, first).then().statusCode(200).body("progress.itemId", is(first));

    assertLeft(SECONDS, true);
    pass(200);
    assertLeft(400, true);
    assertThat(CheckIns.get(couple, ana, id).getInt("progress.remainingSeconds"))
        .isBetween(400 - REQUESTS, 400);
    assertThat(as(ben).get("/v1/events").as(Json.class, Json.READER).getList("data.type"))
        .containsOnlyOnce("checkIn.changed");
    start(ben, first).then().statusCode(200);
    assertLeft(400, true);
  }

  @Test
  void whenTheTimeIsUpNothingHappens() {
    started(first);
    List<Object> events = as(ben).get("/v1/events").as(Json.class, Json.READER).getList("data");

    pass(SECONDS);

    assertLeft(0, false);
    assertThat(seen().getBoolean("progress.mayGoOn")).isTrue();
    assertThat(seen().getString("progress.itemId")).isEqualTo(first);
    assertThat(seen().getString("state")).isEqualTo("open");
    assertThat(as(ben).get("/v1/events").as(Json.class, Json.READER).getList("data"))
        .isEqualTo(events);
  }

  /** Nobody is hurried on, and no item is left out by one alone. */
  @Test
  void oneItemComesAfterAnotherEachWithItsOwnTime() {
    refused(start(ana, second), "item-not-next");
    started(first);
    pass(300);
    refused(start(ben, second), "item-not-over");
    assertThat(seen().getBoolean("progress.mayGoOn")).isFalse();
    pass(300);
    refused(start(ben, third), "item-not-next");

    start(ben, second).then().statusCode(200);

    assertLeft(SECONDS, true);
    refused(start(ben, first), "item-not-next");
    refused(start(ben, third), "item-not-over");
    pass(SECONDS);
    start(ben, third).then().statusCode(200);
    assertLeft(SECONDS, true);
    pass(SECONDS);
    refused(start(ben, first), "item-not-next");
  }

  @Test
  void aPauseTakesNothingOfTheTime() {
    started(first);
    pass(100);
    UUID pause = couple.tap(ana);
    pass(1_000);
    assertLeft(500, false);

    lift(ana, pause);

    pass(1_000);
    assertLeft(500, false);
    assertThat(seen().getBoolean("held")).isTrue();
    goOn();
    assertLeft(500, true);
    pass(100);
    assertLeft(400, true);
  }

  @Test
  void onePauseAfterAnotherTakesNothing() {
    started(first);
    for (int left = 500; left >= 300; left -= 100) {
      pass(100);
      UUID pause = couple.tap(ben);
      pass(1_000);
      lift(ben, pause);
      // Another one before all are ready again.
      lift(ana, couple.tap(ana));
      goOn();
      assertLeft(left, true);
    }
  }

  /** Whichever of the two ends first. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void pausesThatOverlapTakeNothing(boolean firstEndsFirst) {
    started(first);
    pass(100);
    UUID anas = couple.tap(ana);
    pass(100);
    UUID bens = couple.tap(ben);
    pass(100);
    assertLeft(500, false);

    lift(firstEndsFirst ? ana : ben, firstEndsFirst ? anas : bens);
    pass(100);
    assertLeft(500, false);
    lift(firstEndsFirst ? ben : ana, firstEndsFirst ? bens : anas);

    assertLeft(500, false);
    goOn();
    assertLeft(500, true);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void thePauseOfWhoTakesNoPartTakesNothing(boolean leaves) {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    started(first);
    pass(100);
    UUID pause = couple.tap(cleo);
    pass(1_000);
    assertLeft(500, false);

    if (leaves) {
      couple.leave(cleo);
    } else {
      lift(cleo, pause);
    }

    pass(1_000);
    assertLeft(500, false);
    goOn();
    assertLeft(500, true);
  }

  @Test
  @Tag("S3")
  void aPauseThatIsNeverLiftedLeavesTheTimeAsItIs() {
    started(first);
    pass(100);
    couple.tap(ana);

    SandboxClock.advance(Duration.ofDays(6));
    assertLeft(500, false);

    SandboxClock.advance(Duration.ofDays(2));
    assertThat(seen().getString("state")).isEqualTo("closed");
    assertThat(seen().getMap("progress")).isNull();
  }

  /** A tap that had to wait for its turn to be stored came in before what it came after. */
  @Test
  void aTapOfAMomentBeforeTheStartStopsItAtItsBeginning() throws SQLException {
    started(first);
    UUID pause = couple.tap(ana);
    Tables.change(
        "update pause set received_at = (select running_since from check_in where id = ?)"
            + " - interval '7 milliseconds' where id = ?",
        UUID.fromString(id),
        pause);
    pass(1_000);

    assertThat(seen().getInt("progress.remainingSeconds")).isEqualTo(SECONDS);
    lift(ana, pause);

    assertThat(seen().getInt("progress.remainingSeconds")).isEqualTo(SECONDS);
    goOn();
    assertLeft(SECONDS, true);
  }

  /** A talk that nobody closed keeps nobody from lifting a pause. */
  @Test
  @Tag("S3")
  void whatRanForVeryLongKeepsNobodyFromLifting() {
    started(first);
    SandboxClock.advance(Duration.ofDays(60));

    lift(ana, couple.tap(ana));

    assertThat(seen().getString("state")).isEqualTo("closed");
  }

  @Test
  void nothingOfItHappensInAPauseOrBeforeAllAreReady() {
    started(first);
    UUID pause = couple.tap(ben);
    for (Person person : List.of(ana, ben)) {
      refused(start(person, second), "check-in-held");
      refused(CheckIns.wishToGoOn(couple, person, id, first), "check-in-held");
    }
    pass(SECONDS);
    lift(ben, pause);
    for (Person person : List.of(ana, ben)) {
      refused(start(person, second), "check-in-held");
      refused(CheckIns.wishToGoOn(couple, person, id, first), "check-in-held");
    }
    String planned = CheckIns.scheduled(couple, ana).getString("id");
    String item = CheckIns.item(CheckIns.get(couple, ana, planned), "sealed");
    refused(CheckIns.start(couple, ana, planned, item), "check-in-not-open");
    CheckIns.end(couple, ben, id, "close").then().statusCode(200).body("progress", nullValue());
    refused(start(ana, second), "check-in-over");
  }

  @Test
  @Tag("S16")
  void allTogetherGoOnBeforeTheTimeIsUp() {
    started(first);
    CheckIns.wishToGoOn(couple, ana, id, first).then().statusCode(200).body("wishes", is(true));
    assertThat(wishes(ana)).isTrue();
    assertThat(wishes(ben)).isFalse();
    assertThat(seen().getBoolean("progress.mayGoOn")).isFalse();
    refused(start(ana, second), "item-not-over");
    refused(CheckIns.wishToGoOn(couple, ben, id, second), "item-not-current");

    CheckIns.wishToGoOn(couple, ben, id, first).then().statusCode(200);

    assertThat(seen().getBoolean("progress.mayGoOn")).isTrue();
    as(ben).delete(CheckIns.wish(couple, id, first)).then().body("wishes", is(true));
    start(ana, second).then().statusCode(200);
    assertLeft(SECONDS, true);
    assertThat(wishes(ana)).isFalse();
    refused(start(ana, third), "item-not-over");
    CheckIns.wishToGoOn(couple, ana, id, second).then().statusCode(200);
    refused(start(ana, third), "item-not-over");
  }

  private boolean wishes(Person person) {
    String item = seen().getString("progress.itemId");
    return as(person)
        .get(CheckIns.wish(couple, id, item))
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER)
        .get("wishes");
  }

  @Test
  @Tag("S16")
  void whoWouldRatherStayIsNotTakenAlong() {
    started(first);
    CheckIns.wishToGoOn(couple, ana, id, first).then().statusCode(200);
    as(ana).delete(CheckIns.wish(couple, id, first)).then().body("wishes", is(false));

    CheckIns.wishToGoOn(couple, ben, id, first).then().statusCode(200);

    refused(start(ben, second), "item-not-over");
    assertThat(wishes(ana)).isFalse();
  }

  /** Neither one alone nor all: whatever was wished before a pause is wished anew. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("S16")
  void aWishOfBeforeAPauseCountsNoMore(boolean all) {
    started(first);
    CheckIns.wishToGoOn(couple, ana, id, first).then().statusCode(200);
    if (all) {
      CheckIns.wishToGoOn(couple, ben, id, first).then().statusCode(200);
    }
    lift(ben, couple.tap(ben));
    goOn();

    if (!all) {
      CheckIns.wishToGoOn(couple, ben, id, first).then().statusCode(200);
    }

    assertThat(seen().getBoolean("progress.mayGoOn")).isFalse();
    refused(start(ben, second), "item-not-over");
  }

  /** To wish to go on from an item is not to be ready after a pause, nor the other way round. */
  @Test
  @Tag("S16")
  void aWishIsNoReadinessAndAReadinessNoWish() {
    started(first);
    for (Person person : List.of(ana, ben)) {
      CheckIns.ready(couple, person, id).then().statusCode(200);
    }
    refused(start(ben, second), "item-not-over");
    CheckIns.wishToGoOn(couple, ana, id, first).then().statusCode(200);
    UUID pause = couple.tap(ana);
    assertThat(
            (Boolean)
                as(ana)
                    .get(CheckIns.readiness(couple, id))
                    .as(Json.class, Json.READER)
                    .get("ready"))
        .isFalse();

    lift(ana, pause);

    assertThat(
            (Boolean)
                as(ana)
                    .get(CheckIns.readiness(couple, id))
                    .as(Json.class, Json.READER)
                    .get("ready"))
        .isFalse();
    CheckIns.allReady(couple, id, ben);
    assertThat(seen().getBoolean("held")).isTrue();
  }
}
