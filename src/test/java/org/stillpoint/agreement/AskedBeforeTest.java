package org.stillpoint.agreement;

import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Agreements.forbids;
import static org.stillpoint.testkit.Agreements.permits;
import static org.stillpoint.testkit.Agreements.with;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** Whoever heard no asks for nothing else that is the same. */
@StillpointTest
@Tag("S18")
class AskedBeforeTest {
  private Couple couple;
  private JsonPath version;

  @BeforeEach
  void somethingWasNotAgreed() {
    couple = Couple.create();
    version =
        Agreements.agreed(couple, permits(couple, "touch", "hugs"), forbids(couple, "contact"));
    SandboxClock.advance(Duration.ofHours(25));
  }

  private Response ask(Map<Integer, Map<String, Object>> changes) {
    return Agreements.proposeNext(couple, couple.ana(), version, changes);
  }

  private void refused(Response answer) {
    answer.then().statusCode(409).body("code", is("term-proposed-before"));
  }

  private JsonPath notAgreed(Map<Integer, Map<String, Object>> changes) {
    JsonPath asked = Agreements.json(ask(changes), 201);
    SandboxClock.advance(Duration.ofDays(8));
    return asked;
  }

  @Test
  void aDecoyInTheSameClauseOpensNoWay() {
    Map<String, Object> kisses = permits(couple, "touch", "hugs", "kisses");
    version = notAgreed(Map.of(0, kisses));
    version = Agreements.json(ask(Map.of(0, permits(couple, "sexting"))), 201);

    refused(ask(Map.of(0, kisses)));
  }

  @Test
  void aDemandIsTheSameAsAPermission() {
    notAgreed(Map.of(2, permits(couple, "sex")));

    refused(ask(Map.of(2, with(permits(couple, "sex"), "polarity", "requires"))));
  }

  @Test
  void theAnswerNamesTheClauseOfTheDraft() {
    notAgreed(Map.of(2, permits(couple, "sex")));

    ask(Map.of(2, permits(couple, "sex")))
        .then()
        .statusCode(409)
        .body("errors[0].pointer", is("/terms/2"));
  }

  @Test
  void theEndOfAProhibitionIsTheSameAsAnEarlierEnd() {
    version = notAgreed(Map.of(1, Map.of()));
    String tomorrow = SandboxClock.now().plus(Duration.ofDays(1)).toString();

    refused(ask(Map.of(1, with(forbids(couple, "contact"), "validUntil", tomorrow))));
  }

  @Test
  void whatIsOnlyWordedAnewGoesOnBeingAskedFor() {
    for (String text : List.of("With love", "With all love", "With all my love")) {
      version =
          Agreements.json(
              ask(Map.of(0, with(permits(couple, "touch", "hugs", "kisses"), "text", text))), 201);
    }
  }
}
