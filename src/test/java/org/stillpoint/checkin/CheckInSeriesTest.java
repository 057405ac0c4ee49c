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
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.CapturedLog;
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

/** Talks that come again: agreed once, each to be left out by itself, and ended by anybody. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
class CheckInSeriesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private Couple couple;
  private Person ana;
  private Person ben;

  @BeforeEach
  void aCouple() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
  }

  private String created(Person person, Duration in, String rule) {
    return CheckInSeries.created(couple, person, CheckInSeries.plan(in, rule)).getString("id");
  }

  private static void refused(Response answer, String code) {
    answer.then().statusCode(409).body("code", is(code));
  }

  /** The job looks once a second. */
  static void await(BooleanSupplier done) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!done.getAsBoolean()) {
      assertThat(Instant.now()).as("the job").isBefore(deadline);
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private List<String> starts(String id) {
    return CheckInSeries.occurrences(couple, ben, id).getList("data.startsAt");
  }

  @Test
  void allSeeItAndItsCheckInsOfTheNextTwoMonths() {
    String localStart = CheckInSeries.local(Duration.ofDays(1));
    Map<String, Object> plan =
        CheckIns.with(
            CheckInSeries.plan(Duration.ofDays(1), "COUNT=200;FREQ=DAILY;INTERVAL=1"),
            "templateId",
            "after-closeness");
    plan.put(
        "items",
        List.of(
            Map.of("templateItemId", "did-not", "durationSeconds", 120),
            CheckIns.item("open", "Holidays")));

    String id =
        CheckInSeries.create(couple, ana, plan)
            .then()
            .statusCode(201)
            .header("Location", containsString("/check-in-series/"))
            .body("state", is("active"))
            .body("localStart", is(localStart))
            .body("timeZone", is("UTC"))
            .body("rule", is("FREQ=DAILY;COUNT=200"))
            .body("lastStartsAt", notNullValue())
            .body("participantIds", hasSize(2))
            .body("templateVersion", is(1))
            .body("items[0].title", is("What did not"))
            .body("items[0].authorId", nullValue())
            .body("items[1].title", is("Holidays"))
            .body("items[1].authorId", is(ana.id().toString()))
            .extract()
            .as(Json.class, Json.READER)
            .get("id");

    JsonPath near = CheckInSeries.occurrences(couple, ben, id);
    assertThat(near.getList("data")).hasSize(60);
    assertThat(near.getString("data[59].startsAt")).isEqualTo(localStart + ":00.000Z");
    assertThat(near.getList("data.seriesId")).containsOnly(id);
    assertThat(near.getList("data[0].items.title")).containsExactly("What did not", "Holidays");
    assertThat(near.getList("data[0].items.questions[1]")).containsExactly("Holidays?");
    assertThat(near.getList("data[0].items.durationSeconds")).containsExactly(120, 600);
    assertThat(near.getString("data[0].items[1].authorId")).isEqualTo(ana.id().toString());
    assertThat(CheckInSeries.get(couple, ben, id).getList("items.title"))
        .containsExactly("What did not", "Holidays");
    as(ben).get(couple.path("/check-in-series")).then().body("data.id", is(List.of(id)));
    as(ben)
        .get(couple.path("/check-ins?seriesId=" + UUID.randomUUID()))
        .then()
        .body("data", hasSize(0));
  }

  @Test
  void theyCanBeOpenedAndAnsweredLikeAny() {
    String id = created(ana, Duration.ZERO, "FREQ=WEEKLY;COUNT=3");
    String first = CheckInSeries.ids(couple, ana, id).getFirst();
    String second = CheckInSeries.ids(couple, ana, id).get(1);
    String item = CheckIns.item(CheckIns.get(couple, ana, first), "sealed");

    CheckIns.allReady(couple, first, ana, ben);
    CheckIns.answer(couple, ana, first, item, "Hers");
    CheckIns.answer(couple, ben, first, item, "His");

    assertThat(CheckIns.read(couple, ben, first, item)).containsExactlyInAnyOrder("Hers", "His");
    assertThat(CheckIns.state(couple, ben, second)).isEqualTo("scheduled");
    as(ben)
        .get(
            CheckIns.answers(
                couple, second, CheckIns.item(CheckIns.get(couple, ben, second), "sealed")))
        .then()
        .body("answers", hasSize(0));
  }

  /** The rest comes when it is near, by the clock of the product; and nobody is told each time. */
  @Test
  void furtherOnesAreMadeAsTheyComeNear() {
    String id = created(ana, Duration.ofDays(1), "FREQ=WEEKLY;COUNT=12");
    assertThat(starts(id)).hasSize(9);

    SandboxClock.advance(Duration.ofDays(7));

    await(() -> starts(id).size() == 10);
    SandboxClock.advance(Duration.ofDays(60));
    await(() -> starts(id).size() == 12);
    assertThat(starts(id)).doesNotHaveDuplicates();
    as(ben)
        .get("/v1/events")
        .then()
        .body(
            "data.type",
            org.hamcrest.Matchers.not(org.hamcrest.Matchers.hasItem("checkIn.scheduled")));
  }

  /** Whatever is wrong with it; it is looked at again after a rest. */
  @Test
  void oneThatIsBrokenHoldsUpNoOtherAndRests() throws Exception {
    String broken = created(ana, Duration.ofDays(1), "FREQ=WEEKLY;COUNT=12");
    String sound = created(ana, Duration.ofDays(1).plusHours(1), "FREQ=WEEKLY;COUNT=12");
    assertThat(starts(sound)).hasSize(9);
    Tables.change(
        "alter table check_in add constraint broken check (series_id <> '"
            + broken
            + "') not valid");
    CapturedLog log = CapturedLog.begin();
    try {
      SandboxClock.advance(Duration.ofDays(7));

      await(() -> starts(sound).size() == 10);
      Thread.sleep(3_000);

      assertThat(starts(broken)).hasSize(9);
      assertThat(log.text()).containsOnlyOnce("A series waits");
    } finally {
      log.close();
      Tables.change("alter table check_in drop constraint broken");
    }
    SandboxClock.advance(OccurrenceJob.REST);
    await(() -> starts(broken).size() == 10);
  }

  @Test
  void whatWasSkippedOrDeferredStaysSoAndTheOthersStayToo() {
    String id = created(ana, Duration.ofDays(1), "FREQ=WEEKLY;COUNT=12");
    List<String> ids = CheckInSeries.ids(couple, ben, id);
    CheckIns.end(couple, ben, ids.get(0), "skip").then().statusCode(200);
    String instead =
        SandboxClock.now()
            .truncatedTo(java.time.temporal.ChronoUnit.HOURS)
            .plus(Duration.ofDays(9))
            .toString();
    as(ben)
        .contentType(ContentType.JSON)
        .body(Map.of("startsAt", instead))
        .post(CheckIns.path(couple, ids.get(1)) + "/defer")
        .then()
        .statusCode(200)
        .body("state", is("deferred"));

    SandboxClock.advance(Duration.ofDays(8));
    await(() -> starts(id).size() == 10);

    List<String> states =
        CheckInSeries.occurrences(couple, ana, id).<String>getList("data.state").reversed();
    assertThat(states.subList(0, 3)).containsExactly("skipped", "deferred", "scheduled");
    assertThat(CheckInSeries.get(couple, ana, id).getString("state")).isEqualTo("active");
    JsonPath all = as(ana).get(couple.path("/check-ins?limit=100")).as(Json.class, Json.READER);
    String moved = all.getString("data.find { it.followsId == '" + ids.get(1) + "' }.id");
    JsonPath anew = CheckIns.get(couple, ana, moved);
    assertThat(anew.getString("seriesId")).isNull();
    assertThat(anew.getString("items[0].title")).isEqualTo("How it goes");
    assertThat(anew.getString("items[0].authorId")).isEqualTo(ana.id().toString());
  }

  @Test
  @Tag("S10")
  void anybodyEndsItAtOnceAlsoInAPause() {
    String id = created(ana, Duration.ZERO, "FREQ=DAILY;COUNT=100");
    List<String> ids = CheckInSeries.ids(couple, ana, id);
    CheckIns.allReady(couple, ids.getFirst(), ana, ben);
    couple.tap(ana);

    CheckInSeries.end(couple, ben, id).then().statusCode(200).body("state", is("ended"));

    assertThat(CheckIns.state(couple, ana, ids.getFirst())).isEqualTo("open");
    assertThat(CheckInSeries.occurrences(couple, ana, id).<String>getList("data.state"))
        .filteredOn(state -> !state.equals("open"))
        .hasSize(ids.size() - 1)
        .containsOnly("skipped");
    CheckInSeries.end(couple, ana, id).then().statusCode(200).body("state", is("ended"));
    List<String> types = as(ana).get("/v1/events").as(Json.class, Json.READER).get("data.type");
    assertThat(types).filteredOn("checkInSeries.ended"::equals).hasSize(1);
    SandboxClock.advance(Duration.ofDays(30));
    String other = created(Couple.create());
    assertThat(other).isNotEmpty();
    assertThat(starts(id)).as("nothing comes after the end").hasSameSizeAs(ids);
  }

  /** Of another couple, so that the job has been by. */
  private static String created(Couple others) {
    String id =
        CheckInSeries.created(
                others,
                others.ana(),
                CheckInSeries.plan(Duration.ofDays(1), "FREQ=DAILY;COUNT=100"))
            .getString("id");
    int before = CheckInSeries.ids(others, others.ana(), id).size();
    SandboxClock.advance(Duration.ofDays(2));
    await(() -> CheckInSeries.ids(others, others.ana(), id).size() > before);
    return id;
  }

  /** It is told once, to begin with and at the end, and not for each of its check-ins. */
  @Test
  @Tag("S30")
  void theOthersAreToldOnce() {
    String id = created(ana, Duration.ofDays(1), "FREQ=DAILY;COUNT=100");
    assertThat(Inbox.texts(ben, 1)).hasSize(1);
    CheckInSeries.end(couple, ben, id).then().statusCode(200);

    assertThat(Inbox.texts(ana, 2)).as("that Ben has joined, and the end").hasSize(2);
    as(ben)
        .get("/v1/events")
        .then()
        .body(
            "data.type",
            is(
                List.of(
                    "relationship.memberJoined", "checkInSeries.created", "checkInSeries.ended")))
        .body("data[1].resource.type", is("checkInSeries"))
        .body("data[1].resource.id", is(id));
  }

  @Test
  @Tag("S9")
  void noneIsBegunWhileAnotherHasPausedAndWhatIsMadeMeanwhileAsksNobody() {
    String id = created(ana, Duration.ofDays(1), "FREQ=DAILY;COUNT=100");
    UUID pause = couple.tap(ana);
    refused(CheckInSeries.create(couple, ben, CheckInSeries.plan()), "relationship-paused");
    List<String> before = as(ana).get("/v1/events").as(Json.class, Json.READER).get("data.id");
    int notices = Inbox.texts(ana, 1).size();

    SandboxClock.advance(Duration.ofDays(2));

    await(() -> starts(id).size() == 62);
    assertThat(as(ana).get("/v1/events").<List<String>>path("data.id")).isEqualTo(before);
    assertThat(Inbox.texts(ana, 1)).hasSize(notices);
    String next = CheckInSeries.ids(couple, ana, id).get(2);
    refused(CheckIns.ready(couple, ben, next), "check-in-held");
    couple.lift(ana, pause).then().statusCode(200);
    CheckInSeries.created(couple, ben, CheckInSeries.plan());
  }

  /** Silence is a no: nothing opens by itself, however often it comes. */
  @Test
  @Tag("S16")
  void whatNobodyOpensIsOverByItself() {
    String id = created(ana, Duration.ZERO, "FREQ=DAILY;COUNT=5");
    List<String> ids = CheckInSeries.ids(couple, ana, id);
    CheckIns.ready(couple, ana, ids.getFirst()).then().statusCode(200);

    SandboxClock.advance(Duration.ofHours(49));

    assertThat(CheckInSeries.occurrences(couple, ana, id).<String>getList("data.state").reversed())
        .containsExactly("skipped", "skipped", "scheduled", "scheduled", "scheduled");
    SandboxClock.advance(Duration.ofDays(5));
    assertThat(CheckInSeries.get(couple, ana, id).getString("state")).isEqualTo("ended");
    CheckInSeries.end(couple, ana, id).then().statusCode(200);
    CheckInSeries.created(couple, ben, CheckInSeries.plan());
  }

  /**
   * Nobody is worn down by a series that comes back, nor by a talk in the place of one that was
   * left out.
   */
  @Test
  @Tag("S18")
  void whoDidNotEndItBeginsNoneWithTheSameForThreeDays() {
    String far = created(ben, Duration.ofDays(90), "FREQ=DAILY;COUNT=10");
    CheckInSeries.end(couple, ana, far).then().statusCode(200);

    refused(CheckInSeries.create(couple, ben, CheckInSeries.plan()), "check-in-put-off");
    refused(CheckIns.schedule(couple, ben, CheckIns.plan()), "check-in-put-off");
    CheckInSeries.created(couple, ana, CheckInSeries.plan());
    SandboxClock.advance(Duration.ofHours(71));
    refused(CheckInSeries.create(couple, ben, CheckInSeries.plan()), "check-in-put-off");
    SandboxClock.advance(Duration.ofHours(2));
    CheckInSeries.created(couple, ben, CheckInSeries.plan());
  }

  @Test
  @Tag("S18")
  void whoseTalkWasLeftOutBeginsNoSeriesInItsPlace() {
    String id = created(ben, Duration.ofDays(1), "FREQ=DAILY;COUNT=10");
    CheckIns.end(couple, ana, CheckInSeries.ids(couple, ana, id).getFirst(), "skip")
        .then()
        .statusCode(200);

    refused(CheckInSeries.create(couple, ben, CheckInSeries.plan()), "check-in-put-off");
    refused(CheckIns.schedule(couple, ben, CheckIns.plan()), "check-in-put-off");
    CheckInSeries.created(couple, ana, CheckInSeries.plan());
  }

  @Test
  void itsCheckInsDontCountAsPlannedOnes() {
    created(ana, Duration.ofDays(1), "FREQ=DAILY;COUNT=60");
    for (int time = 0; time < 3; time++) {
      CheckIns.scheduled(couple, ana);
    }
    refused(CheckIns.schedule(couple, ana, CheckIns.plan()), "too-many-check-ins");
  }

  @Test
  void fiveGoOnAtOnceAndNoMore() {
    String last = "";
    for (int time = 0; time < 5; time++) {
      last =
          CheckInSeries.created(couple, time % 2 == 0 ? ana : ben, CheckInSeries.plan()).get("id");
    }
    refused(CheckInSeries.create(couple, ben, CheckInSeries.plan()), "too-many-check-in-series");

    CheckInSeries.end(couple, ben, last).then().statusCode(200);

    CheckInSeries.created(couple, ben, CheckInSeries.plan());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theNewestComesFirstPageByPage(int limit) {
    String first = CheckInSeries.created(couple, ana, CheckInSeries.plan()).getString("id");
    String second = CheckInSeries.created(couple, ana, CheckInSeries.plan()).getString("id");

    JsonPath page =
        as(ben).get(couple.path("/check-in-series?limit=" + limit)).as(Json.class, Json.READER);
    assertThat(page.getString("data[0].id")).isEqualTo(second);
    if (limit == 1) {
      page =
          as(ben)
              .get(couple.path("/check-in-series?limit=1&cursor=" + page.getString("nextCursor")))
              .as(Json.class, Json.READER);
    }
    assertThat(page.getList("data.id")).last().isEqualTo(first);
  }

  /** Whoever takes no part sees neither it nor its check-ins, as if there were none. */
  @Test
  @Tag("S34")
  void whoTakesNoPartSeesNothing() {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    String id =
        CheckInSeries.created(
                couple,
                ana,
                CheckIns.with(CheckInSeries.plan(), "participantIds", List.of(ana.id(), ben.id())))
            .getString("id");
    String occurrence = CheckInSeries.ids(couple, ana, id).getFirst();

    for (String unseen : List.of(id, UUID.randomUUID().toString())) {
      as(cleo).get(CheckInSeries.path(couple, unseen)).then().statusCode(404);
      CheckInSeries.end(couple, cleo, unseen).then().statusCode(404);
      assertThat(CheckInSeries.occurrences(couple, cleo, unseen).getList("data")).isEmpty();
    }
    as(cleo).get(CheckIns.path(couple, occurrence)).then().statusCode(404);
    as(cleo).get(couple.path("/check-in-series")).then().body("data", hasSize(0));
    assertThat(CheckInSeries.get(couple, ana, id).getString("state")).isEqualTo("active");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "FREQ=DAILY",
        "FREQ=DAILY;COUNT=100000",
        "FREQ=DAILY;COUNT=367",
        "FREQ=DAILY;COUNT=99999999999999999999",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=-1",
        "FREQ=DAILY;COUNT=2;COUNT=3",
        "FREQ=DAILY;COUNT=2;UNTIL=20991231T000000Z",
        "FREQ=DAILY;UNTIL=20991231T000000Z",
        "FREQ=DAILY;UNTIL=20010101T000000Z",
        "FREQ=DAILY;UNTIL=20270101",
        "FREQ=DAILY;UNTIL=20270101T000000",
        "FREQ=DAILY;UNTIL=20270230T000000Z",
        "FREQ=DAILY;UNTIL=TOMORROW",
        "FREQ=HOURLY;COUNT=2",
        "FREQ=MINUTELY;COUNT=2",
        "FREQ=SECONDLY;COUNT=2",
        "FREQ=DAILY;BYHOUR=1,2,3;COUNT=2",
        "FREQ=YEARLY;BYWEEKNO=20;COUNT=2",
        "FREQ=YEARLY;BYYEARDAY=20;COUNT=2",
        "FREQ=DAILY;INTERVAL=0;COUNT=2",
        "FREQ=DAILY;INTERVAL=100000;COUNT=2",
        "FREQ=WEEKLY;INTERVAL=53;COUNT=4",
        "FREQ=DAILY;X-EVIL=1;COUNT=2",
        "FREQ=DAILY;RSCALE=GREGORIAN;SKIP=OMIT;COUNT=2",
        "FREQ=DAILY;COUNT=2;",
        ";FREQ=DAILY;COUNT=2",
        "FREQ=DAILY;;COUNT=2",
        "COUNT=2",
        "FREQ;COUNT=2",
        "FREQ=;COUNT=2",
        "freq=daily;count=2",
        "FREQ=daily;COUNT=2",
        "RRULE:FREQ=DAILY;COUNT=2",
        "FREQ=DAILY;COUNT=2\nRDATE:20270101T000000Z",
        "FREQ=DAILY;COUNT=2\r\nEXDATE:20270101T000000Z",
        "FREQ=DAILY;COUNT=2\u0007",
        "FREQ=DAILY;COUNT=2\u200b",
        "FREQ=DAILY; COUNT=2",
        "FREQ=DAILY;COUNT=٢",
        "FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2;COUNT=2",
        "FREQ=YEARLY;BYMONTHDAY=30;BYMONTH=2;COUNT=2",
        "FREQ=MONTHLY;BYMONTHDAY=32;COUNT=2",
        "FREQ=MONTHLY;BYMONTHDAY=0;COUNT=2",
        "FREQ=YEARLY;BYMONTHDAY=1;COUNT=2",
        "FREQ=MONTHLY;BYMONTH=13;COUNT=2",
        "FREQ=WEEKLY;BYDAY=1MO;COUNT=2",
        "FREQ=WEEKLY;BYMONTHDAY=3;COUNT=2",
        "FREQ=WEEKLY;BYDAY=XX;COUNT=2",
        "FREQ=WEEKLY;BYDAY=MO,;COUNT=2",
        "FREQ=MONTHLY;BYDAY=54MO;COUNT=2",
        "FREQ=DAILY;BYSETPOS=1;COUNT=2",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0;COUNT=2"
      })
  void whatIsNoRuleOrNeverEndsIsRefused(String rule) {
    notBegun(CheckIns.with(CheckInSeries.plan(), "rule", rule), "/rule");
  }

  private Response wrong(Map<String, Object> plan) {
    return wrongly(ana)
        .contentType(ContentType.JSON)
        .body(plan)
        .post(couple.path("/check-in-series"));
  }

  private void notBegun(Map<String, Object> plan, String pointer) {
    wrong(plan)
        .then()
        .statusCode(400)
        .body("code", is("validation-failed"))
        .body("errors.pointer", is(List.of(pointer)));
    as(ana).get(couple.path("/check-in-series")).then().body("data", hasSize(0));
    as(ana).get(couple.path("/check-ins")).then().body("data", hasSize(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "localStart | 2001-01-01T10:00 | /localStart",
        "localStart | 2999-01-01T10:00 | /localStart",
        "localStart | 2027-02-30T10:00 | /localStart",
        "localStart | 2027-02-28T24:01 | /localStart",
        "localStart | 2027-02-28T10:00Z | /localStart",
        "localStart | 2027-02-28 | /localStart",
        "timeZone | Mars/Olympus | /timeZone",
        "timeZone | europe/berlin | /timeZone",
        "timeZone | +02:00 | /timeZone",
        "timeZone | UTC+2 | /timeZone",
        "timeZone | ../../etc/passwd | /timeZone",
        "templateId | astrology | /templateId",
      })
  void whatMakesNoSenseIsNotBegun(String field, String value, String pointer) {
    notBegun(CheckIns.with(CheckInSeries.plan(), field, value), pointer);
  }

  @Test
  void allThatIsWrongIsSaidAndMuchTextIsNotRead() {
    Map<String, Object> plan = CheckIns.with(CheckInSeries.plan(), "rule", "FREQ=DAILY");
    plan.put("timeZone", "Mars");
    plan.put("localStart", "tomorrow");
    wrong(plan)
        .then()
        .statusCode(400)
        .body("errors.pointer", is(List.of("/localStart", "/timeZone", "/rule")));
    notBegun(
        CheckIns.with(
            CheckInSeries.plan(), "rule", "FREQ=DAILY;COUNT=2;BYMONTHDAY=" + "1,".repeat(200_000)),
        "/rule");
    wrong(CheckIns.with(CheckInSeries.plan(), "rule", "A".repeat(1_000_000)))
        .then()
        .statusCode(413);
    String noSunday = CheckInSeries.local(Duration.ofDays(1));
    String other =
        List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU")
            .get(java.time.LocalDateTime.parse(noSunday).getDayOfWeek().getValue() % 7);
    notBegun(
        CheckInSeries.plan(Duration.ofDays(1), "FREQ=WEEKLY;COUNT=3;BYDAY=" + other),
        "/localStart");
    notBegun(
        CheckIns.with(CheckInSeries.plan(), "participantIds", List.of(ana.id(), UUID.randomUUID())),
        "/participantIds");
  }

  /** The author's words once, however often they are to be talked about. */
  @Test
  void aCopyHoldsItWithOnesOwnWords() {
    String id = created(ana, Duration.ofDays(1), "FREQ=DAILY;COUNT=3");

    JsonPath own = Exports.of(ana);
    assertThat(own.getList("checkInSeries.id")).containsExactly(id);
    assertThat(own.getList("checkInSeries[0].ownItems.title")).containsExactly("How it goes");
    assertThat(own.getString("checkInSeries[0].rule")).isEqualTo("FREQ=DAILY;COUNT=3");
    assertThat(own.getList("checkIns")).hasSize(3);
    assertThat(own.getList("checkIns.ownItems.flatten()")).isEmpty();
    JsonPath bens = Exports.of(ben);
    assertThat(bens.getList("checkInSeries.id")).containsExactly(id);
    assertThat(bens.getList("checkInSeries[0].ownItems")).isEmpty();
  }
}
