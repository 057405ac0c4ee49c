package org.stillpoint.testkit;

import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Check-ins, as an app plans, opens and answers them. */
public final class CheckIns {
  private CheckIns() {}

  /** An item in one's own words. */
  public static Map<String, Object> item(String answers, String title) {
    Map<String, Object> item = new HashMap<>();
    item.put("title", title);
    item.put("questions", List.of(title + "?"));
    item.put("answers", answers);
    return item;
  }

  /** Of all, now, with one item of each way to keep answers. */
  public static Map<String, Object> plan() {
    Map<String, Object> plan = new HashMap<>();
    plan.put("startsAt", SandboxClock.now().truncatedTo(ChronoUnit.SECONDS).toString());
    plan.put(
        "items",
        List.of(
            item("sealed", "What was it like"),
            item("open", "What shall we eat"),
            item("private", "What is only for you")));
    return plan;
  }

  /** The same, where one speaks after the other. */
  public static Map<String, Object> planInTurns() {
    Map<String, Object> item = new HashMap<>(item("sealed", "What was it like"));
    item.put("turns", true);
    Map<String, Object> next = new HashMap<>(item("open", "What shall we eat"));
    next.put("turns", true);
    return with(plan(), "items", List.of(item, next, item("private", "What is only for you")));
  }

  /** The same with something else in one place. */
  public static Map<String, Object> with(Map<String, Object> plan, String name, Object value) {
    Map<String, Object> changed = new HashMap<>(plan);
    changed.put(name, value);
    return changed;
  }

  /** Asks for a check-in. */
  public static Response schedule(Couple couple, Person person, Map<String, Object> plan) {
    return as(person).contentType(ContentType.JSON).body(plan).post(couple.path("/check-ins"));
  }

  /** A check-in that could open now. */
  public static JsonPath scheduled(Couple couple, Person person) {
    return schedule(couple, person, plan())
        .then()
        .statusCode(201)
        .extract()
        .as(Json.class, Json.READER);
  }

  /** One that is open, of all these. */
  public static JsonPath open(Couple couple, Person... participants) {
    return open(couple, plan(), participants);
  }

  /** The same after a plan of one's own. */
  public static JsonPath open(Couple couple, Map<String, Object> plan, Person... participants) {
    JsonPath planned =
        schedule(
                couple,
                participants[0],
                with(
                    plan,
                    "participantIds",
                    List.of(participants).stream().map(Person::id).toList()))
            .then()
            .statusCode(201)
            .extract()
            .as(Json.class, Json.READER);
    allReady(couple, planned.getString("id"), participants);
    return get(couple, participants[0], planned.getString("id"));
  }

  /** All of them say that they are ready. */
  public static void allReady(Couple couple, String id, Person... participants) {
    for (Person person : participants) {
      ready(couple, person, id).then().statusCode(200);
    }
  }

  /** Says ready. */
  public static Response ready(Couple couple, Person person, String id) {
    return as(person).put(readiness(couple, id));
  }

  /** Not ready after all. */
  public static Response notReady(Couple couple, Person person, String id) {
    return as(person).delete(readiness(couple, id));
  }

  /** Where one says whether one is ready. */
  public static String readiness(Couple couple, String id) {
    return path(couple, id) + "/readiness/me";
  }

  /** The check-in as this person sees it. */
  public static JsonPath get(Couple couple, Person person, String id) {
    return as(person)
        .get(path(couple, id))
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER);
  }

  /** The same in a language. */
  public static JsonPath get(Couple couple, Person person, String id, String language) {
    return as(person)
        .header("Accept-Language", language)
        .get(path(couple, id))
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  /** Where it stands, as this person sees it. */
  public static String state(Couple couple, Person person, String id) {
    return get(couple, person, id).getString("state");
  }

  /** The address of one. */
  public static String path(Couple couple, String id) {
    return couple.path("/check-ins/" + id);
  }

  /** The first item whose answers are kept like this. */
  public static String item(JsonPath checkIn, String answers) {
    return checkIn.getString("items.find { it.answers == '" + answers + "' }.id");
  }

  /** The address of the answers to an item. */
  public static String answers(Couple couple, String checkIn, String item) {
    return path(couple, checkIn) + "/items/" + item + "/answers";
  }

  /** Writes a note. */
  public static Response write(
      Couple couple, Person person, String checkIn, String item, Map<String, Object> note) {
    return as(person)
        .contentType(ContentType.JSON)
        .body(note)
        .put(answers(couple, checkIn, item) + "/me");
  }

  /** Submits what was written. */
  public static Response submit(Couple couple, Person person, String checkIn, String item) {
    return as(person).put(answers(couple, checkIn, item) + "/me/submission");
  }

  /** Writes and submits. */
  public static void answer(
      Couple couple, Person person, String checkIn, String item, String text) {
    write(couple, person, checkIn, item, Map.of("text", text)).then().statusCode(200);
    submit(couple, person, checkIn, item).then().statusCode(200);
  }

  /** Takes an answer back. */
  public static Response takeBack(Couple couple, Person person, String checkIn, String item) {
    return as(person).delete(answers(couple, checkIn, item) + "/me/submission");
  }

  /** One's own answer. */
  public static JsonPath own(Couple couple, Person person, String checkIn, String item) {
    return as(person)
        .get(answers(couple, checkIn, item) + "/me")
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER);
  }

  /** The words that this person can read of what was answered. */
  public static List<String> read(Couple couple, Person person, String checkIn, String item) {
    return as(person)
        .get(answers(couple, checkIn, item))
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER)
        .getList("answers.text");
  }

  /** Starts an item. */
  public static Response start(Couple couple, Person person, String checkIn, String item) {
    return as(person).put(path(couple, checkIn) + "/items/" + item + "/start");
  }

  /** Where one says whether one wishes to go on. */
  public static String wish(Couple couple, String checkIn, String item) {
    return path(couple, checkIn) + "/items/" + item + "/wish-to-go-on/me";
  }

  /** Wishes to go on from an item. */
  public static Response wishToGoOn(Couple couple, Person person, String checkIn, String item) {
    return as(person).put(wish(couple, checkIn, item));
  }

  /** Takes the turn. */
  public static Response speak(Couple couple, Person person, String checkIn, String item) {
    return as(person).put(path(couple, checkIn) + "/items/" + item + "/turn/me");
  }

  /** Says something in a turn: {@code finish}, {@code heard}, {@code not-yet} or {@code pass}. */
  public static Response inTurn(
      Couple couple, Person person, String checkIn, String item, String what) {
    return as(person).post(path(couple, checkIn) + "/items/" + item + "/turn/" + what);
  }

  /** Proposes a decision. */
  public static Response propose(
      Couple couple, Person person, String checkIn, Map<String, ?> decision) {
    return as(person).contentType(ContentType.JSON).body(decision).post(decisions(couple, checkIn));
  }

  /** The address of what is proposed and decided. */
  public static String decisions(Couple couple, String checkIn) {
    return path(couple, checkIn) + "/decisions";
  }

  /** Where one says yes to a decision. */
  public static String assent(Couple couple, String checkIn, String decision) {
    return decisions(couple, checkIn) + "/" + decision + "/assents/me";
  }

  /** Ends it: {@code skip}, {@code defer} or {@code close}. */
  public static Response end(Couple couple, Person person, String id, String how) {
    return as(person).post(path(couple, id) + "/" + how);
  }
}
