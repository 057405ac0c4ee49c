package org.stillpoint.relationship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;

/** What a relationship is to those in it, and to everybody else. */
@StillpointTest
class RelationshipTest {
  private Couple couple;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
  }

  private static String body(Response response, int status) {
    return response
        .then()
        .statusCode(status)
        .extract()
        .asString()
        .replaceAll("\"requestId\":\"[^\"]*\"", "");
  }

  @Test
  @Tag("S34")
  void aForeignRelationshipIsLikeNone() {
    Person stranger = Person.adult("stranger");
    for (String rest : List.of("", "/state", "/members", "/pauses", "/signals", "/invitations")) {
      String foreign = body(as(stranger).get(couple.path(rest)), 404);
      String random = body(as(stranger).get("/v1/relationships/" + UUID.randomUUID() + rest), 404);
      String malformed = body(wrongly(stranger).get("/v1/relationships/not-an-id" + rest), 404);

      assertThat(foreign).isEqualTo(random).isEqualTo(malformed);
    }
  }

  @Test
  void onePersonMayBelongToSeveral() {
    Person cleo = Person.adult("cleo");
    Couple second = new Couple(couple.ana(), cleo, Couple.begin(couple.ana()));
    second.invite(couple.ana(), cleo);

    as(couple.ana())
        .get("/v1/relationships")
        .then()
        .body("data.id", hasItem(couple.relationship().toString()))
        .body("data.id", hasItem(second.relationship().toString()));
    as(couple.ben())
        .get("/v1/relationships")
        .then()
        .body("data.id", not(hasItem(second.relationship().toString())));
  }

  @Test
  @Tag("S35")
  void oneKeyMakesOneRelationshipAlsoInARace() throws Exception {
    List<String> ids = new ArrayList<>();
    try (var many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Response>> race = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        race.add(
            () -> as(couple.ana()).header("Idempotency-Key", "begin-1").post("/v1/relationships"));
      }
      for (Future<Response> answer : many.invokeAll(race)) {
        assertThat(answer.get().statusCode()).isIn(201, 409);
        if (answer.get().statusCode() == 201) {
          ids.add(answer.get().as(Json.class, Json.READER).get("id"));
        }
      }
    }

    assertThat(ids).isNotEmpty();
    assertThat(List.copyOf(new java.util.HashSet<>(ids))).hasSize(1);
    as(couple.ana()).get("/v1/relationships").then().body("data", hasSize(2));
  }

  @Test
  @Tag("S35")
  void anInvitationsCodeIsGivenAgainForTheSameKeyAndNotForAnotherRequest() {
    String first =
        body(
            as(couple.ana()).header("Idempotency-Key", "i1").post(couple.path("/invitations")),
            201);
    String again =
        body(
            as(couple.ana()).header("Idempotency-Key", "i1").post(couple.path("/invitations")),
            201);
    UUID other = Couple.begin(couple.ana());

    assertThat(again).isEqualTo(first);
    as(couple.ana())
        .header("Idempotency-Key", "i1")
        .post("/v1/relationships/{r}/invitations", other)
        .then()
        .statusCode(422)
        .body("code", is("idempotency-key-reused"));
    wrongly(couple.ana())
        .header("Idempotency-Key", "k".repeat(256))
        .post("/v1/relationships")
        .then()
        .statusCode(400);
  }
}
