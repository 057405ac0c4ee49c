package org.stillpoint.checkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.stillpoint.testkit.Api.as;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.AtOnce;
import org.stillpoint.testkit.Calendars;
import org.stillpoint.testkit.Calendars.Entry;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PlainHttp;
import org.stillpoint.testkit.PlainHttp.Answer;
import org.stillpoint.testkit.PlainHttp.Call;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** A calendar program reads when one's check-ins are: that there is something, and nothing more. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
class CalendarFeedTest {
  private static final Set<String> ALL_THAT_IS_SAID =
      Set.of(
          "UID",
          "DTSTAMP",
          "DTSTART",
          "DTEND",
          "LAST-MODIFIED",
          "SEQUENCE",
          "STATUS",
          "SUMMARY",
          "CLASS");

  private Couple couple;
  private Person ana;
  private Person ben;
  private String secret;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    secret = Calendars.secret(ana);
  }

  private static Instant in(Duration time) {
    return SandboxClock.now().truncatedTo(ChronoUnit.SECONDS).plus(time);
  }

  /** Of all, with a title that nobody else is to read. */
  private static String plan(Couple couple, Person by, Instant startsAt) {
    Map<String, Object> item = CheckIns.item("sealed", "What I never told");
    item.put("durationSeconds", 1_500);
    return CheckIns.schedule(
            couple, by, Map.of("startsAt", startsAt.toString(), "items", List.of(item)))
        .then()
        .statusCode(201)
        .extract()
        .as(Json.class, Json.READER)
        .get("id");
  }

  private String plan(Instant startsAt) {
    return plan(couple, ana, startsAt);
  }

  private void say(Person person, String locale) {
    as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("locale", locale, "displayName", "Ana of the sea"))
        .patch("/v1/me")
        .then()
        .statusCode(200);
  }

  @ParameterizedTest
  @CsvSource({"en-GB, Busy, Calendar", "de-AT, Termin, Kalender", "es, Ocupado, Calendario"})
  @Tag("S30")
  void itSaysWhenAndNothingMoreInItsOwnersLanguage(String locale, String title, String name) {
    say(ana, locale);
    Instant startsAt = in(Duration.ofDays(2));
    String own = plan(startsAt);
    String ofTemplate =
        CheckIns.schedule(
                couple,
                ben,
                Map.of("startsAt", startsAt.plusSeconds(60).toString(), "templateId", "follow-up"))
            .then()
            .statusCode(201)
            .extract()
            .as(Json.class, Json.READER)
            .get("id");

    List<Entry> entries = Calendars.entries(secret);
    assertThat(entries).hasSize(2);
    assertThat(entries).extracting(Entry::title).containsOnly(title);
    assertThat(entries).extracting(Entry::status).containsOnly("CONFIRMED");
    assertThat(entries).extracting(Entry::names).containsOnly(ALL_THAT_IS_SAID);
    assertThat(entries.getFirst().startsAt()).isEqualTo(startsAt);
    assertThat(entries.getFirst().endsAt()).isEqualTo(startsAt.plusSeconds(1_500));
    String text = Calendars.read(secret);
    assertThat(text).contains("NAME:" + name, "X-WR-CALNAME:" + name, "CLASS:PRIVATE");
    for (String word :
        List.of(own, ofTemplate, "" + ana.id(), "" + ben.id(), "" + couple.relationship())) {
      assertThat(text).doesNotContain(word).doesNotContain(word.replace("-", ""));
    }
    assertThat(text.toLowerCase(Locale.ROOT))
        .doesNotContain("stillpoint", "told", "follow", "ana", "sea", "alarm", "attendee");
  }

  /** For the programs of others that read it: the profile {@code calendar} takes it from there. */
  @Test
  void everyProgramReadsTheSame() throws IOException {
    Instant first = in(Duration.ofDays(1));
    for (int day = 0; day < 3; day++) {
      plan(couple, day < 2 ? ana : ben, first.plus(Duration.ofDays(day)));
    }
    String second =
        as(ana).get(couple.path("/check-ins")).as(Json.class, Json.READER).get("data[1].id");
    CheckIns.end(couple, ben, second, "skip").then().statusCode(200);

    List<Map<String, Object>> planned = new ArrayList<>();
    for (Entry entry : Calendars.entries(secret)) {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("startsAt", entry.startsAt().toString());
      shown.put("endsAt", entry.endsAt().toString());
      shown.put("title", entry.title());
      shown.put("status", entry.status());
      shown.put("sequence", entry.sequence());
      planned.add(shown);
    }

    assertThat(planned)
        .extracting(shown -> shown.get("startsAt"))
        .containsExactly(
            first.toString(),
            first.plus(Duration.ofDays(2)).toString(),
            first.plus(Duration.ofDays(1)).toString());
    assertThat(planned)
        .extracting(shown -> shown.get("status"))
        .containsExactly("CONFIRMED", "CONFIRMED", "CANCELLED");
    Path folder = Files.createDirectories(Path.of("target", "calendar"));
    Files.writeString(folder.resolve("feed.ics"), Calendars.read(secret));
    new ObjectMapper().writeValue(folder.resolve("planned.json").toFile(), planned);
  }

  @Test
  void whatIsCalledOffIsTakenAwayAndWhatTookPlaceStays() {
    String skipped = plan(in(Duration.ofHours(1)));
    Entry before = Calendars.entries(secret).getFirst();
    CheckIns.end(couple, ben, skipped, "skip").then().statusCode(200);
    Entry after = Calendars.entries(secret).getFirst();

    assertThat(after.uid()).isEqualTo(before.uid());
    assertThat(before.sequence()).isZero();
    assertThat(after.sequence()).isEqualTo(1);
    assertThat(after.status()).isEqualTo("CANCELLED");
    assertThat(after.changed()).isAfterOrEqualTo(before.changed());

    Couple others = Couple.create();
    String calendar = Calendars.secret(others.ana());
    String open = CheckIns.open(others, others.ana(), others.ben()).getString("id");
    CheckIns.end(others, others.ana(), open, "close").then().statusCode(200);
    assertThat(Calendars.entries(calendar)).extracting(Entry::status).containsOnly("CONFIRMED");
  }

  /** A deferred one goes, and the one in its place is another. */
  @Test
  void whatIsPutOffIsThereOnceMore() {
    String id = plan(in(Duration.ofHours(1)));
    as(ben)
        .contentType(ContentType.JSON)
        .body(Map.of("startsAt", in(Duration.ofDays(1)).toString()))
        .post(CheckIns.path(couple, id) + "/defer")
        .then()
        .statusCode(200);

    List<Entry> entries = Calendars.entries(secret);
    assertThat(entries).extracting(Entry::status).containsExactly("CONFIRMED", "CANCELLED");
    assertThat(entries).extracting(Entry::uid).doesNotHaveDuplicates();
  }

  @Test
  void itIsOfTheLast30DaysAndTheNext60() {
    plan(in(Duration.ofDays(59)));
    plan(in(Duration.ofDays(61)));
    assertThat(Calendars.entries(secret)).hasSize(1);

    SandboxClock.advance(Duration.ofDays(59 + 29));
    assertThat(Calendars.entries(secret)).hasSize(2);

    SandboxClock.advance(Duration.ofDays(2));
    assertThat(Calendars.entries(secret)).hasSize(1);
  }

  @Test
  @Tag("S34")
  void itIsOfWhatItsOwnerTakesPartInAndNobodyElse() {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    Couple elsewhere = new Couple(ana, Person.adult("dora"), Couple.begin(ana));
    elsewhere.invite(ana, elsewhere.ben());
    Instant withBen = in(Duration.ofHours(1));
    Instant withDora = in(Duration.ofHours(2));
    CheckIns.schedule(
            couple,
            ana,
            CheckIns.with(
                CheckIns.with(CheckIns.plan(), "startsAt", withBen.toString()),
                "participantIds",
                List.of(ana.id(), ben.id())))
        .then()
        .statusCode(201);
    plan(elsewhere, ana, withDora);

    assertThat(Calendars.entries(secret))
        .extracting(Entry::startsAt)
        .containsExactly(withBen, withDora);
    assertThat(Calendars.entries(Calendars.secret(ben)))
        .extracting(Entry::startsAt)
        .containsExactly(withBen);
    assertThat(Calendars.entries(Calendars.secret(cleo))).isEmpty();
  }

  /** Whoever has two calendars doesn't learn by them that both are of the same talk. */
  @Test
  void noIdIsTheSameInTwoFeeds() {
    plan(in(Duration.ofHours(1)));

    String uid = Calendars.entries(secret).getFirst().uid();
    assertThat(Calendars.entries(secret).getFirst().uid()).isEqualTo(uid);
    for (Person person : List.of(ana, ben)) {
      assertThat(Calendars.entries(Calendars.secret(person)).getFirst().uid()).isNotEqualTo(uid);
    }
  }

  @Test
  @Tag("S22")
  void neitherAPauseNorWhatOneDoesInPrivateChangesIt() {
    String id = CheckIns.scheduled(couple, ana).getString("id");
    String item = CheckIns.item(CheckIns.get(couple, ana, id), "sealed");
    String calendar = Calendars.secret(ben);
    String before = said(calendar);

    CheckIns.allReady(couple, id, ana);
    assertThat(said(calendar)).isEqualTo(before);
    CheckIns.allReady(couple, id, ben);
    assertThat(said(calendar)).as("open").isEqualTo(before);
    CheckIns.answer(couple, ana, id, item, "Hers");
    assertThat(said(calendar)).isEqualTo(before);
    UUID pause = couple.tap(ana);
    assertThat(said(calendar)).as("paused").isEqualTo(before);
    couple.lift(ana, pause).then().statusCode(200);
    assertThat(said(calendar)).as("held").isEqualTo(before);
  }

  /** All that is answered but what differs from exchange to exchange. */
  private static String said(String calendar) {
    Answer answer = PlainHttp.send(new Call("GET", Calendars.path(calendar), Map.of()));
    return answer.status() + answer.header("ETag") + answer.body();
  }

  @Test
  void aProgramThatHasItAlreadyIsToldSo() {
    plan(in(Duration.ofHours(1)));
    String etag =
        Calendars.get(secret)
            .then()
            .statusCode(200)
            .header("Content-Type", "text/calendar;charset=UTF-8")
            .header("X-Content-Type-Options", "nosniff")
            .header("ETag", notNullValue())
            .extract()
            .header("ETag");
    assertThat(etag).startsWith("\"");
    assertThat(caching(ask("GET", Map.of()))).containsExactly("private, max-age=900");

    Answer same = ask("GET", Map.of("If-None-Match", etag));
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(same.header("ETag")).isEqualTo(etag);
    assertThat(caching(same)).containsExactly("private, max-age=900");

    plan(in(Duration.ofHours(2)));
    Answer other = ask("GET", Map.of("If-None-Match", etag));
    assertThat(other.status()).isEqualTo(200);
    assertThat(other.header("ETag")).isNotEqualTo(etag);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/calendar", "*/*", "text/calendar, text/plain;q=0.9, */*;q=0.1"})
  void aProgramMayAskForTheHeadAlone(String accepts) {
    Answer whole = ask("GET", Map.of("Accept", accepts));
    Answer head = ask("HEAD", Map.of("Accept", accepts));

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (String name : List.of("ETag", "Content-Type", "Cache-Control")) {
      assertThat(head.header(name)).isNotEmpty().isEqualTo(whole.header(name));
    }
  }

  private static List<String> caching(Answer answer) {
    return answer.headers().entrySet().stream()
        .filter(header -> "Cache-Control".equalsIgnoreCase(header.getKey()))
        .flatMap(header -> header.getValue().stream())
        .toList();
  }

  private Answer ask(String method, Map<String, String> headers) {
    return PlainHttp.send(new Call(method, Calendars.path(secret), headers));
  }

  @Test
  void anEmptyCalendarIsACalendar() {
    assertThat(Calendars.entries(secret)).isEmpty();
  }

  /** The secret is shown once; nobody else sees that there is a feed. */
  @Test
  @Tag("S34")
  void aFeedIsItsOwnersAlone() {
    JsonPath made =
        as(ana)
            .contentType(ContentType.JSON)
            .body(Map.of("label", "Tablet"))
            .post("/v1/me/calendars")
            .then()
            .statusCode(201)
            .extract()
            .as(Json.class, Json.READER);
    assertThat(made.getString("url"))
        .startsWith("http://")
        .endsWith(Calendars.path(made.getString("secret")));

    String list =
        as(ana)
            .get("/v1/me/calendars")
            .then()
            .statusCode(200)
            .body("data.label", contains((Object) null, "Tablet"))
            .extract()
            .asString();
    assertThat(list).doesNotContain(made.getString("secret"));
    as(ben).get("/v1/me/calendars").then().body("data", is(empty()));
    String address = "/v1/me/calendars/" + made.getString("id");
    as(ben).delete(address).then().statusCode(404);
    as(ana).delete(address).then().statusCode(204);
    as(ana).delete(address).then().statusCode(404);
    Calendars.get(made.getString("secret")).then().statusCode(404);
    Calendars.get(secret).then().statusCode(200);
  }

  /** What was revoked, never was, or is no secret at all. */
  @Test
  @Tag("S34")
  void whatIsRevokedLooksLikeWhatNeverWas() {
    JsonPath revoked = Calendars.make(ana);
    as(ana).delete("/v1/me/calendars/" + revoked.getString("id")).then().statusCode(204);

    String never = refusal("0".repeat(40));
    assertThat(never).contains("404", "not-found");
    assertThat(refusal(revoked.getString("secret"))).isEqualTo(never);
    for (String invented :
        List.of(
            "x",
            secret.substring(1),
            secret + "0",
            secret.toUpperCase(Locale.ROOT).replace('0', 'G'))) {
      assertThat(refusal(invented)).as(invented).isEqualTo(never);
    }
  }

  private static String refusal(String secret) {
    Answer answer = PlainHttp.send(new Call("GET", Calendars.path(secret), Map.of()));
    return answer.status()
        + answer.headers().keySet().toString()
        + answer.header("Cache-Control")
        + answer.body().replaceAll("\"requestId\":\"[^\"]+\"", "");
  }

  @Test
  @Tag("S32")
  void whoLeavesTakesNothingAlongAndWhoStaysLosesIt() {
    plan(in(Duration.ofHours(1)));
    String bens = Calendars.secret(ben);

    couple.leave(ana);

    assertThat(Calendars.entries(secret)).isEmpty();
    assertThat(Calendars.entries(bens)).extracting(Entry::status).containsExactly("CANCELLED");
  }

  @Test
  void cuttingAnAppOffEndsTheFeedsThatItMade() {
    String ofThePhone = Calendars.secret(ana.through("old-phone"));
    String app =
        as(ana)
            .get("/v1/me/clients")
            .as(Json.class, Json.READER)
            .get("data.find { it.clientId == 'old-phone' }.id");

    as(ana).delete("/v1/me/clients/{id}", app).then().statusCode(204);
    Calendars.get(ofThePhone).then().statusCode(404);
    as(ana).post("/v1/me/clients/{id}/readmission", app).then().statusCode(200);

    Calendars.get(ofThePhone).then().statusCode(404);
    Calendars.get(secret).then().statusCode(200);
  }

  @Test
  void thereAreOnlySoManyFeeds() {
    for (int more = 1; more < CalendarFeedService.MOST_FEEDS; more++) {
      Calendars.make(ana);
    }

    as(ana).post("/v1/me/calendars").then().statusCode(409).body("code", is("too-many-calendars"));
  }

  /** On four phones of one person. */
  @RepeatedTest(3)
  void theLastOfThemIsMadeOnce() {
    for (int more = 2; more < CalendarFeedService.MOST_FEEDS; more++) {
      Calendars.make(ana);
    }
    List<Integer> answers = Collections.synchronizedList(new ArrayList<>());

    AtOnce.each(
        List.of(1, 2, 3, 4), _ -> answers.add(as(ana).post("/v1/me/calendars").statusCode()));

    assertThat(answers).containsExactlyInAnyOrder(201, 409, 409, 409);
  }

  @Test
  @Tag("S35")
  void aRequestThatIsSentAgainMakesOneFeed() {
    for (int time = 0; time < 2; time++) {
      as(ben).header("Idempotency-Key", "once").post("/v1/me/calendars").then().statusCode(201);
    }

    assertThat(as(ben).get("/v1/me/calendars").as(Json.class, Json.READER).getList("data"))
        .hasSize(1);
  }

  /** Somebody who shares the owner's address keeps nobody out. */
  @Test
  void whoeverInventsAddressesWaitsAndHoldsUpNobodyElse() throws Exception {
    Calendars.read(secret);
    try (HttpClient there =
        HttpClient.newBuilder().localAddress(InetAddress.getByName("127.0.0.11")).build()) {
      HttpResponse<String> invented = get(there, "0".repeat(40));
      for (int i = 0; i < 150 && invented.statusCode() == 404; i++) {
        invented = get(there, "%040x".formatted(i));
      }

      assertThat(invented.statusCode()).isEqualTo(429);
      assertThat(invented.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(get(there, secret).statusCode()).isEqualTo(200);
    }
    Calendars.get("0".repeat(40)).then().statusCode(404);
  }

  private static HttpResponse<String> get(HttpClient client, String secret) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + RestAssured.port + Calendars.path(secret));
    return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  @Test
  void noFeedIsReadWithoutEnd() {
    int status = 200;
    for (int i = 0; i < 150 && status == 200; i++) {
      status = ask("GET", Map.of()).status();
    }

    assertThat(status).isEqualTo(429);
    Calendars.get(Calendars.secret(ana)).then().statusCode(200);
  }
}
