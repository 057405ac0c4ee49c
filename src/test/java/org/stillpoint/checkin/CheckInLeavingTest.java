package org.stillpoint.checkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;

import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Exports;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;

/** Who goes takes their words along, and nobody's else come to light by it. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
@Tag("S32")
class CheckInLeavingTest {
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

  @Test
  @Tag("S22")
  void whatIsOpenEndsAndRevealsNothing() {
    JsonPath open = CheckIns.open(couple, ana, ben, cleo);
    String id = open.getString("id");
    String sealed = CheckIns.item(open, "sealed");
    CheckIns.answer(couple, ana, id, sealed, "Hers");
    CheckIns.answer(couple, ben, id, sealed, "His");

    couple.leave(cleo);

    assertThat(CheckIns.state(couple, ana, id)).isEqualTo("closed");
    assertThat(CheckIns.read(couple, ana, id, sealed)).isEmpty();
    CheckIns.submit(couple, ana, id, sealed).then().statusCode(200).body("revealed", is(false));
    assertThat(CheckIns.read(couple, ben, id, sealed)).isEmpty();
    assertThat(CheckIns.get(couple, ana, id).getList("participantIds"))
        .containsExactlyInAnyOrder(ana.id().toString(), ben.id().toString());
    assertThat(as(ana).get("/v1/events").as(Json.class, Json.READER).getList("data.type"))
        .contains("checkIn.ended", "relationship.memberLeft");
  }

  @Test
  void whatIsToBeginGoesOnWithThoseWhoStay() {
    String ofThree = CheckIns.scheduled(couple, ana).getString("id");
    String ofTwo =
        CheckIns.schedule(
                couple,
                cleo,
                CheckIns.with(CheckIns.plan(), "participantIds", List.of(cleo.id(), ben.id())))
            .path("id");
    CheckIns.allReady(couple, ofThree, ana, ben);

    couple.leave(cleo);

    assertThat(CheckIns.state(couple, ben, ofTwo)).isEqualTo("skipped");
    assertThat(CheckIns.state(couple, ben, ofThree))
        .as("nothing opens by it")
        .isEqualTo("scheduled");
    CheckIns.allReady(couple, ofThree, ben);
    assertThat(CheckIns.state(couple, ben, ofThree)).isEqualTo("open");
    as(cleo).get(CheckIns.path(couple, ofThree)).then().statusCode(404);
  }

  /** Questions in one's own words, and answers, also those that had been revealed. */
  @Test
  @Tag("S33")
  void theLeaversWordsGoAndStayTheLeavers() {
    JsonPath open = CheckIns.open(couple, ana, ben);
    String id = open.getString("id");
    String sealed = CheckIns.item(open, "sealed");
    CheckIns.answer(couple, ana, id, sealed, "Hers");
    CheckIns.answer(couple, ben, id, sealed, "His");
    CheckIns.write(couple, ana, id, CheckIns.item(open, "private"), Map.of("text", "A note"))
        .then()
        .statusCode(200);
    assertThat(CheckIns.read(couple, ben, id, sealed)).contains("Hers");

    couple.leave(ana);

    assertThat(CheckIns.read(couple, ben, id, sealed)).containsExactly("His");
    JsonPath left = CheckIns.get(couple, ben, id);
    assertThat(left.getString("state")).isEqualTo("closed");
    assertThat(left.getList("items.title")).containsOnlyNulls();
    assertThat(left.getList("items.questions.flatten()")).isEmpty();
    assertThat(left.getList("items.authorId")).containsOnlyNulls();
    assertThat(Exports.of(ana).getList("checkInAnswers.text"))
        .containsExactlyInAnyOrder("Hers", "A note");
    assertThat(Exports.of(ben).getList("checkInAnswers.text")).containsExactly("His");
  }

  @Test
  @Tag("S34")
  void whoComesBackReadsNothingOfBeforeAndIsNotRead() {
    JsonPath open = CheckIns.open(couple, ana, ben);
    String id = open.getString("id");
    String sealed = CheckIns.item(open, "sealed");
    CheckIns.answer(couple, ana, id, sealed, "Hers");
    CheckIns.answer(couple, ben, id, sealed, "His");
    couple.leave(ana);
    Couple.join(
        ana,
        new Couple(ben, cleo, couple.relationship()).agreedInvitation(ben, cleo).getString("code"));

    as(ana).get(CheckIns.path(couple, id)).then().statusCode(404);
    as(ana).get(CheckIns.answers(couple, id, sealed)).then().statusCode(404);
    as(ana).get(CheckIns.answers(couple, id, sealed) + "/me").then().statusCode(404);
    as(ana).get(couple.path("/check-ins")).then().body("data", hasSize(0));
    assertThat(CheckIns.read(couple, ben, id, sealed)).containsExactly("His");
  }

  /** Whoever had put it off is gone, so that nobody is kept waiting for them. */
  @Test
  void whatTheLeaverPutOffIsFreeToBePlanned() {
    String id = CheckIns.scheduled(couple, ana).getString("id");
    CheckIns.end(couple, cleo, id, "skip").then().statusCode(200);
    couple.leave(cleo);

    CheckIns.scheduled(couple, ben);
  }
}
