package org.stillpoint.testkit;

import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Series of check-ins, as an app begins and ends them. */
public final class CheckInSeries {
  private CheckInSeries() {}

  /** Of all, twice, the first in twenty days. */
  public static Map<String, Object> plan() {
    return plan(Duration.ofDays(20), "FREQ=WEEKLY;COUNT=2");
  }

  /** Of all, from then on, in the words of whoever plans it. */
  public static Map<String, Object> plan(Duration in, String rule) {
    Map<String, Object> plan = new HashMap<>();
    plan.put("localStart", local(in));
    plan.put("timeZone", "UTC");
    plan.put("rule", rule);
    plan.put("items", List.of(CheckIns.item("sealed", "How it goes")));
    return plan;
  }

  /** The local time of UTC then, as the wire shows it. */
  public static String local(Duration in) {
    return LocalDateTime.ofInstant(SandboxClock.now().plus(in), ZoneOffset.UTC)
        .truncatedTo(ChronoUnit.MINUTES)
        .toString();
  }

  /** Asks for a series. */
  public static Response create(Couple couple, Person person, Map<String, Object> plan) {
    return as(person)
        .contentType(ContentType.JSON)
        .body(plan)
        .post(couple.path("/check-in-series"));
  }

  /** One that has begun. */
  public static JsonPath created(Couple couple, Person person, Map<String, Object> plan) {
    return create(couple, person, plan)
        .then()
        .statusCode(201)
        .extract()
        .as(Json.class, Json.READER);
  }

  /** Ends it. */
  public static Response end(Couple couple, Person person, String id) {
    return as(person).post(path(couple, id) + "/end");
  }

  /** The series as this person sees it. */
  public static JsonPath get(Couple couple, Person person, String id) {
    return as(person)
        .get(path(couple, id))
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER);
  }

  /** The address of one. */
  public static String path(Couple couple, String id) {
    return couple.path("/check-in-series/" + id);
  }

  /** Its check-ins, the latest to start first. */
  public static JsonPath occurrences(Couple couple, Person person, String id) {
    return as(person)
        .get(couple.path("/check-ins?limit=100&seriesId=" + id))
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER);
  }

  /** The ids of its check-ins, the first to start first. */
  public static List<String> ids(Couple couple, Person person, String id) {
    return occurrences(couple, person, id).<String>getList("data.id").reversed();
  }
}
