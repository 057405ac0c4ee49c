package org.stillpoint.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Limits;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** Easing takes its time, in which I can think better of it, and nobody can press me. */
@StillpointTest
@Tag("S13")
class LimitEasingTest {
  private static final Map<String, Object> NO_FEET =
      Limits.hard("touch", "Also not as a joke", "feet", "tickling");

  private static final Map<String, Object> SOFTER = Limits.with(NO_FEET, "strength", "soft");
  private static final Duration COOLING_OFF = Duration.ofHours(24);

  private Couple couple;
  private Person ana;
  private Person ben;
  private String id;

  @BeforeEach
  void aCoupleWithALimit() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    id = Limits.draw(couple, ana, NO_FEET).getString("id");
  }

  private Response change(Map<String, Object> content) {
    return Limits.change(couple, ana, id, Limits.etag(couple, ana, id), content);
  }

  private Response end() {
    return Limits.end(couple, ana, id, Limits.etag(couple, ana, id));
  }

  private static Instant time(Response answer, String path) {
    return Instant.parse(answer.then().extract().as(Json.class, Json.READER).get(path));
  }

  /** All that the partner gets of limits: the list, the limit, its version, and what was told. */
  private String bensView() {
    Response limit = Limits.get(couple, ben, id);
    return Limits.list(couple, ben).prettify()
        + limit.statusCode()
        + limit.header("ETag")
        + limit.asString().replaceAll("\"requestId\":\"[^\"]*\"", "")
        + as(ben).get("/v1/events").then().extract().asString();
  }

  static Stream<Map<String, Object>> looser() {
    return Stream.of(
        SOFTER,
        Limits.with(NO_FEET, "activities", List.of("feet")),
        Limits.with(NO_FEET, "activities", List.of("feet", "hair")),
        Limits.with(NO_FEET, "domain", "sex"),
        Limits.with(NO_FEET, "category", "emotional"),
        Limits.with(NO_FEET, "text", "Not as a joke"),
        Limits.without(NO_FEET, "text"),
        Limits.with(SOFTER, "activities", List.of()),
        Limits.hard("touch", "All of it, and other words"));
  }

  @ParameterizedTest
  @MethodSource("looser")
  @Tag("S14")
  void allElseWaitsUnseenAndActsByItself(Map<String, Object> content) {
    String before = bensView();
    Response asked = change(content);
    asked
        .then()
        .statusCode(200)
        .body("strength", is("hard"))
        .body("activities", is(List.of("feet", "tickling")))
        .body("easing.endsLimit", is(false))
        .body("easing.becomes", is(content));
    Instant at = time(asked, "easing.effectiveAt");
    assertThat(at).isAfter(SandboxClock.now().plus(COOLING_OFF).minusSeconds(30));
    String waiting = Limits.etag(couple, ana, id);

    SandboxClock.advance(COOLING_OFF.minusMinutes(1));
    assertThat(bensView()).isEqualTo(before);

    SandboxClock.advance(Duration.ofMinutes(2));
    for (Person member : List.of(ana, ben)) {
      Response eased = Limits.get(couple, member, id);
      eased
          .then()
          .body("strength", is(content.get("strength")))
          .body("category", is(content.get("category")))
          .body("domain", is(content.get("domain")))
          .body("activities", is(content.get("activities")))
          .body("text", is(content.get("text")))
          .body("easing", nullValue());
      assertThat(time(eased, "changedAt")).isEqualTo(at);
    }
    assertThat(bensView()).doesNotContain("limit.changed");
    Limits.change(couple, ana, id, waiting, NO_FEET).then().statusCode(412);
  }

  static Stream<Arguments> looserThanSaidBefore() {
    Map<String, Object> all = Limits.with(NO_FEET, "activities", List.of());
    return Stream.of(arguments(Limits.without(NO_FEET, "text"), NO_FEET), arguments(all, NO_FEET));
  }

  /** Words can take back as well as add, and a part of a domain is less than all of it. */
  @ParameterizedTest
  @MethodSource("looserThanSaidBefore")
  @Tag("S14")
  void whatSaysMoreThanBeforeWaitsToo(Map<String, Object> said, Map<String, Object> content) {
    id = Limits.draw(couple, ana, said).getString("id");
    String before = bensView();

    change(content)
        .then()
        .statusCode(200)
        .body("activities", is(said.get("activities")))
        .body("text", is(said.get("text")))
        .body("easing.becomes", is(content));

    assertThat(bensView()).isEqualTo(before);
  }

  @Test
  @Tag("S34")
  void aLimitThatIsLetGoEndsByItselfAndIsThenLikeNone() {
    String before = bensView();
    end()
        .then()
        .statusCode(202)
        .body("easing.endsLimit", is(true))
        .body("easing.becomes", nullValue());

    SandboxClock.advance(COOLING_OFF.minusMinutes(1));
    assertThat(bensView()).isEqualTo(before);

    SandboxClock.advance(Duration.ofMinutes(2));
    String nothing = UUID.randomUUID().toString();
    for (Person member : List.of(ana, ben)) {
      assertThat(Limits.list(couple, member).getList("data")).isEmpty();
      assertThat(everyAnswer(member, id)).isEqualTo(everyAnswer(member, nothing));
    }
  }

  private String everyAnswer(Person member, String limit) {
    return Stream.of(
            Limits.get(couple, member, limit),
            Limits.change(couple, member, limit, "*", NO_FEET),
            Limits.end(couple, member, limit, "*"),
            Limits.cancelEasing(couple, member, limit))
        .map(Response::asString)
        .map(answer -> answer.replaceAll("\"requestId\":\"[^\"]*\"", ""))
        .toList()
        .toString();
  }

  @Test
  void whatWaitsIsCancelledByItsHolderAtOnce() {
    String before = bensView();
    change(SOFTER).then().statusCode(200);
    end().then().statusCode(202);

    Limits.cancelEasing(couple, ana, id)
        .then()
        .statusCode(200)
        .body("easing", nullValue())
        .body("strength", is("hard"));
    Limits.cancelEasing(couple, ana, id).then().statusCode(200).body("easing", nullValue());

    SandboxClock.advance(COOLING_OFF.plusMinutes(2));
    assertThat(bensView()).isEqualTo(before);
    Limits.get(couple, ana, id).then().body("strength", is("hard"));
  }

  @Test
  void whoeverTightensHasThoughtBetterOfIt() {
    end().then().statusCode(202);

    change(Limits.with(NO_FEET, "activities", List.of()))
        .then()
        .statusCode(200)
        .body("activities", is(List.of()))
        .body("easing", nullValue());

    SandboxClock.advance(COOLING_OFF.plusMinutes(2));
    Limits.get(couple, ben, id).then().statusCode(200).body("activities", is(List.of()));
  }

  @Test
  void whoeverSaysTheSameAgainHasThoughtBetterOfIt() {
    String before = bensView();
    change(SOFTER).then().statusCode(200);

    change(NO_FEET).then().statusCode(200).body("easing", nullValue());

    SandboxClock.advance(COOLING_OFF.plusMinutes(2));
    assertThat(bensView()).isEqualTo(before);
  }

  @Test
  void askingForTheSameAgainDoesNotStartAnewAndForSomethingElseDoes() {
    Instant first = time(change(SOFTER), "easing.effectiveAt");
    SandboxClock.advance(Duration.ofHours(5));
    assertThat(time(change(SOFTER), "easing.effectiveAt")).isEqualTo(first);

    Instant ending = time(end(), "easing.effectiveAt");
    assertThat(ending).isAfterOrEqualTo(first.plus(Duration.ofHours(5)));
    SandboxClock.advance(Duration.ofHours(1));
    assertThat(time(end(), "easing.effectiveAt")).isEqualTo(ending);

    SandboxClock.advance(Duration.ofHours(19));
    Limits.get(couple, ana, id).then().statusCode(200).body("strength", is("hard"));
  }

  /** The first easing has acted, and is what the next change is measured by. */
  @Test
  void whatWasEasedCanBeTightenedAndEasedAgain() {
    change(SOFTER).then().statusCode(200);
    SandboxClock.advance(COOLING_OFF.plusMinutes(2));
    String eased = Limits.etag(couple, ana, id);
    String bens = Limits.etag(couple, ben, id);

    change(Limits.with(SOFTER, "activities", List.of("feet")))
        .then()
        .statusCode(200)
        .body("strength", is("soft"));
    assertThat(Limits.etag(couple, ben, id)).isEqualTo(bens);
    Limits.change(couple, ana, id, eased, NO_FEET).then().statusCode(412);
    Limits.get(couple, ben, id).then().body("strength", is("soft"));

    change(NO_FEET).then().statusCode(200).body("strength", is("hard"));
    assertThat(Limits.etag(couple, ben, id)).isNotEqualTo(bens);
    Limits.get(couple, ben, id).then().body("strength", is("hard"));
  }

  @Test
  void aChangeNamesTheVersionThatItsHolderHasSeen() {
    wrongly(ana)
        .contentType(ContentType.JSON)
        .body(SOFTER)
        .put(couple.path("/limits/" + id))
        .then()
        .statusCode(428);
    wrongly(ana).delete(couple.path("/limits/" + id)).then().statusCode(428);
    String seen = Limits.etag(couple, ana, id);
    change(SOFTER).then().statusCode(200);

    Limits.end(couple, ana, id, seen)
        .then()
        .statusCode(412)
        .body("code", is("precondition-failed"));
    as(ana)
        .header("If-None-Match", Limits.etag(couple, ana, id))
        .get(couple.path("/limits/" + id))
        .then()
        .statusCode(304);
    as(ben).header("If-None-Match", seen).get(couple.path("/limits/" + id)).then().statusCode(304);
  }
}
