package org.stillpoint.operations;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stillpoint.api.RawHttp;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.StillpointTest;

/** What an operator sees holds nothing that a person, or a person's app, has written. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
class TelemetryTest {
  private static final String CANARY = "canary" + UUID.randomUUID().toString().substring(0, 8);

  private static final String TRIAL_CANARY = "in confidence";

  @Inject InMemorySpanExporter spans;

  @TestHTTPResource(value = "/metrics", management = true)
  URI metrics;

  @TestHTTPResource(value = "/health", management = true)
  URI health;

  private Couple couple;

  @BeforeEach
  void writeTheCanaryEverywhere() throws Exception {
    couple = Couple.create();
    String token = couple.ana().token();
    var app =
        given()
            .auth()
            .oauth2(token)
            .header("User-Agent", CANARY)
            .header("X-Forwarded-For", CANARY)
            .header("baggage", "who=" + CANARY)
            .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
            .header("tracestate", "who=" + CANARY);
    app.get("/v1/invitations/{code}", CANARY);
    app.get("/v1/events?cursor=" + CANARY);
    app.get("/v1/nothing/" + CANARY);
    app.get("/v1/trial/boom/" + CANARY).then().statusCode(500);
    app.header("Tap-Key", CANARY).post("/v1/taps").then().statusCode(401);
    app.contentType("application/json").body(Map.of("displayName", CANARY)).patch("/v1/me");
    given().auth().oauth2(CANARY).get("/v1/me").then().statusCode(401);
    given().contentType("text/plain").body("x").get("/v1/invitations/{code}", CANARY);
    couple.tap(couple.ana());
    try (var raw = RawHttp.connect()) {
      raw.send(CANARY.toUpperCase(Locale.ROOT) + " /v1/me HTTP/1.1\r\nHost: " + CANARY + "\r\n");
      raw.send("Connection: close\r\n\r\n").readToEnd();
    }
  }

  @Test
  void spansTellTheRouteAndNothingOfWhoOrWhat() throws Exception {
    List<SpanData> all = exported();

    assertThat(all).extracting(SpanData::getName).contains("GET /v1/invitations/{code}");
    assertThat(all.toString().toLowerCase(Locale.ROOT))
        .contains("http.route=/v1/invitations/{code}")
        .doesNotContain(CANARY)
        .doesNotContain(TRIAL_CANARY)
        .doesNotContain("127.0.0.1")
        .doesNotContain(couple.relationship().toString())
        .doesNotContain(couple.ana().id().toString());
    assertThat(all).allSatisfy(span -> assertThat(span.getEvents()).isEmpty());
  }

  private List<SpanData> exported() throws InterruptedException {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (spans.getFinishedSpanItems().stream()
        .noneMatch(span -> span.getName().contains("{relationshipId}/pauses"))) {
      assertThat(System.nanoTime()).as("%s", spans.getFinishedSpanItems()).isLessThan(deadline);
      Thread.sleep(50);
    }
    return spans.getFinishedSpanItems();
  }

  @Test
  void metricsCountRoutesAndNotWhatIsInAPath() {
    String text = given().get(metrics).then().statusCode(200).extract().asString();

    assertThat(text)
        .contains("uri=\"/v1/invitations/{code}\"")
        .contains("stillpoint_tap_seconds_bucket");
    assertThat(text.toLowerCase(Locale.ROOT))
        .doesNotContain(CANARY)
        .doesNotContain(couple.relationship().toString());
  }

  @Test
  void healthTellsNoAddress() {
    String text =
        given()
            .get(health)
            .then()
            .statusCode(200)
            .body("status", is("UP"))
            .body("checks.find { it.name == 'database' }.status", is("UP"))
            .extract()
            .asString();

    assertThat(text).doesNotContain("jdbc").doesNotContain("127.0.0.1");
    for (String probe : List.of("live", "ready", "started")) {
      given().get(health + "/" + probe).then().statusCode(200);
    }
  }

  @Test
  void aLoggedExceptionKeepsItsWordsToItself() {
    var line = new ExtLogRecord(Level.SEVERE, "Went wrong", "any");
    line.setLoggerName("some.library");
    line.setThrown(new IllegalStateException(CANARY, new IllegalArgumentException(CANARY)));

    assertThat(new QuietExceptions().isLoggable(line)).isTrue();

    assertThat(line.getThrown()).isNull();
    assertThat(line.getFormattedMessage())
        .startsWith("Went wrong: java.lang.IllegalStateException")
        .contains("Caused by: java.lang.IllegalArgumentException")
        .doesNotContain(CANARY);
  }
}
