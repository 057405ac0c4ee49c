package org.stillpoint.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Agreements.permits;
import static org.stillpoint.testkit.Agreements.with;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** What can't be agreed is refused with the place that is wrong, and nothing of it is stored. */
@StillpointTest
class AgreementRefusalTest {
  private Couple couple;
  private Person ana;

  @BeforeEach
  void aCouple() {
    couple = Couple.create();
    ana = couple.ana();
  }

  private Response draft(Map<String, ?> body) {
    return wrongly(ana)
        .contentType(ContentType.JSON)
        .body(body)
        .post(couple.path("/agreement-drafts"));
  }

  private void refused(Map<String, ?> body, String pointer) throws SQLException {
    draft(body)
        .then()
        .statusCode(400)
        .body("code", is("validation-failed"))
        .body("errors[0].pointer", is(pointer));
    assertThat(
            Tables.number(
                "select count(*) from agreement_draft where relationship_id = ?",
                couple.relationship()))
        .isZero();
  }

  private static Map<String, ?> of(List<Map<String, Object>> clauses) {
    return Map.of("title", "How we are", "terms", clauses);
  }

  @ParameterizedTest
  @CsvSource({
    "kind, hold",
    "kind, signal",
    "kind, coolingOff",
    "validUntil, 2020-01-01T00:00:00.000Z",
    "reviewAt, 2020-01-01T00:00:00.000Z",
    "text, ''"
  })
  void aClauseThatSaysWhatNoClauseCan(String field, String value) throws SQLException {
    refused(of(List.of(with(permits(couple, "touch"), field, value))), "/terms/0/" + field);
  }

  @Test
  void aClauseThatBindsSomebodyElseOrNobody() throws SQLException {
    Map<String, Object> clause = permits(couple, "touch");
    refused(
        of(List.of(clause, with(clause, "memberIds", List.of(UUID.randomUUID())))),
        "/terms/1/memberIds");
    refused(of(List.of(with(clause, "memberIds", List.of()))), "/terms/0/memberIds");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Holding hands", "-hands", "hands-", "h\u00e4nde", "hands\n", ""})
  void anActivityThatIsNoTag(String activity) throws SQLException {
    refused(of(List.of(permits(couple, "touch", "hugs", activity))), "/terms/0/activities/1");
  }

  @Test
  void moreClausesThanAnybodyReads() throws SQLException {
    refused(of(Collections.nCopies(301, permits(couple, "touch"))), "/terms");
  }

  @Test
  void participantsWhoDontBelongOrAreOnlyOne() throws SQLException {
    List<Map<String, Object>> clauses = List.of(permits(couple, "touch"));
    for (List<UUID> members :
        List.of(
            List.of(ana.id(), UUID.randomUUID()),
            List.of(couple.ben().id(), UUID.randomUUID()),
            List.of(ana.id(), ana.id()))) {
      refused(Map.of("title", "Us", "memberIds", members, "terms", clauses), "/memberIds");
    }
  }

  @Test
  void theSameClauseTwice() throws SQLException {
    Map<String, Object> clause =
        with(permits(couple, "touch"), "lineageId", UUID.randomUUID().toString());
    refused(of(List.of(clause, clause)), "/terms/1/lineageId");
  }

  @Test
  void aClauseOfAnotherAgreement() {
    JsonPath other = Agreements.proposed(couple, ana, permits(couple, "touch"));
    Map<String, Object> clause =
        with(permits(couple, "touch"), "lineageId", other.getString("terms[0].lineageId"));
    String draft = Agreements.json(draft(of(List.of(clause))), 201).getString("id");

    wrongly(ana)
        .post(couple.path("/agreement-drafts/" + draft + "/proposal"))
        .then()
        .statusCode(400)
        .body("errors[0].pointer", is("/terms/0/lineageId"));
    as(couple.ben()).get(couple.path("/agreements")).then().body("data", hasSize(1));
  }

  @Test
  void whatChangesNothingOrWasWrittenOnAnOlderVersion() {
    JsonPath version = Agreements.proposed(couple, ana, permits(couple, "touch", "hugs"));
    Agreements.proposeNext(couple, ana, version, Map.of())
        .then()
        .statusCode(409)
        .body("code", is("nothing-proposed"));
    String late =
        Agreements.json(
                Agreements.redraft(
                    couple,
                    couple.ben(),
                    version.getString("agreementId"),
                    List.of(permits(couple, "touch", "kisses"))),
                201)
            .getString("id");
    Agreements.proposeNext(couple, ana, version, Map.of(1, permits(couple, "contact")))
        .then()
        .statusCode(201);

    Agreements.propose(couple, couple.ben(), late)
        .then()
        .statusCode(409)
        .body("code", is("agreement-moved-on"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "zz", "9F2C4E1AB37D5C08E6F1D2A3B4C5968778695A4B3C2D1E0F9F2C4E1AB37D5C08"})
  void aHashThatIsNone(String hash) {
    String term =
        Agreements.firstTerm(Agreements.proposed(couple, ana, permits(couple, "touch"))).toString();
    wrongly(couple.ben())
        .contentType(ContentType.JSON)
        .body(Map.of("hash", hash))
        .put(couple.path("/terms/" + term + "/assents/me"))
        .then()
        .statusCode(400)
        .body("errors[0].pointer", is("/hash"));
    assertThat(Agreements.state(couple, ana, term)).isEqualTo("proposed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?activity=Holding%20hands",
        "?activity=hugs&domain=kitchen",
        "?activity=hugs&with=somebody",
        "?domain=touch"
      })
  void aQuestionThatMakesNoSense(String query) {
    wrongly(ana)
        .urlEncodingEnabled(false)
        .get(couple.path("/in-force") + query)
        .then()
        .statusCode(400)
        .body("code", is("validation-failed"));
  }
}
