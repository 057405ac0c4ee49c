package org.stillpoint.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** A line that I draw around my own part holds at once, and nobody else moves it. */
@StillpointTest
class LimitTest {
  private static final Map<String, Object> NO_FEET =
      Limits.hard("touch", "Also not as a joke", "feet", "tickling");

  private Couple couple;
  private Person ana;
  private Person ben;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
  }

  private String draw(Map<String, Object> content) {
    return Limits.draw(couple, ana, content).getString("id");
  }

  private Response change(String id, Map<String, Object> content) {
    return Limits.change(couple, ana, id, Limits.etag(couple, ana, id), content);
  }

  private static List<String> told(Person person) {
    return as(person)
        .queryParam("limit", 100)
        .get("/v1/events")
        .then()
        .extract()
        .<List<String>>path("data.type")
        .stream()
        .filter(type -> type.startsWith("limit."))
        .toList();
  }

  @Test
  @Tag("S12")
  @Tag("S13")
  void aLimitIsInForceAtOnceAndAllSeeIt() {
    String id =
        as(ana)
            .contentType(ContentType.JSON)
            .body(NO_FEET)
            .post(couple.path("/limits"))
            .then()
            .statusCode(201)
            .header("ETag", not(nullValue()))
            .header("Location", containsString(couple.path("/limits/")))
            .extract()
            .as(Json.class, Json.READER)
            .get("id");

    for (Person member : List.of(ana, ben)) {
      Limits.get(couple, member, id)
          .then()
          .statusCode(200)
          .body("holderId", is(ana.id().toString()))
          .body("strength", is("hard"))
          .body("category", is("physical"))
          .body("domain", is("touch"))
          .body("activities", is(List.of("feet", "tickling")))
          .body("text", is("Also not as a joke"))
          .body("easing", nullValue());
      assertThat(Limits.list(couple, member).getList("data.id")).containsExactly(id);
      assertThat(told(member)).containsExactly("limit.drawn");
    }
  }

  @Test
  @Tag("S12")
  void aPartnerCannotChangeMyLimit() {
    String id = draw(NO_FEET);
    Limits.end(couple, ana, id, "*").then().statusCode(202);
    String before = Limits.get(couple, ana, id).asString();

    for (Response refused :
        List.of(
            Limits.change(couple, ben, id, "*", Limits.with(NO_FEET, "strength", "soft")),
            Limits.change(couple, ben, id, "*", NO_FEET),
            Limits.end(couple, ben, id, "*"),
            wrongly(ben).delete(couple.path("/limits/" + id)),
            Limits.cancelEasing(couple, ben, id))) {
      refused.then().statusCode(403).body("code", is("limit-not-yours-to-change"));
    }

    assertThat(Limits.get(couple, ana, id).asString()).isEqualTo(before);
  }

  static Stream<Map<String, Object>> tighter() {
    Map<String, Object> soft = Limits.with(NO_FEET, "strength", "soft");
    return Stream.of(
        NO_FEET,
        Limits.with(soft, "activities", List.of("tickling", "hair", "feet")),
        Limits.with(soft, "activities", List.of()),
        Limits.with(NO_FEET, "activities", List.of()));
  }

  @ParameterizedTest
  @MethodSource("tighter")
  @Tag("S13")
  @Tag("S14")
  void whatOnlyTightensActsAtOnce(Map<String, Object> content) {
    String id = draw(Limits.with(NO_FEET, "strength", "soft"));
    String bens = Limits.etag(couple, ben, id);

    change(id, content)
        .then()
        .statusCode(200)
        .body("strength", is(content.get("strength")))
        .body("activities", is(content.get("activities")))
        .body("easing", nullValue());

    Limits.get(couple, ben, id)
        .then()
        .body("strength", is(content.get("strength")))
        .body("activities", is(content.get("activities")));
    assertThat(Limits.etag(couple, ben, id)).isNotEqualTo(bens);
    assertThat(told(ben)).containsExactly("limit.drawn", "limit.changed");
    assertThat(told(ana)).containsExactly("limit.drawn", "limit.changed");
  }

  @Test
  void whatSaysTheSameChangesNothing() {
    String id = draw(NO_FEET);
    String etag = Limits.etag(couple, ana, id);

    change(id, Limits.with(NO_FEET, "activities", List.of("tickling", "feet", "feet")))
        .then()
        .statusCode(200)
        .header("ETag", etag)
        .body("activities", is(List.of("feet", "tickling")));

    assertThat(told(ben)).containsExactly("limit.drawn");
  }

  @Test
  @Tag("S8")
  @Tag("S10")
  void limitsAreInForceAndDrawnWhileAnybodyHasPaused() {
    String before = draw(Limits.with(NO_FEET, "strength", "soft"));
    couple.tap(ben);
    couple.tap(ana);

    String during = draw(Limits.hard("contact", "No calls"));
    change(before, NO_FEET).then().statusCode(200).body("strength", is("hard"));
    Limits.end(couple, ana, during, "*").then().statusCode(202);
    Limits.cancelEasing(couple, ana, during).then().statusCode(200);

    assertThat(couple.state(ben)).isEqualTo("paused");
    assertThat(Limits.list(couple, ben).getList("data.id")).containsExactly(before, during);
    assertThat(Limits.list(couple, ben).getList("data.strength")).containsOnly("hard");
  }

  @Test
  @Tag("S10")
  void limitsAreDrawnWhereNobodyElseIsLeft() {
    couple.leave(ben);

    String id = draw(NO_FEET);

    assertThat(couple.state(ana)).isEqualTo("closed");
    Limits.get(couple, ana, id).then().statusCode(200);
    Limits.get(couple, ben, id).then().statusCode(404);
  }

  @Test
  @Tag("S34")
  void aLimitOfOthersLooksLikeNone() {
    String id = draw(NO_FEET);
    Couple others = Couple.create();
    String nothing = UUID.randomUUID().toString();

    for (String limit : List.of(id, nothing)) {
      Limits.get(others, others.ana(), limit).then().statusCode(404);
      Limits.end(others, others.ana(), limit, "*").then().statusCode(404);
      Limits.get(couple, others.ana(), limit).then().statusCode(404);
    }
    assertThat(said(Limits.end(others, others.ana(), id, "*")))
        .isEqualTo(said(Limits.end(others, others.ana(), nothing, "*")));
    assertThat(Limits.list(others, others.ana()).getList("data")).isEmpty();
  }

  private static String said(Response answer) {
    return answer.statusCode() + answer.asString().replaceAll("\"requestId\":\"[^\"]*\"", "");
  }

  @Test
  @Tag("S32")
  void leavingEndsMyLimits() throws Exception {
    Person cleo = Person.adult("cleo");
    welcome(cleo);
    String cleos = Limits.draw(couple, cleo).getString("id");
    String anas = draw(NO_FEET);
    Limits.end(couple, cleo, cleos, "*").then().statusCode(202);

    couple.leave(cleo);

    assertThat(Limits.list(couple, ben).getList("data.id")).containsExactly(anas);
    assertThat(Tables.number("select count(*) from member_limit where holder_id = ?", cleo.id()))
        .isZero();
    welcome(cleo);
    assertThat(Limits.list(couple, cleo).getList("data.id")).containsExactly(anas);
  }

  private void welcome(Person third) {
    JsonPath invitation = couple.invitation(ana);
    as(ben)
        .put(couple.path("/invitations/" + invitation.getString("id") + "/assents/me"))
        .then()
        .statusCode(200);
    Couple.join(third, invitation.getString("code"));
  }

  @Test
  @Tag("S35")
  void aLimitThatIsSentTwiceIsDrawnOnce() {
    List<String> ids =
        Stream.of(1, 2)
            .map(
                again ->
                    as(ana)
                        .contentType(ContentType.JSON)
                        .header("Idempotency-Key", "limit-" + couple.relationship())
                        .body(NO_FEET)
                        .post(couple.path("/limits"))
                        .then()
                        .statusCode(201)
                        .header("Location", containsString("/limits/"))
                        .extract()
                        .<String>path("id"))
            .toList();

    assertThat(ids.getFirst()).isEqualTo(ids.getLast());
    assertThat(Limits.list(couple, ana).getList("data")).hasSize(1);
  }

  @Test
  void aLongListComesInPages() {
    List<String> ids =
        IntStream.range(0, 5)
            .mapToObj(i -> Limits.draw(couple, i % 2 == 0 ? ana : ben).getString("id"))
            .toList();

    JsonPath first =
        as(ben)
            .queryParam("limit", 3)
            .get(couple.path("/limits"))
            .then()
            .header("Link", containsString("rel=\"next\""))
            .extract()
            .as(Json.class, Json.READER);
    JsonPath rest =
        as(ben)
            .queryParam("cursor", first.getString("nextCursor"))
            .get(couple.path("/limits"))
            .as(Json.class, Json.READER);

    assertThat(first.getList("data.id")).isEqualTo(ids.subList(0, 3));
    assertThat(rest.getList("data.id")).isEqualTo(ids.subList(3, 5));
    assertThat(rest.getBoolean("hasMore")).isFalse();
  }

  static Stream<Arguments> notLimits() {
    return Stream.of(
        arguments("/strength", "strength", "firm"),
        arguments("/strength", "strength", 1),
        arguments("/strength", "strength", null),
        arguments("/category", "category", "legal"),
        arguments("/category", "category", null),
        arguments("/domain", "domain", "TOUCH"),
        arguments("/domain", "domain", null),
        arguments("/activities", "activities", null),
        arguments("/activities", "activities", "feet"),
        arguments("/activities", "activities", many(21)),
        arguments("/activities/0", "activities", Collections.singletonList(null)),
        arguments("/activities/0", "activities", List.of(7)),
        arguments("/activities/1", "activities", List.of("feet", "Feet")),
        arguments("/activities/0", "activities", List.of("")),
        arguments("/activities/0", "activities", List.of("two words")),
        arguments("/activities/0", "activities", List.of("feet\n")),
        arguments("/activities/0", "activities", List.of("a".repeat(41))),
        arguments("/text", "text", ""),
        arguments("/text", "text", "a".repeat(2_001)),
        arguments("/text", "text", 7),
        arguments("/holderId", "holderId", UUID.randomUUID().toString()));
  }

  private static List<String> many(int count) {
    return IntStream.range(0, count).mapToObj(i -> "activity-" + i).toList();
  }

  @ParameterizedTest
  @MethodSource("notLimits")
  void whatIsNoLimitIsRefusedByName(String pointer, String name, @Nullable Object value) {
    Map<String, @Nullable Object> body = new HashMap<>(NO_FEET);
    body.put(name, value);

    for (Response refused :
        List.of(
            wrongly(ana).contentType(ContentType.JSON).body(body).post(couple.path("/limits")),
            wrongly(ana)
                .contentType(ContentType.JSON)
                .body(body)
                .put(couple.path("/limits/" + UUID.randomUUID())))) {
      refused
          .then()
          .statusCode(400)
          .body("code", is("validation-failed"))
          .body("errors.pointer", is(List.of(pointer)));
    }

    assertThat(Limits.list(couple, ana).getList("data")).isEmpty();
  }

  @Test
  void whatIsJustALimitIsTaken() {
    Map<String, Object> most = Limits.hard("money", "a".repeat(2_000));
    String longest = "a".repeat(40);
    List<String> activities = new ArrayList<>(many(19));
    activities.add(longest);

    Limits.get(couple, ben, draw(Limits.with(most, "activities", activities)))
        .then()
        .body("activities", is(activities))
        .body("text.length()", is(2_000));
    Map<String, Object> silent = new HashMap<>(NO_FEET);
    silent.remove("text");
    Limits.get(couple, ben, draw(silent)).then().statusCode(200).body("text", nullValue());
  }
}
