package org.stillpoint.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Agreements.forbids;
import static org.stillpoint.testkit.Agreements.permits;

import io.restassured.path.json.JsonPath;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** What opens, or closes, a part of a member's own life never stays for long. */
@StillpointTest
@Tag("S19")
class OpennessTest {
  private Couple couple;
  private String forbidden;
  private String permitted;
  private String elsewhere;

  @BeforeEach
  void aCoupleThatAgreedOnFriends() {
    couple = Couple.create();
    JsonPath version =
        Agreements.agreed(
            couple,
            forbids(couple, "social", "parties"),
            permits(couple, "social"),
            permits(couple, "touch"));
    forbidden = version.getString("terms[0].id");
    permitted = version.getString("terms[1].id");
    elsewhere = version.getString("terms[2].id");
    SandboxClock.advance(Duration.ofHours(25));
  }

  private String state(String term) {
    return Agreements.state(couple, couple.ana(), term);
  }

  private String parties() {
    return Agreements.level(couple, couple.ana(), "social", "parties");
  }

  @Test
  void alsoWhatForbidsLapsesWithWhatItHeldClosed() {
    SandboxClock.advance(Duration.ofDays(29));
    assertThat(state(forbidden)).isEqualTo("active");

    SandboxClock.advance(Duration.ofDays(1));

    assertThat(state(forbidden)).isEqualTo("lapsed");
    assertThat(state(permitted)).isEqualTo("lapsed");
    assertThat(state(elsewhere)).isEqualTo("active");
    assertThat(parties()).isEqualTo("notPermitted");
  }

  @Test
  void eitherDropsItAtOnceWithoutAReasonAndNothingOpensByThat() {
    Agreements.delete(couple, couple.ben(), forbidden, "")
        .then()
        .statusCode(200)
        .body("state", is("ended"));

    assertThat(state(permitted)).isEqualTo("suspended");
    assertThat(state(elsewhere)).isEqualTo("active");
    assertThat(parties()).isEqualTo("notPermitted");
  }

  @Test
  void eitherSuspendsItAtOnce() {
    Agreements.put(couple, couple.ben(), forbidden, "/suspension")
        .then()
        .statusCode(200)
        .body("state", is("suspended"));

    assertThat(state(permitted)).isEqualTo("suspended");
    assertThat(parties()).isEqualTo("notPermitted");
  }
}
