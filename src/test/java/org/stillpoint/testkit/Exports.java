package org.stillpoint.testkit;

import static org.stillpoint.testkit.Api.as;

import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;

/** Copies of a person's data, as an app gets them. */
public final class Exports {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Exports() {}

  /** Asks for one, and waits until it is made; its id. */
  public static String ready(Person person) {
    String id =
        as(person)
            .post("/v1/me/exports")
            .then()
            .statusCode(202)
            .extract()
            .as(Json.class, Json.READER)
            .get("id");
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!"ready".equals(state(person, id))) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("The export is " + state(person, id));
      }
      sleep();
    }
    return id;
  }

  /** How far it is. */
  public static String state(Person person, String id) {
    return as(person)
        .get("/v1/me/exports/{id}", id)
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER)
        .get("state");
  }

  /** Asks for one and fetches it. */
  public static JsonPath of(Person person) {
    return as(person)
        .get("/v1/me/exports/{id}/content", ready(person))
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER);
  }

  private static void sleep() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
