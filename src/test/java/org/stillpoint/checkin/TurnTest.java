package org.stillpoint.checkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Api.as;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** One speaks and is heard, and then another; nobody is cut short, and nobody is kept. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
class TurnTest {
  private Couple couple;
  private Person ana;
  private Person ben;
  private String id;
  private String item;

  @BeforeEach
  void aTalkInTurns() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    begin(ana, ben);
  }

  private void begin(Person... participants) {
    JsonPath open = CheckIns.open(couple, CheckIns.planInTurns(), participants);
    id = open.getString("id");
    item = open.getString("items[0].id");
    CheckIns.start(couple, ana, id, item).then().statusCode(200);
  }

  private Response speak(Person person) {
    return CheckIns.speak(couple, person, id, item);
  }

  private Response say(Person person, String what) {
    return CheckIns.inTurn(couple, person, id, item, what);
  }

  private void spoken(Person person) {
    speak(person).then().statusCode(200);
    said(person, "finish");
    said(person, "heard");
  }

  private void said(Person person, String what) {
    say(person, what).then().statusCode(200);
  }

  private static void refused(Response answer, String code) {
    answer.then().statusCode(409).body("code", is(code));
  }

  private static String of(Person person) {
    return person.id().toString();
  }

  @Test
  void oneSpeaksIsHeardAndThenTheOtherSpeaks() {
    speak(ana)
        .then()
        .statusCode(200)
        .body("progress.turn.speakerId", is(of(ana)))
        .body("progress.turn.state", is("speaking"))
        .body("progress.toSpeakIds", contains(of(ben)));
    refused(speak(ben), "turn-not-free");
    refused(say(ana, "heard"), "turn-not-reflected");
    refused(say(ana, "not-yet"), "turn-not-reflected");
    said(ana, "finish");
    assertThat(CheckIns.get(couple, ben, id).getString("progress.turn.state"))
        .isEqualTo("reflecting");
    refused(speak(ben), "turn-not-free");

    say(ana, "heard").then().statusCode(200).body("progress.turn", nullValue());

    refused(speak(ana), "turn-had");
    speak(ben).then().statusCode(200).body("progress.turn.speakerId", is(of(ben)));
    said(ben, "finish");
    say(ben, "heard")
        .then()
        .statusCode(200)
        .body("progress.toSpeakIds", containsInAnyOrder(of(ana), of(ben)));
    speak(ana).then().statusCode(200).body("progress.toSpeakIds", contains(of(ben)));
  }

  /** Nobody finishes, or is heard, in the name of another. */
  @Test
  void theTurnIsTheSpeakersAlone() {
    for (String what : List.of("finish", "heard", "not-yet")) {
      refused(say(ben, what), "turn-not-yours");
    }
    speak(ana).then().statusCode(200);
    for (String what : List.of("finish", "heard", "not-yet")) {
      refused(say(ben, what), "turn-not-yours");
    }
    said(ana, "finish");
    for (String what : List.of("finish", "heard", "not-yet")) {
      refused(say(ben, what), "turn-not-yours");
    }
  }

  @Test
  void whoIsNotHeardSaysItAgainTwice() {
    speak(ana).then().statusCode(200);
    for (int i = 0; i < 2; i++) {
      said(ana, "finish");
      say(ana, "not-yet").then().statusCode(200).body("progress.turn.state", is("speaking"));
    }
    said(ana, "finish");
    refused(say(ana, "not-yet"), "turn-often-not-yet");
    said(ana, "heard");

    speak(ben).then().statusCode(200);
    said(ben, "finish");
    said(ben, "not-yet");
  }

  /** Who never feels heard keeps nobody. */
  @Test
  void whoListensPassesWhenSomethingIsToBeSaidBack() {
    speak(ana).then().statusCode(200);
    say(ben, "pass").then().statusCode(200).body("progress.turn.speakerId", is(of(ana)));
    said(ana, "finish");

    say(ben, "pass").then().statusCode(200).body("progress.turn", nullValue());

    assertThat(CheckIns.get(couple, ben, id).getString("progress.itemId")).isEqualTo(item);
  }

  /** And who listens cuts nobody short. */
  @Test
  void aTurnHasItsTimeWhichIsTheSameForAll() {
    speak(ana).then().statusCode(200);
    assertThat(CheckIns.get(couple, ben, id).getInt("progress.turn.remainingSeconds"))
        .isBetween(290, 300);
    SandboxClock.advance(Duration.ofSeconds(200));
    said(ana, "finish");
    said(ana, "not-yet");
    refused(speak(ben), "turn-not-free");
    assertThat(CheckIns.get(couple, ben, id).getInt("progress.turn.remainingSeconds"))
        .isBetween(80, 100);

    SandboxClock.advance(Duration.ofSeconds(100));

    speak(ben).then().statusCode(200).body("progress.turn.speakerId", is(of(ben)));
    refused(say(ana, "heard"), "turn-not-yours");
    refused(speak(ana), "turn-not-free");
  }

  @Test
  void whoDoesNotWishToSpeakPassesAndTheOtherMaySpeakAgain() {
    spoken(ana);
    refused(speak(ana), "turn-had");

    say(ben, "pass").then().statusCode(200).body("progress.turn", nullValue());

    speak(ana).then().statusCode(200);
    say(ana, "pass").then().statusCode(200).body("progress.turn", nullValue());
    refused(speak(ana), "turn-had");
  }

  /** Passing over and over again reaches nobody. */
  @Test
  void passingAgainChangesNothing() {
    said(ben, "pass");
    List<Object> events = as(ana).get("/v1/events").as(Json.class, Json.READER).getList("data");

    said(ben, "pass");
    said(ben, "pass");

    assertThat(as(ana).get("/v1/events").as(Json.class, Json.READER).getList("data"))
        .isEqualTo(events);
  }

  @Test
  void ofThreeEachHasAThird() {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    begin(ana, ben, cleo);
    speak(cleo)
        .then()
        .statusCode(200)
        .body("progress.toSpeakIds", containsInAnyOrder(of(ana), of(ben)));

    assertThat(CheckIns.get(couple, ben, id).getInt("progress.turn.remainingSeconds"))
        .isBetween(190, 200);
  }

  @Test
  @Tag("S9")
  void aPauseTakesNothingOfATurn() {
    speak(ana).then().statusCode(200);
    SandboxClock.advance(Duration.ofSeconds(100));
    UUID pause = couple.tap(ben);
    SandboxClock.advance(Duration.ofSeconds(1_000));
    refused(speak(ben), "check-in-held");
    for (String what : List.of("finish", "heard", "not-yet", "pass")) {
      refused(say(ana, what), "check-in-held");
    }
    couple.lift(ben, pause).then().statusCode(200);
    refused(say(ana, "finish"), "check-in-held");

    CheckIns.allReady(couple, id, ana, ben);

    JsonPath seen = CheckIns.get(couple, ben, id);
    assertThat(seen.getString("progress.turn.speakerId")).isEqualTo(of(ana));
    assertThat(seen.getInt("progress.turn.remainingSeconds")).isBetween(180, 200);
    said(ana, "finish");
  }

  @Test
  void withoutTurnsOrInAnotherItemThereIsNone() {
    String next = CheckIns.get(couple, ana, id).getString("items[1].id");
    refused(CheckIns.speak(couple, ana, id, next), "item-not-current");
    speak(ana).then().statusCode(200);
    SandboxClock.advance(Duration.ofSeconds(600));
    CheckIns.start(couple, ben, id, next)
        .then()
        .statusCode(200)
        .body("progress.turn", nullValue())
        .body("progress.toSpeakIds", containsInAnyOrder(of(ana), of(ben)));
    refused(say(ana, "finish"), "item-not-current");
    SandboxClock.advance(Duration.ofSeconds(600));
    String last = CheckIns.get(couple, ana, id).getString("items[2].id");
    CheckIns.start(couple, ben, id, last)
        .then()
        .statusCode(200)
        .body("progress.toSpeakIds", empty());

    refused(CheckIns.speak(couple, ana, id, last), "item-without-turns");
    refused(CheckIns.inTurn(couple, ana, id, last, "pass"), "item-without-turns");
  }

  /** Whoever spoke long, and whoever was not heard: nothing is left of it. */
  @Test
  @Tag("S26")
  void nobodysSpeakingTimesAreKept() throws SQLException {
    String anaLong = talk(ana, 250, ben, 10);
    String benLong = talk(ben, 10, ana, 250);

    assertThat(anaLong).isEqualTo(benLong);
    CheckIns.end(couple, ana, id, "close").then().statusCode(200).body("progress", nullValue());
    assertThat(stored()).as("when it is over, not even the item").isEqualTo("(,,0,f,{},,,0,0)");
  }

  /** What is left after both have spoken, apart from the item's own time, and what was told. */
  private String talk(Person one, int seconds, Person other, int otherSeconds) throws SQLException {
    begin(ana, ben);
    for (Person person : List.of(one, other)) {
      speak(person).then().statusCode(200);
      SandboxClock.advance(Duration.ofSeconds(person == one ? seconds : otherSeconds));
      said(person, "finish");
      said(person, "heard");
    }
    String events =
        as(ben)
            .get("/v1/events")
            .as(Json.class, Json.READER)
            .getList(
                "data.findAll { it.resource.id == '" + id + "' }.collect { it.type + it.keySet() }")
            .toString();
    return stored().replaceFirst("\\([^,]*,[^,]*,", "(") + events;
  }

  private String stored() throws SQLException {
    return String.valueOf(
        Tables.read(
            "select (item_id, running_since, spent_millis, goes_on, spoken_ids, speaker_id,"
                + " turn_state, turn_from, not_yets)::text from check_in where id = ?",
            UUID.fromString(id)));
  }
}
