package org.stillpoint.testkit;

import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Limits, as an app draws and changes them. */
public final class Limits {
  private Limits() {}

  /** What a hard limit says; of the whole domain without activities. */
  public static Map<String, Object> hard(String domain, String text, String... activities) {
    Map<String, Object> content = new HashMap<>();
    content.put("strength", "hard");
    content.put("category", "physical");
    content.put("domain", domain);
    content.put("activities", List.of(activities));
    content.put("text", text);
    return content;
  }

  /** The same with something else in one place. */
  public static Map<String, Object> with(Map<String, Object> content, String name, Object value) {
    Map<String, Object> changed = new HashMap<>(content);
    changed.put(name, value);
    return changed;
  }

  /** The same with nothing in one place. */
  public static Map<String, Object> without(Map<String, Object> content, String name) {
    Map<String, Object> changed = new HashMap<>(content);
    changed.remove(name);
    return changed;
  }

  /** Some limit. */
  public static JsonPath draw(Couple couple, Person holder) {
    return draw(couple, holder, hard("sexting", "No pictures, also not of hands", "pictures"));
  }

  /** A limit that says this. */
  public static JsonPath draw(Couple couple, Person holder, Map<String, Object> content) {
    return as(holder)
        .contentType(ContentType.JSON)
        .body(content)
        .post(couple.path("/limits"))
        .then()
        .statusCode(201)
        .extract()
        .as(Json.class, Json.READER);
  }

  /** Asks for a limit to say something else. */
  public static Response change(
      Couple couple, Person person, String id, String etag, Map<String, Object> content) {
    return as(person)
        .contentType(ContentType.JSON)
        .header("If-Match", etag)
        .body(content)
        .put(path(couple, id));
  }

  /** Asks for a limit to end. */
  public static Response end(Couple couple, Person person, String id, String etag) {
    return as(person).header("If-Match", etag).delete(path(couple, id));
  }

  /** Cancels what waits. */
  public static Response cancelEasing(Couple couple, Person person, String id) {
    return as(person).delete(path(couple, id) + "/easing");
  }

  /** A limit as this person sees it. */
  public static Response get(Couple couple, Person person, String id) {
    return as(person).get(path(couple, id));
  }

  /** The version that this person sees. */
  public static String etag(Couple couple, Person person, String id) {
    return get(couple, person, id).then().statusCode(200).extract().header("ETag");
  }

  /** All limits as this person sees them. */
  public static JsonPath list(Couple couple, Person person) {
    return as(person)
        .get(couple.path("/limits"))
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER);
  }

  private static String path(Couple couple, String id) {
    return couple.path("/limits/" + id);
  }
}
