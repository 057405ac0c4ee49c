package org.stillpoint.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.EventStreamClient;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;

/** What an app hears, and until when. */
@StillpointTest
class EventTest {
  private Couple couple;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
  }

  private void pauseAndLift() {
    couple.lift(couple.ana(), couple.tap(couple.ana())).then().statusCode(200);
  }

  @Test
  @Tag("S30")
  void anEventCarriesIdsAndTypesOnly() {
    try (EventStreamClient ben = EventStreamClient.open(couple.ben())) {
      UUID pause = couple.tap(couple.ana());

      Map<String, Object> event = ben.next().data().get("");
      assertThat(event).containsOnlyKeys("id", "type", "occurredAt", "relationshipId", "resource");
      assertThat(event.get("resource")).isEqualTo(Map.of("type", "pause", "id", pause.toString()));
    }
  }

  @Test
  void aStreamResumesWithoutGapOrDuplicate() {
    List<Long> heard = new ArrayList<>();
    long last;
    try (EventStreamClient ben = EventStreamClient.open(couple.ben())) {
      pauseAndLift();
      heard.add(ben.next().sequence());
      last = ben.next().sequence();
      heard.add(last);
    }
    for (int i = 0; i < 5; i++) {
      pauseAndLift();
    }
    try (EventStreamClient ben = EventStreamClient.resume(couple.ben(), last)) {
      pauseAndLift();
      for (int i = 0; i < 12; i++) {
        heard.add(ben.next().sequence());
      }
      assertThat(ben.rest()).isEmpty();
    }

    assertThat(heard).doesNotHaveDuplicates().isSorted().hasSize(14);
  }

  @Test
  void theListHoldsTheSameEventsAndGoesOnWhereItEnded() {
    pauseAndLift();
    var first = as(couple.ben()).queryParam("limit", 2).get("/v1/events").then().statusCode(200);
    List<String> types = new ArrayList<>(first.extract().<List<String>>path("data.type"));
    var second =
        as(couple.ben())
            .queryParam("cursor", first.extract().<String>path("nextCursor"))
            .get("/v1/events")
            .then()
            .statusCode(200)
            .body("hasMore", is(false));
    types.addAll(second.extract().<List<String>>path("data.type"));
    assertThat(types).containsExactly("relationship.memberJoined", "pause.raised", "pause.lifted");

    pauseAndLift();
    as(couple.ben())
        .queryParam("cursor", second.extract().<String>path("nextCursor"))
        .get("/v1/events")
        .then()
        .body("data.type", is(List.of("pause.raised", "pause.lifted")));
  }

  @Test
  void theRaisersOtherAppsHearOfTheTapToo() {
    try (EventStreamClient watch = EventStreamClient.open(couple.ana().through("watch"))) {
      couple.tap(couple.ana());

      assertThat(watch.next().type()).isEqualTo("pause.raised");
    }
  }

  @Test
  void aStreamEndsWithItsToken() {
    Person brief = couple.ben().with(Map.of("expiresInSeconds", 3));
    try (EventStreamClient ben = EventStreamClient.open(brief)) {
      ben.awaitEnd();
    }
  }

  @Test
  void aStreamEndsWhenItsAppIsCutOffAndTheOthersStay() {
    Person lost = couple.ben().through("lost-phone");
    try (EventStreamClient cut = EventStreamClient.open(lost);
        EventStreamClient kept = EventStreamClient.open(couple.ben())) {
      List<String> found =
          as(couple.ben())
              .get("/v1/me/clients")
              .then()
              .extract()
              .as(Json.class, Json.READER)
              .get("data.findAll { it.clientId == 'lost-phone' }.id");
      as(couple.ben()).delete("/v1/me/clients/{id}", found.getFirst()).then().statusCode(204);

      cut.awaitEnd();
      assertThat(kept.isOpen()).isTrue();
      assertThat(kept.next().type()).isEqualTo("client.cutOff");
    }
  }

  @Test
  @Tag("S32")
  void aStreamEndsWhenOneLeaves() {
    try (EventStreamClient ben = EventStreamClient.open(couple.ben())) {
      couple.leave(couple.ben());

      assertThat(ben.next().type()).isEqualTo("relationship.left");
      ben.awaitEnd();
    }
  }

  @Test
  void aStreamSaysWhenToComeAgain() {
    try (EventStreamClient ben = EventStreamClient.open(couple.ben())) {
      assertThat(ben.retry()).isEqualTo("1000");
    }
  }

  @Test
  void aLastEventIdThatIsNoneIsRefused() {
    wrongly(couple.ben())
        .header("Last-Event-ID", "yesterday")
        .get("/v1/events/stream")
        .then()
        .statusCode(400)
        .body("errors[0].parameter", is("Last-Event-ID"));
  }
}
