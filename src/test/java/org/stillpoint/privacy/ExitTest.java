package org.stillpoint.privacy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.EventStreamClient;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;

/** One call, and one is out of everything, with what is one's own in hand. */
@StillpointTest
class ExitTest {
  private Couple couple;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
  }

  private static Response exit(Person person) {
    return as(person).post("/v1/me/exit");
  }

  /** A login takes effect in the second that follows the cut. */
  private static Person loggedInAgain(Person person) throws InterruptedException {
    Thread.sleep(1_100);
    return person.with(Map.of());
  }

  @Test
  @Tag("S32")
  void oneCallLeavesEverythingAndCutsEveryAppOff() throws Exception {
    Person third = Person.adult("third");
    Couple other = new Couple(couple.ana(), third, Couple.begin(couple.ana()));
    other.invite(couple.ana(), third);
    Person phone = couple.ana().through("phone");
    as(phone).get("/v1/me").then().statusCode(200);
    String key =
        as(couple.ana()).post(couple.path("/tap-keys")).as(Json.class, Json.READER).get("key");
    UUID pause = couple.tap(couple.ana());
    try (EventStreamClient stream = EventStreamClient.open(phone)) {
      Response answer = exit(couple.ana());

      answer.then().statusCode(200).body("state", is("ready"));
      stream.awaitEnd();
      assertThat(couple.state(couple.ben())).isEqualTo("closed");
      assertThat(other.state(third)).isEqualTo("closed");
      as(couple.ben()).get(couple.path("/pauses/" + pause)).then().body("state", is("ended"));
      given().header("Tap-Key", key).post("/v1/taps").then().statusCode(401);
      for (Person app : java.util.List.of(couple.ana(), phone)) {
        as(app).get("/v1/me").then().statusCode(401).body("code", is("client-cut-off"));
      }

      Person again = loggedInAgain(couple.ana());
      JsonPath copy =
          as(again)
              .get(answer.header("Location") + "/content")
              .then()
              .statusCode(200)
              .extract()
              .as(Json.class, Json.READER);
      assertThat(copy.getList("pauses.id")).containsExactly(pause.toString());
      assertThat(copy.getList("memberships")).hasSize(2);
      assertThat(copy.getList("events.type")).contains("pause.raised");
      as(again).get("/v1/relationships").then().body("data.size()", is(0));
    }
  }

  @Test
  void itNeedsALoginOfAMomentAgo() {
    exit(couple.ana().with(Map.of("loggedInSecondsAgo", 600)))
        .then()
        .statusCode(401)
        .body("code", is("fresh-login-required"));

    assertThat(couple.state(couple.ben())).isEqualTo("open");
    as(couple.ana()).get("/v1/me").then().statusCode(200);
  }

  @Test
  @Tag("S10")
  void itWorksInEveryState() throws Exception {
    couple.tap(couple.ben());
    exit(couple.ana()).then().statusCode(200);
    exit(couple.ben()).then().statusCode(200);

    exit(loggedInAgain(couple.ben())).then().statusCode(200);
  }

  @Test
  @Tag("S32")
  void toThePartnerItLooksLikeLeaving() {
    Couple left = Couple.create();
    couple.tap(couple.ana());
    left.tap(left.ana());

    exit(couple.ana()).then().statusCode(200);
    left.leave(left.ana());

    assertThat(PartnersView.of(couple, couple.ben(), 3))
        .isEqualTo(PartnersView.of(left, left.ben(), 3));
  }
}
