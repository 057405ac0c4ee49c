package org.stillpoint.privacy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.Calendars;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Exports;
import org.stillpoint.testkit.Guests;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Limits;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.Practices;
import org.stillpoint.testkit.Reflections;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** A copy of all that is one's own, for oneself alone. */
@StillpointTest
class ExportTest {
  @Inject RetentionJob retention;

  private Couple couple;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
  }

  private static void say(Person person, String name) {
    as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("displayName", name, "pronouns", name + "/" + name))
        .patch("/v1/me")
        .then()
        .statusCode(200);
  }

  private String tapKey(Person person, String label) {
    return as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("label", label))
        .post(couple.path("/tap-keys"))
        .then()
        .statusCode(201)
        .extract()
        .as(Json.class, Json.READER)
        .get("key");
  }

  private void offer(Person person, UUID pause, int hours) {
    Instant start = SandboxClock.now().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.DAYS);
    as(person)
        .contentType(ContentType.JSON)
        .body(
            Map.of(
                "windows",
                List.of(
                    Map.of(
                        "startsAt",
                        start.toString(),
                        "endsAt",
                        start.plus(hours, ChronoUnit.HOURS).toString()))))
        .put(couple.path("/pauses/" + pause + "/return-windows"))
        .then()
        .statusCode(200);
  }

  @Test
  @Tag("S10")
  void itHasAllThatOneWroteOrAssentedTo() {
    say(couple.ana(), "Ana");
    String key = tapKey(couple.ana(), "Tag at the bed");
    String invitation = couple.invitation(couple.ana()).getString("id");
    String limit =
        Limits.draw(couple, couple.ana(), Limits.hard("touch", "Not my feet", "tickling"))
            .getString("id");
    Limits.change(couple, couple.ana(), limit, "*", Limits.hard("touch", "Only my feet"))
        .then()
        .statusCode(200);
    Agreements.draft(couple, couple.ana(), List.of(Agreements.permits(couple, "time", "evenings")))
        .then()
        .statusCode(201);
    String written = proposal(couple.ana(), "Hugs", "hugs").getString("terms[0].id");
    JsonPath bensProposal = proposal(couple.ben(), "Massages", "massages");
    Agreements.put(couple, couple.ana(), bensProposal.getString("terms[0].id"), "/declines/me")
        .then()
        .statusCode(200);
    JsonPath talk = talk("What anas like", "Anas swim");
    String guest = Guests.proposed(couple, couple.ana(), talk.getString("id")).getString("id");
    Guests.mark(couple, couple.ana(), talk.getString("id"), CheckIns.item(talk, "sealed"));
    String visit = Guests.visit(couple.ana());
    JsonPath feed = Calendars.make(couple.ana());
    String reflection = Reflections.kept(couple.ana(), "What Ana thinks");
    String snapshot = Reflections.shared(couple, reflection);
    List<String> suggested =
        as(couple.ana()).get("/v1/prompts/suggestions").path("suggestions.prompt.id");
    Person dora = Practices.practitioner();
    UUID shared = Practices.granted(couple, dora, "pauses", "markedAnswers");
    String answer = CheckIns.answers(couple, talk.getString("id"), CheckIns.item(talk, "sealed"));
    as(couple.ana()).put(answer + "/me/for-practitioners/{g}", shared).then().statusCode(204);
    UUID own = Practices.own(couple.ana(), dora, "snapshots");
    String given = Practices.given(couple.ana(), reflection, own);
    register(couple.ana(), "Ana Lind");
    UUID bens = couple.tap(couple.ben());
    as(couple.ana()).put(couple.path("/pauses/" + bens + "/acknowledgement"));
    UUID anas = couple.tap(couple.ana());
    UUID again = UUID.randomUUID();
    as(couple.ana()).put(couple.path("/pauses/" + again)).then().statusCode(200);
    offer(couple.ana(), anas, 2);

    JsonPath copy = Exports.of(couple.ana());

    assertThat(copy.getString("memberId")).isEqualTo(couple.ana().id().toString());
    assertThat(copy.getString("profile.displayName")).isEqualTo("Ana");
    assertThat(copy.getString("profile.adultAttestedAt")).isNotNull();
    assertThat(copy.getList("clients.clientId")).contains("sandbox-app");
    assertThat(copy.getString("memberships[0].relationshipId"))
        .isEqualTo(couple.relationship().toString());
    assertThat(copy.getList("memberships[0].otherMemberIds"))
        .containsExactly(couple.ben().id().toString());
    assertThat(copy.getList("invitations.id")).contains(invitation);
    assertThat(copy.getList("invitationAssents.invitationId")).contains(invitation);
    assertThat(copy.getList("pauses.id")).containsExactly(anas.toString());
    assertThat(copy.getInt("pauses[0].taps")).isEqualTo(2);
    assertThat(copy.getList("pauses[0].tapIds")).containsExactly(again.toString());
    assertThat(copy.getList("acknowledgements.pauseId")).containsExactly(bens.toString());
    assertThat(copy.getList("returnOffers[0].windows")).hasSize(1);
    assertThat(copy.getList("tapKeys.label")).containsExactly("Tag at the bed");
    assertThat(copy.getList("limits.id")).containsExactly(limit);
    assertThat(copy.getString("limits[0].content.text")).isEqualTo("Not my feet");
    assertThat(copy.getList("limits[0].content.activities")).containsExactly("tickling");
    assertThat(copy.getString("limits[0].easing.becomes.text")).isEqualTo("Only my feet");
    assertThat(copy.getList("agreementDrafts.title"))
        .containsExactly("How we find back to each other");
    assertThat(copy.getList("agreementDrafts[0].terms.text"))
        .containsExactly("We may, when both feel like it");
    assertThat(copy.getList("terms.id"))
        .containsExactly(written, bensProposal.getString("terms[0].id"));
    assertThat(copy.getList("terms.written")).containsExactly(true, false);
    assertThat(copy.getList("terms.myAnswer")).containsExactly("assent", "decline");
    assertThat(copy.getList("terms.content.text")).containsExactly("Hugs", "Massages");
    assertThat(copy.getList("checkIns.id")).containsExactly(talk.getString("id"));
    assertThat(copy.getList("checkIns[0].ownItems.title")).containsExactly("What anas like");
    assertThat(copy.getList("checkInAnswers.itemId"))
        .containsExactly(CheckIns.item(talk, "sealed"));
    assertThat(copy.getList("checkInAnswers.text")).containsExactly("Anas swim");
    assertThat(copy.getList("checkInAnswers.submitted")).containsExactly(true);
    assertThat(copy.getList("checkInDecisions.text")).containsExactly("Anas plan");
    assertThat(copy.getList("checkInAnswers.forGuests")).containsExactly(true);
    assertThat(copy.getList("checkInAnswers[0].forPractitioners"))
        .containsExactly(shared.toString());
    assertThat(copy.getList("checkInGuests.id")).containsExactly(guest);
    assertThat(copy.getList("checkInGuests.label")).containsExactly("Dora");
    assertThat(copy.getList("checkInGuests.assented")).containsExactly(true);
    assertThat(copy.getList("guestCheckIns.id")).containsExactly(visit);
    assertThat(copy.getList("reflections.id")).containsExactly(reflection);
    assertThat(copy.getList("reflections.text")).containsExactly("What Ana thinks");
    assertThat(copy.getList("reflections[0].tags")).containsExactly("Evenings", "my work");
    assertThat(copy.getList("snapshots.id")).containsExactly(snapshot);
    assertThat(copy.getList("suggestedPrompts[0].promptIds")).isEqualTo(suggested);
    assertThat(copy.getList("snapshots[0].memberIds"))
        .containsExactly(couple.ben().id().toString());
    assertThat(copy.getList("practiceSnapshots.id")).containsExactly(given);
    assertThat(copy.getList("practiceSnapshots.grantId")).containsExactly(own.toString());
    assertThat(copy.getList("practiceSnapshots.text")).containsExactly("What Ana thinks");
    assertThat(copy.getList("sharedGrants.id")).containsExactly(shared.toString());
    assertThat(copy.getList("sharedGrants.practitionerId")).containsExactly(dora.id().toString());
    assertThat(copy.getList("sharedGrants.requested")).containsExactly(true);
    assertThat(copy.getString("sharedGrants[0].assentedAt")).isNotNull();
    assertThat(copy.getList("selfGrants.id")).containsExactly(own.toString());
    assertThat(copy.getList("selfGrants.scopes")).containsExactly(List.of("snapshots"));
    assertThat(copy.getString("practitioner.displayName")).isEqualTo("Ana Lind");
    assertThat(copy.getString("practitioner.secretsPolicyText")).isEqualTo("Ana Lind's way");
    assertThat(copy.getInt("retention.checkInAnswerDays")).isEqualTo(180);
    assertThat(copy.getList("events.type")).contains("pause.raised");
    assertThat(copy.getInt("retention.pauseEventDays")).isEqualTo(90);
    assertThat(copy.getList("accessLog.kind")).contains("client.firstUsed", "export.requested");
    assertThat(copy.getList("checkInReminders.leadSeconds")).isEmpty();
    assertThat(copy.getList("calendarFeeds.id")).containsExactly(feed.getString("id"));
    assertThat(copy.prettify()).doesNotContain(key).doesNotContain(feed.getString("secret"));
  }

  private static void register(Person person, String name) {
    Practices.register(person, Practices.profile(name, name + "'s way")).then().statusCode(200);
  }

  /** Of one item, which Ana has answered. */
  private JsonPath talk(String title, String answer) {
    Map<String, Object> plan =
        CheckIns.with(CheckIns.plan(), "items", List.of(CheckIns.item("sealed", title)));
    JsonPath planned =
        CheckIns.schedule(couple, couple.ana(), plan)
            .then()
            .statusCode(201)
            .extract()
            .as(Json.class, Json.READER);
    String id = planned.getString("id");
    CheckIns.allReady(couple, id, couple.ana(), couple.ben());
    CheckIns.answer(couple, couple.ana(), id, CheckIns.item(planned, "sealed"), answer);
    CheckIns.propose(couple, couple.ana(), id, Map.of("text", "Anas plan")).then().statusCode(201);
    return planned;
  }

  private JsonPath proposal(Person author, String text, String activity) {
    return Agreements.proposed(
        couple,
        author,
        Agreements.clause("permits", "touch", List.of(couple.ana(), couple.ben()), text, activity));
  }

  @Test
  @Tag("S11")
  @Tag("S31")
  void nothingPrivateOfThePartnerIsInIt() {
    String secret = "ben-" + UUID.randomUUID().toString().substring(0, 8);
    say(couple.ben(), secret);
    tapKey(couple.ben(), secret);
    Limits.draw(couple, couple.ben(), Limits.hard("touch", secret, secret));
    Agreements.draft(
            couple,
            couple.ben(),
            List.of(Agreements.clause("permits", "touch", List.of(couple.ben()), secret, secret)))
        .then()
        .statusCode(201);
    String term = proposal(couple.ana(), "Hugs", "hugs").getString("terms[0].id");
    String before = Agreements.term(couple, couple.ana(), term).prettify();
    Agreements.put(couple, couple.ben(), term, "/declines/me").then().statusCode(200);
    String code = couple.invitation(couple.ana()).getString("code");
    as(couple.ben().through("app-of-" + secret)).get("/v1/me").then().statusCode(200);
    JsonPath talk = talk("What anas like", "Anas swim");
    String item = CheckIns.item(talk, "sealed");
    CheckIns.answer(couple, couple.ben(), talk.getString("id"), item, secret);
    CheckIns.propose(couple, couple.ben(), talk.getString("id"), Map.of("text", secret))
        .then()
        .statusCode(201);
    assertThat(CheckIns.read(couple, couple.ana(), talk.getString("id"), item)).contains(secret);
    Person dora = Practices.practitioner();
    UUID shared = Practices.requested(couple, couple.ana(), Practices.code(dora), "pauses");
    String asked = Practices.get(couple, couple.ana(), shared).prettify();
    UUID own = Practices.own(couple.ben(), dora, "pauses", "snapshots");
    String given = Practices.given(couple.ben(), Reflections.kept(couple.ben(), secret), own);
    register(couple.ben(), secret);
    UUID pause = couple.tap(couple.ana());
    offer(couple.ben(), pause, 5);
    UUID tap = UUID.randomUUID();
    couple.tap(couple.ben());
    as(couple.ben()).put(couple.path("/pauses/" + tap)).then().statusCode(200);

    JsonPath copy = Exports.of(couple.ana());

    assertThat(copy.prettify())
        .doesNotContain(secret)
        .doesNotContain(tap.toString())
        .doesNotContain(couple.ben().subject())
        .doesNotContain(own.toString())
        .doesNotContain(given)
        .doesNotContain(code);
    assertThat(copy.getList("selfGrants")).isEmpty();
    assertThat(copy.getList("practiceSnapshots")).isEmpty();
    assertThat(copy.getString("practitioner")).isNull();
    assertThat(copy.getList("sharedGrants.id")).containsExactly(shared.toString());
    assertThat(Practices.get(couple, couple.ana(), shared).prettify()).isEqualTo(asked);
    assertThat(copy.getList("returnOffers")).isEmpty();
    assertThat(copy.getList("tapKeys")).isEmpty();
    assertThat(copy.getList("limits")).isEmpty();
    assertThat(copy.getList("checkInAnswers.text")).containsExactly("Anas swim");
    assertThat(copy.getList("agreementDrafts")).isEmpty();
    assertThat(copy.getList("terms.myAnswer")).containsExactly("assent");
    assertThat(Agreements.term(couple, couple.ana(), term).prettify()).isEqualTo(before);
    assertThat(copy.getList("pauses.id")).containsExactly(pause.toString());
  }

  /** What a practitioner reads is the clients', and the practitioner's copy names none of them. */
  @Test
  @Tag("S34")
  void nothingOfAClientIsInThePractitioners() {
    Person dora = Practices.practitioner();
    UUID shared = Practices.granted(couple, dora, "pauses", "snapshots");
    UUID own = Practices.own(couple.ana(), dora, "pauses");
    String secret = "ana-" + UUID.randomUUID().toString().substring(0, 8);
    say(couple.ana(), secret);
    Practices.given(couple.ana(), Reflections.kept(couple.ana(), secret), shared);
    Practices.read(dora, shared, "").then().statusCode(200);
    assertThat(Practices.copies(dora, shared, couple.ana())).hasSize(1);

    JsonPath copy = Exports.of(dora);

    assertThat(copy.getString("practitioner.displayName")).isEqualTo("Dora Lind");
    assertThat(copy.prettify())
        .doesNotContain(secret)
        .doesNotContain(couple.ana().id().toString())
        .doesNotContain(couple.ben().id().toString())
        .doesNotContain(couple.relationship().toString())
        .doesNotContain(shared.toString())
        .doesNotContain(own.toString());
  }

  @Test
  void itIsGivenOutOnce() throws Exception {
    String id = Exports.ready(couple.ana());

    try (var two = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> fetch =
          () ->
              given()
                  .auth()
                  .oauth2(couple.ana().token())
                  .get("/v1/me/exports/{id}/content", id)
                  .statusCode();
      List<Integer> answers = new ArrayList<>();
      for (Future<Integer> answer : two.invokeAll(List.of(fetch, fetch))) {
        answers.add(answer.get());
      }
      assertThat(answers).containsExactlyInAnyOrder(200, 410);
    }
    as(couple.ana())
        .get("/v1/me/exports/{id}/content", id)
        .then()
        .statusCode(410)
        .body("code", is("export-gone"));
    assertThat(Exports.state(couple.ana(), id)).isEqualTo("fetched");
    try (Connection owner = Tables.connect()) {
      assertThat(Tables.column(owner, "select 1 from export_content where id = '" + id + "'"))
          .isEmpty();
    }
  }

  @Test
  void itNeedsALoginOfAMomentAgo() {
    String id = Exports.ready(couple.ana());

    as(couple.ana().with(Map.of("loggedInSecondsAgo", 400)))
        .get("/v1/me/exports/{id}/content", id)
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", containsString("error=\"insufficient_user_authentication\""))
        .header("WWW-Authenticate", containsString("max_age=\"300\""))
        .body("code", is("fresh-login-required"));

    as(couple.ana().with(Map.of("loggedInSecondsAgo", 200)))
        .get("/v1/me/exports/{id}/content", id)
        .then()
        .statusCode(200);
  }

  @Test
  void anAppWithoutThePermissionGetsNothing() {
    String id = Exports.ready(couple.ana());

    as(couple.ana().with(Map.of("scope", "profile:read profile:write privacy:read")))
        .get("/v1/me/exports/{id}/content", id)
        .then()
        .statusCode(403);
  }

  @Test
  @Tag("S35")
  void whoAsksTwiceGetsTheSame() throws Exception {
    try (var many = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> ask =
          () ->
              given()
                  .auth()
                  .oauth2(couple.ana().token())
                  .post("/v1/me/exports")
                  .as(Json.class, Json.READER)
                  .get("id");
      List<String> ids = new ArrayList<>();
      for (Future<String> id : many.invokeAll(List.of(ask, ask, ask, ask))) {
        ids.add(id.get());
      }
      assertThat(ids).containsOnly(ids.getFirst());
    }
    String first = Exports.ready(couple.ana());
    as(couple.ana()).get("/v1/me/exports/{id}/content", first).then().statusCode(200);

    assertThat(Exports.ready(couple.ana())).isNotEqualTo(first);
    as(couple.ana()).get("/v1/me/exports").then().body("data", hasSize(2));
  }

  /** As after the machine's clock was put back. Only a further attempt has to wait. */
  @Test
  void itIsMadeThoughItsTimeSeemsToBeStillToCome() throws Exception {
    OffsetDateTime later = SandboxClock.now().plus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC);
    UUID failedOnce = queue(couple.ben(), 1, later.minusMinutes(1));
    UUID fresh = queue(couple.ana(), 0, later);

    assertThat(Exports.ready(couple.ana())).isEqualTo(fresh.toString());
    assertThat(Exports.state(couple.ben(), failedOnce.toString())).isEqualTo("queued");
  }

  private static UUID queue(Person person, int attempts, OffsetDateTime due) throws Exception {
    UUID id = UUID.randomUUID();
    Tables.change(
        "insert into member_export (member_id, id, state, requested_at, attempts, next_attempt_at)"
            + " values (?, ?, 'queued', ?, ?, ?)",
        person.id(),
        id,
        due,
        attempts,
        due);
    return id;
  }

  @Test
  void itExpires() throws Exception {
    String id = Exports.ready(couple.ana());

    SandboxClock.advance(Duration.ofHours(25));

    as(couple.ana()).get("/v1/me/exports/{id}/content", id).then().statusCode(410);
    assertThat(Exports.state(couple.ana(), id)).isEqualTo("expired");
    while (retention.step()) {
      // the walk goes on
    }
    try (Connection owner = Tables.connect()) {
      assertThat(Tables.column(owner, "select 1 from export_content where id = '" + id + "'"))
          .isEmpty();
    }
  }

  @Test
  @Tag("S34")
  void anothersExportIsNotThere() {
    String id = Exports.ready(couple.ana());
    String nothing = UUID.randomUUID().toString();

    for (String path : List.of("/v1/me/exports/{id}", "/v1/me/exports/{id}/content")) {
      assertThat(comparable(path, id)).isEqualTo(comparable(path, nothing));
    }
  }

  private String comparable(String path, String id) {
    return as(couple.ben())
        .get(path, id)
        .then()
        .statusCode(404)
        .extract()
        .asString()
        .replaceAll("\"requestId\":\"[^\"]*\"", "");
  }

  @Test
  @Tag("S31")
  void thePartnerLearnsNothingOfIt() {
    String before = as(couple.ben()).get("/v1/events").asString();

    Exports.of(couple.ana());

    assertThat(as(couple.ben()).get("/v1/events").asString()).isEqualTo(before);
    assertThat(as(couple.ana()).get("/v1/events").as(Json.class, Json.READER).getList("data.type"))
        .containsSubsequence("export.ready", "export.fetched");
  }

  @Test
  @Tag("S10")
  void itWorksInEveryState() {
    couple.tap(couple.ben());
    Exports.of(couple.ana());
    couple.leave(couple.ben());

    assertThat(couple.state(couple.ana())).isEqualTo("closed");
    assertThat(Exports.of(couple.ana()).getList("memberships")).hasSize(1);
    assertThat(Exports.of(couple.ben()).getList("pauses")).hasSize(1);
  }

  @Test
  void nobodyWhoTakesTheDatabaseReadsIt() throws Exception {
    String words = "canary-" + UUID.randomUUID();
    tapKey(couple.ana(), words.substring(0, 40));
    String id = Exports.ready(couple.ana());

    try (Connection owner = Tables.connect()) {
      assertThat(
              Tables.column(
                  owner,
                  "select 1 from export_content where id = '"
                      + id
                      + "' and position('canary' in encode(sealed, 'escape')) > 0"))
          .isEmpty();
    }
  }
}
