package org.stillpoint.checkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;

import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** Nothing begins without a yes of each, said now. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
@Tag("S16")
class ReadinessTest {
  private Couple couple;
  private Person ana;
  private Person ben;
  private String id;

  @BeforeEach
  void aCoupleWithAPlan() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    id = CheckIns.scheduled(couple, ana).getString("id");
  }

  private boolean ready(Person person) {
    return as(person)
        .get(CheckIns.readiness(couple, id))
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER)
        .get("ready");
  }

  @Test
  void itOpensWhenAllAreReadyAndNotBefore() {
    CheckIns.ready(couple, ana, id).then().statusCode(200).body("ready", is(true));
    assertThat(CheckIns.state(couple, ana, id)).isEqualTo("scheduled");
    assertThat(ready(ana)).isTrue();
    assertThat(ready(ben)).isFalse();

    CheckIns.ready(couple, ben, id).then().statusCode(200).body("ready", is(true));

    assertThat(CheckIns.state(couple, ana, id)).isEqualTo("open");
    assertThat(ready(ana)).isTrue();
    CheckIns.ready(couple, ben, id).then().statusCode(200);
    assertThat(CheckIns.get(couple, ana, id).getBoolean("held")).isFalse();
  }

  @Test
  void ofThreeAllHaveToBeReady() {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    JsonPath planned = CheckIns.scheduled(couple, ana);
    id = planned.getString("id");

    CheckIns.allReady(couple, id, ana, ben);
    assertThat(CheckIns.state(couple, ana, id)).isEqualTo("scheduled");

    CheckIns.allReady(couple, id, cleo);
    assertThat(CheckIns.state(couple, ana, id)).isEqualTo("open");
  }

  @Test
  void whoThinksBetterOfItIsNotReady() {
    CheckIns.ready(couple, ana, id).then().statusCode(200);
    CheckIns.notReady(couple, ana, id).then().statusCode(200).body("ready", is(false));

    CheckIns.ready(couple, ben, id).then().statusCode(200);

    assertThat(CheckIns.state(couple, ana, id)).isEqualTo("scheduled");
  }

  /** A yes of noon opens nothing at night. */
  @Test
  void aReadinessIsForNow() {
    CheckIns.ready(couple, ana, id).then().statusCode(200);
    SandboxClock.advance(Duration.ofMinutes(31));
    assertThat(ready(ana)).isFalse();

    CheckIns.ready(couple, ben, id).then().statusCode(200);

    assertThat(CheckIns.state(couple, ana, id)).isEqualTo("scheduled");
    CheckIns.ready(couple, ana, id).then().statusCode(200);
    assertThat(CheckIns.state(couple, ana, id)).isEqualTo("open");
  }

  @Test
  void itIsNotAskedForLongBefore() {
    String later =
        SandboxClock.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofHours(1)).toString();
    id =
        CheckIns.schedule(couple, ana, CheckIns.with(CheckIns.plan(), "startsAt", later))
            .path("id");
    CheckIns.ready(couple, ben, id).then().statusCode(409).body("code", is("check-in-not-yet"));

    SandboxClock.advance(Duration.ofMinutes(46));

    CheckIns.allReady(couple, id, ben, ana);
    assertThat(CheckIns.state(couple, ana, id)).isEqualTo("open");
  }

  @Test
  void whatIsOverDoesNotOpen() {
    CheckIns.ready(couple, ana, id).then().statusCode(200);
    CheckIns.end(couple, ben, id, "skip").then().statusCode(200);

    CheckIns.ready(couple, ben, id).then().statusCode(409).body("code", is("check-in-over"));
    assertThat(ready(ana)).isFalse();
    CheckIns.notReady(couple, ana, id).then().statusCode(200);
  }
}
