package org.stillpoint.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.AppServer;
import org.stillpoint.testkit.Channels;
import org.stillpoint.testkit.CheckInSeries;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Guests;
import org.stillpoint.testkit.Limits;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PracticeThings;
import org.stillpoint.testkit.Practices;
import org.stillpoint.testkit.Reflections;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.SentReminders;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** Nothing is kept longer than its member wants, and no active pause goes by time. */
@StillpointTest
class RetentionTest {
  @Inject RetentionJob job;

  private Couple couple;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
  }

  private static Response set(Person person, Map<String, Object> request) {
    return as(person).contentType(ContentType.JSON).body(request).patch("/v1/me/retention");
  }

  /** The next round from its beginning to its end. */
  private void round() throws Exception {
    SandboxClock.advance(Duration.ofHours(2));
    while (job.step()) {
      // the walk goes on
    }
  }

  private UUID pausedAndLifted(Person person) {
    UUID pause = couple.tap(person);
    couple.lift(person, pause).then().statusCode(200);
    return pause;
  }

  private static List<String> rows(String query) throws SQLException {
    try (Connection owner = Tables.connect()) {
      return Tables.column(owner, query);
    }
  }

  @Test
  void oneSetsLessAndGoesBackToTheDefault() {
    as(couple.ana())
        .get("/v1/me/retention")
        .then()
        .statusCode(200)
        .body("noticePayloadHours", is(72))
        .body("invitationDays", is(7))
        .body("accessLogDays", is(30))
        .body("pauseEventDays", is(90))
        .body("supersededVersionDays", is(365))
        .body("checkInAnswerDays", is(180))
        .body("reflectionDays", nullValue());

    set(couple.ana(), Map.of("noticePayloadHours", 1, "pauseEventDays", 30));
    set(couple.ana(), Map.of("accessLogDays", 2, "clear", List.of("noticePayloadHours")))
        .then()
        .statusCode(200)
        .body("noticePayloadHours", is(72))
        .body("accessLogDays", is(2))
        .body("pauseEventDays", is(30));
    as(couple.ben()).get("/v1/me/retention").then().body("pauseEventDays", is(90));
  }

  @ParameterizedTest
  @CsvSource({
    "noticePayloadHours, 73",
    "noticePayloadHours, 0",
    "invitationDays, 8",
    "accessLogDays, 31",
    "pauseEventDays, 91",
    "pauseEventDays, 3",
    "supersededVersionDays, 366",
    "supersededVersionDays, 30",
    "checkInAnswerDays, 181",
    "checkInAnswerDays, 0",
    "reflectionDays, 3651",
    "reflectionDays, 0"
  })
  void nobodyHasItKeptLongerThanTheDefault(String field, int value) {
    wrongly(couple.ana())
        .contentType(ContentType.JSON)
        .body(Map.of(field, value))
        .patch("/v1/me/retention")
        .then()
        .statusCode(400)
        .body("errors[0].pointer", is("/" + field));
  }

  @Test
  @Tag("S31")
  void whatAnAppIsShownOfWebhooksGoesWithWhatItsMemberWants() throws Exception {
    try (AppServer app = AppServer.start()) {
      AppServer.Endpoint endpoint = app.endpoint();
      app.subscribe(couple.ana());
      app.subscribe(couple.ben());
      set(couple.ben(), Map.of("noticePayloadHours", 24)).then().statusCode(200);
      Limits.draw(couple, couple.ana());
      String test = endpoint.test();
      endpoint.attempts(3);

      SandboxClock.advance(Duration.ofHours(25));
      round();
      assertThat(endpoint.attempts(0).<String>getList("data.messageId"))
          .hasSize(2)
          .contains(test)
          .anyMatch(id -> id.endsWith("." + couple.ana().id()));
      SandboxClock.advance(Duration.ofHours(48));
      round();

      assertThat(endpoint.attempts(0).getList("data")).isEmpty();
    }
  }

  @Test
  void aLimitThatWasEasedAwayGoesAndNoOther() throws Exception {
    String eased = Limits.draw(couple, couple.ana()).getString("id");
    String softened = Limits.draw(couple, couple.ana()).getString("id");
    round();
    Limits.end(couple, couple.ana(), eased, "*").then().statusCode(202);
    Limits.change(couple, couple.ana(), softened, "*", Limits.hard("touch", "Not my feet"))
        .then()
        .statusCode(200);
    round();
    String ids = "select id from member_limit where holder_id = '" + couple.ana().id() + "'";
    assertThat(rows(ids)).containsExactlyInAnyOrder(eased, softened);

    SandboxClock.advance(Duration.ofHours(23));
    round();

    assertThat(rows(ids)).containsExactly(softened);
  }

  @Test
  void whatAnAgreementNoLongerSaysGoesAndWhatItSaysStays() throws Exception {
    Map<String, Object> hugs = Agreements.permits(couple, "touch", "hugs", "kisses");
    JsonPath first = Agreements.agreed(couple, hugs, Agreements.permits(couple, "contact"));
    SandboxClock.advance(Duration.ofHours(25));
    JsonPath second =
        Agreements.json(
            Agreements.proposeNext(
                couple,
                couple.ana(),
                first,
                Map.of(0, Agreements.permits(couple, "touch", "hugs"))),
            201);
    String terms = "select id from term where relationship_id = '" + couple.relationship() + "'";
    String versions = terms.replace("id from term", "number from agreement_version");
    set(couple.ana(), Map.of("supersededVersionDays", 31)).then().statusCode(200);
    SandboxClock.advance(Duration.ofDays(30));
    round();
    assertThat(rows(terms)).hasSize(3);
    assertThat(rows(versions)).containsExactlyInAnyOrder("1", "2");

    SandboxClock.advance(Duration.ofDays(2));
    round();

    assertThat(rows(terms))
        .containsExactlyInAnyOrder(
            second.getString("terms[0].id"), second.getString("terms[1].id"));
    assertThat(rows(versions)).containsExactly("2");
    assertThat(Agreements.inForce(couple, couple.ben(), "").getList("permissions")).hasSize(2);
    as(couple.ben())
        .get(couple.path("/agreements/" + first.getString("agreementId") + "/versions/1"))
        .then()
        .statusCode(404);
  }

  /** Revealed or not, what one wrote goes by one's own setting, and the other's stays. */
  @Test
  @Tag("S22")
  void whatOneWroteToACheckInGoesByOnesOwnSetting() throws Exception {
    JsonPath open = CheckIns.open(couple, couple.ana(), couple.ben());
    String id = open.getString("id");
    String sealed = CheckIns.item(open, "sealed");
    CheckIns.answer(couple, couple.ana(), id, sealed, "Hers");
    CheckIns.answer(couple, couple.ben(), id, sealed, "His");
    CheckIns.write(couple, couple.ana(), id, CheckIns.item(open, "private"), Map.of("text", "Mine"))
        .then()
        .statusCode(200);
    String kept = "select member_id from check_in_answer where check_in_id = '" + id + "'";
    String ready = kept.replace("check_in_answer", "check_in_readiness");
    CheckIns.propose(couple, couple.ana(), id, Map.of("text", "A plan")).then().statusCode(201);
    String assents = kept.replace("check_in_answer", "check_in_assent");
    set(couple.ana(), Map.of("checkInAnswerDays", 1)).then().statusCode(200);
    round();
    assertThat(rows(kept)).hasSize(3);
    assertThat(rows(ready)).hasSize(2);

    SandboxClock.advance(Duration.ofHours(23));
    round();

    assertThat(rows(kept)).containsExactly(couple.ben().id().toString());
    assertThat(rows(ready)).isEmpty();
    assertThat(CheckIns.read(couple, couple.ana(), id, sealed)).containsExactly("His");
    assertThat(rows(assents)).hasSize(1);
    SandboxClock.advance(Duration.ofDays(180));
    round();
    assertThat(rows(kept)).isEmpty();
    assertThat(rows(assents)).isEmpty();
  }

  /** By nobody's setting but its author's, and with the copies that others can read. */
  @Test
  void aJournalStaysUntilItIsDeletedUnlessItsAuthorSaysHowLong() throws Exception {
    String kept = Reflections.kept(couple.ben(), "Ben's");
    String gone = Reflections.kept(couple.ana(), "Ana's");
    Reflections.shared(couple, gone);
    as(couple.ana()).get("/v1/prompts/suggestions").then().statusCode(200);
    String suggested =
        "select 1 from suggested_prompts where member_id = '" + couple.ana().id() + "'";
    SandboxClock.advance(Duration.ofDays(14));
    round();
    assertThat(rows(suggested)).hasSize(1);
    SandboxClock.advance(Duration.ofDays(400));
    round();
    assertThat(rows(suggested)).isEmpty();
    Reflections.get(couple.ana(), gone);

    set(couple.ana().with(Map.of("loggedInSecondsAgo", 600)), Map.of("reflectionDays", 400))
        .then()
        .statusCode(401);
    set(couple.ana(), Map.of("reflectionDays", 400)).then().statusCode(200);
    round();

    as(couple.ana()).get(Reflections.path(gone)).then().statusCode(404);
    assertThat(rows("select 1 from reflection_snapshot where reflection_id = '" + gone + "'"))
        .isEmpty();
    Reflections.get(couple.ben(), kept);
    as(couple.ben()).get("/v1/me/retention").then().body("reflectionDays", nullValue());
  }

  /**
   * As long as any access log says that something was read under them; copies go with their end.
   */
  @Test
  @Tag("S27")
  void grantsAreForgottenAMonthAfterTheirEnd() throws Exception {
    UUID ended = Practices.granted(couple, Practices.practitioner(), "snapshots");
    Practices.end(couple, couple.ben(), ended).then().statusCode(204);
    Person dora = Practices.practitioner();
    UUID shared = Practices.granted(couple, dora, "snapshots");
    UUID own = Practices.own(couple.ana(), dora, "snapshots");
    String reflection = Reflections.kept(couple.ana(), "Ana's");
    List.of(shared, own).forEach(grant -> Practices.given(couple.ana(), reflection, grant));
    String all =
        "select id from shared_grant where relationship_id = '" + couple.relationship() + "'";
    String yeses = all.replace("id from shared_grant", "grant_id from shared_grant_assent");
    String selfGrants = "select id from self_grant where member_id = '" + couple.ana().id() + "'";
    String copies = selfGrants.replace("id from self_grant", "grant_id from practice_snapshot");
    SandboxClock.advance(Duration.ofDays(29));
    round();
    assertThat(rows(all)).containsExactlyInAnyOrder(ended.toString(), shared.toString());

    SandboxClock.advance(Duration.ofDays(1));
    round();

    assertThat(rows(all)).containsExactly(shared.toString());
    assertThat(rows(yeses)).hasSize(2).containsOnly(shared.toString());
    assertThat(rows(copies)).containsExactlyInAnyOrder(shared.toString(), own.toString());
    SandboxClock.advance(Duration.ofDays(60));
    round();
    assertThat(rows(copies)).isEmpty();
    assertThat(Practices.state(couple, couple.ben(), shared)).isEqualTo("ended");
    assertThat(rows(selfGrants)).containsExactly(own.toString());
    SandboxClock.advance(Duration.ofDays(30));
    round();
    assertThat(rows(all)).isEmpty();
    assertThat(rows(yeses)).isEmpty();
    assertThat(rows(selfGrants)).isEmpty();
  }

  @Test
  void whatPractitionersProposeIsForgottenInTwoWeeks() throws Exception {
    PracticeThings practices = PracticeThings.of(couple);
    String given = "select 1 from prompt_assignment where id = '" + practices.assignment() + "'";
    String proposed = "select 1 from agenda_proposal where id = '" + practices.proposal() + "'";
    SandboxClock.advance(Duration.ofDays(13));
    round();
    assertThat(rows(given)).hasSize(1);
    assertThat(rows(proposed)).hasSize(1);

    SandboxClock.advance(Duration.ofDays(1));
    round();

    assertThat(rows(given)).isEmpty();
    assertThat(rows(proposed)).isEmpty();
  }

  /** For longer than a day before the start nobody is reminded. */
  @Test
  void thatAReminderWasSentIsForgottenOnceItCannotComeAgain() throws Exception {
    SentReminders.of(couple.ana().id());
    SandboxClock.advance(Duration.ofHours(45));
    round();
    assertThat(SentReminders.countOf(couple.ana().id())).isEqualTo(1);

    round();

    assertThat(SentReminders.countOf(couple.ana().id())).isZero();
  }

  /** Until then they count, so that nobody is asked over and over; who was ended keeps no words. */
  @Test
  void guestsAreForgottenOnceTheirTalkIsOver() throws Exception {
    Map<String, Object> later =
        CheckIns.with(
            CheckIns.plan(), "startsAt", SandboxClock.now().plus(Duration.ofDays(20)).toString());
    String id = CheckIns.schedule(couple, couple.ana(), later).path("id");
    Person dora = Person.adult("dora");
    String visit = Guests.present(couple, id, dora);
    String waiting = Guests.proposed(couple, couple.ben(), id).getString("id");
    String ended = Guests.proposed(couple, couple.ana(), id).getString("id");
    Guests.end(couple, couple.ben(), id, ended).then().statusCode(204);
    String guests = "select id from check_in_guest where check_in_id = '" + id + "'";
    String assents = "select 1 from check_in_guest_assent where check_in_id = '" + id + "'";
    assertThat(rows(guests + " and label is not null")).doesNotContain(ended);
    SandboxClock.advance(Duration.ofDays(7));
    round();

    assertThat(rows(guests)).containsExactlyInAnyOrder(visit, waiting, ended);
    assertThat(rows(assents)).isEmpty();
    Guests.seen(dora, visit);
    CheckIns.end(couple, couple.ana(), id, "skip").then().statusCode(200);
    round();
    assertThat(rows(guests)).isEmpty();
  }

  @Test
  void aCheckInGoesLongAfterItsEnd() throws Exception {
    String id = CheckIns.scheduled(couple, couple.ana()).getString("id");
    CheckIns.end(couple, couple.ben(), id, "skip").then().statusCode(200);
    String stays = "select 1 from check_in_item where check_in_id = '" + id + "'";
    SandboxClock.advance(Duration.ofDays(179));
    round();
    assertThat(rows(stays)).hasSize(3);

    SandboxClock.advance(Duration.ofDays(1));
    round();

    assertThat(rows(stays)).isEmpty();
    as(couple.ana()).get(CheckIns.path(couple, id)).then().statusCode(404);
  }

  @Test
  void aSeriesGoesWithTheLastOfItsCheckIns() throws Exception {
    String id = CheckInSeries.created(couple, couple.ana(), CheckInSeries.plan()).getString("id");
    CheckInSeries.end(couple, couple.ben(), id).then().statusCode(200);
    String stays = "select 1 from check_in_series_item where series_id = '" + id + "'";
    SandboxClock.advance(Duration.ofDays(179));
    round();
    assertThat(rows(stays)).hasSize(1);
    assertThat(CheckInSeries.ids(couple, couple.ana(), id)).hasSize(2);

    SandboxClock.advance(Duration.ofDays(1));
    round();

    assertThat(rows(stays)).isEmpty();
    assertThat(CheckInSeries.ids(couple, couple.ana(), id)).isEmpty();
    as(couple.ana()).get(CheckInSeries.path(couple, id)).then().statusCode(404);
  }

  /** What was deleted of a series that goes on doesn't come back. */
  @Test
  void aCheckInOfASeriesGoesLikeAnyAndIsNotMadeAgain() throws Exception {
    String id =
        CheckInSeries.created(
                couple,
                couple.ana(),
                CheckInSeries.plan(Duration.ofHours(1), "FREQ=DAILY;COUNT=366"))
            .getString("id");
    String first = "select min(original_start) from check_in where series_id = '" + id + "'";
    List<String> before = rows(first);
    SandboxClock.advance(Duration.ofDays(180));
    round();
    assertThat(rows(first)).isNotEqualTo(before);
    String made = "select count(*) from check_in where series_id = '" + id + "'";
    Instant patience = Instant.now().plusSeconds(15);
    while (Integer.parseInt(rows(made).getFirst()) < 100 && Instant.now().isBefore(patience)) {
      Thread.sleep(100);
    }
    assertThat(Integer.parseInt(rows(made).getFirst()))
        .as("the job has been by")
        .isGreaterThan(110);

    SandboxClock.advance(Duration.ofDays(1));
    round();
    Thread.sleep(1_500);

    assertThat(rows(first).getFirst()).isGreaterThan(before.getFirst());
    assertThat(CheckInSeries.get(couple, couple.ana(), id).getList("items.title"))
        .containsExactly("How it goes");
  }

  @Test
  void whatIsTooOldGoes() throws Exception {
    UUID pause = pausedAndLifted(couple.ana());
    String invitation = couple.invitation(couple.ana()).getString("id");
    as(couple.ben()).put(couple.path("/invitations/" + invitation + "/assents/me"));
    as(couple.ana())
        .header("Idempotency-Key", "once")
        .post(couple.path("/tap-keys"))
        .then()
        .statusCode(201);

    SandboxClock.advance(Duration.ofHours(70));
    as(couple.ben()).get("/v1/events").then().body("data.type.flatten()", hasSize(4));
    round();

    as(couple.ben()).get("/v1/events").then().body("data", hasSize(0));
    assertThat(rows("select 1 from delivery where member_id = '" + couple.ben().id() + "'"))
        .isEmpty();
    assertThat(rows("select 1 from idempotency_key where member_id = '" + couple.ana().id() + "'"))
        .isEmpty();
    as(couple.ana()).get(couple.path("/pauses/" + pause)).then().statusCode(200);
    as(couple.ana()).get(couple.path("/invitations")).then().body("data", hasSize(1));

    SandboxClock.advance(Duration.ofDays(5));
    round();
    assertThat(rows("select 1 from invitation where id = '" + invitation + "'")).isEmpty();
    as(couple.ana()).get(couple.path("/pauses/" + pause)).then().statusCode(200);

    SandboxClock.advance(Duration.ofDays(90));
    round();
    as(couple.ana()).get(couple.path("/pauses/" + pause)).then().statusCode(404);
    as(couple.ana()).get(couple.path("/pauses")).then().body("data", hasSize(0));
  }

  @Test
  void aPauseTakesItsTapsAcknowledgementsAndTimesAlong() throws Exception {
    UUID pause = couple.tap(couple.ana());
    as(couple.ana()).put(couple.path("/pauses/" + UUID.randomUUID())).then().statusCode(200);
    as(couple.ben())
        .put(couple.path("/pauses/" + pause + "/acknowledgement"))
        .then()
        .statusCode(204);
    couple.lift(couple.ana(), pause);
    for (String table : List.of("pause_tap", "pause_acknowledgement")) {
      assertThat(rows("select 1 from " + table + " where pause_id = '" + pause + "'")).hasSize(1);
    }

    SandboxClock.advance(Duration.ofDays(91));
    round();

    for (String table : List.of("pause_tap", "pause_acknowledgement", "return_offer")) {
      assertThat(rows("select 1 from " + table + " where pause_id = '" + pause + "'")).isEmpty();
    }
  }

  @Test
  @Tag("S3")
  void anActivePauseNeverGoesByTime() throws Exception {
    set(couple.ana(), Map.of("pauseEventDays", 4)).then().statusCode(200);
    UUID pause = couple.tap(couple.ana());

    SandboxClock.advance(Duration.ofDays(200));
    round();

    as(couple.ben())
        .get(couple.path("/pauses/" + pause))
        .then()
        .statusCode(200)
        .body("state", is("active"));
  }

  @Test
  @Tag("S3")
  void theJobsRoleCannotDeleteAnActivePause() throws Exception {
    UUID active = couple.tap(couple.ana());
    UUID over = pausedAndLifted(couple.ben());

    try (Connection worker = Tables.connectAs("worker");
        Statement statement = worker.createStatement()) {
      statement.executeUpdate("delete from pause where id in ('" + active + "', '" + over + "')");
    }

    assertThat(couple.state(couple.ben())).isEqualTo("paused");
    as(couple.ben()).get(couple.path("/pauses/" + over)).then().statusCode(404);
  }

  @Test
  @Tag("S13")
  void theJobsRoleCannotDeleteALimitThatIsNotLetGo() throws Exception {
    String limit = Limits.draw(couple, couple.ana()).getString("id");
    Limits.change(couple, couple.ana(), limit, "*", Limits.hard("touch", "Not my feet"))
        .then()
        .statusCode(200);

    try (Connection worker = Tables.connectAs("worker");
        Statement statement = worker.createStatement()) {
      statement.executeUpdate("delete from member_limit where id = '" + limit + "'");
    }

    Limits.get(couple, couple.ben(), limit).then().statusCode(200);
  }

  @Test
  void eachMembersOwnSettingRules() throws Exception {
    UUID anas = pausedAndLifted(couple.ana());
    UUID bens = pausedAndLifted(couple.ben());
    set(couple.ana(), Map.of("noticePayloadHours", 1, "pauseEventDays", 4));

    round();
    as(couple.ana()).get("/v1/events").then().body("data", hasSize(0));
    as(couple.ben()).get("/v1/events").then().body("data", hasSize(5));

    SandboxClock.advance(Duration.ofDays(4));
    round();
    as(couple.ben()).get(couple.path("/pauses/" + anas)).then().statusCode(404);
    as(couple.ana()).get(couple.path("/pauses/" + bens)).then().statusCode(200);
  }

  @Test
  void moreThanABatchGoesInBatches() throws Exception {
    try (Connection owner = Tables.connect();
        Statement statement = owner.createStatement()) {
      statement.executeUpdate(
          """
          insert into event (member_id, sequence, id, type, occurred_at, resource_type, resource_id)
          select '%s', n - 2500, uuidv7(), 'client.cutOff', '2020-01-01', 'client', uuidv7()
          from generate_series(1, 2500) n
          """
              .formatted(couple.ben().id()));
    }

    round();

    assertThat(
            rows(
                "select count(*) from event where sequence <= 0 and member_id = '"
                    + couple.ben().id()
                    + "'"))
        .containsExactly("0");
  }

  @Test
  void replicasWalkTogether() throws Exception {
    SandboxClock.advance(Duration.ofHours(2));
    List<UUID> seen = new ArrayList<>();
    List<UUID> members;
    do {
      members = job.claim();
      assertThat(Collections.disjoint(seen, members)).isTrue();
      seen.addAll(members);
    } while (!members.isEmpty());

    assertThat(seen).contains(couple.ana().id(), couple.ben().id());
    assertThat(job.claim()).as("the next round isn't due").isEmpty();
  }

  @Test
  @Tag("S31")
  void thePartnerIsNotToldOfASetting() {
    String before = view(couple.ben());

    set(couple.ana(), Map.of("noticePayloadHours", 1, "accessLogDays", 1)).then().statusCode(200);

    assertThat(view(couple.ben())).isEqualTo(before);
  }

  /** All that the API shows a partner. */
  private String view(Person person) {
    StringBuilder view = new StringBuilder();
    for (String path :
        List.of("", "/members", "/invitations", "/pauses", "/state", "/signals", "/tap-keys")) {
      view.append(as(person).get(couple.path(path)).asString());
    }
    return view.append(as(person).get("/v1/events").asString()).toString();
  }

  /** Of the erased too, whom nothing names any more. */
  @Test
  void thatACodeWasAskedForIsForgottenAfterADay() throws Exception {
    String codes = "select id from contact_code";
    Channels.added(couple.ana(), "sms", Channels.number());
    Channels.added(couple.ben(), "sms", Channels.number());
    as(couple.ben()).delete("/v1/me").then().statusCode(204);
    round();
    assertThat(rows(codes)).hasSizeGreaterThanOrEqualTo(2);

    SandboxClock.advance(Duration.ofDays(1));
    round();

    assertThat(rows(codes)).isEmpty();
  }
}
