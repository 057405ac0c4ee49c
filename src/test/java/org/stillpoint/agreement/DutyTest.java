package org.stillpoint.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.testkit.Agreements.permits;
import static org.stillpoint.testkit.Agreements.with;

import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** A permission doesn't act without the duty that was agreed with it. */
@StillpointTest
@Tag("S13")
class DutyTest {
  private Couple couple;
  private JsonPath version;

  @BeforeEach
  void aftercareAndWhatItIsFor() {
    couple = Couple.create();
    Map<String, Object> aftercare =
        with(
            Agreements.clause(
                "requires", "time", List.of(couple.ana(), couple.ben()), "We stay an hour"),
            "kind",
            "aftercare");
    version = Agreements.agreed(couple, aftercare, permits(couple, "sex"));
  }

  private String duty() {
    return version.getString("terms[0].id");
  }

  private String state(int place) {
    return Agreements.state(couple, couple.ana(), version.getString("terms[" + place + "].id"));
  }

  @Test
  void whoTakesTheDutyBackWhileBothCoolOffTakesBoth() {
    SandboxClock.advance(Duration.ofHours(23));
    Agreements.delete(couple, couple.ben(), duty(), "/assents/me").then().statusCode(200);

    SandboxClock.advance(Duration.ofHours(2));

    assertThat(state(0)).isEqualTo("notAgreed");
    assertThat(state(1)).isEqualTo("notAgreed");
  }

  @Test
  void whatIsToComeBackDoesNotOnceTheDutyHasEnded() {
    SandboxClock.advance(Duration.ofHours(25));
    String permission = version.getString("terms[1].id");
    Agreements.put(couple, couple.ana(), permission, "/suspension").then().statusCode(200);
    Agreements.put(couple, couple.ana(), permission, "/resumptions/me").then().statusCode(200);
    Agreements.put(couple, couple.ben(), permission, "/resumptions/me").then().statusCode(200);
    Agreements.delete(couple, couple.ben(), duty(), "").then().statusCode(200);

    SandboxClock.advance(Duration.ofHours(25));

    assertThat(state(1)).isEqualTo("suspended");
  }

  @Test
  void aTextThatIsOverBeforeItActsCanStillBeTakenBack() {
    Map<String, Object> line = Agreements.forbids(couple, "contact", "calls");
    JsonPath first = Agreements.agreed(couple, line);
    SandboxClock.advance(Duration.ofHours(25));
    String until = SandboxClock.now().plus(Duration.ofHours(30)).toString();
    JsonPath second =
        Agreements.json(
            Agreements.proposeNext(
                couple, couple.ana(), first, Map.of(0, with(line, "validUntil", until))),
            201);
    SandboxClock.advance(Duration.ofHours(20));
    Agreements.assent(couple, couple.ben(), second, 0).then().statusCode(200);
    SandboxClock.advance(Duration.ofHours(15));

    Agreements.delete(couple, couple.ana(), second.getString("terms[0].id"), "/assents/me")
        .then()
        .statusCode(200);

    SandboxClock.advance(Duration.ofHours(20));
    assertThat(Agreements.state(couple, couple.ana(), first.getString("terms[0].id")))
        .isEqualTo("active");
  }
}
