package org.stillpoint.pause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** Only who raised a pause ends it. */
@StillpointTest
class LiftTest {
  private Couple couple;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
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
    String ended =
        couple
            .lift(couple.ana(), pause)
            .then()
            .extract()
            .as(Json.class, Json.READER)
            .get("endedAt");

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
}
