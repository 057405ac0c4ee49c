package org.stillpoint.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Agreements.clause;
import static org.stillpoint.testkit.Agreements.json;
import static org.stillpoint.testkit.Agreements.permits;
import static org.stillpoint.testkit.Agreements.with;
import static org.stillpoint.testkit.Api.as;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.crypto.DataKeys;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Exports;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/**
 * What not all have said yes to is opened by its author's key alone, so that no backup opens it
 * once that is destroyed.
 */
@SuppressWarnings("NullAway.Init")
@StillpointTest
@Tag("S33")
class ProposedWordsTest {
  @Inject DataKeys keys;

  private Couple couple;
  private Person ana;
  private Person ben;

  @BeforeEach
  void both() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
  }

  private Map<String, Object> line(String... activities) {
    return clause("forbids", "touch", List.of(ana), "Not there", activities);
  }

  private Response term(String id) {
    return as(ben).get(couple.path("/terms/" + id));
  }

  /** Has the title of the newest version, and nothing that a term says. */
  private Response agreement(JsonPath version) {
    return as(ben).get(couple.path("/agreements/" + version.getString("agreementId")));
  }

  private static String first(JsonPath version) {
    return version.getString("terms[0].id");
  }

  private void destroyAnasKey() throws SQLException {
    Tables.change("delete from data_key where owner_id = ?", ana.id());
    keys.forgetAll();
  }

  @Test
  void aProposalGoesWithItsAuthorsKeyUntilAllHaveSaidYes() throws SQLException {
    JsonPath agreed = Agreements.agreed(couple, permits(couple, "time", "walks"));
    JsonPath open = Agreements.proposed(couple, ana, permits(couple, "touch", "hugs"));
    term(first(open)).then().statusCode(200);
    as(ben).get(couple.path("/agreements")).then().statusCode(200).body("data.size()", is(2));
    assertThat(Exports.of(ana).getList("terms")).hasSize(2);

    destroyAnasKey();

    term(first(open)).then().statusCode(500);
    agreement(open).then().statusCode(500);
    term(first(agreed)).then().statusCode(200);
    agreement(agreed).then().statusCode(200);
  }

  /** Of what acts alone, all but its author have yet to say yes. */
  @Test
  void aLineOfOnesOwnGoesToAndSoDoesItsCopyInAnothersProposal() throws SQLException {
    JsonPath drawn = Agreements.proposed(couple, ana, line("tickling"));
    JsonPath ends = json(Agreements.delete(couple, ben, first(drawn), ""), 200);
    JsonPath proven = Agreements.proposed(couple, ana, line("slapping"));
    Agreements.assent(couple, ben, proven, 0).then().statusCode(200);
    assertThat(Agreements.inForce(couple, ben, "").getList("prohibitions")).hasSize(2);

    destroyAnasKey();

    term(first(drawn)).then().statusCode(500);
    agreement(drawn).then().statusCode(500);
    term(ends.getString("id")).then().statusCode(500);
    term(first(proven)).then().statusCode(200);
    agreement(proven).then().statusCode(200);
  }

  /** The title of a version is agreed to with its author's terms, not with what another adds. */
  @Test
  void aTitleIsNotAgreedToWithWhatAnotherProposed() throws SQLException {
    JsonPath both = Agreements.agreed(couple, Agreements.forbids(couple, "touch", "tickling"));
    SandboxClock.advance(Duration.ofHours(25));
    JsonPath next =
        json(
            Agreements.proposeNext(couple, ana, both, Map.of(1, permits(couple, "touch", "hugs"))),
            201);
    JsonPath ends = json(Agreements.delete(couple, ben, first(both), ""), 200);
    Agreements.assent(couple, ana, ends.getString("id"), ends.getString("hash"))
        .then()
        .statusCode(200);

    destroyAnasKey();

    term(ends.getString("id")).then().statusCode(200);
    agreement(next).then().statusCode(500);
  }

  /** What still holds among the others can't be taken along. */
  @Test
  void whatHoldsAmongTheOthersOutlastsItsAuthor() {
    Person cara = Person.adult("cara");
    couple.welcome(cara);
    Map<String, Object> wide =
        clause("permits", "time", List.of(ben, cara), "The two may", "walks", "swimming");
    JsonPath agreed = Agreements.proposed(couple, ana, wide);
    Agreements.assent(couple, ben, agreed, 0).then().statusCode(200);
    Agreements.assent(couple, cara, agreed, 0).then().statusCode(200);
    SandboxClock.advance(Duration.ofHours(25));
    JsonPath narrowed =
        json(
            Agreements.proposeNext(
                couple, ana, agreed, Map.of(0, with(wide, "activities", List.of("walks")))),
            201);
    JsonPath open = Agreements.proposed(couple, ana, permits(couple, "touch", "hugs"));

    as(ana).delete("/v1/me").then().statusCode(204);
    keys.forgetAll();

    assertThat(Agreements.inForce(couple, ben, "").getList("permissions.term.id"))
        .containsExactly(first(narrowed));
    agreement(narrowed).then().statusCode(200);
    term(first(open)).then().statusCode(404);
    as(ben).get(couple.path("/agreements")).then().statusCode(200);
  }
}
