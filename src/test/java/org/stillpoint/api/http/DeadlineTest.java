package org.stillpoint.api.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stillpoint.api.RawHttp;
import org.stillpoint.testkit.StillpointTest;

@StillpointTest
@TestProfile(DeadlineTest.Hasty.class)
class DeadlineTest {
  public static class Hasty implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.http.idle-timeout", "2s",
          "stillpoint.http.head-deadline", "1s",
          "stillpoint.http.body-deadline", "1s");
    }
  }

  @BeforeEach
  void theFirstRequestArmsTheConnectionsAfterIt() {
    given().get("/v1/trial/list").then().statusCode(200);
  }

  /** Sends a piece every 200 ms, and gives what was answered before the connection ended. */
  private static String drip(String start, String piece) throws IOException {
    Instant begun = Instant.now();
    try (var raw = RawHttp.connect()) {
      raw.send(start);
      var answer = new StringBuilder();
      while (Duration.between(begun, Instant.now()).toSeconds() < 8) {
        try {
          raw.send(piece);
          String more = raw.readFor(200);
          answer.append(more);
        } catch (IOException closed) {
          return answer.toString();
        }
      }
      throw new AssertionError("still open: " + answer);
    }
  }

  @Test
  void aHeadThatDripsEndsTheConnection() throws IOException {
    assertThat(drip("GET /v1/trial/list HTTP/1.1\r\nHost: a\r\nX: ", "x")).isEmpty();
    assertThat(drip("G", "E")).isEmpty();
  }

  @Test
  void aSecondHeadThatDripsEndsTheConnectionToo() throws IOException {
    String whole = "GET /v1/trial/list HTTP/1.1\r\nHost: a\r\n\r\n";
    assertThat(drip(whole + "GET / HTTP/1.1\r\nX: ", "x")).startsWith("HTTP/1.1 200");
  }

  @Test
  void aBodyThatDripsIsToldSo() throws IOException {
    String head = "POST /v1/trial/taps HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
    assertThat(drip(head + "Content-Length: 1000\r\n\r\n{", " "))
        .startsWith("HTTP/1.1 408")
        .contains("request-timeout");
    assertThat(drip(head + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", "1\r\n \r\n"))
        .startsWith("HTTP/1.1 408");
  }

  @Test
  void silenceEndsTheConnection() throws IOException {
    try (var raw = RawHttp.connect()) {
      assertThat(raw.readToEnd()).isEmpty();
    }
    try (var raw = RawHttp.connect()) {
      assertThat(raw.send("GET / HTTP/1.1\r\n").readToEnd()).isEmpty();
    }
  }

  @Test
  void aStreamWithAHeartbeatLivesOn() throws IOException {
    try (var raw = RawHttp.connect()) {
      raw.send("GET /v1/trial/stream HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(raw.readFor(4_000)).startsWith("HTTP/1.1 200").contains("data:7");
    }
  }
}
