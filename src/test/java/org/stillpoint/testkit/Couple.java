package org.stillpoint.testkit;

import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Two people in a fresh relationship, and what they usually do. */
public record Couple(Person ana, Person ben, UUID relationship) {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Ana begins, Ben joins. */
  public static Couple create() {
    Person ana = Person.adult("ana");
    Person ben = Person.adult("ben");
    Couple couple = new Couple(ana, ben, begin(ana));
    couple.invite(ana, ben);
    return couple;
  }

  /** A relationship of one. */
  public static UUID begin(Person person) {
    return id(
        as(person)
            .post("/v1/relationships")
            .then()
            .statusCode(201)
            .extract()
            .as(Json.class, Json.READER)
            .get("id"));
  }

  /** Lets somebody in; where there are others, they have assented. */
  public void invite(Person inviter, Person invitee) {
    join(invitee, invitation(inviter).getString("code"));
  }

  /** An invitation, with its code. */
  public JsonPath invitation(Person inviter) {
    return as(inviter)
        .post(path("/invitations"))
        .then()
        .statusCode(201)
        .extract()
        .as(Json.class, Json.READER);
  }

  /** Of one member, to which the other has said yes. */
  public JsonPath agreedInvitation(Person inviter, Person other) {
    JsonPath invitation = invitation(inviter);
    as(other)
        .put(path("/invitations/" + invitation.getString("id") + "/assents/me"))
        .then()
        .statusCode(200);
    return invitation;
  }

  /** Lets a third in, as both want. */
  public void welcome(Person third) {
    join(third, agreedInvitation(ana, ben).getString("code"));
  }

  /** Looks and accepts. */
  public static void join(Person invitee, String code) {
    String etag =
        as(invitee)
            .get("/v1/invitations/{code}", code)
            .then()
            .statusCode(200)
            .extract()
            .header("ETag");
    as(invitee)
        .header("If-Match", etag)
        .post("/v1/invitations/{code}/acceptance", code)
        .then()
        .statusCode(200);
  }

  /** An address below the relationship. */
  public String path(String rest) {
    return "/v1/relationships/" + relationship + rest;
  }

  /** One tap without a body. */
  public UUID tap(Person person) {
    return id(
        as(person)
            .post(path("/pauses"))
            .then()
            .statusCode(200)
            .extract()
            .as(Json.class, Json.READER)
            .get("id"));
  }

  /** One tap of a kind. */
  public Response tap(Person person, String kind) {
    return as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("kind", kind))
        .post(path("/pauses"));
  }

  /** Asks for a pause to be lifted. */
  public Response lift(Person person, UUID pause) {
    return as(person).post(path("/pauses/" + pause + "/lift"));
  }

  /** Waits until what the others are told of a pause of this person's has been handed over. */
  public void awaitDelivered(Person raiser, UUID pause) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (as(raiser)
        .get(path("/pauses/" + pause + "/deliveries"))
        .then()
        .statusCode(200)
        .extract()
        .asString()
        .contains("queued")) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("A notice of the pause is still on its way");
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Open, paused or closed, as this person sees it. */
  public String state(Person person) {
    return as(person)
        .get(path("/state"))
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER)
        .get("state");
  }

  /** Leaves. */
  public void leave(Person person) {
    as(person).delete(path("/members/me")).then().statusCode(204);
  }

  /** The id in a text. */
  public static UUID id(Object text) {
    return UUID.fromString((String) text);
  }
}
