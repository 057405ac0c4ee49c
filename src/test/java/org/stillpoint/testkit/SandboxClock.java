package org.stillpoint.testkit;

import static io.restassured.RestAssured.given;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.stillpoint.testkit.PlainHttp.Call;

/** The product's time. It moves forward for all tests of a run, so none may ask its own clock. */
public final class SandboxClock {
  private SandboxClock() {}

  public static Instant now() {
    return Instant.parse(PlainHttp.ok(new Call("GET", "/sandbox/clock", Map.of())).get("now"));
  }

  public static void advance(Duration by) {
    given()
        .contentType("application/json")
        .body(Map.of("seconds", by.toSeconds()))
        .post("/sandbox/clock/advance")
        .then()
        .statusCode(200);
  }
}
