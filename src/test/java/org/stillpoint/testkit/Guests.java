package org.stillpoint.testkit;

import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;

/** Guests of check-ins, as those who take part propose them, and as they come and look. */
public final class Guests {
  private Guests() {}

  /** Where the guests of a check-in are. */
  public static String path(Couple couple, String checkIn) {
    return CheckIns.path(couple, checkIn) + "/guests";
  }

  /** Proposes a counsellor. */
  public static Response propose(Couple couple, Person person, String checkIn, String label) {
    return as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("role", "counsellor", "label", label))
        .post(path(couple, checkIn));
  }

  /** One who is proposed, with the code. */
  public static JsonPath proposed(Couple couple, Person person, String checkIn) {
    return propose(couple, person, checkIn, "Dora").then().statusCode(201).extract().jsonPath();
  }

  /** One to whom all of these have said yes. */
  public static JsonPath invited(Couple couple, Person proposer, String checkIn, Person... others) {
    JsonPath guest = proposed(couple, proposer, checkIn);
    for (Person other : others) {
      assent(couple, other, checkIn, guest.getString("id")).then().statusCode(200);
    }
    return guest;
  }

  /** Says yes. */
  public static Response assent(Couple couple, Person person, String checkIn, String guest) {
    return as(person).put(path(couple, checkIn) + "/" + guest + "/assents/me");
  }

  /** Takes the yes back. */
  public static Response withdraw(Couple couple, Person person, String checkIn, String guest) {
    return as(person).delete(path(couple, checkIn) + "/" + guest + "/assents/me");
  }

  /** Ends one. */
  public static Response end(Couple couple, Person person, String checkIn, String guest) {
    return as(person).delete(path(couple, checkIn) + "/" + guest);
  }

  /** The guests as this person sees them. */
  public static JsonPath list(Couple couple, Person person, String checkIn) {
    return as(person).get(path(couple, checkIn)).then().statusCode(200).extract().jsonPath();
  }

  /** Where they stand, as this person sees them. */
  public static List<String> states(Couple couple, Person person, String checkIn) {
    return list(couple, person, checkIn).getList("guests.state");
  }

  /** Comes with a code. */
  public static Response accept(Person guest, String code) {
    return as(guest).post("/v1/guest-invitations/{code}/acceptance", code);
  }

  /** Comes to a check-in of these two; the id under which the guest finds it. */
  public static String present(Couple couple, String checkIn, Person guest) {
    JsonPath invited = invited(couple, couple.ana(), checkIn, couple.ben());
    return accept(guest, invited.getString("code")).then().statusCode(200).extract().path("id");
  }

  /** The id of a check-in of others in which this person is a guest. */
  public static String visit(Person guest) {
    Couple others = Couple.create();
    return present(others, CheckIns.scheduled(others, others.ana()).getString("id"), guest);
  }

  /** Asks for it as its guest. */
  public static Response get(Person guest, String id) {
    return as(guest).get("/v1/guest-check-ins/{id}", id);
  }

  /** The same, where it is there. */
  public static JsonPath seen(Person guest, String id) {
    return get(guest, id).then().statusCode(200).extract().jsonPath();
  }

  /** The words that the guest can read of what was answered to an item. */
  public static List<String> read(Person guest, String id, String item) {
    return seen(guest, id).getList("items.find { it.id == '" + item + "' }.answers.text");
  }

  /** Lets guests have one's own answer. */
  public static Response mark(Couple couple, Person person, String checkIn, String item) {
    return as(person).put(marks(couple, checkIn, item));
  }

  /** Keeps it from them again. */
  public static Response unmark(Couple couple, Person person, String checkIn, String item) {
    return as(person).delete(marks(couple, checkIn, item));
  }

  private static String marks(Couple couple, String checkIn, String item) {
    return CheckIns.answers(couple, checkIn, item) + "/me/for-guests";
  }
}
