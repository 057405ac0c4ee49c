package org.stillpoint.testkit;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.stillpoint.testkit.PlainHttp.Call;

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
            PlainHttp.ok(new Call("GET", "/v1/me", Map.of("Authorization", "Bearer " + token)))
                .get("id"));
    return new Person(subject, id, token);
  }

  /** A token as the sandbox mints it. */
  public static String token(Map<String, Object> request) {
    return PlainHttp.ok(
            new Call(
                "POST",
                "/sandbox/tokens",
                Map.of("Content-Type", "application/json"),
                Json.text(request)))
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
