package org.stillpoint.checkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.crypto.DataKeys;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Exports;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** What is decided in a talk is decided by all, and binds nobody. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
class DecisionTest {
  private static final String TEXT = "We ask each other before visitors come";

  @Inject DataKeys keys;

  private Couple couple;
  private Person ana;
  private Person ben;
  private String id;

  @BeforeEach
  void anOpenCheckIn() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    id = CheckIns.open(couple, ana, ben).getString("id");
  }

  private String proposed(Person person) {
    return CheckIns.propose(couple, person, id, Map.of("text", TEXT))
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private Response assent(Person person, String decision) {
    return as(person).put(CheckIns.assent(couple, id, decision));
  }

  private Response rather(Person person, String decision) {
    return as(person).delete(CheckIns.assent(couple, id, decision));
  }

  private JsonPath seen(Person person) {
    return as(person)
        .get(CheckIns.decisions(couple, id))
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static void refused(Response answer, String code) {
    answer.then().statusCode(409).body("code", is(code));
  }

  @Test
  @Tag("S16")
  void itIsRecordedOnceAllHaveSaidYes() {
    String decision =
        CheckIns.propose(couple, ana, id, Map.of("text", TEXT))
            .then()
            .statusCode(201)
            .header("Location", containsString("/decisions/"))
            .body("text", is(TEXT))
            .body("authorId", is(ana.id().toString()))
            .body("recordedAt", nullValue())
            .extract()
            .path("id");
    assertThat(seen(ben).getList("decisions.text")).containsExactly(TEXT);

    assent(ben, decision).then().statusCode(200).body("assents", is(true));

    as(ana)
        .get(CheckIns.decisions(couple, id) + "/" + decision)
        .then()
        .statusCode(200)
        .body("recordedAt", notNullValue());
    refused(rather(ana, decision), "decision-recorded");
    refused(as(ana).delete(CheckIns.decisions(couple, id) + "/" + decision), "decision-recorded");
    assertThat(as(ana).get("/v1/events").jsonPath().getList("data.type"))
        .filteredOn("checkIn.changed"::equals)
        .as("proposed and recorded")
        .hasSize(2);
    CheckIns.end(couple, ben, id, "close").then().statusCode(200);
    assertThat(seen(ana).getList("decisions.text")).containsExactly(TEXT);
  }

  /** Until all have said yes it goes with its author; from then on it stays without. */
  @Test
  @Tag("S33")
  void itIsSealedForItsAuthorAndForAllOnceItIsRecorded() throws SQLException {
    String open = proposed(ana);
    String recorded = proposed(ana);
    assent(ben, recorded).then().statusCode(200);
    assertThat(seen(ben).getList("decisions.text")).containsExactly(TEXT, TEXT);

    Tables.change("delete from data_key where owner_id = ?", ana.id());
    keys.forgetAll();

    String address = CheckIns.decisions(couple, id) + "/";
    as(ben).get(address + open).then().statusCode(500);
    as(ben).get(address + recorded).then().statusCode(200).body("text", is(TEXT));
  }

  /** Who has and who hasn't is nobody else's to know; a no is no answer. */
  @Test
  @Tag("S17")
  void ofThreeNobodyLearnsWhoSaidYes() {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    id = CheckIns.open(couple, ana, ben, cleo).getString("id");
    String decision = proposed(ana);
    String before = seen(cleo).prettify();
    assent(ben, decision).then().statusCode(200);
    assertThat(seen(cleo).prettify()).isEqualTo(before);
    assertThat(seen(ana).prettify()).isEqualTo(before);
    rather(ana, decision).then().statusCode(200).body("assents", is(false));

    assent(cleo, decision).then().statusCode(200);

    assertThat(seen(cleo).prettify()).isEqualTo(before);
    assent(ana, decision).then().statusCode(200);
    assertThat(seen(cleo).getList("decisions.recordedAt")).doesNotContainNull();
  }

  @Test
  @Tag("S17")
  void whatWasNotDecidedIsItsAuthorsAloneWhenTheTalkIsOver() {
    String decision = proposed(ana);
    String address = CheckIns.decisions(couple, id) + "/" + decision;
    CheckIns.end(couple, ben, id, "close").then().statusCode(200);

    assertThat(seen(ben).getList("decisions")).isEmpty();
    as(ben).get(address).then().statusCode(404);
    assent(ben, decision).then().statusCode(404);
    assertThat(seen(ana).getList("decisions.id")).containsExactly(decision);
    refused(assent(ana, decision), "check-in-over");
    as(ana).delete(address).then().statusCode(204);
    assertThat(seen(ana).getList("decisions")).isEmpty();
  }

  @Test
  void onlyItsAuthorTakesItBack() {
    String decision = proposed(ana);
    String address = CheckIns.decisions(couple, id) + "/" + decision;
    as(ben).delete(address).then().statusCode(403).body("code", is("decision-not-yours"));

    as(ana).delete(address).then().statusCode(204);

    assertThat(seen(ben).getList("decisions")).isEmpty();
    assent(ben, decision).then().statusCode(404);
  }

  /**
   * Neither is asked for while somebody pauses, and a yes of before a pause is none of after it.
   */
  @Test
  @Tag("S9")
  @Tag("S16")
  void inAPauseNothingIsDecidedAndAfterItAllAreAskedAnew() {
    String decision = proposed(ana);
    UUID pause = couple.tap(ben);
    for (Person person : List.of(ana, ben)) {
      refused(CheckIns.propose(couple, person, id, Map.of("text", TEXT)), "check-in-held");
      refused(assent(person, decision), "check-in-held");
      rather(person, decision).then().statusCode(200);
    }
    couple.lift(ben, pause).then().statusCode(200);
    refused(assent(ben, decision), "check-in-held");
    CheckIns.allReady(couple, id, ana, ben);
    assent(ana, decision).then().statusCode(200);
    couple.lift(ben, couple.tap(ben)).then().statusCode(200);
    CheckIns.allReady(couple, id, ana, ben);

    assent(ben, decision).then().statusCode(200);

    assertThat(seen(ben).getList("decisions.recordedAt")).containsOnlyNulls();
    assent(ana, decision).then().statusCode(200);
    assertThat(seen(ben).getList("decisions.recordedAt")).doesNotContainNull();
  }

  /** By whom it was decided stays what it was. */
  @Test
  void aPauseUndoesNoYesToWhatIsRecorded() throws SQLException {
    String decision = proposed(ana);
    assent(ben, decision).then().statusCode(200);

    couple.lift(ben, couple.tap(ben)).then().statusCode(200);

    assertThat(
            Tables.read(
                "select count(*) from check_in_assent where decision_id = ?",
                UUID.fromString(decision)))
        .isEqualTo("2");
  }

  @Test
  void beforeTheTalkIsOpenNothingIsProposed() {
    String planned = CheckIns.scheduled(couple, ana).getString("id");

    refused(CheckIns.propose(couple, ana, planned, Map.of("text", TEXT)), "check-in-not-open");
  }

  @Test
  void thereIsAnEndOfProposals() {
    for (int i = 0; i < 5; i++) {
      proposed(ana);
    }

    refused(CheckIns.propose(couple, ana, id, Map.of("text", TEXT)), "too-many-decisions");
    proposed(ben);
  }

  @Test
  void itNamesWhatItIsAboutAndChangesNothingOfIt() {
    JsonPath version =
        Agreements.proposed(couple, ana, Agreements.permits(couple, "touch", "hugs"));
    String agreement = version.getString("agreementId");
    String term = version.getString("terms[0].id");
    String before = Agreements.term(couple, ben, term).prettify();

    String decision =
        CheckIns.propose(
                couple,
                ana,
                id,
                Map.of("text", TEXT, "agreementIds", List.of(agreement), "termIds", List.of(term)))
            .then()
            .statusCode(201)
            .body("agreementIds", is(List.of(agreement)))
            .body("termIds", is(List.of(term)))
            .extract()
            .path("id");
    assent(ben, decision).then().statusCode(200);

    assertThat(Agreements.term(couple, ben, term).prettify()).isEqualTo(before);
  }

  /** Of an agreement with somebody else, those who talk learn as little as of none. */
  @ParameterizedTest
  @ValueSource(strings = {"agreementIds", "termIds"})
  @Tag("S34")
  void whatOneOfThemCantSeeIsNotNamed(String field) {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    String open = id;
    id = CheckIns.open(couple, ana, ben, cleo).getString("id");
    JsonPath ofTwo = Agreements.proposed(couple, ana, Agreements.permits(couple, "touch", "hugs"));
    JsonPath draft =
        as(ana)
            .contentType(ContentType.JSON)
            .body(
                Map.of(
                    "title",
                    "Of two",
                    "memberIds",
                    List.of(ana.id(), ben.id()),
                    "terms",
                    List.of(Agreements.permits(couple, "time", "walks"))))
            .post(couple.path("/agreement-drafts"))
            .then()
            .statusCode(201)
            .extract()
            .jsonPath();
    JsonPath private2 =
        Agreements.json(Agreements.propose(couple, ana, draft.getString("id")), 201);
    String named = private2.getString("agreementIds".equals(field) ? "agreementId" : "terms[0].id");
    assertThat(ofTwo.getString("agreementId")).isNotNull();
    for (String unknown : List.of(named, UUID.randomUUID().toString())) {
      CheckIns.propose(couple, ana, id, Map.of("text", TEXT, field, List.of(unknown)))
          .then()
          .statusCode(400)
          .body("errors[0].pointer", is("/" + field + "/0"));
    }

    id = open;
    CheckIns.propose(couple, ana, id, Map.of("text", TEXT, field, List.of(named)))
        .then()
        .statusCode(201);
  }

  /** What all have said yes to outlasts its author's name; the rest goes along. */
  @Test
  @Tag("S33")
  void whoLeavesTakesAlongWhatWasNotDecided() {
    String recorded = proposed(ana);
    assent(ben, recorded).then().statusCode(200);
    proposed(ana);
    assertThat(Exports.of(ana).getList("checkInDecisions.text")).containsExactly(TEXT, TEXT);
    assertThat(Exports.of(ben).getList("checkInDecisions.text")).containsExactly(TEXT);

    couple.leave(ana);

    assertThat(seen(ben).getList("decisions.id")).containsExactly(recorded);
    assertThat(seen(ben).getList("decisions.authorId")).containsOnlyNulls();
    assertThat(seen(ben).getList("decisions.text")).containsExactly(TEXT);
  }
}
