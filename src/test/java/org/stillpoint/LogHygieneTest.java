package org.stillpoint;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;

import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.logging.Level;
import org.jboss.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.handlers.FileHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.Browser;
import org.stillpoint.testkit.Calendars;
import org.stillpoint.testkit.CapturedLog;
import org.stillpoint.testkit.Channels;
import org.stillpoint.testkit.CheckInSeries;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Devices;
import org.stillpoint.testkit.Faults;
import org.stillpoint.testkit.Guests;
import org.stillpoint.testkit.Inbox;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Limits;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PlainHttp;
import org.stillpoint.testkit.PlainHttp.Answer;
import org.stillpoint.testkit.PlainHttp.Call;
import org.stillpoint.testkit.Practices;
import org.stillpoint.testkit.Reflections;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.StoredWords;

/**
 * What somebody wrote, and what proves who they are, is found in no log, metric, notice or event.
 */
@StillpointTest
class LogHygieneTest {
  /** Not a person's words: the key that an app chose for its request. */
  private static final Set<String> PLACES_OF_THE_CANARY = Set.of("idempotency_key.key");

  private final String canary = "canary-" + UUID.randomUUID().toString().substring(0, 13);
  private final List<Answer> refusals = new ArrayList<>();

  @TestHTTPResource(value = "/metrics", management = true)
  @Nullable URI metrics;

  private CapturedLog log;
  private Couple couple;

  @BeforeEach
  void aFreshCoupleThatWrites() {
    log = CapturedLog.begin();
    couple = Couple.create();
    Map<String, String> words = Map.of("displayName", canary, "pronouns", canary);
    as(couple.ana()).contentType(ContentType.JSON).body(words).patch("/v1/me");
    as(couple.ana())
        .contentType(ContentType.JSON)
        .body(Map.of("label", canary))
        .post(couple.path("/tap-keys"))
        .then()
        .statusCode(201);
    Limits.draw(couple, couple.ana(), Limits.hard("touch", canary, canary));
    String eased = Limits.draw(couple, couple.ana()).getString("id");
    Limits.change(couple, couple.ana(), eased, "*", Limits.hard("touch", canary, canary))
        .then()
        .statusCode(200);
    agree();
    talk();
    letRead();
    haveADeviceTold();
    beReached();
    Logger.getLogger(LogHygieneTest.class).debug("the log is read");
  }

  /** A draft, and what was proposed and agreed. */
  private void agree() {
    Map<String, Object> clause =
        Agreements.with(
            Agreements.clause(
                "permits", "touch", List.of(couple.ana(), couple.ben()), canary, canary),
            "conditions",
            List.of(canary));
    Map<String, Object> body = Map.of("title", canary, "terms", List.of(clause));
    List<String> drafts = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      drafts.add(
          as(couple.ana())
              .contentType(ContentType.JSON)
              .body(body)
              .post(couple.path("/agreement-drafts"))
              .then()
              .statusCode(201)
              .extract()
              .as(Json.class, Json.READER)
              .get("id"));
    }
    JsonPath version =
        Agreements.json(Agreements.propose(couple, couple.ana(), drafts.getFirst()), 201);
    Agreements.assent(couple, couple.ben(), version, 0).then().statusCode(200);
  }

  /** Whose address has the canary in it. */
  private void haveADeviceTold() {
    Browser browser = Browser.subscribe("https://push.example.net/" + canary);
    UUID device = Devices.registered(couple.ben(), browser);
    Devices.fail(couple.ben(), "webPush", "serverError");
    couple.tap(couple.ana());
    Devices.pushed(couple.ben(), device, 1);
    Devices.registered(couple.ben(), Map.of("channel", "fcm", "token", canary));
  }

  /** At an address that has the canary in it, and that fails at first. */
  private void beReached() {
    Faults.order(
        Map.of(
            "kind", "serverError", "memberId", couple.ben().id().toString(), "channel", "email"));
    Channels.order(couple.ben(), 10, "email").then().statusCode(200);
    UUID mail = Channels.confirmed(couple.ben(), "email", canary + "@example.org");
    couple.lift(couple.ana(), couple.tap(couple.ana()));
    Channels.messages(couple.ben(), mail, 2);
  }

  /** A check-in in one's own words, with an answer that the other can read. */
  private void talk() {
    Map<String, Object> plan =
        CheckIns.with(CheckIns.plan(), "items", List.of(CheckIns.item("open", canary)));
    JsonPath planned =
        CheckIns.schedule(couple, couple.ana(), plan)
            .then()
            .statusCode(201)
            .extract()
            .as(Json.class, Json.READER);
    String id = planned.getString("id");
    CheckIns.allReady(couple, id, couple.ana(), couple.ben());
    CheckIns.answer(couple, couple.ana(), id, CheckIns.item(planned, "open"), canary);
    CheckIns.propose(couple, couple.ana(), id, Map.of("text", canary)).then().statusCode(201);
    assertThat(CheckIns.read(couple, couple.ben(), id, CheckIns.item(planned, "open")))
        .containsExactly(canary);
    Guests.mark(couple, couple.ana(), id, CheckIns.item(planned, "open")).then().statusCode(200);
    Guests.propose(couple, couple.ana(), id, canary).then().statusCode(201);
    CheckInSeries.created(
        couple,
        couple.ana(),
        CheckIns.with(CheckInSeries.plan(), "items", List.of(CheckIns.item("open", canary))));
  }

  /** A practitioner with a client, whose copy is read, and who is one too. */
  private void letRead() {
    Person dora = Practices.practitioner();
    Practices.register(dora, Practices.profile(canary, canary)).then().statusCode(200);
    Practices.register(couple.ana(), Practices.profile(canary, canary)).then().statusCode(200);
    UUID own = Practices.own(couple.ana(), dora, "snapshots");
    Practices.given(couple.ana(), Reflections.kept(couple.ana(), canary), own);
    Practices.read(dora, own, "/members/" + couple.ana().id() + "/snapshots")
        .then()
        .statusCode(200)
        .body("data.text", is(List.of(canary)));
    Practices.read(dora, own, "").then().body("members.displayName", is(List.of(canary)));
  }

  @AfterEach
  void theLogIsLetGo() {
    log.close();
  }

  @Test
  void whatSomebodyWroteStaysWhereItBelongs() throws Exception {
    sendTheCanaryEverywhere();
    couple.lift(couple.ana(), couple.tap(couple.ana()));

    assertThat(refusals).hasSizeGreaterThan(25);
    assertThat(refusals).noneMatch(answer -> mentions(answer, canary));
    assertNowhereOutside(canary);
    assertThat(StoredWords.columnsWith(canary)).isSubsetOf(PLACES_OF_THE_CANARY);
  }

  @Test
  void whatProvesWhoSomebodyIsIsStoredNowhere() throws Exception {
    String code = couple.invitation(couple.ana()).getString("code");
    Map<String, String> keyed = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    String keyedCode =
        as(couple.ana())
            .headers(keyed)
            .post(couple.path("/invitations"))
            .as(Json.class, Json.READER)
            .get("code");
    String tapKey =
        as(couple.ana()).post(couple.path("/tap-keys")).as(Json.class, Json.READER).get("key");
    as(couple.ben()).get("/v1/invitations/{code}", code);
    refuse("POST", "/v1/invitations/" + code + "/acceptance/nowhere", login());
    refuse("GET", "/v1/invitations/" + code + "?code=" + code, Map.of("Tap-Key", tapKey));
    refuse("GET", "/v1/" + tapKey, login());
    String calendar = Calendars.secret(couple.ana());
    Calendars.read(calendar);
    refuse("GET", Calendars.path(calendar) + "/" + calendar, login());
    refuse("POST", Calendars.path(calendar), login());
    refuse("GET", "/v1/me?access_token=" + couple.ana().token(), Map.of());
    given().header("Tap-Key", tapKey).post("/v1/taps").then().statusCode(200);
    String guestCode = guestCode();
    refuse("POST", "/v1/guest-invitations/" + guestCode + "/acceptance", login());
    refuse("GET", "/v1/guest-invitations/" + guestCode + "?code=" + guestCode, login());

    String practitioners = Practices.code(couple.ana());
    as(couple.ben()).get("/v1/practitioner-codes/{code}", practitioners).then().statusCode(200);
    refuse("GET", "/v1/practitioner-codes/" + practitioners + "/nowhere", login());
    String keyedPractitioners =
        as(couple.ana())
            .headers(keyed)
            .post("/v1/practitioners/me/code")
            .as(Json.class, Json.READER)
            .get("code");
    refuse("GET", "/v1/practitioner-codes/" + practitioners, login());

    for (String secret :
        List.of(
            practitioners,
            practitioners.replace("-", ""),
            keyedPractitioners,
            code,
            code.replace("-", ""),
            keyedCode,
            tapKey,
            calendar,
            guestCode,
            couple.ana().token())) {
      assertThat(refusals).noneMatch(answer -> mentions(answer, secret));
      assertNowhereOutside(secret);
      assertThat(StoredWords.columnsWith(secret)).isEmpty();
    }
  }

  /** Of a check-in in which whoever tries it takes part. */
  private String guestCode() {
    Couple others = new Couple(couple.ana(), Person.adult("cleo"), Couple.begin(couple.ana()));
    others.invite(others.ana(), others.ben());
    String checkIn = CheckIns.scheduled(others, others.ana()).getString("id");
    return Guests.invited(others, others.ana(), checkIn, others.ben()).getString("code");
  }

  /** Straight to the file: behind the console, the line would have lost its quotes already. */
  @Test
  void whatAnExceptionQuotesReachesNoFile() throws IOException {
    String place = "place-" + UUID.randomUUID();
    ExtLogRecord line = new ExtLogRecord(Level.SEVERE, place, LogHygieneTest.class.getName());
    line.setThrown(new IllegalStateException(canary));
    CapturedLog.handler(FileHandler.class).publish(line);

    assertThat(Files.readString(Path.of("target", "stillpoint.log")))
        .contains(place + ": java.lang.IllegalStateException")
        .doesNotContain(canary);
  }

  private void assertNowhereOutside(String words) throws IOException, InterruptedException {
    assertThat(log.text()).contains("the log is read").doesNotContain(words);
    assertThat(metricsText()).contains("stillpoint_tap").doesNotContain(words);
    for (var person : List.of(couple.ana(), couple.ben())) {
      assertThat(Inbox.texts(person, 1)).noneMatch(text -> text.contains(words));
      assertThat(as(person).get("/v1/events").asString()).doesNotContain(words);
    }
  }

  private String metricsText() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(Objects.requireNonNull(metrics)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  /** A pointer names a member that its sender made up; nothing else of a request is repeated. */
  private static boolean mentions(Answer answer, String words) {
    String body = answer.body().replace("\"pointer\":\"/" + words + "\"", "");
    return body.contains(words) || answer.headers().toString().contains(words);
  }

  private void sendTheCanaryEverywhere() {
    inBodies();
    inHeaders();
    inAddresses();
    inCredentials();
    inAnIdempotencyKey();
  }

  private void inBodies() {
    for (String body :
        List.of(
            "{\"displayName\": \"" + canary,
            "{\"displayName\": " + canary + "}",
            "{\"" + canary + "\": 1}",
            "{\"roleLabel\": \"" + canary + "\"}",
            "{\"timeZone\": \"" + canary + "\"}",
            "{\"locale\": \"" + canary + " \"}",
            "{\"displayName\": \"" + canary.repeat(10) + "\"}",
            "{\"displayName\": [\"" + canary + "\"]}",
            "{\"pronouns\": \"" + canary + "\", \"pronouns\": \"" + canary + "\"}",
            "\"" + canary + "\"",
            canary)) {
      refuse("PATCH", "/v1/me", json(login()), body);
    }
    for (String field : List.of("strength", "category", "domain", "text", canary)) {
      String body = "{\"" + field + "\": \"" + canary.repeat(200) + "\"}";
      refuse("POST", couple.path("/limits"), json(login()), body);
    }
    String activities = "{\"activities\": [\"" + canary + "!\", \"" + canary + "\"]}";
    refuse("POST", couple.path("/limits"), json(login()), activities);
    agreementsInBodies();
    checkInsInBodies();
    devicesInBodies();
    channelsInBodies();
    for (String field : List.of("kind", "raisedAt", canary)) {
      String body = "{\"" + field + "\": \"" + canary + "\"}";
      refuse("POST", couple.path("/pauses"), json(login()), body);
      refuse("POST", "/v1/taps", json(Map.of("Tap-Key", canary)), body);
    }
  }

  private void devicesInBodies() {
    for (String field : List.of("channel", "endpoint", "p256dh", "auth", "token", canary)) {
      String body = "{\"channel\": \"webPush\", \"" + field + "\": \"" + canary + "\"}";
      refuse("POST", "/v1/me/devices", json(login()), body);
    }
    String endpoint = "https://" + canary + ".example/ " + canary;
    String body = "{\"channel\": \"webPush\", \"endpoint\": \"" + endpoint + "\"}";
    refuse("POST", "/v1/me/devices", json(login()), body);
  }

  private void channelsInBodies() {
    for (String field : List.of("channel", "to", "pausesOnly", canary)) {
      String body = "{\"channel\": \"email\", \"" + field + "\": \"" + canary + "\"}";
      refuse("POST", Channels.PATH, json(login()), body);
    }
    refuse(
        "PUT",
        Channels.PATH + "/" + UUID.randomUUID() + "/confirmation",
        json(login()),
        "{\"code\": \"" + canary + "\"}");
    refuse("PUT", "/v1/me/channel-order", json(login()), "{\"channels\": [\"" + canary + "\"]}");
  }

  private void agreementsInBodies() {
    String drafts = couple.path("/agreement-drafts");
    for (String field : List.of("title", "agreementId", "memberIds", "terms", canary)) {
      refuse("POST", drafts, json(login()), "{\"" + field + "\": \"" + canary.repeat(20) + "\"}");
    }
    for (String field :
        List.of("lineageId", "kind", "domain", "polarity", "mode", "memberIds", "validUntil")) {
      String term = "{\"" + field + "\": \"" + canary + "\", \"text\": \"" + canary + "\"}";
      String body = "{\"title\": \"" + canary + "\", \"terms\": [" + term + "]}";
      refuse("POST", drafts, json(login()), body);
    }
    for (String field : List.of("domain", "activities", "memberIds", "until", canary)) {
      String body = "{\"" + field + "\": \"" + canary + "\"}";
      refuse("POST", couple.path("/holds"), json(login()), body);
    }
    String term = couple.path("/terms/" + UUID.randomUUID());
    refuse("PUT", term + "/assents/me", json(login()), "{\"hash\": \"" + canary + "\"}");
  }

  private void checkInsInBodies() {
    String checkIns = couple.path("/check-ins");
    for (String field :
        List.of("startsAt", "participantIds", "templateId", "items", "followsId", canary)) {
      refuse("POST", checkIns, json(login()), "{\"" + field + "\": \"" + canary + "\"}");
    }
    for (String field : List.of("templateItemId", "title", "questions", "answers")) {
      String item = "{\"" + field + "\": \"" + canary.repeat(20) + "\"}";
      String body = "{\"startsAt\": \"2040-01-01T00:00:00Z\", \"items\": [" + item + "]}";
      refuse("POST", checkIns, json(login()), body);
    }
    for (String field : List.of("role", "label", canary)) {
      String body = "{\"" + field + "\": \"" + canary.repeat(20) + "\"}";
      refuse("POST", checkIns + "/" + UUID.randomUUID() + "/guests", json(login()), body);
    }
    for (String field : List.of("localStart", "timeZone", "rule")) {
      Map<String, Object> plan = CheckIns.with(CheckInSeries.plan(), field, canary);
      plan.remove("items");
      StringJoiner body = new StringJoiner(", ", "{", "}");
      plan.forEach((name, value) -> body.add("\"" + name + "\": \"" + value + "\""));
      refuse("POST", couple.path("/check-in-series"), json(login()), body.toString());
    }
    String answer =
        CheckIns.answers(couple, "" + UUID.randomUUID(), "" + UUID.randomUUID()) + "/me";
    for (String body :
        List.of(
            "{\"text\": \"" + canary + "\"}",
            "{\"passes\": \"" + canary + "\"}",
            "{\"text\": \"" + canary + "\", \"passes\": true}")) {
      refuse("PUT", answer, json(login()), body);
    }
    String decisions = CheckIns.decisions(couple, "" + UUID.randomUUID());
    for (String body :
        List.of(
            "{\"text\": \"" + canary + "\"}",
            "{\"text\": \"a\", \"agreementIds\": [\"" + canary + "\"]}",
            "{\"text\": \"" + canary + "\", \"" + canary + "\": 1}")) {
      refuse("POST", decisions, json(login()), body);
    }
  }

  private void inHeaders() {
    Call call = new Call("GET", "/v1/me", login());
    for (String name :
        List.of(
            "Accept-Language",
            "If-None-Match",
            "User-Agent",
            "Referer",
            "Origin",
            "Cookie",
            "Forwarded",
            "X-Forwarded-For",
            "Request-Id",
            "X-Request-Id",
            "baggage",
            "traceparent",
            canary)) {
      Answer answer = PlainHttp.send(new Call("GET", "/v1/me", with(call.headers(), name)));
      assertThat(answer.headers().toString()).as(name).doesNotContain(canary);
    }
    refuse("PATCH", "/v1/me", with(json(login()), "If-Match"), "{}");
    refuse("PATCH", "/v1/me", with(login(), "Content-Type"), "{}");
    refuse("PATCH", "/v1/me", with(json(login()), "Content-Encoding"), "{}");
    refuse("GET", "/v1/me", with(login(), "Accept"));
    refuse("GET", "/v1/events/stream", with(login(), "Last-Event-ID"));
    refuse(canary, "/v1/me", login());
  }

  private void inAddresses() {
    for (String path :
        List.of(
            "/" + canary,
            "/v1/" + canary,
            "/v1/me/clients?limit=" + canary,
            "/v1/me/clients?cursor=" + canary,
            "/v1/invitations/" + canary,
            "/calendars/" + canary + ".ics",
            "/v1/relationships/" + canary,
            couple.path("/pauses/" + canary),
            couple.path("/in-force?activity=x&domain=" + canary),
            couple.path("/in-force?activity=x&with=" + canary),
            couple.path("/agreements/" + UUID.randomUUID() + "/versions/" + canary),
            couple.path("/" + canary + "?" + canary + "=" + canary),
            "/v1/me;" + canary + "/" + canary + "%00")) {
      refuse("GET", path, login());
      refuse("DELETE", path, login());
    }
  }

  private void inCredentials() {
    String header = "{\"alg\":\"ES256\",\"kid\":\"" + canary + "\",\"typ\":\"at+jwt\"}";
    String claims = "{\"iss\":\"" + canary + "\",\"sub\":\"" + canary + "\"}";
    String[] own = couple.ana().token().split("\\.", -1);
    for (String credentials :
        List.of(
            "Bearer " + canary,
            "Bearer " + canary + "." + canary + "." + canary,
            "Bearer " + base64(header) + "." + base64(claims) + "." + own[2],
            "Bearer " + own[0] + "." + base64(claims) + "." + own[2],
            "Basic " + base64(canary + ":" + canary),
            canary + " " + canary)) {
      refuse("GET", "/v1/me", Map.of("Authorization", credentials));
    }
  }

  private void inAnIdempotencyKey() {
    Map<String, String> headers = with(login(), "Idempotency-Key");
    Call call = new Call("POST", couple.path("/invitations"), headers);
    Answer first = PlainHttp.send(call);
    assertThat(first.status()).isEqualTo(201);
    assertThat(PlainHttp.send(call).body()).isEqualTo(first.body());
    refuse("POST", couple.path("/tap-keys"), json(headers), "{\"kind\": \"" + canary + "\"}");
  }

  private void refuse(String method, String path, Map<String, String> headers) {
    refuse(new Call(method, path, headers));
  }

  private void refuse(String method, String path, Map<String, String> headers, String body) {
    refuse(new Call(method, path, headers, body));
  }

  private void refuse(Call call) {
    Answer answer = PlainHttp.send(call);
    assertThat(answer.status()).as(call.toString()).isBetween(400, 501);
    assertThat(answer.status()).as(call.toString()).isNotEqualTo(500);
    refusals.add(answer);
  }

  private Map<String, String> login() {
    return Map.of("Authorization", "Bearer " + couple.ana().token());
  }

  private Map<String, String> with(Map<String, String> headers, String name) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, canary);
    return more;
  }

  private static Map<String, String> json(Map<String, String> headers) {
    Map<String, String> more = new HashMap<>(headers);
    more.put("Content-Type", "application/json");
    return more;
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
