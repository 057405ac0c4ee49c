package org.stillpoint;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** What developers build against. */
@StillpointTest
class SandboxTest {
  private static List<Map<String, Object>> inbox(Person person, int atLeast) {
    Instant patience = Instant.now().plus(Duration.ofSeconds(10));
    List<Map<String, Object>> items;
    do {
      items =
          given()
              .get("/sandbox/inbox/{m}", person.id())
              .then()
              .extract()
              .as(Json.class, Json.READER)
              .get("data");
    } while (items.size() < atLeast && Instant.now().isBefore(patience));
    return items;
  }

  @Test
  void everyAnswerSaysThatItIsASandbox() {
    given().get("/v1/me").then().header("Stillpoint-Sandbox", is("true"));
    given().get("/nowhere").then().header("Stillpoint-Sandbox", is("true"));
  }

  @Test
  @Tag("S30")
  void aPhoneShowsTheDiscreetTextInItsOwnersLanguage() {
    Couple couple = Couple.create();
    as(couple.ben())
        .contentType(ContentType.JSON)
        .body(Map.of("locale", "es-MX"))
        .patch("/v1/me")
        .then()
        .statusCode(200);

    couple.tap(couple.ana(), "red").then().statusCode(200);

    Map<String, Object> notice = inbox(couple.ben(), 1).getLast();
    assertThat(notice.get("text")).isEqualTo("Por favor, para aquí. Escribo cuando pueda.");
    assertThat(notice.get("urgent")).isEqualTo(true);
    assertThat(inbox(couple.ana(), 0))
        .as("the phone in hand stays silent")
        .noneMatch(item -> Boolean.TRUE.equals(item.get("urgent")));
  }

  @Test
  @Tag("S6")
  void aRepeatedTapSendsNoSecondNotice() {
    Couple couple = Couple.create();
    couple.tap(couple.ana(), "red").then().statusCode(200);
    couple.tap(couple.ana(), "red").then().statusCode(200);
    couple.tap(couple.ana(), "yellow").then().statusCode(200);
    couple.lift(
        couple.ana(),
        Couple.id(
            as(couple.ana())
                .get(couple.path("/state"))
                .as(Json.class, Json.READER)
                .get("activePauses[0].id")));

    List<Map<String, Object>> notices = inbox(couple.ben(), 2);
    assertThat(notices).filteredOn(item -> Boolean.TRUE.equals(item.get("urgent"))).hasSize(1);
    assertThat(notices.getLast().get("text")).isEqualTo("There is something new in the app.");
  }

  @Test
  @Tag("S32")
  void leavingIsToldWithTheNeutralText() {
    Couple couple = Couple.create();

    couple.leave(couple.ana());

    assertThat(inbox(couple.ben(), 1).getLast().get("text"))
        .isEqualTo("There is something new in the app.");
  }

  @Test
  void theClockMovesForwardOnly() {
    Instant before = SandboxClock.now();
    SandboxClock.advance(Duration.ofMinutes(5));

    assertThat(SandboxClock.now()).isAfterOrEqualTo(before.plus(Duration.ofMinutes(5)));
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("seconds", -1))
        .post("/sandbox/clock/advance")
        .then()
        .statusCode(400);
  }

  @Test
  void whatIsDueIsDoneWhenTheClockHasMoved() {
    Person ana = Person.adult("ana");
    String export = as(ana).post("/v1/me/exports").then().statusCode(202).extract().path("id");

    SandboxClock.advance(Duration.ofSeconds(1));

    as(ana).get("/v1/me/exports/{id}", export).then().body("state", is("ready"));
  }

  @Test
  void itsPagesAreHere() {
    given().get("/").then().statusCode(200).body(containsString("<main id=\"phones\">"));
    given().get("/sandbox/page/phones.js").then().statusCode(200);
    given().get("/sandbox/docs").then().statusCode(200);
  }
}
