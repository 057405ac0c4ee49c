package org.stillpoint.practicetool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stillpoint.client.ApiException;
import org.stillpoint.client.model.PracticePause;

/** What was generated today still reads what is added to the API later. */
class LaterVersionTest {
  private static final String BELOW = "/v1/practice";
  private static final UUID GRANT = UUID.fromString("01939d30-0a1b-7c2d-8e3f-506172839402");
  private static final UUID MEMBER = UUID.fromString("01939a00-5b70-7c11-8a3f-9c7f1d2e6b05");
  private static final UUID PAUSE = UUID.fromString("01939a21-77d0-7f3a-8b12-0c4d9e5f6a73");

  /** As it answers after years of additions: in each what is known, and something more. */
  private static final Map<String, String> ANSWERS =
      Map.of(
          "/relationships",
          """
          {"data": [{"id": "GRANT", "memberIds": ["MEMBER"], "scopes": ["pauses", "dreams"],
            "beganAt": "2026-11-03T18:20:00.000Z", "expiresAt": "2027-02-01T18:20:00.000Z",
            "weight": {"heavy": [1]}}], "hasMore": false}
          """,
          "/people",
          """
          {"data": [], "hasMore": false, "total": 0}
          """,
          "/grants/GRANT",
          """
          {"id": "GRANT", "members": [{"memberId": "MEMBER", "sign": "*"}],
            "scopes": ["pauses", "dreams"], "weight": {"heavy": [1]},
            "beganAt": "2026-11-03T18:20:00.000Z", "expiresAt": "2027-02-01T18:20:00.000Z"}
          """,
          "/grants/GRANT/brief",
          """
          {"asOf": "2026-11-03T21:05:00.000Z", "hasMore": false, "mood": "calm",
            "items": [{"type": "dream", "id": "PAUSE", "changedAt": "2026-11-03T21:04:05.678Z",
              "provenance": {"memberId": "MEMBER", "grantId": "GRANT",
                "sharedAt": "2026-11-03T21:04:05.678Z"}}]}
          """,
          "/grants/GRANT/pauses",
          """
          {"data": [{"id": "PAUSE", "kind": "purple", "state": "resting", "length": 7,
            "raisedAt": "2026-11-03T21:04:05.678Z",
            "provenance": {"memberId": "MEMBER", "grantId": "GRANT", "by": "voice",
              "sharedAt": "2026-11-03T21:04:05.678Z"}}], "hasMore": false}
          """);

  private static final String REFUSAL =
      """
      {"type": "about:blank", "title": "Not now", "status": 409, "code": "not-now",
        "requestId": "r", "until": "dawn"}
      """;

  private HttpServer later;
  private PracticeTool tool;

  @BeforeEach
  void anApiOfLater() throws IOException {
    later = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    later.createContext(BELOW, LaterVersionTest::answer);
    later.start();
    tool =
        new PracticeTool(URI.create("http://127.0.0.1:" + later.getAddress().getPort()), "token");
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(BELOW.length());
    String known = ANSWERS.get(path.replace(GRANT.toString(), "GRANT"));
    byte[] body =
        (known == null ? REFUSAL : known)
            .replace("GRANT", GRANT.toString())
            .replace("MEMBER", MEMBER.toString())
            .replace("PAUSE", PAUSE.toString())
            .getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(known == null ? 409 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @AfterEach
  void itStops() {
    later.stop(0);
  }

  @Test
  void whatIsKnownIsReadAndWhatIsNewIsPassedOver() throws ApiException {
    tool.synchronise();
    tool.lookForNews();

    assertThat(tool.notes())
        .singleElement()
        .satisfies(
            note -> {
              assertThat(note.id()).isEqualTo(PAUSE);
              assertThat(note.provenance().getMemberId()).isEqualTo(MEMBER);
              assertThat(((PracticePause) note.content()).getKind()).isEqualTo("purple");
            });
  }

  @Test
  void aNewProblemHasItsCode() {
    ApiException refused =
        catchThrowableOfType(
            ApiException.class, () -> tool.assignPrompt(GRANT, MEMBER, "body-asks"));

    assertThat(tool.code(refused)).isEqualTo("not-now");
  }
}
