package org.stillpoint.privacy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.Calendars;
import org.stillpoint.testkit.Channels;
import org.stillpoint.testkit.CheckInSeries;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.EventStreamClient;
import org.stillpoint.testkit.Exports;
import org.stillpoint.testkit.Guests;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Limits;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.Practices;
import org.stillpoint.testkit.Reflections;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.SentReminders;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.StoredWords;
import org.stillpoint.testkit.Tables;

/** Who goes leaves nothing but a bare id where others rely on it, and nobody can tell. */
@StillpointTest
class ErasureTest {
  /** What others rely on: that somebody belonged, paused, understood, invited or agreed. */
  private static final List<String> MAY_NAME_THE_ID =
      List.of(
          "agreement.created_by",
          "agreement.ended_by",
          "agreement_history.actor_id",
          "agreement_version.author_id",
          "term.assented_by",
          "term.author_id",
          "term.ended_by",
          "invitation.inviter_id",
          "member.id",
          "membership.member_id",
          "pause.raiser_id",
          "pause_acknowledgement.member_id",
          "retention.member_id");

  @Inject RetentionJob retention;

  private Couple couple;
  private String tapKey;

  @BeforeEach
  void aCoupleWithAPast() {
    couple = Couple.create();
    tapKey = past(couple, couple.ana());
  }

  /** One of everything, by this person; the tap key. */
  private static String past(Couple couple, Person person) {
    as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("displayName", "Ana of the sea", "pronouns", "sea/sea", "roleLabel", "top"))
        .patch("/v1/me");
    as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("version", "2026-11"))
        .put("/v1/me/consent");
    as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("pauseEventDays", 30, "accessLogDays", 3))
        .patch("/v1/me/retention");
    talk(couple, person);
    letRead(couple, person);
    couple.invitation(person);
    String limit =
        Limits.draw(couple, person, Limits.hard("touch", "Not at the sea", "swimming-at-night"))
            .getString("id");
    Limits.end(couple, person, limit, "*").then().statusCode(202);
    UUID bens = couple.tap(couple.ben());
    as(person).put(couple.path("/pauses/" + bens + "/acknowledgement")).then().statusCode(204);
    couple.lift(couple.ben(), bens);
    couple.lift(person, couple.tap(person));
    couple.tap(person);
    as(person).put(couple.path("/pauses/" + UUID.randomUUID())).then().statusCode(200);
    Exports.ready(person);
    as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("label", "Phone in the sea"))
        .post("/v1/me/calendars")
        .then()
        .statusCode(201);
    as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("leadSeconds", List.of(3_600)))
        .put("/v1/me/check-in-reminders")
        .then()
        .statusCode(200);
    Channels.added(person, "email", "swimming-" + person.id() + "@sea.example");
    Channels.order(person, 60, "email", "push").then().statusCode(200);
    String reflection = Reflections.kept(person, "Thinking of the sea");
    Reflections.share(
            person,
            reflection,
            couple.relationship(),
            person.equals(couple.ana()) ? couple.ben() : couple.ana())
        .then()
        .statusCode(201);
    as(person).get("/v1/prompts/suggestions?as=hurt").then().statusCode(200);
    return as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("label", "Tag in the sea"))
        .header("Idempotency-Key", "key-of-" + person.subject())
        .post(couple.path("/tap-keys"))
        .as(Json.class, Json.READER)
        .get("key");
  }

  /** A practitioner, who is one too: a grant of both, one of one's own with a copy, and clients. */
  private static void letRead(Couple couple, Person person) {
    Person dora = Practices.practitioner();
    Practices.granted(couple, dora, "pauses", "snapshots");
    UUID own = Practices.own(person, dora, "snapshots", "assignPrompts");
    assign(dora, own, person);
    Practices.given(person, Reflections.kept(person, "Copied by the sea"), own);
    Practices.register(person, Practices.profile("Ana by the sea", "Told by the sea"))
        .then()
        .statusCode(200);
    Couple clients = Couple.create();
    UUID practice =
        Practices.granted(
            clients, person, "pauses", "snapshots", "assignPrompts", "proposeAgendas");
    assign(person, practice, clients.ana());
    as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("templateId", "after-closeness"))
        .put("/v1/practice/grants/{g}/agenda-proposals/{id}", practice, UUID.randomUUID())
        .then()
        .statusCode(204);
    String reflection = Reflections.kept(clients.ana(), "A client's");
    Practices.given(clients.ana(), reflection, practice);
    assertThat(Practices.copies(person, practice, clients.ana())).hasSize(1);
  }

  private static void assign(Person practitioner, UUID grant, Person member) {
    as(practitioner)
        .contentType(ContentType.JSON)
        .body(Map.of("promptId", Reflections.PROMPT))
        .put(
            "/v1/practice/grants/{g}/members/{m}/prompt-assignments/{id}",
            grant,
            member.id(),
            UUID.randomUUID())
        .then()
        .statusCode(204);
  }

  /** A revealed answer, a turn to speak, a note, and a check-in that is still to begin. */
  private static void talk(Couple couple, Person person) {
    Map<String, Object> plan =
        CheckIns.with(
            CheckIns.plan(),
            "items",
            List.of(CheckIns.with(CheckIns.item("sealed", "By the sea"), "turns", true)));
    JsonPath planned =
        CheckIns.schedule(couple, person, plan)
            .then()
            .statusCode(201)
            .extract()
            .as(Json.class, Json.READER);
    String id = planned.getString("id");
    String item = CheckIns.item(planned, "sealed");
    CheckIns.allReady(couple, id, couple.ana(), couple.ben());
    CheckIns.answer(couple, person, id, item, "Swimming by the sea");
    CheckIns.answer(couple, couple.ben(), id, item, "Swimming too");
    CheckIns.start(couple, person, id, item).then().statusCode(200);
    CheckIns.speak(couple, person, id, item).then().statusCode(200);
    String decided = decided(couple, person, id, "We go to the beach");
    as(couple.ben()).put(CheckIns.assent(couple, id, decided)).then().statusCode(200);
    decided(couple, person, id, "We stay by the sea");
    String next =
        CheckIns.schedule(couple, person, plan)
            .then()
            .statusCode(201)
            .extract()
            .as(Json.class, Json.READER)
            .get("id");
    CheckIns.ready(couple, person, next).then().statusCode(200);
    CheckIns.write(
            couple,
            person,
            next,
            CheckIns.item(CheckIns.get(couple, person, next), "sealed"),
            Map.of("text", "A note by the sea"))
        .then()
        .statusCode(200);
    Guests.mark(couple, person, id, item).then().statusCode(200);
    Guests.propose(couple, person, next, "Dora by the sea").then().statusCode(201);
    Guests.visit(person);
    CheckInSeries.created(
        couple,
        person,
        CheckIns.with(
            CheckInSeries.plan(), "items", List.of(CheckIns.item("sealed", "Again by the sea"))));
  }

  private static String decided(Couple couple, Person person, String checkIn, String text) {
    return CheckIns.propose(couple, person, checkIn, Map.of("text", text))
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  /** A draft, an open proposal, what both have agreed, a line of one's own, and a hold. */
  private static void agree(Couple couple, Person person) {
    Map<String, Object> swim = Agreements.permits(couple, "time", "swimming");
    Agreements.draft(couple, person, List.of(Agreements.with(swim, "text", "Swim in the sea")))
        .then()
        .statusCode(201);
    Agreements.proposed(couple, person, Agreements.with(swim, "text", "Swim in the sea"));
    Agreements.agreed(
        couple, Agreements.with(Agreements.permits(couple, "touch"), "text", "Hug at the sea"));
    Agreements.proposed(
        couple,
        person,
        Agreements.clause("forbids", "touch", List.of(person), "Not at the sea", "tickling"));
    Agreements.hold(couple, person, "contact", SandboxClock.now().plus(Duration.ofDays(7)));
  }

  private static Response erase(Person person) {
    return as(person).delete("/v1/me");
  }

  @Test
  @Tag("S33")
  void nothingOfThePersonIsLeftButABareId() throws SQLException {
    UUID id = couple.ana().id();
    agree(couple, couple.ana());
    SentReminders.of(id);

    erase(couple.ana()).then().statusCode(204);

    assertThat(placesOf(id)).isSubsetOf(MAY_NAME_THE_ID);
    for (String words :
        List.of(
            "of the sea",
            "sea/sea",
            "in the sea",
            "at the sea",
            "by the sea",
            "swimming",
            couple.ana().subject(),
            "key-of-" + couple.ana().subject())) {
      assertThat(StoredWords.columnsWith(words)).as(words).isEmpty();
    }
    try (Connection owner = Tables.connect()) {
      assertThat(
              Tables.column(
                  owner,
                  "select to_jsonb(m) - 'id' - 'created_at' - 'erased_at' from member m"
                      + " where id = '"
                      + id
                      + "'"))
          .singleElement()
          .asString()
          .doesNotContain("top", "2026-11", "sandbox");
    }
  }

  /** The columns of all tables that hold this id. */
  private static List<String> placesOf(UUID id) throws SQLException {
    List<String> places = new ArrayList<>();
    try (Connection owner = Tables.connect()) {
      for (String column :
          Tables.column(
              owner,
              "select c.table_name || '.' || c.column_name from information_schema.columns c"
                  + " join information_schema.tables t using (table_schema, table_name)"
                  + " where table_schema = 'public' and table_type = 'BASE TABLE'"
                  + " and udt_name in ('uuid', '_uuid')")) {
        String[] parts = column.split("\\.", -1);
        String query =
            "select 1 from %s where position('%s' in cast(%s as text)) > 0 limit 1"
                .formatted(parts[0], id, parts[1]);
        if (!Tables.column(owner, query).isEmpty()) {
          places.add(column);
        }
      }
    }
    return places;
  }

  @Test
  @Tag("S33")
  void loginsTapKeysCalendarsAndStreamsEndAtOnce() {
    String calendar = Calendars.secret(couple.ana());
    Person phone = couple.ana().through("phone");
    as(phone).get("/v1/me").then().statusCode(200);
    try (EventStreamClient stream = EventStreamClient.open(phone)) {
      erase(couple.ana()).then().statusCode(204);

      stream.awaitEnd();
    }
    for (Person login : List.of(couple.ana(), phone, couple.ana().through("never-seen"))) {
      as(login).get("/v1/me").then().statusCode(401).body("code", is("unauthenticated"));
    }
    given().auth().oauth2(couple.ana().token()).post(couple.path("/pauses")).then().statusCode(401);
    given().header("Tap-Key", tapKey).post("/v1/taps").then().statusCode(401);
    Calendars.get(calendar).then().statusCode(404);
  }

  @Test
  @Tag("S33")
  void aStreamOfNobodyInParticularEndsToo() {
    Person alone = Person.stranger("alone");
    try (EventStreamClient stream = EventStreamClient.open(alone)) {
      erase(alone).then().statusCode(204);

      stream.awaitEnd();
    }
  }

  @Test
  @Tag("S33")
  void theNextLoginIsSomebodyNew() throws Exception {
    erase(couple.ana()).then().statusCode(204);
    as(couple.ana().with(Map.of("loggedInSecondsAgo", 60))).get("/v1/me").then().statusCode(401);

    Thread.sleep(1_100);
    Person anew = couple.ana().with(Map.of());
    as(anew)
        .get("/v1/me")
        .then()
        .statusCode(200)
        .body("displayName", nullValue())
        .body("adultAttestedAt", nullValue());
    assertThat(as(anew).get("/v1/me").<String>path("id"))
        .isNotEqualTo(couple.ana().id().toString());
    as(anew).get("/v1/relationships").then().body("data.size()", is(0));
    as(anew).get(couple.path("")).then().statusCode(404);
    as(couple.ana()).get("/v1/me").then().statusCode(401);
    erase(anew).then().statusCode(204);
  }

  @Test
  void itNeedsALoginOfAMomentAgo() {
    erase(couple.ana().with(Map.of("loggedInSecondsAgo", 600)))
        .then()
        .statusCode(401)
        .body("code", is("fresh-login-required"));

    as(couple.ana()).get("/v1/me").then().body("displayName", is("Ana of the sea"));
  }

  @Test
  @Tag("S10")
  void itWorksInEveryState() {
    erase(couple.ben()).then().statusCode(204);
    assertThat(couple.state(couple.ana())).isEqualTo("closed");

    erase(couple.ana()).then().statusCode(204);
  }

  @Test
  @Tag("S32")
  @Tag("S33")
  void thePartnerCannotTellItFromLeaving() throws Exception {
    Couple left = Couple.create();
    past(left, left.ana());
    List.of(couple, left).forEach(each -> agree(each, each.ana()));

    erase(couple.ana()).then().statusCode(204);
    left.leave(left.ana());

    String view = PartnersView.of(couple, couple.ben(), 13);
    assertThat(view).isEqualTo(PartnersView.of(left, left.ben(), 13));
    assertThat(view).contains("relationship.memberLeft").contains("ended");

    for (int days : new int[] {10, 21, 60}) {
      SandboxClock.advance(Duration.ofDays(days));
      while (retention.step()) {
        // the walk goes on
      }
      assertThat(PartnersView.of(couple, couple.ben(), 13))
          .as("after %d more days", days)
          .isEqualTo(PartnersView.of(left, left.ben(), 13));
    }
  }

  @Test
  @Tag("S33")
  @Tag("S27")
  void anErasedClientIsReadNoMore() throws Exception {
    Couple clients = Couple.create();
    Person dora = Practices.practitioner();
    UUID shared = Practices.granted(clients, dora, "pauses", "snapshots");
    UUID own = Practices.own(clients.ana(), dora, "pauses", "snapshots");
    String reflection = Reflections.kept(clients.ana(), "Ana's");
    List.of(shared, own).forEach(grant -> Practices.given(clients.ana(), reflection, grant));

    erase(clients.ana()).then().statusCode(204);

    for (UUID grant : List.of(shared, own)) {
      Practices.read(dora, grant, "").then().statusCode(404);
      assertThat(copiesUnder(grant)).isEmpty();
    }
    assertThat(Practices.listed(dora, "relationships")).isEmpty();
    assertThat(Practices.listed(dora, "people")).isEmpty();
    assertThat(Practices.state(clients, clients.ben(), shared)).isEqualTo("ended");
    assertThat(placesOf(clients.ana().id())).isSubsetOf(MAY_NAME_THE_ID);
  }

  /** With all that clients let be read; the name of a practitioner who is no more names nobody. */
  @Test
  @Tag("S33")
  @Tag("S27")
  void anErasedPractitionersGrantsAreGone() throws Exception {
    Couple clients = Couple.create();
    Person dora = Practices.practitioner();
    UUID shared = Practices.granted(clients, dora, "pauses", "snapshots");
    UUID own = Practices.own(clients.ana(), dora, "pauses", "snapshots");
    String reflection = Reflections.kept(clients.ana(), "Ana's");
    List.of(shared, own).forEach(grant -> Practices.given(clients.ana(), reflection, grant));
    Practices.read(dora, shared, "").then().statusCode(200);

    erase(dora).then().statusCode(204);

    for (Person client : List.of(clients.ana(), clients.ben())) {
      as(client).get(Practices.path(clients, shared)).then().statusCode(404);
      as(client).get(clients.path("/grants")).then().body("data", is(List.of()));
    }
    as(clients.ana()).get(Practices.own(own)).then().statusCode(404);
    as(clients.ana())
        .get("/v1/events")
        .then()
        .body("data.type", hasItems("grant.changed", "selfGrant.changed"));
    for (UUID grant : List.of(shared, own)) {
      assertThat(copiesUnder(grant)).isEmpty();
    }
    as(clients.ana())
        .get(Reflections.path(reflection) + "/practice-snapshots")
        .then()
        .body("data", is(List.of()));
    assertThat(placesOf(dora.id())).isSubsetOf(MAY_NAME_THE_ID);
  }

  private static List<String> copiesUnder(UUID grant) throws SQLException {
    try (Connection owner = Tables.connect()) {
      return Tables.column(
          owner, "select id from practice_snapshot where grant_id = '" + grant + "'");
    }
  }

  @Test
  @Tag("S33")
  void theBareIdGoesWhenNothingNamesItAnyMore() throws Exception {
    erase(couple.ana()).then().statusCode(204);
    Person alone = Person.stranger("alone");
    erase(alone).then().statusCode(204);

    SandboxClock.advance(Duration.ofHours(2));
    walk();
    assertThat(placesOf(couple.ana().id())).contains("member.id", "pause.raiser_id");
    assertThat(placesOf(alone.id())).isEmpty();

    SandboxClock.advance(Duration.ofDays(91));
    walk();
    SandboxClock.advance(Duration.ofHours(2));
    walk();
    assertThat(placesOf(couple.ana().id())).isEmpty();
    assertThat(placesOf(couple.ben().id())).contains("member.id");
  }

  /** A request that was under way stored something after all. */
  @Test
  @Tag("S33")
  void whatComesLateGoesWithTheNextRound() throws Exception {
    erase(couple.ana()).then().statusCode(204);
    try (Connection owner = Tables.connect();
        Statement statement = owner.createStatement()) {
      String id = couple.ana().id().toString();
      statement.executeUpdate("update member set role_label = 'top' where id = '" + id + "'");
      statement.executeUpdate(
          "insert into access_log (member_id, id, occurred_at, hourly, kind, client_id)"
              + " values ('"
              + id
              + "', uuidv7(), now(), false, 'late', 'phone')");
    }

    SandboxClock.advance(Duration.ofHours(2));
    walk();

    assertThat(placesOf(couple.ana().id())).isSubsetOf(MAY_NAME_THE_ID);
    try (Connection owner = Tables.connect()) {
      assertThat(
              Tables.column(
                  owner, "select role_label from member where id = '" + couple.ana().id() + "'"))
          .containsOnlyNulls();
    }
  }

  private void walk() throws Exception {
    while (retention.step()) {
      // the walk goes on
    }
  }
}
