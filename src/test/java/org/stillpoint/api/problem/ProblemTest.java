package org.stillpoint.api.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.api.TrialResource;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.StillpointTest;

@StillpointTest
class ProblemTest {
  private static ValidatableResponse isProblem(Response response, int status, String code) {
    return response
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .header("Content-Language", notNullValue())
        .header("Cache-Control", "no-store")
        .header("Request-Id", is(response.path("requestId").toString()))
        .body("type", is("urn:stillpoint:problem:" + code))
        .body("code", is(code))
        .body("status", is(status))
        .body("title", notNullValue())
        .body(not(containsString("canary")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/nothing", "/v1/nothing", "/v1/trial", "/q/nothing", "/v1/trial/things/%20"})
  void anUnknownPathIsNotFound(String path) {
    isProblem(given().urlEncodingEnabled(false).get(path), 404, "not-found");
  }

  @Test
  void anUnknownPathIsNoHtmlEither() {
    isProblem(given().accept("text/html").get("/v1/nothing"), 404, "not-found");
    isProblem(given().accept("text/html").get("/nothing"), 404, "not-found");
  }

  @Test
  @Tag("S34")
  void whatIsMalformedUnknownOrForeignGetsTheSameAnswer() {
    List<Response> answers = new ArrayList<>();
    for (String path : List.of("things/" + UUID.randomUUID(), "things/not-a-uuid", "nowhere")) {
      answers.add(given().get("/v1/trial/" + path));
    }

    assertThat(answers)
        .extracting(ProblemTest::withoutIds)
        .hasSize(3)
        .containsOnly(withoutIds(answers.getFirst()));
  }

  private static String withoutIds(Response response) {
    String id = response.path("requestId");
    return (response.statusCode() + "\n" + response.headers() + "\n" + response.asString())
        .replace(id, "ID");
  }

  @ParameterizedTest
  @CsvSource({
    "number=seven,?number",
    "number=1.9,?number",
    "number=99999999999,?number",
    "colour=BLUE,?colour",
    "day=yesterday,?day",
    "other=no-uuid,?other"
  })
  void aQueryParameterThatCannotBeReadIsNamed(String query, String parameter) {
    isProblem(given().get("/v1/trial/typed?" + query), 400, "validation-failed")
        .body("errors.parameter", is(List.of(parameter)))
        .body("errors[0].pointer", nullValue())
        .body("errors[0].detail", is(Flaw.UNREADABLE_PARAMETER.english()));
  }

  @Test
  void parametersThatCanBeReadAreTaken() {
    given()
        .header("Trial-Count", "3")
        .get(
            "/v1/trial/typed?number=7&colour=RED&day=2026-01-31&small=9&other=" + UUID.randomUUID())
        .then()
        .statusCode(200);
  }

  @Test
  void aHeaderThatCannotBeReadIsNamed() {
    isProblem(
            given().header("Trial-Count", "many").get("/v1/trial/typed"), 400, "validation-failed")
        .body("errors.parameter", is(List.of("Trial-Count")));
  }

  @Test
  void aQueryParameterOutOfBoundsIsNamed() {
    isProblem(given().get("/v1/trial/typed?small=10"), 400, "validation-failed")
        .body("errors.parameter", is(List.of("?small")));
  }

  @Test
  void violationsPointIntoTheBody() {
    Map<String, Object> body =
        Map.of(
            "count",
            10,
            "tags",
            List.of("one", "three"),
            "parts",
            List.of(Map.of("label", "fine"), Map.of("label", "too long")));

    isProblem(
            given().contentType("application/json").body(body).post("/v1/trial/things"),
            400,
            "validation-failed")
        .body("errors.pointer", containsInAnyOrder("/name", "/count", "/parts/1/label", "/tags/1"))
        .body("errors[0].parameter", nullValue())
        .body(not(containsString("create")))
        .body(not(containsString("thing")));
  }

  @Test
  void violationsSpeakTheCallersLanguage() {
    given()
        .header("Accept-Language", "de-AT")
        .contentType("application/json")
        .body("{\"name\": \"x\", \"count\": 10}")
        .post("/v1/trial/things")
        .then()
        .header("Content-Language", "de")
        .body("title", containsString("korrigiere"))
        .body("errors[0].detail", containsString("muss"));
  }

  @Test
  void titlesSpeakTheCallersLanguage() {
    given()
        .header("Accept-Language", "es")
        .get("/v1/nothing")
        .then()
        .body("title", is("Aquí no hay nada que puedas ver."));
  }

  @Test
  void aMethodThatIsNotOfferedNamesThoseThatAre() {
    isProblem(given().put("/v1/trial/things/" + UUID.randomUUID()), 405, "method-not-allowed")
        .header("Allow", "DELETE, GET, HEAD, OPTIONS");
    isProblem(given().get("/v1/trial/things"), 405, "method-not-allowed")
        .header("Allow", "OPTIONS, POST");
  }

  @Test
  void onlyJsonIsSent() {
    isProblem(given().accept("text/csv").get("/v1/trial/list"), 406, "not-acceptable");
  }

  /** As clients made from the document do, where they know of no body of an answer. */
  @Test
  void whoeverTakesProblemsTakesAnswersToo() {
    given().accept(ProblemAnswer.MEDIA_TYPE).get("/v1/trial/list").then().statusCode(200);
    isProblem(given().accept(ProblemAnswer.MEDIA_TYPE).get("/v1/nothing"), 404, "not-found");
  }

  @ParameterizedTest
  @CsvSource({
    "busy,503,unavailable",
    "forbidden,403,insufficient-scope",
    "rate,429,rate-limited",
    "web,409,conflict",
    "teapot,400,bad-request",
    "other,500,internal-error"
  })
  void everythingThrownIsAProblem(String kind, int status, String code) {
    isProblem(given().get("/v1/trial/boom/" + kind), status, code);
  }

  @Test
  void whenToTryAgainIsSaid() {
    given().get("/v1/trial/boom/rate").then().header("Retry-After", "7");
    given().get("/v1/trial/boom/busy").then().header("Retry-After", "1");
  }

  @Test
  void whoeverIsNotSignedInIsToldHow() {
    isProblem(given().get("/v1/trial/secured"), 401, "unauthenticated")
        .header("WWW-Authenticate", "Bearer");
    isProblem(
            given().header("Authorization", "Bearer not.a.token").get("/v1/trial/secured"),
            401,
            "unauthenticated")
        .header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
  }

  @Test
  void aMissingScopeIsNamed() {
    assertThat(HttpProblem.insufficientScope("pauses:raise").headers())
        .containsEntry(
            "WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"pauses:raise\"");
    given()
        .get("/v1/trial/boom/forbidden")
        .then()
        .header("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
  }

  @Test
  void anUnexpectedFailureIsLoggedWithoutWhatPeopleWrote() {
    var records = new ArrayList<LogRecord>();
    var handler = new Capturing(records);
    Logger.getLogger("").addHandler(handler);
    String id;
    try {
      id = given().get("/v1/trial/boom/other").as(Json.class, Json.READER).get("requestId");
    } finally {
      Logger.getLogger("").removeHandler(handler);
    }

    String logged = records.stream().map(ProblemTest::line).reduce("", String::concat);
    assertThat(logged)
        .contains(id, "IllegalStateException", "Caused by: java.lang.IllegalArgumentException")
        .contains("at org.stillpoint.api.TrialResource.boom")
        .doesNotContain(TrialResource.CANARY);
  }

  private static String line(LogRecord logged) {
    return new PatternFormatter("%s%e%n").format(logged);
  }

  private static final class Capturing extends Handler {
    private final List<LogRecord> records;

    Capturing(List<LogRecord> records) {
      this.records = records;
    }

    @Override
    public synchronized void publish(LogRecord logged) {
      records.add(logged);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
