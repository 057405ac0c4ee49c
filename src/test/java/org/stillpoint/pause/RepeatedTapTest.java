package org.stillpoint.pause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
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
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.EventStreamClient;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** A tap that comes again, late or together with others. */
@StillpointTest
class RepeatedTapTest {
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Couple couple;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
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
            .as(Json.class, Json.READER);

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
        .as(Json.class, Json.READER);
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
            .as(Json.class, Json.READER);

    assertThat(pause.getString("id")).isNotEqualTo(bens.toString());
    couple.lift(couple.ana(), bens).then().statusCode(403);
    as(couple.ana()).get(couple.path("/pauses/" + bens)).then().body("id", is(bens.toString()));
  }
}
