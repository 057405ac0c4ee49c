package org.stillpoint.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Agreements.permits;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** How long loosening waits is itself made longer by anyone, and shorter by all. */
@StillpointTest
@Tag("S13")
class CoolingOffTest {
  private Couple couple;
  private Person ana;
  private Person ben;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
  }

  private JsonPath set(Person person, Duration length) {
    return Agreements.json(Agreements.coolingOff(couple, person, length), 200);
  }

  private long seconds(Person person) {
    return Agreements.json(as(person).get(couple.path("/cooling-off")), 200).getLong("seconds");
  }

  private String touch() {
    return Agreements.level(couple, ben, "touch", "hugs");
  }

  @Test
  void itIsADayAtFirst() {
    assertThat(seconds(ben)).isEqualTo(86_400);
    as(ben).get(couple.path("/cooling-off")).then().body("term", nullValue());
  }

  @Test
  void anyoneMakesItLongerAtOnce() {
    set(ana, Duration.ofHours(72));
    Agreements.agreed(couple, permits(couple, "touch", "hugs"));

    assertThat(seconds(ben)).isEqualTo(259_200);
    SandboxClock.advance(Duration.ofHours(71));
    assertThat(touch()).isEqualTo("notPermitted");
    SandboxClock.advance(Duration.ofHours(2));
    assertThat(touch()).isEqualTo("askEachTime");
  }

  @Test
  void onlyAllMakeItShorterAndNotBeforeTheOldOneIsOver() {
    set(ben, Duration.ofHours(48));
    JsonPath asked = set(ana, Duration.ofHours(1));
    assertThat(asked.getString("proposal.state")).isEqualTo("proposed");
    assertThat(seconds(ben)).isEqualTo(172_800);
    Agreements.assent(couple, ben, asked.getString("proposal.id"), asked.getString("proposal.hash"))
        .then()
        .statusCode(200);

    SandboxClock.advance(Duration.ofHours(47));
    assertThat(seconds(ben)).isEqualTo(172_800);
    SandboxClock.advance(Duration.ofHours(2));
    assertThat(seconds(ben)).isEqualTo(3_600);
    Agreements.agreed(couple, permits(couple, "touch", "hugs"));
    SandboxClock.advance(Duration.ofMinutes(59));
    assertThat(touch()).isEqualTo("notPermitted");
    SandboxClock.advance(Duration.ofMinutes(2));
    assertThat(touch()).isEqualTo("askEachTime");
  }

  @Test
  @Tag("S16")
  void aShorterOneThatNobodyAnswersDoesNothing() {
    set(ana, Duration.ofHours(2));
    SandboxClock.advance(Duration.ofDays(8));

    assertThat(seconds(ben)).isEqualTo(86_400);
    Agreements.coolingOff(couple, ana, Duration.ofHours(2))
        .then()
        .statusCode(409)
        .body("code", is("term-proposed-before"));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 3_599, 2_592_001, Long.MAX_VALUE})
  void neverLessThanAnHourOrMoreThanThirtyDays(long seconds) {
    wrongly(ana)
        .contentType(ContentType.JSON)
        .body(Map.of("seconds", seconds))
        .put(couple.path("/cooling-off"))
        .then()
        .statusCode(400)
        .body("code", is("validation-failed"));
    assertThat(seconds(ben)).isEqualTo(86_400);
  }

  @Test
  void whatTwoMadeShorterBindsNobodyWhoCameLater() {
    JsonPath asked = set(ana, Duration.ofHours(1));
    Agreements.assent(couple, ben, asked.getString("proposal.id"), asked.getString("proposal.hash"))
        .then()
        .statusCode(200);
    SandboxClock.advance(Duration.ofHours(25));
    assertThat(seconds(ana)).isEqualTo(3_600);
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);

    assertThat(List.of(seconds(ana), seconds(cleo))).containsOnly(86_400L);
  }

  @Test
  void whoeverComesInBeginsWithADayWhoeverAsks() {
    set(ana, Duration.ofHours(72));
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    assertThat(List.of(seconds(ben), seconds(cleo))).containsOnly(86_400L);

    set(cleo, Duration.ofHours(72));
    assertThat(List.of(seconds(ana), seconds(ben))).containsOnly(259_200L);
  }

  @Test
  void twoWhoSetItAtOnceMakeOneSetting() throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      pool.submit(() -> setWhateverStands(ana, Duration.ofHours(30)));
      pool.submit(() -> setWhateverStands(ben, Duration.ofHours(40)));
    }

    assertThat(seconds(ana)).isEqualTo(144_000L);
    assertThat(
            Tables.read(
                "select count(*)::text from agreement where kind = 'COOLING_OFF'"
                    + " and relationship_id = '"
                    + couple.relationship()
                    + "'"))
        .isEqualTo("1");
    as(ana).get(couple.path("/agreements")).then().body("data", hasSize(0));
  }

  private void setWhateverStands(Person person, Duration length) {
    as(person)
        .header("If-Match", "*")
        .contentType(ContentType.JSON)
        .body(Map.of("seconds", length.toSeconds()))
        .put(couple.path("/cooling-off"))
        .then()
        .statusCode(200);
  }
}
