package org.stillpoint.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.stillpoint.testkit.Agreements.clause;
import static org.stillpoint.testkit.Agreements.permits;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Limits;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** What is left of permissions beside limits and holds, between whom. */
@StillpointTest
class InForceTest {
  private Couple couple;
  private Person ana;
  private Person ben;

  @BeforeEach
  void aCouple() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
  }

  private void coolDown() {
    SandboxClock.advance(Duration.ofHours(25));
  }

  private String with(Person asking, Person other) {
    return Agreements.inForce(
            couple, asking, "?domain=touch&activity=hands&with=" + other.id().toString())
        .getString("activity.level");
  }

  @Test
  void aHoldTowardsOneIsNothingToTheThird() {
    Person cara = Person.adult("cara");
    couple.welcome(cara);
    JsonPath all =
        Agreements.proposed(
            couple, ana, clause("permits", "touch", List.of(ana, ben, cara), "We may", "hands"));
    Agreements.assent(couple, ben, all, 0).then().statusCode(200);
    Agreements.assent(couple, cara, all, 0).then().statusCode(200);
    coolDown();
    as(ana)
        .contentType(ContentType.JSON)
        .body(
            Map.of(
                "domain",
                "touch",
                "memberIds",
                List.of(ana.id(), ben.id()),
                "until",
                SandboxClock.now()
                    .plus(Duration.ofDays(9))
                    .truncatedTo(ChronoUnit.DAYS)
                    .toString()))
        .post(couple.path("/holds"))
        .then()
        .statusCode(201);

    assertThat(with(ben, ana)).isEqualTo("notPermitted");
    assertThat(with(ana, ben)).isEqualTo("notPermitted");
    assertThat(with(ana, cara)).isEqualTo("askEachTime");
    assertThat(with(ben, cara)).isEqualTo("askEachTime");
    assertThat(with(cara, ana)).isEqualTo("askEachTime");
    as(cara).get(couple.path("/holds")).then().statusCode(200).body("data", hasSize(0));
    assertThat(Agreements.inForce(couple, cara, "").getList("prohibitions")).isEmpty();
  }

  @Test
  @Tag("S12")
  void whatTakesTwoIsNotPermittedToTheOneWhoIsLeft() {
    Agreements.agreed(couple, permits(couple, "touch"), permits(couple, "time"));
    coolDown();
    assertThat(Agreements.inForce(couple, ben, "").getList("permissions")).hasSize(2);

    Limits.draw(couple, ana, Limits.hard("touch", "Not now"));
    Limits.draw(couple, ana, Limits.hard("time", "My mornings are mine"));

    JsonPath left = Agreements.inForce(couple, ben, "");
    assertThat(left.getList("permissions.term.content.domain")).containsExactly("time");
    Limits.draw(couple, ben, Limits.hard("time", "Mine too"));
    assertThat(Agreements.inForce(couple, ben, "").getList("permissions")).isEmpty();
  }

  @Test
  @Tag("S12")
  void aLimitOfOneActivityLeavesTheOthers() {
    Agreements.agreed(couple, permits(couple, "touch", "hugs", "kisses"));
    coolDown();
    Limits.draw(couple, ben, Limits.hard("touch", "Not on the mouth", "kisses"));

    JsonPath left = Agreements.inForce(couple, ana, "");
    assertThat(left.getList("permissions[0].exceptActivities")).containsExactly("kisses");
    assertThat(Agreements.level(couple, ana, "touch", "kisses")).isEqualTo("notPermitted");
    assertThat(Agreements.level(couple, ana, "touch", "hugs")).isEqualTo("askEachTime");
  }
}
