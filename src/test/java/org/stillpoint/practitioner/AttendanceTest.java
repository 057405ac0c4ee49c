package org.stillpoint.practitioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.EventStreamClient;
import org.stillpoint.testkit.Guests;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.Practices;
import org.stillpoint.testkit.StillpointTest;

/**
 * A practitioner in a talk: as its guest, by the yes of all who take part, while the grant stands.
 */
@StillpointTest
class AttendanceTest {
  private Couple couple;
  private Person ana;
  private Person ben;
  private Person dora;
  private UUID grant;
  private String talk;

  @BeforeEach
  void aTalkAndAPractitioner() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    dora = Practices.practitioner();
    grant = Practices.granted(couple, dora, "pauses", "attendCheckIns");
    talk = CheckIns.scheduled(couple, ana).getString("id");
  }

  private Response propose(Person person, UUID by) {
    return as(person)
        .contentType(ContentType.JSON)
        .body(Map.of("role", "counsellor", "label", "Dora", "grantId", by))
        .post(Guests.path(couple, talk));
  }

  private String invited() {
    String guest = propose(ana, grant).then().statusCode(201).extract().path("id");
    Guests.assent(couple, ben, talk, guest).then().statusCode(200);
    return guest;
  }

  private Response attend(String id) {
    return as(dora).put("/v1/practice/grants/{g}/attendances/{a}", grant, id);
  }

  @Test
  @Tag("S16")
  void whomAllWantComesWithoutACode() {
    propose(ana, grant).then().statusCode(201).body("code", nullValue());
    String guest = Guests.list(couple, ben, talk).getString("guests[0].id");
    Practices.read(dora, grant, "/attendances").then().statusCode(200).body("attendances", empty());
    attend(guest).then().statusCode(404);
    try (EventStreamClient told = EventStreamClient.open(dora)) {
      Guests.assent(couple, ben, talk, guest).then().statusCode(200);
      assertThat(told.next().type()).isEqualTo("practice.changed");
    }
    Practices.read(dora, grant, "/attendances")
        .then()
        .body("attendances.id", is(List.of(guest)))
        .body("attendances[0].state", is("invited"));

    attend(guest).then().statusCode(204);
    attend(guest).then().statusCode(204);

    Practices.read(dora, grant, "/attendances").then().body("attendances[0].state", is("present"));
    read(guest)
        .then()
        .statusCode(200)
        .body("items[0].title", is("What was it like"))
        .body("participants.memberId.size()", is(2));
    Guests.get(dora, guest).then().statusCode(404);
    as(dora).get("/v1/guest-check-ins").then().statusCode(200).body("data", empty());
    JsonPath listed = Guests.list(couple, ben, talk);
    assertThat(listed.getString("guests[0].state")).isEqualTo("present");
    assertThat(listed.getString("guests[0].grantId")).isEqualTo(grant.toString());
  }

  @Test
  @Tag("S27")
  void theEndOfTheGrantIsTheEndOfTheGuest() {
    String guest = invited();
    attend(guest).then().statusCode(204);
    Practices.end(couple, ben, grant).then().statusCode(204);

    read(guest).then().statusCode(404);
    assertThat(Guests.states(couple, ana, talk)).isEmpty();
    attend(guest).then().statusCode(404);
  }

  @Test
  @Tag("S27")
  void whileItIsSuspendedThereIsNoGuest() {
    String guest = invited();
    attend(guest).then().statusCode(204);
    Practices.register(dora, Practices.profile("Dora Lind", "I tell everybody everything."));

    read(guest).then().statusCode(404);
    Practices.assent(couple, ana, grant).then().statusCode(200);
    Practices.assent(couple, ben, grant).then().statusCode(200).body("state", is("active"));
    read(guest).then().statusCode(200);
  }

  @Test
  @Tag("S9")
  void nobodyComesInAPause() {
    String guest = invited();
    UUID pause = couple.tap(ben);

    attend(guest).then().statusCode(404);
    couple.lift(ben, pause).then().statusCode(200);
    attend(guest).then().statusCode(204);
  }

  @Test
  @Tag("S34")
  void onlyThePractitionerOfAGrantOfTheirsIsProposed() {
    UUID narrow = Practices.granted(couple, Practices.practitioner(), "pauses");
    propose(ana, narrow).then().statusCode(409).body("code", is("grant-not-active"));
    UUID others = Practices.granted(Couple.create(), dora, "pauses", "attendCheckIns");
    propose(ana, others).then().statusCode(404);
    propose(ana, Practices.own(ana, dora, "pauses")).then().statusCode(409);
    String guest = invited();
    Person other = Practices.practitioner();
    as(other).put("/v1/practice/grants/{g}/attendances/{a}", grant, guest).then().statusCode(404);
  }

  /** Whoever takes part takes the yes back, and the practitioner is gone. */
  @Test
  @Tag("S10")
  void oneOfThemTakesTheYesBack() {
    String guest = invited();
    attend(guest).then().statusCode(204);

    Guests.withdraw(couple, ben, talk, guest).then().statusCode(204);

    read(guest).then().statusCode(404);
    Practices.read(dora, grant, "/attendances").then().body("attendances", empty());
  }

  @Test
  void thePractitionerLeavesAgain() {
    String guest = invited();
    attend(guest).then().statusCode(204);

    as(dora).delete("/v1/practice/grants/{g}/attendances/{a}", grant, guest).then().statusCode(204);

    read(guest).then().statusCode(404);
    assertThat(Guests.states(couple, ana, talk)).isEmpty();
  }

  /** Dead places would keep out a friend. */
  @Test
  void oneGrantBringsItsPractitionerOnce() {
    propose(ana, grant).then().statusCode(201);

    propose(ben, grant).then().statusCode(400).body("errors[0].pointer", is("/grantId"));
  }

  /** What two of three have among themselves is nothing that the third's grant could bring in. */
  @Test
  @Tag("S34")
  void nobodyIsBroughtToATalkOfSome() {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    Practices.assent(couple, cleo, grant).then().statusCode(200).body("state", is("active"));
    talk = CheckIns.open(couple, ana, ben).getString("id");

    propose(ana, grant).then().statusCode(400).body("errors[0].pointer", is("/grantId"));
  }

  /** Each look at a talk is one that its people see, and a try in a pause too. */
  @Test
  @Tag("S29")
  void eachLookIsInTheLog() {
    String guest = invited();
    attend(guest).then().statusCode(204);
    int before = looks();
    read(guest).then().statusCode(200);
    read(guest).then().statusCode(200);
    assertThat(looks()).isEqualTo(before + 2);

    String other = CheckIns.scheduled(couple, ana).getString("id");
    talk = other;
    String next = invited();
    couple.tap(ben);
    attend(next).then().statusCode(404);
    assertThat(looks()).isEqualTo(before + 3);
  }

  private int looks() {
    return as(ben)
        .get("/v1/me/access-log?limit=100")
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER)
        .getList("data.findAll { it.kind == 'practice.attendances' }")
        .size();
  }

  private Response read(String guest) {
    return as(dora).get("/v1/practice/grants/{g}/attendances/{a}", grant, guest);
  }
}
