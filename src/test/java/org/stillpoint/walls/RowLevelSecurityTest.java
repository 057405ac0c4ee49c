package org.stillpoint.walls;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.Browser;
import org.stillpoint.testkit.Calendars;
import org.stillpoint.testkit.Channels;
import org.stillpoint.testkit.CheckInSeries;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Devices;
import org.stillpoint.testkit.Guests;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Limits;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PracticeThings;
import org.stillpoint.testkit.Practices;
import org.stillpoint.testkit.Reflections;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.SentReminders;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** The second wall: a forgotten WHERE gives nothing of others away. */
@StillpointTest
class RowLevelSecurityTest {
  /** They hold no rows of persons. */
  private static final List<String> WITHOUT =
      List.of("flyway_schema_history", "hash_key", "retention_walk", "server_key");

  @Test
  void everyTableWithPersonalRowsHasTheWall() throws SQLException {
    try (Connection owner = Tables.connect()) {
      assertThat(
              Tables.column(
                  owner,
                  "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                      + " where n.nspname = 'public' and c.relkind = 'r' and not c.relrowsecurity"
                      + " order by 1"))
          .isEqualTo(WITHOUT);
    }
  }

  @Test
  @Tag("S34")
  void aForgottenWhereGivesAStrangerNothing() {
    Couple couple = aCoupleWithAPast();

    assertThat(everything(Person.stranger("mallory")))
        .containsEntry("member", 1)
        .containsEntry("member_client", 1)
        .containsEntry("feed", 1)
        .allSatisfy(
            (table, rows) -> {
              if (!List.of("access_log", "member", "member_client", "feed").contains(table)) {
                assertThat(rows).as(table).isZero();
              }
            });
    assertThat(everything(couple.ana()))
        .containsEntry("pause", 1)
        .containsEntry("tap_key", 1)
        .containsEntry("agreement", 2)
        .containsEntry("agreement_draft", 1)
        .containsEntry("agreement_version", 1)
        .containsEntry("term", 2)
        .containsEntry("term_answer", 2)
        .containsEntry("agreement_history", 3)
        .containsEntry("check_in", 3)
        .containsEntry("check_in_item", 5)
        .containsEntry("check_in_series", 1)
        .containsEntry("check_in_series_item", 1)
        .containsEntry("check_in_answer", 2)
        .containsEntry("check_in_readiness", 1)
        .containsEntry("check_in_guest", 1)
        .containsEntry("check_in_guest_assent", 1)
        .containsEntry("check_in_guest_mark", 1)
        .containsEntry("calendar_feed", 1)
        .containsEntry("device", 1)
        .containsEntry("contact", 1)
        .containsEntry("contact_code", 0)
        .containsEntry("channel_order", 1)
        .containsEntry("check_in_reminder", 1)
        .containsEntry("check_in_reminder_setting", 1)
        .containsEntry("check_in_decision", 1)
        .containsEntry("check_in_assent", 1)
        .containsEntry("reflection", 2)
        .containsEntry("reflection_snapshot", 1)
        .containsEntry("suggested_prompts", 1)
        .containsEntry("practitioner", 1)
        .containsEntry("shared_grant", 3)
        .containsEntry("shared_grant_assent", 2)
        .containsEntry("self_grant", 1)
        .containsEntry("practice_snapshot", 1)
        .containsEntry("prompt_assignment", 1)
        .containsEntry("agenda_proposal", 1);
  }

  @Test
  @Tag("S11")
  void aForgottenWhereGivesThePartnerNothingPrivate() {
    Couple couple = aCoupleWithAPast();

    assertThat(everything(couple.ben()))
        .containsEntry("return_offer", 0)
        .containsEntry("tap_key", 0)
        .containsEntry("pause_tap", 0)
        .containsEntry("idempotency_key", 0)
        .containsEntry("member_client", 1)
        .containsEntry("member_limit", 1)
        .containsEntry("agreement", 2)
        .containsEntry("agreement_draft", 0)
        .containsEntry("agreement_version", 1)
        .containsEntry("term", 2)
        .containsEntry("term_answer", 0)
        .containsEntry("check_in", 3)
        .containsEntry("check_in_item", 5)
        .containsEntry("check_in_series", 1)
        .containsEntry("check_in_series_item", 1)
        .containsEntry("check_in_answer", 0)
        .containsEntry("check_in_readiness", 1)
        .containsEntry("check_in_guest", 1)
        .containsEntry("check_in_guest_assent", 0)
        .containsEntry("check_in_guest_mark", 0)
        .containsEntry("calendar_feed", 0)
        .containsEntry("device", 0)
        .containsEntry("contact", 0)
        .containsEntry("channel_order", 0)
        .containsEntry("check_in_reminder", 0)
        .containsEntry("check_in_reminder_setting", 0)
        .containsEntry("check_in_decision", 1)
        .containsEntry("check_in_assent", 0)
        .containsEntry("reflection", 0)
        .containsEntry("reflection_snapshot", 1)
        .containsEntry("suggested_prompts", 0)
        .containsEntry("practitioner", 0)
        .containsEntry("shared_grant", 3)
        .containsEntry("shared_grant_assent", 3)
        .containsEntry("self_grant", 0)
        .containsEntry("practice_snapshot", 0)
        .containsEntry("prompt_assignment", 0)
        .containsEntry("agenda_proposal", 1)
        .containsEntry("pause", 1);
  }

  @Test
  @Tag("S34")
  void aForgottenWhereGivesNothingOfAnAgreementToWhoTakesNoPart() {
    Couple circle = Couple.create();
    var invitation = circle.invitation(circle.ana());
    as(circle.ben())
        .put(circle.path("/invitations/" + invitation.getString("id") + "/assents/me"))
        .then()
        .statusCode(200);
    Person cleo = Person.adult("cleo");
    Couple.join(cleo, invitation.getString("code"));
    agree(circle, List.of(circle.ana().id(), circle.ben().id()));

    assertThat(everything(circle.ben())).containsEntry("agreement", 2).containsEntry("term", 2);
    assertThat(everything(cleo))
        .containsEntry("membership", 3)
        .containsEntry("agreement", 0)
        .containsEntry("agreement_draft", 0)
        .containsEntry("agreement_version", 0)
        .containsEntry("agreement_history", 0)
        .containsEntry("term", 0)
        .containsEntry("term_answer", 0);
  }

  @Test
  @Tag("S32")
  void aForgottenWhereGivesNothingToWhoeverHasLeft() {
    Couple couple = aCoupleWithAPast();

    couple.leave(couple.ben());

    assertThat(everything(couple.ben()))
        .containsEntry("pause", 0)
        .containsEntry("member_limit", 0)
        .containsEntry("agreement", 0)
        .containsEntry("agreement_version", 0)
        .containsEntry("agreement_history", 0)
        .containsEntry("term", 0)
        .containsEntry("check_in", 0)
        .containsEntry("check_in_item", 0)
        .containsEntry("check_in_series", 0)
        .containsEntry("check_in_series_item", 0)
        .containsEntry("check_in_answer", 0)
        .containsEntry("check_in_readiness", 0)
        .containsEntry("check_in_decision", 0)
        .containsEntry("check_in_assent", 0)
        .containsEntry("reflection_snapshot", 0)
        .containsEntry("shared_grant", 0)
        .containsEntry("shared_grant_assent", 0)
        .containsEntry("agenda_proposal", 0)
        .containsEntry("relationship", 0)
        .containsEntry("member", 1)
        .containsEntry("membership", 1);
  }

  @Test
  @Tag("S23")
  void aForgottenWhereGivesACopyToItsReadersAlone() throws SQLException {
    Couple couple = Couple.create();
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    Reflections.shared(couple, Reflections.kept(couple.ana(), "For Ben"));

    assertThat(everything(couple.ben()))
        .containsEntry("reflection_snapshot", 1)
        .containsEntry("reflection", 0);
    assertThat(everything(cleo))
        .containsEntry("reflection_snapshot", 0)
        .containsEntry("reflection", 0);
    update(couple.ben().id(), "delete from reflection_snapshot");
    assertThat(everything(couple.ana())).containsEntry("reflection_snapshot", 1);
  }

  /** Nor once a grant is open: what it lets read is read by functions alone. */
  @Test
  @Tag("S34")
  void aForgottenWhereGivesAPractitionerNothingOfAClient() throws SQLException {
    Couple clients = Couple.create();
    Person dora = Practices.practitioner();
    UUID shared = Practices.granted(clients, dora, "pauses", "snapshots");
    UUID own = Practices.own(clients.ana(), dora, "pauses", "snapshots");
    String reflection = Reflections.kept(clients.ana(), "For Dora");
    Practices.given(clients.ana(), reflection, shared);
    Practices.given(clients.ana(), reflection, own);
    clients.tap(clients.ana());
    Map<String, Integer> before = everything(dora);

    assertThat(before)
        .containsEntry("practitioner", 1)
        .containsEntry("member", 1)
        .containsEntry("data_key", 1)
        .containsEntry("shared_grant", 0)
        .containsEntry("shared_grant_assent", 0)
        .containsEntry("self_grant", 0)
        .containsEntry("practice_snapshot", 0)
        .containsEntry("pause", 0)
        .containsEntry("reflection", 0)
        .containsEntry("relationship", 0)
        .containsEntry("membership", 0);
    try (Connection app = Tables.connectAs("app")) {
      app.setAutoCommit(false);
      act(app, dora.id());
      assertThat(
              Tables.column(
                  app,
                  "select members from open_grant('%s', '%s', null, null, 'practice.members', uuidv7(), now())"
                      .formatted(shared, Practices.TOOL)))
          .hasSize(1);
      for (String table :
          Tables.column(app, "select relname from pg_class where relrowsecurity order by 1")) {
        // That of Ana's; Ben has written nothing.
        int keys = "data_key".equals(table) ? 1 : 0;
        assertThat(Tables.column(app, "select count(*) from " + table))
            .as(table)
            .containsExactly(String.valueOf(before.getOrDefault(table, 0) + keys));
      }
    }
  }

  /** Only the database begins a grant, once it has counted all who belong. */
  @Test
  @Tag("S27")
  void nobodyBeginsAGrantByAForgottenCheck() {
    Couple couple = Couple.create();
    Practices.requested(couple, couple.ana(), Practices.code(Practices.practitioner()), "pauses");

    String begun = "'%s', now(), now()".formatted(couple.ben().id());
    String askedByAnother = "'%s', null, null".formatted(couple.ana().id());
    for (String other : List.of(begun, askedByAnother)) {
      assertThatThrownBy(
              () ->
                  update(
                      couple.ben().id(),
                      "insert into shared_grant (relationship_id, id, practitioner_id, client_id,"
                          + " scopes, lasts_days, requested_at, expires_at, requested_by, began_at,"
                          + " completed_at) select relationship_id, uuidv7(), practitioner_id,"
                          + " client_id, scopes, lasts_days, requested_at, expires_at, "
                          + other
                          + " from shared_grant"))
          .as(other)
          .hasMessageContaining("row-level security");
    }
  }

  @Test
  @Tag("S3")
  void thePartnerCannotLiftAPauseEvenInTheDatabase() throws SQLException {
    Couple couple = aCoupleWithAPast();

    assertThatThrownBy(
            () ->
                update(
                    couple.ben().id(),
                    "update pause set ended_at = raised_at, end_reason = 'lifted'"))
        .hasMessageContaining("row-level security");
    assertThat(couple.state(couple.ana())).isEqualTo("paused");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete from return_offer",
        "update tap_key set revoked_at = created_at",
        "update member_limit set strength = 'SOFT'",
        "update member_limit set easing_ends = true, easing_at = drawn_at",
        "delete from member_limit",
        "delete from agreement_draft",
        "update agreement_draft set content = ''",
        "delete from term_answer",
        "update term_answer set assents = false",
        "delete from check_in_answer",
        "update check_in_answer set submitted_at = null, passes = true",
        "delete from check_in_readiness",
        "delete from check_in_guest_assent",
        "delete from check_in_guest_mark",
        "delete from calendar_feed",
        "delete from device",
        "delete from contact",
        "delete from channel_order",
        "delete from check_in_reminder_setting",
        "update check_in_reminder_setting set lead_seconds = '{3600}'",
        "delete from check_in_assent",
        "delete from check_in_decision",
        "delete from reflection",
        "update reflection set text = ''",
        "delete from reflection_snapshot",
        "delete from suggested_prompts",
        "update practitioner set policy_text = ''",
        "update self_grant set expires_at = now()",
        "delete from practice_snapshot",
        "delete from check_in_practice_mark",
        "update prompt_assignment set hidden_at = now()",
        "delete from event",
        "delete from data_key",
        "update member_client set cut_off_at = first_used_at"
      })
  void whatIsAnothersCannotBeChangedByAForgottenWhere(String statement) throws SQLException {
    Couple couple = aCoupleWithAPast();
    String before = whatIsHers(couple);

    update(couple.ben().id(), statement);

    assertThat(whatIsHers(couple)).isEqualTo(before);
  }

  private static String whatIsHers(Couple couple) {
    String agreement =
        as(couple.ana())
            .get(couple.path("/agreements"))
            .as(Json.class, Json.READER)
            .get("data[0].id");
    return Stream.of(
            couple.path("/tap-keys"),
            couple.path("/pauses"),
            couple.path("/limits"),
            couple.path("/agreement-drafts"),
            couple.path("/check-ins"),
            guests(couple),
            answers(couple, "sealed"),
            answers(couple, "open"),
            couple.path("/agreements/" + agreement + "/versions/1"),
            "/v1/me/clients",
            "/v1/me/calendars",
            "/v1/me/devices",
            "/v1/me/channels",
            "/v1/me/channel-order",
            "/v1/me/check-in-reminders",
            "/v1/reflections",
            "/v1/prompts/suggestions",
            couple.path("/snapshots"),
            couple.path("/grants"),
            "/v1/me/grants",
            "/v1/me/prompt-assignments",
            "/v1/practitioners/me",
            "/v1/events",
            "/v1/trial/forgotten-where")
        .map(path -> given().auth().oauth2(couple.ana().token()).get(path).asString())
        .collect(Collectors.joining("\n"));
  }

  private static JsonPath talk(Couple couple, Person person) {
    return CheckIns.get(
        couple,
        person,
        as(person).get(couple.path("/check-ins")).path("data.find { it.seriesId == null }.id"));
  }

  private static String guests(Couple couple) {
    return Guests.path(couple, talk(couple, couple.ana()).getString("id"));
  }

  private static String answers(Couple couple, String kept) {
    JsonPath checkIn = talk(couple, couple.ana());
    return CheckIns.answers(couple, checkIn.getString("id"), CheckIns.item(checkIn, kept)) + "/me";
  }

  @Test
  void withoutAMemberThereAreNoRows() throws SQLException {
    aCoupleWithAPast();
    try (Connection app = Tables.connectAs("app")) {
      for (String table :
          Tables.column(app, "select relname from pg_class where relrowsecurity order by 1")) {
        assertThat(Tables.column(app, "select count(*) from " + table))
            .as(table)
            .containsExactly("0");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table own_table (id uuid)",
        "create function f() returns int language sql return 1",
        "alter table pause disable row level security",
        "drop policy members on pause",
        "delete from check_in",
        "update check_in set participant_ids = '{}'",
        "update check_in_item set revealed_at = now()",
        "delete from check_in_item",
        "update check_in set series_id = uuidv7()",
        "update check_in_item set series_item_id = uuidv7()",
        "delete from check_in_series",
        "update check_in_series set rule = ''",
        "update check_in_series set participant_ids = '{}'",
        "update check_in_series_item set words = null",
        "delete from check_in_series_item",
        "update check_in_decision set recorded_at = now()",
        "update check_in_assent set assented_at = now()",
        "truncate pause",
        "delete from pause",
        "delete from term",
        "delete from agreement",
        "update agreement_version set number = 2",
        "delete from agreement_history",
        "update agreement_history set type = 'termEnded'",
        "update data_key set master_key = ''",
        "update calendar_feed set secret_hash = ''",
        "update feed set wants_notices = false",
        "delete from check_in_reminder",
        "select * from due_check_in_reminders(now(), 1)",
        "select guest_id from check_in_guest",
        "update check_in_guest set invited_at = now()",
        "delete from check_in_guest",
        "update check_in_guest_assent set assented_at = now()",
        "select reach_also('{}')",
        "select * from visited_guests(now(), now())",
        "update shared_grant set began_at = now()",
        "delete from shared_grant",
        "insert into shared_grant_assent (relationship_id, grant_id, member_id, edition, since,"
            + " assented_at) values (uuidv7(), uuidv7(), uuidv7(), uuidv7(), now(), now())",
        "update shared_grant_assent set edition = uuidv7()",
        "delete from shared_grant_assent",
        "update self_grant set ended_at = now()",
        "update self_grant set practitioner_id = uuidv7()",
        "delete from self_grant",
        "update practice_snapshot set words = ''",
        "update practitioner set verified_edition = edition",
        "insert into prompt_assignment (member_id, grant_id, id, practitioner_id, prompt, assigned_at)"
            + " values (uuidv7(), uuidv7(), uuidv7(), uuidv7(), '', now())",
        "insert into agenda_proposal (relationship_id, grant_id, id, practitioner_id, words,"
            + " proposed_at) values (uuidv7(), uuidv7(), uuidv7(), uuidv7(), '', now())",
        "delete from agenda_proposal",
        "delete from practitioner",
        "select * from standing_grants('app', now())",
        "select stands(g) from shared_grant g",
        "select forget_given('{}')",
        "select forget_practice(uuidv7())",
        "set role stillpoint_owner",
        "select * from flyway_schema_history",
        "insert into member (id, issuer, subject, created_at) values (uuidv7(), 'i', 's', now())"
      })
  void theApplicationOwnsNothing(String statement) throws SQLException {
    try (Connection app = Tables.connectAs("app");
        Statement sql = app.createStatement()) {
      assertThatThrownBy(() -> sql.execute(statement))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
  }

  private static void update(UUID member, String statement) throws SQLException {
    try (Connection app = Tables.connectAs("app")) {
      app.setAutoCommit(false);
      act(app, member);
      try (Statement sql = app.createStatement()) {
        sql.execute(statement);
      }
      app.commit();
    }
  }

  private static void act(Connection app, UUID member) throws SQLException {
    try (PreparedStatement acting =
        app.prepareStatement("select set_config('app.member', ?, true)")) {
      acting.setString(1, member.toString());
      acting.execute();
    }
  }

  private static Map<String, Integer> everything(Person person) {
    return given()
        .auth()
        .oauth2(person.token())
        .get("/v1/trial/forgotten-where")
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER)
        .getMap("$");
  }

  /** A draft of the first one's, what was proposed, and a hold. */
  private static void agree(Couple couple, List<UUID> memberIds) {
    for (boolean proposed : List.of(true, false)) {
      String draft =
          as(couple.ana())
              .contentType(ContentType.JSON)
              .body(
                  Map.of(
                      "title",
                      "How we begin",
                      "memberIds",
                      memberIds,
                      "terms",
                      List.of(Agreements.permits(couple, "touch", "hugs"))))
              .post(couple.path("/agreement-drafts"))
              .then()
              .statusCode(201)
              .extract()
              .as(Json.class, Json.READER)
              .get("id");
      if (proposed) {
        Agreements.propose(couple, couple.ana(), draft).then().statusCode(201);
      }
    }
    as(couple.ana())
        .contentType(ContentType.JSON)
        .body(
            Map.of(
                "domain",
                "contact",
                "memberIds",
                memberIds,
                "until",
                SandboxClock.now().plus(7, ChronoUnit.DAYS).toString()))
        .post(couple.path("/holds"))
        .then()
        .statusCode(201);
  }

  /** Both were ready; Ana has submitted, has a note to something else, and has begun a series. */
  private static void talk(Couple couple) {
    JsonPath open = CheckIns.open(couple, couple.ana(), couple.ben());
    String id = open.getString("id");
    CheckIns.answer(couple, couple.ana(), id, CheckIns.item(open, "sealed"), "Hers");
    CheckIns.propose(couple, couple.ana(), id, Map.of("text", "What we do")).then().statusCode(201);
    CheckIns.write(couple, couple.ana(), id, CheckIns.item(open, "open"), Map.of("text", "A note"))
        .then()
        .statusCode(200);
    Guests.mark(couple, couple.ana(), id, CheckIns.item(open, "sealed")).then().statusCode(200);
    Guests.proposed(couple, couple.ana(), id);
    CheckInSeries.created(couple, couple.ana(), CheckInSeries.plan());
  }

  /** What all can read, nobody changes any more: not even its author, and not in the database. */
  @Test
  @Tag("S22")
  void whatIsRevealedStaysAsItIsEvenInTheDatabase() throws SQLException {
    Couple couple = Couple.create();
    JsonPath open = CheckIns.open(couple, couple.ana(), couple.ben());
    String id = open.getString("id");
    String item = CheckIns.item(open, "sealed");
    CheckIns.answer(couple, couple.ana(), id, item, "Hers");
    update(
        couple.ben().id(),
        "select reveal_item(relationship_id, check_in_id, id, now())" + " from check_in_item");
    assertThat(everything(couple.ben())).containsEntry("check_in_answer", 0);
    CheckIns.answer(couple, couple.ben(), id, item, "His");
    assertThat(everything(couple.ben())).containsEntry("check_in_answer", 2);

    update(couple.ana().id(), "update check_in_answer set passes = true");
    update(couple.ana().id(), "delete from check_in_answer");

    assertThat(CheckIns.read(couple, couple.ben(), id, item))
        .containsExactlyInAnyOrder("Hers", "His");
    assertThat(
            Tables.number(
                "select count(*) from check_in_answer where check_in_id = ? and passes",
                UUID.fromString(id)))
        .isZero();
  }

  /** The job sees whose what is and how old, and never what it says. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "select text from check_in_answer",
        "select submitted_at from check_in_answer",
        "select round from check_in_readiness",
        "select words from check_in_item",
        "select words from check_in_series_item",
        "select author_id from check_in_series_item",
        "select ended_by from check_in_series",
        "update check_in_series set ended_at = now()",
        "update check_in_series_item set seconds = 60",
        "update check_in set starts_at = now()",
        "insert into check_in (relationship_id, id, over_by) values (uuidv7(), uuidv7(), uuidv7())",
        "insert into check_in_item (relationship_id, check_in_id, id, words)"
            + " values (uuidv7(), uuidv7(), uuidv7(), '')",
        "select text from check_in_decision",
        "select participant_ids from check_in",
        "update check_in_answer set kept_since = now()",
        "select * from calendar_feed",
        "select lead_seconds from check_in_reminder_setting",
        "select find_calendar_feed('')",
        "select label from check_in_guest",
        "select code_hash from check_in_guest",
        "select guest_id from check_in_guest",
        "select * from check_in_guest_mark",
        "select * from visit_check_ins(now(), now())"
      })
  @Tag("S22")
  void theWorkerReadsNothingOfATalk(String statement) throws SQLException {
    refusesTheWorker(statement);
  }

  /** Nor who reads it, and what. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from practitioner",
        "select scopes from shared_grant",
        "update shared_grant set ended_at = now()",
        "select * from shared_grant_assent",
        "select practitioner_id from self_grant",
        "update self_grant set ended_at = now()",
        "select words from practice_snapshot",
        "select prompt from prompt_assignment",
        "select words from agenda_proposal",
        "select * from check_in_practice_mark",
        "select * from practice_grants('app', now())"
      })
  @Tag("S28")
  void theWorkerReadsNothingOfAPractice(String statement) throws SQLException {
    refusesTheWorker(statement);
  }

  private static void refusesTheWorker(String statement) throws SQLException {
    try (Connection worker = Tables.connectAs("worker");
        Statement sql = worker.createStatement()) {
      assertThatThrownBy(() -> sql.execute(statement))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
  }

  /**
   * Ana has drafted, proposed, held off and paused, has said when she could come back, has drawn a
   * limit, and has a tap key; and all that a practitioner can have and can be let read.
   */
  private static Couple aCoupleWithAPast() {
    Couple couple = Couple.create();
    agree(couple, List.of(couple.ana().id(), couple.ben().id()));
    talk(couple);
    Reflections.shared(couple, Reflections.kept(couple.ana(), "What Ana thinks"));
    as(couple.ana()).get("/v1/prompts/suggestions").then().statusCode(200);
    PracticeThings.of(couple);
    UUID pause = couple.tap(couple.ana());
    Instant start = SandboxClock.now().truncatedTo(ChronoUnit.HOURS).plus(24, ChronoUnit.HOURS);
    as(couple.ana())
        .contentType(ContentType.JSON)
        .body(
            Map.of(
                "windows",
                List.of(
                    Map.of(
                        "startsAt",
                        start.toString(),
                        "endsAt",
                        start.plusSeconds(3600).toString()))))
        .put(couple.path("/pauses/" + pause + "/return-windows"))
        .then()
        .statusCode(200);
    as(couple.ana())
        .contentType(ContentType.JSON)
        .body(Map.of("label", "watch"))
        .header("Idempotency-Key", "key-" + pause)
        .post(couple.path("/tap-keys"))
        .then()
        .statusCode(201);
    Limits.draw(couple, couple.ana());
    Calendars.make(couple.ana());
    Devices.registered(couple.ana(), Browser.subscribe("https://push.example.net/ana"));
    Channels.added(couple.ana(), "sms", Channels.number());
    Channels.order(couple.ana(), 60, "push", "sms").then().statusCode(200);
    as(couple.ana())
        .contentType(ContentType.JSON)
        .body(Map.of("leadSeconds", List.of(86_400)))
        .put("/v1/me/check-in-reminders")
        .then()
        .statusCode(200);
    SentReminders.of(couple.ana().id());
    return couple;
  }
}
