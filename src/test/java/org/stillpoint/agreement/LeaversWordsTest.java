package org.stillpoint.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.testkit.Agreements.clause;
import static org.stillpoint.testkit.Agreements.json;
import static org.stillpoint.testkit.Agreements.permits;
import static org.stillpoint.testkit.Agreements.with;

import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
import org.stillpoint.testkit.Tables;

/** Who leaves takes along the words that nobody else has said yes to, wherever they were copied. */
@StillpointTest
@Tag("S32")
@Tag("S33")
class LeaversWordsTest {
  private Couple couple;
  private Person ana;
  private Person ben;
  private Person cara;

  @BeforeEach
  void threeOfThem() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    cara = Person.adult("cara");
    couple.welcome(cara);
  }

  private Map<String, Object> line(String... activities) {
    return clause("forbids", "touch", List.of(ana), "Not there", activities);
  }

  private List<String> texts() throws SQLException {
    try (Connection owner = Tables.connect()) {
      return Tables.column(
          owner, "select id from term where relationship_id = '" + couple.relationship() + "'");
    }
  }

  @Test
  void aLineThatAnotherWantsToEndGoesWithTheCopyInThatProposal() throws SQLException {
    JsonPath drawn = Agreements.proposed(couple, ana, line("tickling"));
    json(Agreements.delete(couple, ben, drawn.getString("terms[0].id"), ""), 200);
    assertThat(texts()).hasSize(2);

    couple.leave(ana);

    assertThat(texts()).isEmpty();
  }

  @Test
  void aLineThatWasDrawnWiderSinceGoesInBothTexts() throws SQLException {
    JsonPath drawn = Agreements.proposed(couple, ana, line("tickling"));
    json(Agreements.proposeNext(couple, ana, drawn, Map.of(0, line("tickling", "slapping"))), 201);
    assertThat(texts()).hasSize(2);

    couple.leave(ana);

    assertThat(texts()).isEmpty();
  }

  @Test
  void aLineThatLapsedBeforeGoesToo() throws SQLException {
    String tomorrow = SandboxClock.now().plus(Duration.ofDays(1)).toString();
    Agreements.proposed(couple, ana, with(line("tickling"), "validUntil", tomorrow));
    SandboxClock.advance(Duration.ofDays(2));

    couple.leave(ana);

    assertThat(texts()).isEmpty();
  }

  /** Each member's texts are kept for as long as that member wants. */
  @Test
  void itsCopyInAnothersProposalGoesEvenIfTheLineWentBefore() throws SQLException {
    JsonPath drawn = Agreements.proposed(couple, ana, line("tickling"));
    json(Agreements.delete(couple, ben, drawn.getString("terms[0].id"), ""), 200);
    Tables.change("delete from term where id = ?", Agreements.firstTerm(drawn));

    couple.leave(ana);

    assertThat(texts()).isEmpty();
  }

  @Test
  void aTitleGoesUnlessSomethingOfItsAuthorStaysUnderIt() throws SQLException {
    JsonPath first = Agreements.proposed(couple, ana, Agreements.forbids(couple, "touch"));
    Agreements.assent(couple, ben, first, 0).then().statusCode(200);
    Agreements.assent(couple, cara, first, 0).then().statusCode(200);
    SandboxClock.advance(Duration.ofHours(25));
    json(Agreements.proposeNext(couple, ana, first, Map.of(1, permits(couple, "time"))), 201);
    json(Agreements.delete(couple, ben, first.getString("terms[0].id"), ""), 200);

    couple.leave(ana);

    assertThat(texts()).as("the first, and that it was to go").hasSize(2);
    try (Connection owner = Tables.connect()) {
      assertThat(
              Tables.column(
                  owner,
                  "select number from agreement_version where relationship_id = '"
                      + couple.relationship()
                      + "'"))
          .containsExactly("1");
    }
  }

  @Test
  void whatAllHaveSaidYesToStaysAsItsEnd() throws SQLException {
    JsonPath version = Agreements.proposed(couple, ana, permits(couple, "touch"));
    Agreements.assent(couple, ben, version, 0).then().statusCode(200);
    Agreements.assent(couple, cara, version, 0).then().statusCode(200);
    SandboxClock.advance(Duration.ofHours(25));

    couple.leave(ana);

    String term = version.getString("terms[0].id");
    assertThat(texts()).containsExactly(term);
    assertThat(Agreements.state(couple, ben, term)).isEqualTo("ended");
  }
}
