package org.stillpoint.testkit;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import java.util.Map;

/** How the sandbox's carriers are to fail. */
public final class Faults {
  private Faults() {}

  /** The next deliveries to this person fail in this way, so often. */
  public static void order(Person person, String kind, int times) {
    order(Map.of("kind", kind, "memberId", person.id().toString(), "times", times));
  }

  /** As `POST /sandbox/faults` takes it. */
  public static void order(Map<String, ?> fault) {
    given()
        .contentType(ContentType.JSON)
        .body(fault)
        .post("/sandbox/faults")
        .then()
        .statusCode(204);
  }
}
