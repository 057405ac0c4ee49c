package org.stillpoint.practitioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.EventStreamClient;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.Practices;
import org.stillpoint.testkit.Reflections;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.StoredWords;

/**
 * What practitioners give to think and to talk about, and members may pass over without a trace.
 */
@StillpointTest
class PracticeProposalTest {
  private static final String ASSIGNED = "/v1/me/prompt-assignments";

  private Couple couple;
  private Person ana;
  private Person ben;
  private Person dora;

  @BeforeEach
  void aCoupleAndAPractitioner() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    dora = Practices.practitioner();
  }

  private Response assign(UUID grant, Person member, UUID id, String prompt) {
    return as(dora)
        .contentType(ContentType.JSON)
        .body(Map.of("promptId", prompt))
        .put("/v1/practice/grants/{g}/members/{m}/prompt-assignments/{a}", grant, member.id(), id);
  }

  private Response propose(UUID grant, UUID id, Map<String, Object> agenda) {
    return as(dora)
        .contentType(ContentType.JSON)
        .body(agenda)
        .put("/v1/practice/grants/{g}/agenda-proposals/{p}", grant, id);
  }

  @Test
  void aPromptReachesOneMemberAndNobodyElse() throws Exception {
    UUID grant = Practices.granted(couple, dora, "pauses", "assignPrompts");
    UUID id = UUID.randomUUID();
    try (EventStreamClient anas = EventStreamClient.open(ana);
        EventStreamClient bens = EventStreamClient.open(ben)) {
      assign(grant, ana, id, Reflections.PROMPT).then().statusCode(204);
      assertThat(anas.next().type()).isEqualTo("prompt.assigned");
      couple.tap(ana);
      assertThat(bens.next().type()).isEqualTo("pause.raised");
    }

    as(ana)
        .get(ASSIGNED)
        .then()
        .statusCode(200)
        .body("data.id", is(List.of(id.toString())))
        .body("data[0].promptId", is(Reflections.PROMPT))
        .body("data[0].practitionerId", is(dora.id().toString()))
        .body("data[0].grantId", is(grant.toString()));
    as(ben).get(ASSIGNED).then().statusCode(200).body("data", empty());
    assertThat(StoredWords.columnsWith(Reflections.PROMPT))
        .doesNotContain("prompt_assignment.prompt");
  }

  /** Hidden, gone by time, or read: what the tool gets is the same, and it can't come again. */
  @Test
  @Tag("S17")
  void whoeverIgnoresAPromptLeavesNoTrace() {
    UUID grant = Practices.granted(couple, dora, "pauses", "assignPrompts");
    UUID hidden = UUID.randomUUID();
    UUID kept = UUID.randomUUID();
    assign(grant, ana, hidden, Reflections.PROMPT).then().statusCode(204);
    assign(grant, ana, kept, Reflections.PROMPT).then().statusCode(204);
    as(ana).delete(ASSIGNED + "/" + hidden).then().statusCode(204);
    as(ana).delete(ASSIGNED + "/" + hidden).then().statusCode(404);

    assign(grant, ana, hidden, Reflections.PROMPT).then().statusCode(204);
    assign(grant, ana, kept, Reflections.PROMPT).then().statusCode(204);
    as(ana).get(ASSIGNED).then().body("data.id", is(List.of(kept.toString())));
    SandboxClock.advance(Duration.ofDays(14).plusSeconds(1));
    as(ana).get(ASSIGNED).then().body("data", empty());
  }

  @Test
  void nobodyIsGivenMoreThanFiveAWeek() {
    UUID grant = Practices.granted(couple, dora, "pauses", "assignPrompts");
    for (int i = 0; i < 5; i++) {
      assign(grant, ana, UUID.randomUUID(), Reflections.PROMPT).then().statusCode(204);
    }
    as(ana).get(ASSIGNED).then().body("data", hasSize(5));

    assign(grant, ana, UUID.randomUUID(), Reflections.PROMPT)
        .then()
        .statusCode(409)
        .body("code", is("too-many-prompts-assigned"));
    assign(grant, ben, UUID.randomUUID(), Reflections.PROMPT).then().statusCode(204);
    assign(grant, ben, UUID.randomUUID(), "nothing-here")
        .then()
        .statusCode(400)
        .body("errors[0].pointer", is("/promptId"));
  }

  /**
   * A pause is for everybody outside too; under a grant of her own a refusal would tell of Ben's.
   */
  @Test
  @Tag("S9")
  @Tag("S28")
  void nothingIsAskedOfACoupleThatPauses() {
    UUID shared = Practices.granted(couple, dora, "pauses", "assignPrompts", "proposeAgendas");
    UUID own = Practices.own(ana, dora, "assignPrompts");
    UUID pause = couple.tap(ben);

    assign(shared, ana, UUID.randomUUID(), Reflections.PROMPT)
        .then()
        .statusCode(409)
        .body("code", is("relationship-paused"));
    propose(shared, UUID.randomUUID(), Map.of("templateId", "after-closeness"))
        .then()
        .statusCode(409)
        .body("code", is("relationship-paused"));
    assign(own, ana, UUID.randomUUID(), Reflections.PROMPT).then().statusCode(204);
    assertThat(tries()).as("what was refused is in the log").isEqualTo(1);
    couple.lift(ben, pause).then().statusCode(200);
    assign(shared, ana, UUID.randomUUID(), Reflections.PROMPT).then().statusCode(204);
  }

  private int tries() {
    return as(ben)
        .get("/v1/me/access-log?limit=100")
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER)
        .getList("data.findAll { it.kind == 'practice.agendaProposed' }")
        .size();
  }

  /** Beyond what a week takes, a refusal tells nothing of a pause. */
  @Test
  @Tag("S29")
  void tooManyIsTooManyPausedOrNot() {
    UUID grant = Practices.granted(couple, dora, "pauses", "assignPrompts");
    for (int i = 0; i < 5; i++) {
      assign(grant, ana, UUID.randomUUID(), Reflections.PROMPT).then().statusCode(204);
    }
    couple.tap(ben);

    assign(grant, ana, UUID.randomUUID(), Reflections.PROMPT)
        .then()
        .statusCode(409)
        .body("code", is("too-many-prompts-assigned"));
  }

  /** A prompt under her own grant rings nowhere: there is no event that could be seen. */
  @Test
  @Tag("S28")
  void aPromptUnderASelfGrantIsNoEvent() {
    UUID own = Practices.own(ana, dora, "assignPrompts");
    try (EventStreamClient anas = EventStreamClient.open(ana)) {
      assign(own, ana, UUID.randomUUID(), Reflections.PROMPT).then().statusCode(204);
      couple.tap(ben);
      assertThat(anas.next().type()).isEqualTo("pause.raised");
    }
    as(ana).get(ASSIGNED).then().body("data", hasSize(1));
  }

  @Test
  void anAgendaIsProposedToAllAndPlannedByWhoeverLikesIt() {
    UUID grant = Practices.granted(couple, dora, "pauses", "proposeAgendas", "checkInAgendas");
    UUID id = UUID.randomUUID();
    Map<String, Object> agenda =
        Map.of(
            "items",
            List.of(
                Map.of(
                    "title",
                    "What I would like to hear",
                    "questions",
                    List.of("What would help?"),
                    "durationSeconds",
                    300)));
    try (EventStreamClient bens = EventStreamClient.open(ben)) {
      propose(grant, id, agenda).then().statusCode(204);
      assertThat(bens.next().type()).isEqualTo("agenda.proposed");
    }
    propose(grant, id, Map.of("templateId", "after-closeness")).then().statusCode(204);

    for (Person person : List.of(ana, ben)) {
      as(person)
          .get(couple.path("/agenda-proposals"))
          .then()
          .statusCode(200)
          .body("data.id", is(List.of(id.toString())))
          .body("data[0].practitionerId", is(dora.id().toString()))
          .body("data[0].items[0].title", is("What I would like to hear"))
          .body("data[0].items[0].durationSeconds", is(300));
    }
    CheckIns.schedule(couple, ben, CheckIns.with(agenda, "startsAt", soon()))
        .then()
        .statusCode(201)
        .body("items[0].authorId", is(ben.id().toString()));
    Practices.read(dora, grant, "/check-ins")
        .then()
        .body("data[0].items[0].authorId", is(ben.id().toString()));
    SandboxClock.advance(Duration.ofDays(14).plusSeconds(1));
    as(ana).get(couple.path("/agenda-proposals")).then().body("data", empty());
  }

  private static String soon() {
    return SandboxClock.now().plusSeconds(3600).toString();
  }

  @Test
  void noMoreThanThreeAgendasAWeekAndNoneThatCannotBePlanned() {
    UUID grant = Practices.granted(couple, dora, "pauses", "proposeAgendas");
    propose(grant, UUID.randomUUID(), Map.of("templateId", "nothing-here"))
        .then()
        .statusCode(400)
        .body("errors[0].pointer", is("/templateId"));
    for (int i = 0; i < 3; i++) {
      propose(grant, UUID.randomUUID(), Map.of("templateId", "after-closeness"))
          .then()
          .statusCode(204);
    }
    propose(grant, UUID.randomUUID(), Map.of("templateId", "after-closeness"))
        .then()
        .statusCode(409)
        .body("code", is("too-many-agendas-proposed"));
  }

  @Test
  @Tag("S27")
  void whatWasGivenGoesWithTheGrant() throws Exception {
    UUID grant = Practices.granted(couple, dora, "pauses", "assignPrompts", "proposeAgendas");
    UUID assigned = UUID.randomUUID();
    UUID proposed = UUID.randomUUID();
    assign(grant, ana, assigned, Reflections.PROMPT).then().statusCode(204);
    propose(grant, proposed, Map.of("templateId", "after-closeness")).then().statusCode(204);

    Practices.end(couple, ben, grant).then().statusCode(204);

    as(ana).get(ASSIGNED).then().body("data", empty());
    as(ana).get(couple.path("/agenda-proposals")).then().body("data", empty());
    assertThat(StoredWords.columnsWith(assigned.toString()))
        .allMatch(column -> column.startsWith("event."));
    assign(grant, ana, assigned, Reflections.PROMPT).then().statusCode(404);
    propose(grant, proposed, Map.of("templateId", "after-closeness")).then().statusCode(404);
  }
}
