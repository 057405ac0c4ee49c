package org.stillpoint.pause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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
import org.stillpoint.testkit.EventStreamClient;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** Times to return stay private; only what all have in common is shown. */
@StillpointTest
class ReturnWindowTest {
  private Couple couple;
  private UUID pause;
  private Instant evening;

  @BeforeEach
  void aPausedCouple() {
    couple = Couple.create();
    pause = couple.tap(couple.ana());
    evening = SandboxClock.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(30));
  }

  private Response offer(Person person, int fromHour, int toHour) {
    return as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("windows", List.of(window(fromHour, toHour))))
        .put(path());
  }

  private Map<String, String> window(int fromHour, int toHour) {
    return Map.of(
        "startsAt", evening.plus(Duration.ofHours(fromHour)).toString(),
        "endsAt", evening.plus(Duration.ofHours(toHour)).toString());
  }

  private String path() {
    return couple.path("/pauses/" + pause + "/return-windows");
  }

  private String view(Person person) {
    return as(person).get(path()).then().statusCode(200).extract().asString();
  }

  @Test
  @Tag("S11")
  void onlyTheOverlapIsShown() {
    offer(couple.ana(), 0, 4).then().statusCode(200).body("overlap", is(empty()));
    offer(couple.ben(), 2, 6).then().statusCode(200);

    for (Person person : List.of(couple.ana(), couple.ben())) {
      as(person)
          .get(path())
          .then()
          .body("overlap", hasSize(1))
          .body("windows", hasSize(1))
          .body("overlap[0].startsAt", is(millis(evening.plus(Duration.ofHours(2)))))
          .body("overlap[0].endsAt", is(millis(evening.plus(Duration.ofHours(4)))));
    }
    assertThat(view(couple.ben())).doesNotContain(millis(evening));
  }

  private static String millis(Instant instant) {
    return instant.toString().replace("Z", ".000Z");
  }

  @Test
  @Tag("S11")
  void nothingTellsThatTheOtherHasOfferedTimes() {
    String before = view(couple.ben());
    try (EventStreamClient ben = EventStreamClient.open(couple.ben())) {
      offer(couple.ana(), 0, 4).then().statusCode(200);

      assertThat(view(couple.ben())).isEqualTo(before);
      couple.lift(couple.ana(), pause);
      assertThat(ben.next().type()).isEqualTo("pause.lifted");
    }
  }

  @Test
  @Tag("S11")
  void anEmptyOverlapLooksTheSameWhetherTheOtherOfferedOrNot() {
    offer(couple.ben(), 0, 2).then().statusCode(200);
    String before = view(couple.ben());

    offer(couple.ana(), 5, 7).then().statusCode(200);

    assertThat(view(couple.ben())).isEqualTo(before);
  }

  @Test
  @Tag("S11")
  void nobodyReadsTheOthersTimesByTryingThemOut() {
    offer(couple.ana(), 3, 4);
    offer(couple.ben(), 0, 2).then().statusCode(200);

    offer(couple.ben(), 2, 4)
        .then()
        .statusCode(409)
        .body("code", is("return-windows-not-yet-changeable"));
    wrongly(couple.ben())
        .contentType(ContentType.JSON)
        .body(Map.of("windows", List.of(window(0, 12), window(12, 25))))
        .put(path())
        .then()
        .statusCode(400)
        .body("errors[0].pointer", is("/windows"));
  }

  @Test
  @Tag("S11")
  void ofOffersThatRaceOneCounts() throws Exception {
    List<Callable<Integer>> race =
        IntStream.range(0, 12)
            .<Callable<Integer>>mapToObj(
                i -> () -> offer(couple.ben(), 24 * i, 24 * i + 24).statusCode())
            .toList();
    List<Integer> answers = new ArrayList<>();
    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> answer : senders.invokeAll(race)) {
        answers.add(answer.get());
      }
    }

    assertThat(answers).containsOnly(200, 409).containsOnlyOnce(200);
    as(couple.ben()).get(path()).then().body("windows", hasSize(1));
  }

  @Test
  @Tag("S11")
  void aPauseIsCompleteWithoutATimeToReturn() {
    as(couple.ana()).get(path()).then().statusCode(200).body("windows", is(empty()));

    couple.lift(couple.ana(), pause).then().statusCode(200);
  }

  @Test
  void aWindowThatEndsBeforeItBeginsIsRefused() {
    offer(couple.ana(), 4, 2)
        .then()
        .statusCode(400)
        .body("errors[0].pointer", is("/windows/0/endsAt"));
  }
}
