package org.stillpoint.practitioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Agreements.permits;
import static org.stillpoint.testkit.Api.as;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.Practices;
import org.stillpoint.testkit.Reflections;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** Agreements, agendas, marked answers and the brief, as a practitioner reads them. */
@StillpointTest
class PracticeReadingTest {
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

  @Test
  @Tag("S26")
  void whatIsInForceAmongAllIsReadAndNoMore() {
    JsonPath agreed = Agreements.agreed(couple, permits(couple, "touch", "holding-hands"));
    Agreements.proposed(couple, ana, permits(couple, "sex", "tickling"));
    UUID grant = Practices.granted(couple, dora, "agreements");
    Practices.read(dora, grant, "/terms").then().statusCode(200).body("terms", empty());
    SandboxClock.advance(Duration.ofDays(4));

    Practices.read(dora, grant, "/terms")
        .then()
        .statusCode(200)
        .body("terms.id", is(List.of(agreed.getString("terms[0].id"))))
        .body("terms[0].content.activities", is(List.of("holding-hands")))
        .body("terms[0].provenance.memberId", nullValue())
        .body("terms[0].provenance.grantId", is(grant.toString()))
        .body("terms[0]", aMapWithSize(5));
    Practices.read(dora, grant, "/pauses").then().statusCode(404);
  }

  /** What two of three have agreed is nothing to a practitioner of the three. */
  @Test
  @Tag("S34")
  void whatSomeHaveAmongThemselvesIsNotThere() {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    Agreements.agreed(couple, permits(couple, "touch", "holding-hands"));
    CheckIns.open(couple, ana, ben);
    UUID grant = Practices.granted(couple, dora, "agreements", "checkInAgendas");
    Practices.assent(couple, cleo, grant).then().statusCode(200).body("state", is("active"));
    SandboxClock.advance(Duration.ofDays(4));

    Practices.read(dora, grant, "/terms").then().statusCode(200).body("terms", empty());
    Practices.read(dora, grant, "/check-ins").then().statusCode(200).body("data", empty());
    Practices.read(dora, grant, "/brief").then().statusCode(200).body("items", empty());
  }

  @Test
  void anAgendaTellsWhenAndAboutWhatAndNothingOfWhoIsReady() {
    UUID grant = Practices.granted(couple, dora, "checkInAgendas");
    JsonPath planned = CheckIns.scheduled(couple, ana);
    CheckIns.ready(couple, ben, planned.getString("id")).then().statusCode(200);

    Practices.read(dora, grant, "/check-ins")
        .then()
        .statusCode(200)
        .body("data.id", is(List.of(planned.getString("id"))))
        .body("data[0].state", is("scheduled"))
        .body("data[0].items.title", is(planned.getList("items.title")))
        .body("data[0].items[0].questions", is(List.of("What was it like?")))
        .body("data[0].items[0].authorId", is(ana.id().toString()))
        .body("data[0].items[0]", aMapWithSize(5))
        .body("data[0].provenance.memberId", nullValue())
        .body("data[0]", aMapWithSize(5));
  }

  @Test
  @Tag("S20")
  @Tag("S22")
  void anAnswerIsReadOnceItIsMarkedAndAllCanReadIt() {
    UUID grant = Practices.granted(couple, dora, "markedAnswers");
    JsonPath talk = CheckIns.open(couple, ana, ben);
    String id = talk.getString("id");
    String item = CheckIns.item(talk, "sealed");
    CheckIns.answer(couple, ana, id, item, "Too fast for me");
    mark(couple, ana, id, item, grant).then().statusCode(204);
    assertThat(answers(grant, ana)).isEmpty();
    CheckIns.answer(couple, ben, id, item, "Fine for me");

    Practices.read(dora, grant, "/members/" + ana.id() + "/answers")
        .then()
        .statusCode(200)
        .body("data.text", is(List.of("Too fast for me")))
        .body("data[0].id", is(item))
        .body("data[0].templateItemId", nullValue())
        .body("data[0].provenance.memberId", is(ana.id().toString()))
        .body("data[0]", aMapWithSize(4));
    assertThat(answers(grant, ben)).as("Ben has marked nothing").isEmpty();
    as(ana)
        .get(marks(couple, id, item))
        .then()
        .statusCode(200)
        .body("grantIds", is(List.of(grant.toString())));
    as(ben).get(marks(couple, id, item)).then().body("grantIds", empty());

    as(ana).delete(marks(couple, id, item) + "/" + grant).then().statusCode(204);
    assertThat(answers(grant, ana)).isEmpty();
  }

  /** Marked, and then written anew: that is another answer. */
  @Test
  @Tag("S22")
  void whatIsWrittenAnewIsNotMarked() {
    UUID grant = Practices.granted(couple, dora, "markedAnswers");
    JsonPath talk = CheckIns.open(couple, ana, ben);
    String id = talk.getString("id");
    String item = CheckIns.item(talk, "open");
    CheckIns.answer(couple, ana, id, item, "Soup");
    mark(couple, ana, id, item, grant).then().statusCode(204);
    assertThat(answers(grant, ana)).containsExactly("Soup");

    CheckIns.answer(couple, ana, id, item, "Bread");
    assertThat(answers(grant, ana)).isEmpty();
    mark(couple, ana, id, item, grant).then().statusCode(204);
    assertThat(answers(grant, ana)).containsExactly("Bread");
    CheckIns.takeBack(couple, ana, id, item).then().statusCode(200);
    assertThat(answers(grant, ana)).isEmpty();
  }

  @Test
  @Tag("S20")
  void whatIsPrivateIsForNoPractitioner() {
    UUID grant = Practices.granted(couple, dora, "markedAnswers");
    JsonPath talk = CheckIns.open(couple, ana, ben);
    String id = talk.getString("id");
    String item = CheckIns.item(talk, "private");
    CheckIns.write(couple, ana, id, item, Map.of("text", "Mine")).then().statusCode(200);

    mark(couple, ana, id, item, grant)
        .then()
        .statusCode(409)
        .body("code", is("answer-not-for-practitioners"));
    UUID narrow = Practices.own(ana, dora, "pauses");
    String open = CheckIns.item(talk, "open");
    CheckIns.answer(couple, ana, id, open, "Soup");
    mark(couple, ana, id, open, narrow).then().statusCode(409).body("code", is("grant-not-active"));
    mark(couple, ana, id, open, UUID.randomUUID()).then().statusCode(404);
  }

  /** Under her own grant she gives her own answer, and no word of Ben's, whose question it was. */
  @Test
  @Tag("S28")
  void anAnswerUnderASelfGrantTellsNothingOfWhoHasAsked() {
    UUID grant = Practices.own(ana, dora, "markedAnswers");
    JsonPath talk = CheckIns.open(couple, ben, ana);
    String id = talk.getString("id");
    String item = CheckIns.item(talk, "open");
    CheckIns.answer(couple, ana, id, item, "Soup");
    mark(couple, ana, id, item, grant).then().statusCode(204);

    Practices.read(dora, grant, "/members/" + ana.id() + "/answers")
        .then()
        .statusCode(200)
        .body("data.text", is(List.of("Soup")))
        .body("data[0]", aMapWithSize(4));
  }

  @Test
  void theBriefTellsWhatIsNewWithoutAWord() {
    SandboxClock.advance(Duration.ofMinutes(1));
    UUID grant =
        Practices.granted(
            couple, dora, "pauses", "snapshots", "agreements", "checkInAgendas", "markedAnswers");
    JsonPath talk = CheckIns.open(couple, ana, ben);
    String item = CheckIns.item(talk, "open");
    CheckIns.answer(couple, ana, talk.getString("id"), item, "Canary soup");
    mark(couple, ana, talk.getString("id"), item, grant).then().statusCode(204);
    String copy = Practices.given(ana, Reflections.kept(ana, "Canary diary"), grant);
    UUID pause = couple.tap(ben);

    JsonPath brief = brief(grant, "");
    assertThat(brief.<String>getList("items.type"))
        .containsExactlyInAnyOrder("pause", "snapshot", "answer", "checkIn");
    assertThat(brief.<String>getList("items.id"))
        .containsExactlyInAnyOrder(pause.toString(), copy, item, talk.getString("id"));
    assertThat(brief.getString("items.find { it.type == 'snapshot' }.provenance.memberId"))
        .isEqualTo(ana.id().toString());
    assertThat(brief.prettify()).doesNotContain("Canary");
    assertThat(brief.getBoolean("hasMore")).isFalse();

    SandboxClock.advance(Duration.ofMinutes(1));
    String asOf = brief(grant, "").getString("asOf");
    SandboxClock.advance(Duration.ofMinutes(1));
    assertThat(brief(grant, "?since=" + asOf).<String>getList("items.id"))
        .as("an active pause may become stronger")
        .containsExactly(pause.toString());
    couple.lift(ben, pause).then().statusCode(200);
    assertThat(brief(grant, "?since=" + asOf).<String>getList("items.id"))
        .containsExactly(pause.toString());
    UUID narrow = Practices.own(ben, dora, "snapshots");
    assertThat(brief(narrow, "").getList("items")).isEmpty();
  }

  private JsonPath brief(UUID grant, String query) {
    return Practices.read(dora, grant, "/brief" + query)
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER);
  }

  /**
   * Alone nobody grants what is the other's too; and what a pause refuses goes with seeing pauses.
   */
  @Test
  @Tag("S28")
  void notEverythingCanBeGranted() {
    String code = Practices.code(dora);
    for (String shared :
        Set.of("agreements", "checkInAgendas", "proposeAgendas", "attendCheckIns")) {
      Practices.giveOwn(ana, code, 90, "pauses", shared)
          .then()
          .statusCode(400)
          .body("errors[0].pointer", is("/scopes/1"));
    }
    for (String writing : Set.of("assignPrompts", "proposeAgendas", "attendCheckIns")) {
      Practices.request(couple, ana, code, 90, writing)
          .then()
          .statusCode(400)
          .body("errors[0].pointer", is("/scopes/0"));
    }
    Practices.giveOwn(ana, code, 90, "assignPrompts").then().statusCode(201);
  }

  private List<String> answers(UUID grant, Person author) {
    return Practices.read(dora, grant, "/members/" + author.id() + "/answers")
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER)
        .getList("data.text");
  }

  private static String marks(Couple couple, String checkIn, String item) {
    return CheckIns.answers(couple, checkIn, item) + "/me/for-practitioners";
  }

  private static Response mark(
      Couple couple, Person person, String checkIn, String item, UUID grant) {
    return as(person).put(marks(couple, checkIn, item) + "/" + grant);
  }
}
