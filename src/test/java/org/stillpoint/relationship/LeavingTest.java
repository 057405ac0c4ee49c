package org.stillpoint.relationship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.EventStreamClient;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;

/** How one leaves, and what ends with it. */
@StillpointTest
class LeavingTest {
  private Couple couple;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
  }

  private void assent(Person person, String invitation) {
    as(person)
        .put(couple.path("/invitations/" + invitation + "/assents/me"))
        .then()
        .statusCode(200)
        .body("assentedByMe", is(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "pausedByMe", "pausedByTheOther", "closed"})
  @Tag("S10")
  @Tag("S32")
  void oneCanLeaveInEveryState(String state) {
    switch (state) {
      case "pausedByMe" -> couple.tap(couple.ana());
      case "pausedByTheOther" -> couple.tap(couple.ben());
      case "closed" -> couple.leave(couple.ben());
      default -> assertThat(couple.state(couple.ana())).isEqualTo("open");
    }

    couple.leave(couple.ana());

    as(couple.ana()).get(couple.path("/state")).then().statusCode(404);
    as(couple.ana()).get("/v1/relationships").then().body("data", is(empty()));
  }

  @Test
  @Tag("S32")
  void leavingTakesEffectAtOnceAndIsToldNeutrally() {
    couple.tap(couple.ana());
    try (EventStreamClient ben = EventStreamClient.open(couple.ben())) {
      couple.leave(couple.ana());

      var ended = ben.next();
      var left = ben.next();
      assertThat(ended.type()).isEqualTo("pause.ended");
      assertThat(left.type()).isEqualTo("relationship.memberLeft");
      assertThat(left.data().prettify()).doesNotContain(couple.ana().id().toString());
    }
    assertThat(couple.state(couple.ben())).isEqualTo("closed");
    as(couple.ben())
        .get(couple.path("/members"))
        .then()
        .body("data.id", is(List.of(couple.ben().id().toString())));
  }

  @Test
  @Tag("S32")
  void thePauseOfWhoLeavesEndsAndThoseOfOthersStay() {
    Person cleo = Person.adult("cleo");
    var invitation = couple.invitation(couple.ana());
    assent(couple.ben(), invitation.getString("id"));
    Couple.join(cleo, invitation.getString("code"));
    UUID anas = couple.tap(couple.ana());
    UUID cleos = couple.tap(cleo);

    couple.leave(couple.ana());

    as(couple.ben()).get(couple.path("/pauses/" + anas)).then().body("state", is("ended"));
    as(couple.ben())
        .get(couple.path("/state"))
        .then()
        .body("state", is("paused"))
        .body("activePauses.id", is(List.of(cleos.toString())));
  }

  @Test
  @Tag("S32")
  void whatHappenedBeforeOneLeftIsNoLongerInOnesEvents() {
    couple.tap(couple.ben());
    couple.leave(couple.ana());

    as(couple.ana())
        .get("/v1/events")
        .then()
        .statusCode(200)
        .body("data.type", is(List.of("relationship.left")));
  }

  @Test
  void whoLeavesAlwaysClosesACoupleAlsoWhenBothLeaveAtOnce() throws Exception {
    try (var two = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> race =
          List.of(
              () -> as(couple.ana()).delete(couple.path("/members/me")).statusCode(),
              () -> as(couple.ben()).delete(couple.path("/members/me")).statusCode());
      for (Future<Integer> answer : two.invokeAll(race)) {
        assertThat(answer.get()).isEqualTo(204);
      }
    }
  }
}
