package org.stillpoint.mallory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.ApiDocument;
import org.stillpoint.testkit.ApiDocument.Operation;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PlainHttp;
import org.stillpoint.testkit.PlainHttp.Answer;
import org.stillpoint.testkit.PlainHttp.Call;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** Mallory acts as if it were the other, or decides for the other. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
class ImpersonatingTest {
  /** Names by which a body could be thought to speak for somebody. */
  private static final List<String> SOMEBODY =
      List.of(
          "memberId",
          "raiserId",
          "inviterId",
          "ownerId",
          "holderId",
          "authorId",
          "onBehalfOf",
          "sub");

  private Estate estate;
  private Person ana;
  private Person mallory;

  @BeforeEach
  void aFreshCouple() {
    estate = Estate.create("mallory", "ana");
    mallory = estate.owner();
    ana = estate.partner();
  }

  /** Nobody does anything for anybody else: no body names who acts. */
  @Test
  @Tag("S12")
  @Tag("S24")
  void noBodySaysWhoActs() {
    View before = View.of(ana, known());
    for (Operation operation : ApiDocument.read().operations()) {
      JsonNode body = Calls.body(operation, estate);
      if (body instanceof ObjectNode object) {
        Call call = Calls.of(operation, mallory, estate);
        for (String name : SOMEBODY) {
          ObjectNode forAna = object.deepCopy().put(name, ana.id().toString());
          Answer answer =
              PlainHttp.send(
                  new Call(call.method(), call.path(), call.headers(), forAna.toString()));
          assertThat(answer.status()).as("%s with %s", operation, name).isEqualTo(400);
          assertThat(answer.body()).contains("\"pointer\":\"/" + name + "\"");
        }
      }
    }
    View.of(ana, known()).assertSameAs(before, "bodies that name somebody");
  }

  /** Nor does a header or a query. */
  @Test
  @Tag("S4")
  void noHeaderAndNoQuerySaysWhoActs() {
    Map<String, String> headers = new java.util.HashMap<>(Calls.login(mallory));
    for (String name :
        List.of("X-User", "X-Member-Id", "On-Behalf-Of", "X-Original-User", "From")) {
      headers.put(name, ana.id().toString());
    }
    headers.put("X-HTTP-Method-Override", "DELETE");
    String query = "?memberId=" + ana.id() + "&raiserId=" + ana.id() + "&_method=DELETE";

    Answer raised =
        PlainHttp.send(new Call("POST", estate.couple().path("/pauses") + query, headers));

    assertThat(raised.status()).isEqualTo(200);
    assertThat(raised.body()).contains(mallory.id().toString()).doesNotContain(ana.id().toString());
    assertThat(PlainHttp.send(new Call("GET", "/v1/me" + query, headers)).body())
        .contains(mallory.id().toString());
  }

  /** With the other's id or tap in hand, only one's own pause is raised, kept or lifted. */
  @Test
  @Tag("S3")
  void theOthersPauseStaysTheOthers() {
    UUID pause = estate.couple().tap(ana);
    UUID tap = UUID.randomUUID();
    as(ana).put(estate.couple().path("/pauses/" + tap)).then().statusCode(200);
    View before = View.of(ana, known(pause));
    Estate theirs = estate.with("pauseId", pause.toString());

    for (Operation operation : PrivateActsTest.OPERATIONS) {
      boolean ofThePause = operation.path().contains("{pauseId}");
      if (ofThePause && !List.of("GET", "DELETE").contains(operation.method())) {
        PlainHttp.send(Calls.of(operation, mallory, theirs));
      }
    }
    estate.couple().lift(mallory, pause).then().statusCode(403);
    estate.couple().lift(mallory, tap).then().statusCode(404);

    as(ana)
        .get(estate.couple().path("/pauses/" + pause))
        .then()
        .body("state", org.hamcrest.Matchers.is("active"))
        .body("raiserId", org.hamcrest.Matchers.is(ana.id().toString()));
    assertThat(places(View.of(ana, known(pause)))).isEqualTo(places(before));
  }

  /** Without further pages: of what happens, there are more and more. */
  private static Set<String> places(View view) {
    return view.answers().keySet().stream()
        .filter(place -> !place.contains("?cursor="))
        .collect(Collectors.toSet());
  }

  /** A label is a word, and a tap of the past can't be older than phones are offline. */
  @Test
  @Tag("S4")
  void noLabelAndNoDateGivesPowerOverTheOther() {
    as(mallory)
        .contentType(ContentType.JSON)
        .body(Map.of("roleLabel", "top"))
        .patch("/v1/me")
        .then()
        .statusCode(200);
    UUID pause = estate.couple().tap(ana);

    estate.couple().lift(mallory, pause).then().statusCode(403);
    var early =
        wrongly(mallory)
            .contentType(ContentType.JSON)
            .body(Map.of("raisedAt", "2001-01-01T00:00:00.000Z"))
            .post(estate.couple().path("/pauses"))
            .then()
            .statusCode(200)
            .extract()
            .as(Json.class, Json.READER);
    assertThat(early.getString("raisedAt")).isEqualTo(early.getString("receivedAt"));
  }

  /** A name that another login service gave out is somebody else's. */
  @Test
  @Tag("S34")
  void theSameSubjectOfAnotherIssuerIsAStranger() throws Exception {
    Tables.change(
        "update member set issuer = 'https://elsewhere.example' where id = ?", mallory.id());

    Person sameName = mallory.through("another-app");

    assertThat(as(sameName).get("/v1/me").then().statusCode(200).extract().<String>path("id"))
        .isNotEqualTo(mallory.id().toString());
    as(sameName).get(estate.couple().path("/state")).then().statusCode(404);
    as(sameName).post(estate.couple().path("/pauses")).then().statusCode(404);
    as(sameName).get("/v1/relationships").then().body("data", empty());
  }

  private Map<String, java.util.Set<String>> known(UUID... pauses) {
    Map<String, java.util.Set<String>> known = estate.known();
    known.put("code", java.util.Set.of());
    if (pauses.length > 0) {
      known.put("pauseId", java.util.Set.of(pauses[0].toString()));
    }
    return known;
  }
}
