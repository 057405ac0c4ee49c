package org.stillpoint.checkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.stillpoint.testkit.Api.as;

import io.restassured.path.json.JsonPath;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.CheckInSeries;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Exports;
import org.stillpoint.testkit.Inbox;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** Who goes owes no talk, and nobody owes one that all had agreed on. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
@Tag("S32")
class CheckInSeriesLeavingTest {
  private static final String DAILY = "FREQ=DAILY;COUNT=200";

  private Couple couple;
  private Person ana;
  private Person ben;
  private Person cleo;

  @BeforeEach
  void three() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    cleo = Person.adult("cleo");
    couple.welcome(cleo);
  }

  private String created(Person person) {
    return CheckInSeries.created(couple, person, CheckInSeries.plan(Duration.ZERO, DAILY))
        .getString("id");
  }

  /** Until the job has been by, as the check-ins of others show. */
  private static void untilTheJobHasBeenBy() {
    Couple others = Couple.create();
    String id =
        CheckInSeries.created(others, others.ana(), CheckInSeries.plan(Duration.ofDays(1), DAILY))
            .getString("id");
    SandboxClock.advance(Duration.ofDays(2));
    CheckInSeriesTest.await(() -> CheckInSeries.ids(others, others.ana(), id).size() == 62);
  }

  @Test
  void itEndsForAllWhenOneLeavesAndNothingIsMadeAfterwards() {
    String id = created(ana);
    List<String> ids = CheckInSeries.ids(couple, ana, id);
    CheckIns.allReady(couple, ids.getFirst(), ana, ben, cleo);
    int notices = Inbox.texts(ana, 1).size();

    couple.leave(cleo);

    assertThat(CheckInSeries.get(couple, ben, id).getString("state")).isEqualTo("ended");
    assertThat(CheckInSeries.get(couple, ben, id).getList("participantIds"))
        .containsExactlyInAnyOrder(ana.id().toString(), ben.id().toString());
    assertThat(CheckInSeries.occurrences(couple, ben, id).<String>getList("data.state").reversed())
        .startsWith("closed", "skipped", "skipped")
        .doesNotContain("scheduled");
    List<String> types = as(ana).get("/v1/events").as(Json.class, Json.READER).get("data.type");
    assertThat(types).filteredOn("checkInSeries.ended"::equals).hasSize(1);
    assertThat(types).filteredOn("checkIn.ended"::equals).as("of the open one").hasSize(1);
    assertThat(Inbox.texts(ana, notices + 1)).as("that she left").hasSize(notices + 1);
    as(cleo).get(CheckInSeries.path(couple, id)).then().statusCode(404);
    untilTheJobHasBeenBy();
    assertThat(CheckInSeries.ids(couple, ben, id)).isEqualTo(ids);
    CheckInSeries.created(couple, ben, CheckInSeries.plan());
  }

  /** A series of others goes on. */
  @Test
  void whatTheLeaverTakesNoPartInGoesOn() {
    String id =
        CheckInSeries.created(
                couple,
                ana,
                CheckIns.with(CheckInSeries.plan(), "participantIds", List.of(ana.id(), ben.id())))
            .getString("id");

    couple.leave(cleo);

    assertThat(CheckInSeries.get(couple, ben, id).getString("state")).isEqualTo("active");
    assertThat(CheckInSeries.occurrences(couple, ben, id).<String>getList("data.state"))
        .containsOnly("scheduled");
  }

  @Test
  @Tag("S33")
  void theLeaversWordsGoFromAllOfThem() throws SQLException {
    String id = created(ana);
    String occurrence = CheckInSeries.ids(couple, ben, id).getFirst();
    assertThat(CheckIns.get(couple, ben, occurrence).getString("items[0].title"))
        .isEqualTo("How it goes");

    couple.leave(ana);

    for (JsonPath seen :
        List.of(CheckIns.get(couple, ben, occurrence), CheckInSeries.get(couple, ben, id))) {
      assertThat(seen.getList("items.title")).containsOnlyNulls();
      assertThat(seen.getList("items.questions.flatten()")).isEmpty();
      assertThat(seen.getList("items.authorId")).containsOnlyNulls();
    }
    assertThat(Exports.of(ana).getList("checkInSeries")).isEmpty();
    assertThat(
            Tables.number(
                "select count(*) from check_in_series_item where series_id = ? and words is not null",
                UUID.fromString(id)))
        .isZero();
  }

  @Test
  @Tag("S33")
  void whenAllHaveGoneNothingOfItStays() throws SQLException {
    String id = created(ana);
    for (Person person : List.of(ana, ben, cleo)) {
      couple.leave(person);
    }
    for (String table : List.of("check_in_series where id", "check_in where series_id")) {
      assertThat(Tables.number("select count(*) from " + table + " = ?", UUID.fromString(id)))
          .as(table)
          .isZero();
    }
  }

  /** Their rows are nobody's to read who came later. */
  @Test
  @Tag("S34")
  void whoComesBackSeesNothingOfBefore() {
    String id = created(ana);
    couple.leave(ana);
    Couple.join(
        ana,
        new Couple(ben, cleo, couple.relationship()).agreedInvitation(ben, cleo).getString("code"));

    as(ana).get(CheckInSeries.path(couple, id)).then().statusCode(404);
    as(ana).get(couple.path("/check-in-series")).then().body("data", hasSize(0));
    as(ana).get(couple.path("/check-ins")).then().body("data", hasSize(0));
  }
}
