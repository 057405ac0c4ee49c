package org.stillpoint.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** Not before a day that I name; anyone puts it off further, and only all of us bring it nearer. */
@StillpointTest
@Tag("S13")
class HoldTest {
  private static final Duration DAY = Duration.ofHours(24);

  private Couple couple;
  private Person ana;
  private Person ben;
  private Instant inTenDays;

  @BeforeEach
  void aCoupleThatMayTouch() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    Agreements.agreed(couple, Agreements.permits(couple, "touch"));
    SandboxClock.advance(DAY.plusMinutes(1));
    inTenDays = SandboxClock.now().plus(Duration.ofDays(10)).truncatedTo(ChronoUnit.SECONDS);
  }

  private String level() {
    return Agreements.level(couple, ben, "touch", "hands");
  }

  @Test
  void aHoldActsAtOnceAndEndsByItself() {
    assertThat(level()).isEqualTo("askEachTime");
    JsonPath hold = Agreements.hold(couple, ana, "touch", inTenDays);

    assertThat(level()).isEqualTo("notPermitted");
    assertThat(
            Agreements.inForce(couple, ben, "?activity=hands&domain=touch")
                .getString("activity.reasons[0].resourceId"))
        .isEqualTo(hold.getString("id"));
    SandboxClock.advance(Duration.ofDays(10).plusMinutes(1));
    assertThat(level()).isEqualTo("askEachTime");
    as(ben).get(couple.path("/holds/" + hold.getString("id"))).then().statusCode(404);
  }

  @Test
  void anyonePutsItOffAndOnlyAllBringItNearer() {
    String id = Agreements.hold(couple, ana, "touch", inTenDays).getString("id");
    Instant later = inTenDays.plus(Duration.ofDays(5));

    Agreements.moveHold(couple, ben, id, later)
        .then()
        .statusCode(200)
        .body("until", is(millis(later)))
        .body("proposal", nullValue());

    Instant sooner = SandboxClock.now().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS);
    JsonPath asked = Agreements.json(Agreements.moveHold(couple, ana, id, sooner), 200);
    assertThat(asked.getString("until")).isEqualTo(millis(later));
    assertThat(asked.getString("proposal.state")).isEqualTo("proposed");
    Agreements.assent(couple, ben, asked.getString("proposal.id"), asked.getString("proposal.hash"))
        .then()
        .statusCode(200);

    SandboxClock.advance(DAY.plusMinutes(1));
    assertThat(level()).isEqualTo("notPermitted");
    SandboxClock.advance(DAY);
    assertThat(level()).isEqualTo("askEachTime");
  }

  @Test
  @Tag("S14")
  void aHoldIsAboutWhatWeDoWithEachOther() {
    as(ana)
        .contentType(ContentType.JSON)
        .body(Map.of("domain", "money", "until", inTenDays.toString()))
        .post(couple.path("/holds"))
        .then()
        .statusCode(422)
        .body("code", is("hold-not-shared"));
  }

  @Test
  @Tag("S9")
  void anEndThatAllWantedIsNotTakenBackByAskingAgain() {
    JsonPath hold = Agreements.hold(couple, ana, "touch", inTenDays);
    String inForce = Agreements.inForce(couple, ana, "").getString("prohibitions[0].id");
    JsonPath end = Agreements.json(Agreements.delete(couple, ben, inForce, ""), 200);
    Agreements.assent(couple, ana, end.getString("id"), end.getString("hash"))
        .then()
        .statusCode(200);
    SandboxClock.advance(DAY.plusMinutes(1));
    as(ana).get(couple.path("/holds/" + hold.getString("id"))).then().statusCode(404);
    couple.tap(ben);

    for (String what : List.of("", "/assents/me")) {
      Agreements.delete(couple, ana, end.getString("id"), what)
          .then()
          .statusCode(200)
          .body("id", is(end.getString("id")));
    }
  }

  @Test
  @Tag("S10")
  void aHoldCanBeMadeWhileSomebodyHasPaused() {
    couple.tap(ben);

    Agreements.hold(couple, ana, "touch", inTenDays);
  }

  private static String millis(Instant time) {
    return time.toString().replace("Z", ".000Z");
  }

  @Test
  @Tag("S32")
  void nobodyHoldsOffMoreThanTwentyThings() {
    for (int i = 0; i < 20; i++) {
      Agreements.hold(couple, ben, "contact", inTenDays);
    }
    as(ben)
        .contentType(ContentType.JSON)
        .body(Map.of("domain", "contact", "until", inTenDays.toString()))
        .post(couple.path("/holds"))
        .then()
        .statusCode(409)
        .body("code", is("too-many-holds"));
    Agreements.hold(couple, ana, "contact", inTenDays);
  }

  @Test
  void aHoldThatIsOverTakesItsProposalAlong() {
    String id =
        Agreements.hold(couple, ana, "touch", SandboxClock.now().plus(Duration.ofHours(2)))
            .getString("id");
    Agreements.moveHold(couple, ben, id, SandboxClock.now().plus(Duration.ofHours(1)))
        .then()
        .statusCode(200);
    SandboxClock.advance(Duration.ofHours(3));

    as(ben).get(couple.path("/holds")).then().statusCode(200).body("data", hasSize(0));
  }
}
