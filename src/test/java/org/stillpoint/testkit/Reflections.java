package org.stillpoint.testkit;

import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The journal, as an app keeps it. */
public final class Reflections {
  /** A prompt of the catalogue. */
  public static final String PROMPT = "body-asks";

  private Reflections() {}

  /** One that says this, with all that it can have. */
  public static Map<String, Object> saying(String text) {
    Map<String, Object> reflection = new HashMap<>();
    reflection.put("text", text);
    reflection.put("kind", "rehearsal");
    reflection.put("promptId", PROMPT);
    reflection.put("tags", List.of("Evenings", "my work"));
    reflection.put("mood", "quieter");
    reflection.put("date", "2026-11-03");
    return reflection;
  }

  /** Asks for it to be kept. */
  public static Response save(Person person, Map<String, Object> reflection) {
    return as(person).contentType(ContentType.JSON).body(reflection).post("/v1/reflections");
  }

  /** One that is kept; its id. */
  public static String kept(Person person, String text) {
    return save(person, saying(text))
        .then()
        .statusCode(201)
        .extract()
        .as(Json.class, Json.READER)
        .getString("id");
  }

  /** Where it is. */
  public static String path(String id) {
    return "/v1/reflections/" + id;
  }

  /** As its author reads it. */
  public static JsonPath get(Person person, String id) {
    return as(person).get(path(id)).then().statusCode(200).extract().as(Json.class, Json.READER);
  }

  /** Writes it anew. */
  public static Response change(
      Person person, String id, String etag, Map<String, Object> reflection) {
    return as(person)
        .contentType(ContentType.JSON)
        .header("If-Match", etag)
        .body(reflection)
        .put(path(id));
  }

  /** Asks for a copy to be shared. */
  public static Response share(Person author, String id, UUID relationship, Person... readers) {
    return as(author)
        .contentType(ContentType.JSON)
        .body(
            Map.of(
                "relationshipId",
                relationship,
                "memberIds",
                List.of(readers).stream().map(Person::id).toList()))
        .post(path(id) + "/snapshots");
  }

  /** A copy of Ana's that Ben may read; its id. */
  public static String shared(Couple couple, String id) {
    return share(couple.ana(), id, couple.relationship(), couple.ben())
        .then()
        .statusCode(201)
        .extract()
        .as(Json.class, Json.READER)
        .getString("id");
  }
}
