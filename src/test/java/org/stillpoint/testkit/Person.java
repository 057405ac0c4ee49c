package org.stillpoint.testkit;

import static io.restassured.RestAssured.given;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Somebody with a login. */
public record Person(String subject, UUID id, String token) {
  /** A new adult, known to Stillpoint. */
  public static Person adult(String name) {
    Person person = stranger(name);
    Api.as(person).put("/v1/me/adult-attestation").then().statusCode(200);
    return person;
  }

  /** Somebody new who has said nothing yet. */
  public static Person stranger(String name) {
    String subject = name + "-" + UUID.randomUUID();
    String token = token(Map.of("subject", subject));
    UUID id =
        UUID.fromString(
            given()
                .auth()
                .oauth2(token)
                .get("/v1/me")
                .then()
                .statusCode(200)
                .extract()
                .as(Json.class, Json.READER)
                .get("id"));
    return new Person(subject, id, token);
  }

  /** A token as the sandbox mints it. */
  public static String token(Map<String, Object> request) {
    return given()
        .contentType("application/json")
        .body(request)
        .post("/sandbox/tokens")
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER)
        .get("accessToken");
  }

  /** The same person through another app. */
  public Person through(String clientId) {
    return with(Map.of("clientId", clientId));
  }

  /** The same person with a token of other properties. */
  public Person with(Map<String, Object> properties) {
    Map<String, Object> request = new HashMap<>(properties);
    request.put("subject", subject);
    return new Person(subject, id, token(request));
  }
}
