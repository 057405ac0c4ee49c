package org.stillpoint.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/**
 * What several may write, nobody writes over unseen: a longer hold of one's partner would become a
 * proposal to shorten it.
 */
@StillpointTest
class SeenBeforeTest {
  private static final Map<String, String> SIGN =
      Map.of("kind", "pause", "form", "word", "sign", "Lighthouse");

  private Couple couple;
  private Person ana;
  private Person ben;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
  }

  /** What both may write: how it is made, what tightens it, and what loosens it. */
  enum Shared {
    HOLD {
      @Override
      String make(Couple couple) {
        return "/holds/"
            + Agreements.hold(couple, couple.ana(), "touch", inDays(10)).getString("id");
      }

      @Override
      Map<String, Object> tighter() {
        return Map.of("until", inDays(20).toString());
      }

      @Override
      Map<String, Object> looser() {
        return Map.of("until", inDays(15).toString());
      }
    },
    SIGNAL {
      @Override
      String make(Couple couple) {
        JsonPath signal = Agreements.json(Agreements.signal(couple, couple.ana(), SIGN), 201);
        return "/signals/" + signal.getString("id");
      }

      @Override
      Map<String, Object> tighter() {
        return Map.of("kind", "red", "form", "word", "sign", "Lighthouse");
      }

      @Override
      Map<String, Object> looser() {
        return Map.copyOf(SIGN);
      }
    },
    COOLING_OFF {
      @Override
      String make(Couple couple) {
        return "/cooling-off";
      }

      @Override
      Map<String, Object> tighter() {
        return Map.of("seconds", 259_200);
      }

      @Override
      Map<String, Object> looser() {
        return Map.of("seconds", 172_800);
      }
    };

    abstract String make(Couple couple);

    abstract Map<String, Object> tighter();

    abstract Map<String, Object> looser();

    private static Instant inDays(int days) {
      return SandboxClock.now().plus(Duration.ofDays(days)).truncatedTo(ChronoUnit.SECONDS);
    }
  }

  private Response write(Person person, String path, Map<String, Object> body, String tag) {
    return as(person)
        .header("If-Match", tag)
        .contentType(ContentType.JSON)
        .body(body)
        .put(couple.path(path));
  }

  @ParameterizedTest
  @EnumSource
  void whoeverHasNotSeenTheOthersChangeAsksForNothing(Shared shared) {
    String path = shared.make(couple);
    String seen = Agreements.seen(couple, ana, path);
    write(ben, path, shared.tighter(), Agreements.seen(couple, ben, path)).then().statusCode(200);
    String now = as(ana).get(couple.path(path)).asString();

    write(ana, path, shared.looser(), seen)
        .then()
        .statusCode(412)
        .header("ETag", is(Agreements.seen(couple, ana, path)));

    assertThat(as(ana).get(couple.path(path)).asString()).isEqualTo(now);
  }

  @ParameterizedTest
  @EnumSource
  void whoeverDoesNotSayWhatWasSeenIsAskedTo(Shared shared) {
    String path = shared.make(couple);
    String now = as(ana).get(couple.path(path)).asString();

    wrongly(ana)
        .contentType(ContentType.JSON)
        .body(shared.tighter())
        .put(couple.path(path))
        .then()
        .statusCode(428);

    assertThat(as(ana).get(couple.path(path)).asString()).isEqualTo(now);
  }

  @ParameterizedTest
  @EnumSource
  void theAnswerToAWriteIsWhatStandsThere(Shared shared) {
    String path = shared.make(couple);
    Response answer = write(ana, path, shared.tighter(), Agreements.seen(couple, ana, path));

    String tag = answer.then().statusCode(200).extract().header("ETag");
    as(ana).header("If-None-Match", tag).get(couple.path(path)).then().statusCode(304);
    write(ana, path, shared.looser(), tag).then().statusCode(200);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("S17")
  void aDeclineLeavesTheTagAsItIs(Shared shared) {
    String path = shared.make(couple);
    write(ana, path, shared.tighter(), Agreements.seen(couple, ana, path)).then().statusCode(200);
    JsonPath asked =
        Agreements.json(write(ana, path, shared.looser(), Agreements.seen(couple, ana, path)), 200);
    String seen = Agreements.seen(couple, ana, path);
    String bens = Agreements.seen(couple, ben, path);

    Agreements.put(couple, ben, asked.getString("proposal.id"), "/declines/me")
        .then()
        .statusCode(200);

    assertThat(Agreements.seen(couple, ana, path)).isEqualTo(seen);
    assertThat(Agreements.seen(couple, ben, path)).isNotEqualTo(bens);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("S13")
  void nobodyIsKeptFromTighteningByOneWhoChangesItAllTheTime(Shared shared) {
    String path = shared.make(couple);
    write(ben, path, shared.looser(), Agreements.seen(couple, ben, path)).then().statusCode(200);

    write(ana, path, shared.tighter(), "*").then().statusCode(200).body("proposal", nullValue());
  }

  @Test
  void aSignalGoesOnlyAsItWasSeen() {
    String path = Shared.SIGNAL.make(couple);
    String seen = Agreements.seen(couple, ana, path);
    write(ben, path, Shared.SIGNAL.tighter(), Agreements.seen(couple, ben, path))
        .then()
        .statusCode(200);

    as(ana).header("If-Match", seen).delete(couple.path(path)).then().statusCode(412);
    assertThat(as(ana).get(couple.path(path)).as(Json.class, Json.READER).getString("proposal"))
        .isNull();
  }
}
