package org.stillpoint;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.StillpointTest;

/** A sandbox that begins with a seed: what is there, and that it is the same each time. */
@StillpointTest
class SandboxSeedTest {
  private static String seeded(String seed) {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("seed", seed))
        .post("/sandbox/reset")
        .then()
        .statusCode(200)
        .extract()
        .asString();
  }

  private static RequestSpecification as(String subject) {
    String token =
        given()
            .contentType(ContentType.JSON)
            .body(Map.of("subject", subject))
            .post("/sandbox/tokens")
            .then()
            .statusCode(200)
            .extract()
            .path("accessToken");
    return given().header("Authorization", "Bearer " + token);
  }

  @AfterEach
  void leaveNothing() {
    given().post("/sandbox/reset").then().statusCode(204);
    given().get("/sandbox/seed").then().statusCode(404);
  }

  @Test
  void theSameSeedGivesTheSameIdsAndTimes() {
    String world = seeded("one");
    String events =
        as("ben").get("/v1/events?limit=100").then().statusCode(200).extract().asString();

    assertThat(seeded("one")).isEqualTo(world);
    assertThat(as("ben").get("/v1/events?limit=100").asString()).isEqualTo(events);
    given().get("/sandbox/seed").then().statusCode(200);
    assertThat(given().get("/sandbox/seed").asString()).isEqualTo(world);
    assertThat(JsonPath.from(seeded("two")).getString("two.relationshipId"))
        .isNotEqualTo(JsonPath.from(world).getString("two.relationshipId"));
  }

  @Test
  void peopleAgreementsARunningCheckInAndAPractitionerAreThere() {
    JsonPath world = JsonPath.from(seeded("one"));
    String us = "/v1/relationships/" + world.getString("two.relationshipId");

    as("ana").get("/v1/me").then().body("id", is(world.getString("two.members[0].memberId")));
    as("ben")
        .get(us + "/in-force?domain=touch&activity=holding-hands")
        .then()
        .body("activity.level", is("permitted"));
    as("ben").get(us + "/limits/" + world.getString("two.limitId")).then().statusCode(200);
    as("ben")
        .get(us + "/pauses/" + world.getString("two.pauseId"))
        .then()
        .body("state", is("lifted"));
    as("ben")
        .get(us + "/check-ins/" + world.getString("two.checkInId"))
        .then()
        .body("state", is("open"));
    as("dora").get("/v1/practice/relationships").then().body("data.size()", is(1));
    as("eli")
        .get(
            "/v1/relationships/"
                + world.getString("three.relationshipId")
                + "/agreements/"
                + world.getString("three.agreementId"))
        .then()
        .statusCode(200);
  }

  @Test
  void theClockStandsUntilItIsMoved() {
    String now = JsonPath.from(seeded("one")).getString("now");

    given().get("/sandbox/clock").then().body("now", is(now));
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("seconds", 60))
        .post("/sandbox/clock/advance")
        .then()
        .body("now", is(now.replace("12:20", "12:21")));
  }

  @Test
  void aSeedIsAWord() {
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("seed", "${user.home}"))
        .post("/sandbox/reset")
        .then()
        .statusCode(400);
  }
}
