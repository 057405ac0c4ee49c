package org.stillpoint.checkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** A review has before it what has changed since the last one. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
class AgreementReviewTest {
  private Couple couple;
  private Person ana;
  private Person ben;

  @BeforeEach
  void aCouple() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
  }

  private String review(Person... participants) {
    Map<String, Object> plan =
        Map.of(
            "startsAt",
            SandboxClock.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            "templateId",
            "agreement-review",
            "participantIds",
            List.of(participants).stream().map(Person::id).toList());
    return CheckIns.schedule(couple, participants[0], plan)
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private void held(String id, Person... participants) {
    CheckIns.allReady(couple, id, participants);
    CheckIns.end(couple, ben, id, "close").then().statusCode(200);
    SandboxClock.advance(Duration.ofSeconds(1));
  }

  private JsonPath changes(Person person, String id) {
    return as(person)
        .get(CheckIns.path(couple, id) + "/agreement-changes")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private JsonPath agreed(String domain, String activity) {
    return Agreements.agreed(couple, Agreements.permits(couple, domain, activity));
  }

  @Test
  void itHasWhatChangedSinceTheLastReviewAndOnlyTheLatestOfEach() {
    String first = review(ana, ben);
    JsonPath hugs = agreed("touch", "hugs");
    String hug = hugs.getString("terms[0].id");
    assertThat(changes(ana, first).getList("data.termId")).containsExactly(hug);
    assertThat(changes(ana, first).getList("data.kind")).containsExactly("termAgreed");
    assertThat(changes(ana, first).getList("data.agreementId"))
        .containsExactly(hugs.getString("agreementId"));
    assertThat(changes(ana, first).getList("data.versionNumber")).containsExactly(1);
    held(first, ana, ben);

    String second = review(ana, ben);
    assertThat(changes(ben, second).getList("data")).isEmpty();
    String walk = agreed("time", "walks").getString("terms[0].id");
    SandboxClock.advance(Duration.ofDays(2));
    Agreements.put(couple, ben, hug, "/suspension").then().statusCode(200);
    second = review(ana, ben);

    assertThat(changes(ana, second).getList("data.termId")).containsExactly(walk, hug);
    assertThat(changes(ana, second).getList("data.kind"))
        .containsExactly("termAgreed", "termSuspended");
    assertThat(changes(ben, second).prettify()).isEqualTo(changes(ana, second).prettify());
  }

  /** Read later, it tells what it was about then. */
  @Test
  void whatChangesAfterwardsIsForTheNext() {
    String first = review(ana, ben);
    String hug = agreed("touch", "hugs").getString("terms[0].id");
    held(first, ana, ben);
    agreed("time", "walks");

    assertThat(changes(ana, first).getList("data.termId")).containsExactly(hug);
  }

  /** One that was skipped, or had by others, was none of these people's. */
  @Test
  void onlyAReviewOfTheSamePeopleThatTookPlaceCounts() {
    String hug = agreed("touch", "hugs").getString("terms[0].id");
    CheckIns.end(couple, ana, review(ana, ben), "close").then().statusCode(200);
    String skipped = review(ana, ben);
    CheckIns.allReady(couple, skipped, ana, ben);
    CheckIns.end(couple, ben, skipped, "skip").then().statusCode(200);
    SandboxClock.advance(Duration.ofDays(8));
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    held(review(ben, ana, cleo), ana, ben, cleo);

    assertThat(changes(ana, review(ana, ben)).getList("data.termId")).containsExactly(hug);
  }

  /** What one of those who take part can't see isn't told to any of them. */
  @Test
  @Tag("S34")
  void itHasOnlyWhatAllWhoTakePartCanSee() {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    String draft =
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
            .path("id");
    Agreements.propose(couple, ana, draft).then().statusCode(201);
    String ofThree = review(ana, ben, cleo);

    for (Person person : List.of(ana, ben, cleo)) {
      assertThat(changes(person, ofThree).getList("data")).isEmpty();
    }
    assertThat(changes(ana, review(ana, ben)).getList("data")).hasSize(1);
  }

  /** A decline looks like no answer here too. */
  @Test
  @Tag("S17")
  void whatWasDeclinedIsNotTold() {
    String id = review(ana, ben);
    JsonPath version =
        Agreements.proposed(couple, ana, Agreements.permits(couple, "touch", "hugs"));
    String before = changes(ana, id).prettify();

    Agreements.put(couple, ben, version.getString("terms[0].id"), "/declines/me")
        .then()
        .statusCode(200);

    assertThat(changes(ana, id).prettify()).isEqualTo(before);
  }

  @Test
  void ofOtherTalksThereIsNothing() {
    agreed("touch", "hugs");

    assertThat(changes(ana, CheckIns.scheduled(couple, ana).getString("id")).getList("data"))
        .isEmpty();
  }

  @Test
  void itIsReadPageByPage() {
    for (String activity : List.of("hugs", "walks", "calls")) {
      agreed("touch", activity);
    }
    String path = CheckIns.path(couple, review(ana, ben)) + "/agreement-changes?limit=1";
    List<Object> read = new ArrayList<>();
    String cursor = "";
    for (int i = 0; i < 3; i++) {
      JsonPath page = as(ana).get(path + cursor).then().statusCode(200).extract().jsonPath();
      read.addAll(page.getList("data.termId"));
      assertThat(page.getBoolean("hasMore")).isEqualTo(i < 2);
      cursor = "&cursor=" + page.getString("nextCursor");
    }

    assertThat(read).hasSize(3).doesNotHaveDuplicates();
  }
}
