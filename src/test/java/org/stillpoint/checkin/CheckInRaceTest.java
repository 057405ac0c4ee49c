package org.stillpoint.checkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.testkit.Api.as;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** Two at once: one outcome, the same for both, and never a word that was taken back. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
@Tag("S22")
class CheckInRaceTest {
  private static final int TIMES = 6;
  private static final String REVEALED = "checkIn.answersRevealed";

  private Couple couple;
  private Person ana;
  private Person ben;
  private Person cleo;
  private String id;
  private String sealed;

  @BeforeEach
  void threeInATalk() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    cleo = Person.adult("cleo");
    couple.welcome(cleo);
    JsonPath open = CheckIns.open(couple, ana, ben, cleo);
    id = open.getString("id");
    sealed = CheckIns.item(open, "sealed");
    Stream.of(ana, ben, cleo)
        .forEach(
            person ->
                CheckIns.write(couple, person, id, sealed, Map.of("text", "Of " + person.id()))
                    .then()
                    .statusCode(200));
  }

  private static int[] both(Callable<Response> one, Callable<Response> other) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      List<Future<Integer>> answers =
          Stream.of(one, other)
              .map(
                  call ->
                      pool.submit(
                          () -> {
                            start.await();
                            return call.call().statusCode();
                          }))
              .toList();
      return new int[] {answers.get(0).get(), answers.get(1).get()};
    }
  }

  private Response submit(Person person) {
    return CheckIns.submit(couple, person, id, sealed);
  }

  private List<String> read(Person person) {
    return CheckIns.read(couple, person, id, sealed);
  }

  private long told(String type) {
    List<String> types =
        as(ana).get("/v1/events").then().extract().as(Json.class, Json.READER).get("data.type");
    return Collections.frequency(types, type);
  }

  @RepeatedTest(TIMES)
  void ofTwoLastAnswersAtOnceOneReveals() throws Exception {
    submit(ana).then().statusCode(200);

    assertThat(both(() -> submit(ben), () -> submit(cleo))).containsOnly(200);

    assertThat(read(ana)).hasSize(3);
    assertThat(told(REVEALED)).isEqualTo(1);
  }

  @RepeatedTest(TIMES)
  void whatATwoHundredTookBackIsNeverRevealed() throws Exception {
    submit(ana).then().statusCode(200);
    submit(ben).then().statusCode(200);

    int[] answers = both(() -> submit(cleo), () -> CheckIns.takeBack(couple, ana, id, sealed));

    assertThat(answers[0]).isEqualTo(200);
    assertThat(answers[1]).isIn(200, 409);
    assertThat(read(ben)).hasSize(answers[1] == 200 ? 0 : 3);
    assertThat(told(REVEALED)).isEqualTo(answers[1] == 200 ? 0 : 1);
  }

  /** On two phones of one person, one submits and the other writes. */
  @RepeatedTest(TIMES)
  void nothingIsWrittenAfterItWasRevealed() throws Exception {
    submit(ben).then().statusCode(200);
    submit(cleo).then().statusCode(200);

    int[] answers =
        both(
            () -> submit(ana),
            () -> CheckIns.write(couple, ana, id, sealed, Map.of("text", "Second thoughts")));

    assertThat(answers[0]).isEqualTo(200);
    assertThat(answers[1]).isIn(200, 409);
    assertThat(read(ben)).as("the last one was submitted").hasSize(3);
    assertThat(read(ben)).contains(answers[1] == 200 ? "Second thoughts" : "Of " + ana.id());
    assertThat(CheckIns.own(couple, ana, id, sealed).getString("text"))
        .isEqualTo(answers[1] == 200 ? "Second thoughts" : "Of " + ana.id());
  }

  @RepeatedTest(TIMES)
  void aRevealIsBeforeThePauseOrNotAtAll() throws Exception {
    submit(ben).then().statusCode(200);
    submit(cleo).then().statusCode(200);

    int[] answers = both(() -> submit(ana), () -> couple.tap(ben, "pause"));

    assertThat(answers[1]).isEqualTo(200);
    assertThat(answers[0]).isIn(200, 409);
    assertThat(read(ben)).hasSize(answers[0] == 200 ? 3 : 0);
    List<String> told =
        as(ana).get("/v1/events").then().extract().as(Json.class, Json.READER).get("data.type");
    assertThat(told.contains(REVEALED)).isEqualTo(answers[0] == 200);
    if (answers[0] == 200) {
      assertThat(told.indexOf(REVEALED)).isLessThan(told.indexOf("pause.raised"));
    } else {
      assertThat(CheckIns.own(couple, ana, id, sealed).getBoolean("submitted")).isFalse();
    }
  }

  /** Who goes makes the rest no "all". */
  @RepeatedTest(TIMES)
  @Tag("S32")
  void leavingRevealsNothing() throws Exception {
    submit(ana).then().statusCode(200);
    submit(ben).then().statusCode(200);

    int[] answers = both(() -> submit(cleo), () -> as(cleo).delete(couple.path("/members/me")));

    assertThat(answers[1]).isEqualTo(204);
    assertThat(answers[0]).isIn(200, 404, 409);
    assertThat(CheckIns.state(couple, ana, id)).isEqualTo("closed");
    assertThat(read(ana)).as("but Cleo's").hasSize(answers[0] == 200 ? 2 : 0);
    assertThat(told(REVEALED)).isEqualTo(answers[0] == 200 ? 1 : 0);
  }

  @RepeatedTest(TIMES)
  @Tag("S16")
  void ofTwoLastOnesReadyAtOnceOneOpensIt() throws Exception {
    String next = CheckIns.scheduled(couple, ana).getString("id");
    CheckIns.ready(couple, ana, next).then().statusCode(200);

    assertThat(
            both(() -> CheckIns.ready(couple, ben, next), () -> CheckIns.ready(couple, cleo, next)))
        .containsOnly(200);

    assertThat(CheckIns.state(couple, ana, next)).isEqualTo("open");
    assertThat(told("checkIn.opened")).as("and that of the first").isEqualTo(2);
  }

  @RepeatedTest(TIMES)
  void closingIsBeforeTheRevealOrAfterIt() throws Exception {
    submit(ana).then().statusCode(200);
    submit(ben).then().statusCode(200);

    int[] answers = both(() -> submit(cleo), () -> CheckIns.end(couple, ben, id, "close"));

    assertThat(answers[1]).isEqualTo(200);
    assertThat(answers[0]).isIn(200, 409);
    assertThat(CheckIns.state(couple, ana, id)).isEqualTo("closed");
    assertThat(read(ana)).hasSize(answers[0] == 200 ? 3 : 0);
  }

  @RepeatedTest(TIMES)
  @Tag("S9")
  void anItemStartsBeforeThePauseOrNotAtAll() throws Exception {
    int[] answers = both(() -> start(ana, sealed), () -> couple.tap(ben, "pause"));

    assertThat(answers[1]).isEqualTo(200);
    assertThat(answers[0]).isIn(200, 409);
    JsonPath seen = CheckIns.get(couple, cleo, id);
    assertThat(seen.getBoolean("held")).isTrue();
    List<String> told =
        as(ana).get("/v1/events").then().extract().as(Json.class, Json.READER).get("data.type");
    assertThat(told.contains("checkIn.changed")).isEqualTo(answers[0] == 200);
    if (answers[0] == 200) {
      assertThat(told.indexOf("checkIn.changed")).isLessThan(told.indexOf("pause.raised"));
      assertThat(seen.getBoolean("progress.running")).isFalse();
      int left = seen.getInt("progress.remainingSeconds");
      assertThat(left).as("the pause came with it").isBetween(595, 600);
      Thread.sleep(1_100);
      assertThat(CheckIns.get(couple, cleo, id).getInt("progress.remainingSeconds"))
          .isEqualTo(left);
    } else {
      assertThat(seen.getMap("progress")).isNull();
    }
  }

  private Response start(Person person, String item) {
    return CheckIns.start(couple, person, id, item);
  }

  @RepeatedTest(TIMES)
  void ofTwoWhoStartAnItemAtOnceOneDoes() throws Exception {
    assertThat(both(() -> start(ana, sealed), () -> start(ben, sealed))).containsOnly(200);

    assertThat(CheckIns.get(couple, cleo, id).getString("progress.itemId")).isEqualTo(sealed);
    assertThat(told("checkIn.changed")).isEqualTo(1);
  }

  @RepeatedTest(TIMES)
  void ofTwoLastWishesToGoOnAtOnceOneLetsItGoOn() throws Exception {
    start(ana, sealed).then().statusCode(200);
    wish(ana).then().statusCode(200);

    assertThat(both(() -> wish(ben), () -> wish(cleo))).containsOnly(200);

    assertThat(CheckIns.get(couple, cleo, id).getBoolean("progress.mayGoOn")).isTrue();
    assertThat(told("checkIn.changed")).as("and that of the start").isEqualTo(2);
  }

  private Response wish(Person person) {
    return CheckIns.wishToGoOn(couple, person, id, sealed);
  }

  /** Two lifts of pauses that overlapped count the time once. */
  @RepeatedTest(TIMES)
  @Tag("S3")
  void ofTwoPausesThatEndAtOnceTheClockLosesNothing() throws Exception {
    start(ana, sealed).then().statusCode(200);
    UUID anas = couple.tap(ana);
    UUID bens = couple.tap(ben);
    int left = CheckIns.get(couple, cleo, id).getInt("progress.remainingSeconds");
    SandboxClock.advance(Duration.ofMinutes(3));

    assertThat(both(() -> couple.lift(ana, anas), () -> couple.lift(ben, bens))).containsOnly(200);

    CheckIns.allReady(couple, id, ana, ben, cleo);
    assertThat(CheckIns.get(couple, cleo, id).getInt("progress.remainingSeconds"))
        .isBetween(left - 5, left);
  }
}
