package org.stillpoint.checkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Inbox;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** Talks are planned by one and ended by any; nobody owes one. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
class CheckInTest {
  private Couple couple;
  private Person ana;
  private Person ben;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
  }

  private static String in(Duration time) {
    return SandboxClock.now().truncatedTo(ChronoUnit.SECONDS).plus(time).toString();
  }

  private static Map<String, Object> template(String id) {
    return Map.of("startsAt", in(Duration.ofHours(1)), "templateId", id);
  }

  @Test
  void aTemplateIsReadInTheReadersLanguage() {
    String id =
        CheckIns.schedule(couple, ana, template("after-closeness"))
            .then()
            .statusCode(201)
            .header("Location", containsString("/check-ins/"))
            .body("state", is("scheduled"))
            .body("held", is(false))
            .body("templateVersion", is(1))
            .body("items.templateItemId", is(List.of("felt-good", "did-not", "should-change")))
            .body("items[1].title", is("What did not"))
            .body("items[1].authorId", nullValue())
            .body("items.revealed", is(List.of(false, false, false)))
            .extract()
            .as(Json.class, Json.READER)
            .get("id");

    as(ben)
        .header("Accept-Language", "de")
        .get(CheckIns.path(couple, id))
        .then()
        .statusCode(200)
        .body(
            "items[1].title",
            is(
                TemplateTexts.in(org.stillpoint.api.language.Language.DE)
                    .of(
                        TemplateCatalogue.find("after-closeness").orElseThrow(),
                        TemplateCatalogue.find("after-closeness").orElseThrow().items().get(1),
                        "title")));
  }

  @Test
  void anItemOfATemplateIsMadeShorterAndMorePrivateAndLeftOut() {
    Map<String, Object> plan = new HashMap<>(template("ordinary-rhythm"));
    plan.put(
        "items",
        List.of(
            Map.of("templateItemId", "good-things", "answers", "sealed", "durationSeconds", 120),
            Map.of("title", "Holidays", "questions", List.of("Where to?", "Where not?"))));

    CheckIns.schedule(couple, ana, plan)
        .then()
        .statusCode(201)
        .body("items", hasSize(2))
        .body("items[0].answers", is("sealed"))
        .body("items[0].durationSeconds", is(120))
        .body("items[1].title", is("Holidays"))
        .body("items[1].questions", is(List.of("Where to?", "Where not?")))
        .body("items[1].authorId", is(ana.id().toString()))
        .body("items[1].answers", is("sealed"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "startsAt | 2001-01-01T00:00:00.000Z | /startsAt",
        "startsAt | 2999-01-01T00:00:00.000Z | /startsAt",
        "templateId | astrology | /templateId",
        "followsId | 01939c00-0000-7a11-8b22-3c4d5e6f7081 | /followsId",
      })
  void whatMakesNoSenseIsNotPlanned(String field, String value, String pointer) {
    CheckIns.schedule(couple, ana, CheckIns.with(CheckIns.plan(), field, value))
        .then()
        .statusCode(400)
        .body("errors.pointer", is(List.of(pointer)));
    as(ben).get(couple.path("/check-ins")).then().body("data", hasSize(0));
  }

  @Test
  void anAgendaIsBoundedAndNoLessPrivateThanItsTemplate() {
    Map<String, Object> plan = template("after-closeness");
    refused(plan, "/items/0/answers", Map.of("templateItemId", "did-not", "answers", "open"));
    refused(plan, "/items/0/templateItemId", Map.of("templateItemId", "good-things"));
    refused(
        plan,
        "/items/0/title",
        Map.of("templateItemId", "did-not", "title", "Mine", "questions", List.of("?")));
    refused(plan, "/items/0/questions", Map.of("title", "Nothing is asked"));
    Map<String, Object> long1 = new HashMap<>(CheckIns.item("sealed", "Long"));
    long1.put("durationSeconds", 3_600);
    refused(plan, "/items", long1, CheckIns.item("sealed", "Longer"));
    Map<String, Object> many =
        CheckIns.with(
            CheckIns.plan(), "items", Collections.nCopies(9, CheckIns.item("open", "Again")));
    wrongly(ana)
        .contentType(ContentType.JSON)
        .body(many)
        .post(couple.path("/check-ins"))
        .then()
        .statusCode(400);
    CheckIns.schedule(couple, ana, Map.of("startsAt", in(Duration.ofHours(1))))
        .then()
        .statusCode(400)
        .body("errors[0].pointer", is("/items"));
  }

  @SafeVarargs
  private void refused(Map<String, Object> plan, String pointer, Map<String, Object>... items) {
    CheckIns.schedule(couple, ana, CheckIns.with(plan, "items", List.of(items)))
        .then()
        .statusCode(400)
        .body("errors.pointer", is(List.of(pointer)));
  }

  @Test
  void nobodyPlansForOthersOrForStrangers() {
    Person stranger = Person.adult("stranger");
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    for (List<UUID> wrong :
        List.of(
            List.of(ana.id(), stranger.id()),
            List.of(ben.id(), cleo.id()),
            List.of(ana.id(), ana.id()))) {
      CheckIns.schedule(couple, ana, CheckIns.with(CheckIns.plan(), "participantIds", wrong))
          .then()
          .statusCode(400)
          .body("errors.pointer", is(List.of("/participantIds")));
    }
  }

  /** Of a talk among two, a third of the same relationship sees nothing. */
  @Test
  @Tag("S34")
  void whoTakesNoPartSeesNothing() {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    JsonPath open = CheckIns.open(couple, ana, ben);
    String id = open.getString("id");
    String nothing = UUID.randomUUID().toString();
    for (String rest : List.of("", "/readiness/me", answersOf(open), answersOf(open) + "/me")) {
      assertThat(answer(cleo, CheckIns.path(couple, id) + rest))
          .isEqualTo(answer(cleo, CheckIns.path(couple, nothing) + rest));
    }
    CheckIns.ready(couple, cleo, id).then().statusCode(404);
    CheckIns.end(couple, cleo, id, "close").then().statusCode(404);
    as(cleo).get(couple.path("/check-ins")).then().body("data", hasSize(0));
    as(cleo).get("/v1/events").then().body("data.type", is(List.of("relationship.memberJoined")));
    CheckIns.schedule(couple, cleo, CheckIns.with(CheckIns.plan(), "followsId", id))
        .then()
        .statusCode(400);
    // Nor do those who took part tell a third by following it up.
    CheckIns.schedule(couple, ana, CheckIns.with(CheckIns.plan(), "followsId", id))
        .then()
        .statusCode(400);
  }

  private static String answersOf(JsonPath checkIn) {
    return "/items/" + CheckIns.item(checkIn, "open") + "/answers";
  }

  private static String answer(Person person, String path) {
    return as(person)
        .get(path)
        .then()
        .statusCode(404)
        .extract()
        .asString()
        .replaceAll("\"requestId\":\"[^\"]*\"", "");
  }

  @ParameterizedTest
  @CsvSource({"skip, skipped", "defer, deferred", "close, closed"})
  @Tag("S10")
  void anybodyEndsItAtAnyTimeWithoutAReason(String how, String state) {
    String scheduled = CheckIns.scheduled(couple, ana).getString("id");
    CheckIns.end(couple, ben, scheduled, how).then().statusCode(200).body("state", is(state));
    CheckIns.end(couple, ana, scheduled, how).then().statusCode(200).body("state", is(state));
    for (String other : List.of("skip", "defer", "close")) {
      if (!other.equals(how)) {
        CheckIns.end(couple, ana, scheduled, other)
            .then()
            .statusCode(409)
            .body("code", is("check-in-over"));
      }
    }
    assertThat(CheckIns.get(couple, ana, scheduled).getMap(""))
        .as("who ended it is not shown")
        .doesNotContainValue(ben.id().toString());
    SandboxClock.advance(Duration.ofDays(4));
    String open = CheckIns.open(couple, ben, ana).getString("id");
    couple.tap(ana);
    CheckIns.end(couple, ben, open, how).then().statusCode(200).body("state", is(state));
  }

  @Test
  void whatIsDeferredToATimeIsPlannedAnew() {
    String id = CheckIns.scheduled(couple, ana).getString("id");
    String later = in(Duration.ofDays(2));

    as(ben)
        .contentType(ContentType.JSON)
        .body(Map.of("startsAt", later))
        .post(CheckIns.path(couple, id) + "/defer")
        .then()
        .statusCode(200)
        .body("id", is(id))
        .body("state", is("deferred"));

    JsonPath list = as(ana).get(couple.path("/check-ins")).as(Json.class, Json.READER);
    assertThat(list.getList("data")).hasSize(2);
    assertThat(list.getString("data[0].followsId")).isEqualTo(id);
    assertThat(Instant.parse(list.getString("data[0].startsAt"))).isEqualTo(Instant.parse(later));
    assertThat(list.getList("data[0].items.title")).isEqualTo(list.getList("data[1].items.title"));
    assertThat(list.getList("data[0].items.authorId")).containsOnly(ana.id().toString());
    assertThat(list.getString("data[0].state")).isEqualTo("scheduled");
  }

  @Test
  void timeAloneSkipsWhatHasNotOpenedAndClosesWhatNobodyEnds() {
    String scheduled = CheckIns.scheduled(couple, ana).getString("id");
    String open = CheckIns.open(couple, ana, ben).getString("id");
    SandboxClock.advance(Duration.ofHours(25));
    assertThat(CheckIns.state(couple, ben, scheduled)).isEqualTo("skipped");
    assertThat(CheckIns.state(couple, ben, open)).isEqualTo("open");
    CheckIns.ready(couple, ana, scheduled).then().statusCode(409).body("code", is("check-in-over"));

    SandboxClock.advance(Duration.ofDays(6));

    assertThat(CheckIns.state(couple, ben, open)).isEqualTo("closed");
    // Nobody has put it off.
    CheckIns.scheduled(couple, ana);
    CheckIns.scheduled(couple, ben);
  }

  /** No is no for a while; whoever has put it off may come with another plan. */
  @Test
  @Tag("S18")
  void whatWasPutOffIsNotAskedForAgainAtOnce() {
    String id = CheckIns.scheduled(couple, ana).getString("id");
    CheckIns.end(couple, ben, id, "skip").then().statusCode(200);

    CheckIns.schedule(couple, ana, CheckIns.plan())
        .then()
        .statusCode(409)
        .body("code", is("check-in-put-off"));
    CheckIns.scheduled(couple, ben);

    SandboxClock.advance(Duration.ofDays(3).plusMinutes(1));
    CheckIns.scheduled(couple, ana);
  }

  @Test
  @Tag("S9")
  void nobodyPlansTalksDayAndNight() {
    for (int i = 0; i < 3; i++) {
      CheckIns.scheduled(couple, ben);
    }

    CheckIns.schedule(couple, ben, CheckIns.plan())
        .then()
        .statusCode(409)
        .body("code", is("too-many-check-ins"));
    CheckIns.scheduled(couple, ana);
  }

  @Test
  @Tag("S30")
  void onePhoneRingsOnceForAPlanAndOnceForItsEnd() {
    String id = CheckIns.scheduled(couple, ana).getString("id");
    CheckIns.end(couple, ana, id, "skip").then().statusCode(200);
    assertThat(Inbox.texts(ben, 2)).hasSize(2);

    String open = CheckIns.open(couple, ana, ben).getString("id");
    CheckIns.end(couple, ana, open, "close").then().statusCode(200);
    couple.lift(ana, couple.tap(ana)).then().statusCode(200);

    assertThat(Inbox.texts(ben, 5)).as("plan, end, plan, pause, lift").hasSize(5);
    as(ben)
        .get("/v1/events")
        .then()
        .body(
            "data.type",
            is(
                List.of(
                    "relationship.memberJoined",
                    "checkIn.scheduled",
                    "checkIn.ended",
                    "checkIn.scheduled",
                    "checkIn.opened",
                    "checkIn.ended",
                    "pause.raised",
                    "pause.lifted")))
        .body("data[1].resource.type", is("checkIn"))
        .body("data[1].resource.id", is(id))
        .body("data[1].relationshipId", notNullValue());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theLatestToStartComesFirstPageByPage(int limit) {
    String first =
        CheckIns.schedule(
                couple, ana, CheckIns.with(CheckIns.plan(), "startsAt", in(Duration.ofDays(2))))
            .path("id");
    String second = CheckIns.scheduled(couple, ana).getString("id");

    JsonPath page =
        as(ben).get(couple.path("/check-ins?limit=" + limit)).as(Json.class, Json.READER);
    assertThat(page.getString("data[0].id")).isEqualTo(first);
    if (limit == 1) {
      page =
          as(ben)
              .get(couple.path("/check-ins?limit=1&cursor=" + page.getString("nextCursor")))
              .as(Json.class, Json.READER);
    }
    assertThat(page.getList("data.id")).last().isEqualTo(second);
    assertThat(page.getBoolean("hasMore")).isFalse();
  }
}
