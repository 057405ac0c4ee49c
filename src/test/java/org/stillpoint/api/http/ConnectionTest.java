package org.stillpoint.api.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.api.RawHttp;
import org.stillpoint.testkit.StillpointTest;

@StillpointTest
class ConnectionTest {
  private static final String TAP = "POST /v1/trial/taps HTTP/1.1\r\nHost: localhost\r\n";
  private static final String UNREAD = "POST /v1/trial/unread HTTP/1.1\r\nHost: localhost\r\n";
  private static final String JSON = "Content-Type: application/json\r\n";

  @BeforeEach
  void theFirstRequestArmsTheConnectionsAfterIt() {
    given().get("/v1/trial/list").then().statusCode(200);
  }

  /** Fails unless the server also closes the connection. */
  private static String refused(String request) throws IOException {
    try (var raw = RawHttp.connect()) {
      return raw.send(request).readToEnd();
    }
  }

  private static void assertProblem(String answer, int status, String code) {
    assertThat(answer)
        .startsWith("HTTP/1.1 " + status)
        .containsIgnoringCase("\r\nContent-Type: application/problem+json\r\n")
        .containsIgnoringCase("\r\nConnection: close\r\n")
        .containsIgnoringCase("\r\nX-Content-Type-Options: nosniff\r\n")
        .containsIgnoringCase("\r\nRequest-Id: ")
        .contains("\"code\":\"" + code + "\"");
    assertThat(answer.indexOf("HTTP/1.1 ", 1)).isNegative();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/trial/list", "/v1/nothing", "/q/nothing", "/q/health", "/v1/trial/secured"})
  void everyAnswerIsNamedAndCarriesTheSecurityHeaders(String path) {
    String id =
        given()
            .header("Request-Id", "mine")
            .get(path)
            .then()
            .header("X-Content-Type-Options", "nosniff")
            .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
            .header("Referrer-Policy", "no-referrer")
            .header("Cross-Origin-Resource-Policy", "same-origin")
            .header("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
            .header("Cache-Control", "no-store")
            .extract()
            .header("Request-Id");
    assertThat(UUID.fromString(id).version()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/trial/list HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /v1/trial/list HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "GET /v1/trial/list HTTP/1.1\r\n\r\n"
      })
  void oneHostIsNamed(String request) throws IOException {
    assertProblem(refused(request), 400, "host-ambiguous");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "DELETE", "OPTIONS"})
  void aMethodWithoutABodyTakesNone(String method) throws IOException {
    String head = method + " /v1/trial/things/" + UUID.randomUUID() + " HTTP/1.1\r\nHost: a\r\n";

    String length = refused(head + "Content-Length: 2\r\n\r\n{}");
    String chunked = refused(head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");

    assertThat(length).startsWith("HTTP/1.1 400");
    assertThat(chunked).startsWith("HTTP/1.1 400");
    if (!method.equals("HEAD")) {
      assertProblem(length, 400, "unexpected-body");
      assertProblem(chunked, 400, "unexpected-body");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
        "Content-Length: -1\r\n\r\n{}",
        "Content-Length: +2\r\n\r\n{}",
        "Transfer-Encoding: identity\r\n\r\n{}",
        "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"
      })
  void aBodyHasOneLength(String rest) throws IOException {
    assertProblem(refused(TAP + JSON + rest), 400, "bad-request");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"NONSENSE|400|bad-request", "GET / HTTP/9.9|400|bad-request", "GET|400|bad-request"})
  void whatIsNoHttpIsAProblem(String line, int status, String code) throws IOException {
    assertProblem(refused(line + "\r\nHost: a\r\n\r\n"), status, code);
  }

  @Test
  void headsHaveTheirSize() throws IOException {
    String line = "GET /v1/trial/list?x=" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    assertProblem(refused(line), 414, "uri-too-long");

    String field = "GET /v1/trial/list HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(17_000);
    assertProblem(refused(field + "\r\n\r\n"), 431, "headers-too-large");
  }

  @ParameterizedTest
  @ValueSource(strings = {TAP, UNREAD})
  void aBodyBeyondTheLimitIsRefusedHoweverItIsSent(String head) throws IOException {
    String body = "{\"kind\": \"" + "x".repeat(525_000) + "\"}";
    String chunk = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";

    assertProblem(
        refused(head + JSON + "Content-Length: " + body.length() + "\r\n\r\n" + body),
        413,
        "body-too-large");
    assertProblem(
        refused(head + JSON + "Transfer-Encoding: chunked\r\n\r\n" + chunk + "0\r\n\r\n"),
        413,
        "body-too-large");
    assertProblem(
        refused(head + JSON + "Content-Length: 9000000000\r\n\r\n{"), 413, "body-too-large");
  }

  @Test
  void aChunkedBodyWithinTheLimitIsRead() throws IOException {
    try (var raw = RawHttp.connect()) {
      raw.send(TAP + JSON + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
      raw.send("1\r\n{\r\n").send("1\r\n}\r\n0\r\n\r\n");
      assertThat(raw.readToEnd()).startsWith("HTTP/1.1 200").contains("{\"body\":true}");
    }
  }

  @Test
  void aBodyIsAskedForWhenTheClientWaits() throws IOException {
    try (var raw = RawHttp.connect()) {
      raw.send(
          TAP + JSON + "Content-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
      assertThat(raw.readFor(500)).startsWith("HTTP/1.1 100 Continue");
      assertThat(raw.send("{}").readToEnd()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void aBodyOfNoKnownTypeIsRefused() throws IOException {
    String answer = refused(TAP + "Content-Length: 2\r\nConnection: close\r\n\r\n{}");
    assertThat(answer).startsWith("HTTP/1.1 415").contains("unsupported-media-type");
  }

  @Test
  void aTapNeedsNeitherBodyNorType() throws IOException {
    String answer = refused(TAP + "Connection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200").contains("{\"body\":false}");
  }

  @Test
  void onConnectionServesManyRequestsAlsoAtOnce() throws IOException {
    String tap = TAP + JSON + "Content-Length: 2\r\n\r\n{}";
    try (var raw = RawHttp.connect()) {
      String answers = raw.send(tap + tap + tap + TAP + "Connection: close\r\n\r\n").readToEnd();
      assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/%zz", "/v1/trial/things/%00", "/v1/%c0%af", "//", "/../../v1", "*"})
  void oddPathsAreProblemsToo(String path) throws IOException {
    String answer = refused("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 4")
        .containsIgnoringCase("\r\nContent-Type: application/problem+json\r\n");
  }
}
