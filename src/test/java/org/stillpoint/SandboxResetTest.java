package org.stillpoint;

import static io.restassured.RestAssured.given;
import static org.stillpoint.testkit.Api.as;

import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.StillpointTest;

/** A sandbox begins anew on demand. */
@StillpointTest
class SandboxResetTest {
  @Test
  void afterAResetNothingIsLeftAndPeopleCanBeginAgain() {
    Couple couple = Couple.create();
    couple.tap(couple.ana());

    given().post("/sandbox/reset").then().statusCode(204);

    as(couple.ana()).get(couple.path("/state")).then().statusCode(404);
    as(couple.ana()).post(couple.path("/pauses")).then().statusCode(404);
    Couple again = Couple.create();
    again.tap(again.ana());
  }
}
