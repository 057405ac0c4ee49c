package org.stillpoint.relationship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import io.restassured.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.EventStreamClient;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** How people come together, and how one leaves. */
@StillpointTest
class RelationshipTest {
  private Couple couple;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
  }

  private static Response accept(Person person, String code, String etag) {
    return as(person).header("If-Match", etag).post("/v1/invitations/{code}/acceptance", code);
  }

  private static String etag(Person person, String code) {
    return as(person)
        .get("/v1/invitations/{code}", code)
        .then()
        .statusCode(200)
        .extract()
        .header("ETag");
  }

  private static String body(Response response, int status) {
    return response
        .then()
        .statusCode(status)
        .extract()
        .asString()
        .replaceAll("\"requestId\":\"[^\"]*\"", "");
  }

  private void assent(Person person, String invitation) {
    as(person)
        .put(couple.path("/invitations/" + invitation + "/assents/me"))
        .then()
        .statusCode(200)
        .body("assentedByMe", is(true));
  }

  @Test
  @Tag("S36")
  void onlyAnAdultCreatesOrJoins() {
    Person unasked = Person.stranger("unasked");
    as(unasked)
        .post("/v1/relationships")
        .then()
        .statusCode(403)
        .body("code", is("adult-attestation-required"));

    UUID relationship = Couple.begin(couple.ana());
    String code =
        new Couple(couple.ana(), unasked, relationship).invitation(couple.ana()).getString("code");
    accept(unasked, code, etag(unasked, code)).then().statusCode(403);
    as(unasked).put("/v1/me/adult-attestation").then().statusCode(200);
    accept(unasked, code, etag(unasked, code)).then().statusCode(200);
  }

  @Test
  void oneCodeLetsOnePersonIn() throws Exception {
    Person alone = Person.adult("alone");
    Couple fresh = new Couple(alone, couple.ben(), Couple.begin(alone));
    String code = fresh.invitation(alone).getString("code");
    String etag = etag(couple.ana(), code);

    try (var two = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> race =
          List.of(
              () -> accept(couple.ana(), code, etag).statusCode(),
              () -> accept(couple.ben(), code, etag).statusCode());
      List<Integer> answers = new ArrayList<>();
      for (Future<Integer> answer : two.invokeAll(race)) {
        answers.add(answer.get());
      }
      assertThat(answers).containsExactlyInAnyOrder(200, 404);
    }
    as(alone).get("/v1/relationships/{r}", fresh.relationship()).then().body("memberCount", is(2));
  }

  @Test
  void aCodeMayBeTypedByHand() {
    Person alone = Person.adult("alone");
    Couple fresh = new Couple(alone, couple.ben(), Couple.begin(alone));
    String code = fresh.invitation(alone).getString("code");

    Couple.join(couple.ben(), code.toLowerCase(java.util.Locale.ROOT).replace("-", " "));
  }

  @Test
  @Tag("S34")
  void aUsedAnExpiredAndAnInventedCodeLookTheSame() {
    Person alone = Person.adult("alone");
    Couple fresh = new Couple(alone, couple.ben(), Couple.begin(alone));
    String used = fresh.invitation(alone).getString("code");
    Couple.join(couple.ben(), used);
    Person late = Person.adult("late");
    UUID other = Couple.begin(alone);
    String expired = new Couple(alone, late, other).invitation(alone).getString("code");
    SandboxClock.advance(Duration.ofDays(8));

    String invented = body(as(late).get("/v1/invitations/{c}", "AAAA-AAAA-AAAA-AAAA"), 404);
    assertThat(body(as(late).get("/v1/invitations/{c}", used), 404)).isEqualTo(invented);
    assertThat(body(as(late).get("/v1/invitations/{c}", expired), 404)).isEqualTo(invented);
    assertThat(body(accept(late, expired, "\"1\""), 404)).isEqualTo(invented);
  }

  @Test
  void guessingCodesComesToAnEnd() {
    Person guesser = Person.adult("guesser");
    int status = 0;
    for (int i = 0; i < 30 && status != 429; i++) {
      status = as(guesser).get("/v1/invitations/{c}", "AAAA-AAAA-AAAA-" + (1000 + i)).statusCode();
    }

    assertThat(status).isEqualTo(429);
  }

  @Test
  @Tag("S16")
  @Tag("S17")
  void aFurtherMemberNeedsTheYesOfAllAndANoLooksLikeSilence() {
    Person cleo = Person.adult("cleo");
    var invitation = couple.invitation(couple.ana());
    String code = invitation.getString("code");
    String silence = body(as(cleo).get("/v1/invitations/{c}", code), 404);

    assent(couple.ben(), invitation.getString("id"));
    as(couple.ben())
        .delete(couple.path("/invitations/" + invitation.getString("id") + "/assents/me"))
        .then()
        .statusCode(204);
    assertThat(body(as(cleo).get("/v1/invitations/{c}", code), 404)).isEqualTo(silence);
    assertThat(body(as(couple.ana()).get(couple.path("/invitations")), 200))
        .doesNotContain(couple.ben().id().toString());

    assent(couple.ben(), invitation.getString("id"));
    Couple.join(cleo, code);
    as(cleo).get(couple.path("/members")).then().body("data", hasSize(3));
  }

  @Test
  void nobodyJoinsOthersThanThoseThatWereShown() {
    Person alone = Person.adult("alone");
    Couple fresh = new Couple(alone, couple.ben(), Couple.begin(alone));
    String bens = fresh.invitation(alone).getString("code");
    String puppets = fresh.invitation(alone).getString("code");
    String seen = etag(couple.ben(), bens);
    Couple.join(Person.adult("puppet"), puppets);

    // The puppet hasn't assented to Ben: not even the changed circle is shown.
    accept(couple.ben(), bens, seen).then().statusCode(404);
    wrongly(couple.ben())
        .post("/v1/invitations/{c}/acceptance", fresh.invitation(alone).getString("code"))
        .then()
        .statusCode(404);
  }

  @Test
  void theShownMembersMustStillBeThose() {
    Person alone = Person.adult("alone");
    Couple fresh = new Couple(alone, couple.ben(), Couple.begin(alone));
    String code = fresh.invitation(alone).getString("code");

    accept(couple.ben(), code, "\"7\"").then().statusCode(412);
    wrongly(couple.ben()).post("/v1/invitations/{c}/acceptance", code).then().statusCode(428);
    accept(couple.ben(), code, etag(couple.ben(), code)).then().statusCode(200);
  }

  @Test
  void twelveIsFull() {
    Person first = Person.adult("first");
    Couple circle = new Couple(first, first, Couple.begin(first));
    List<Person> members = new ArrayList<>(List.of(first));
    for (int i = 2; i <= 12; i++) {
      var invitation = circle.invitation(first);
      for (Person member : members.subList(1, members.size())) {
        as(member)
            .put(circle.path("/invitations/" + invitation.getString("id") + "/assents/me"))
            .then()
            .statusCode(200);
      }
      Person next = Person.adult("m" + i);
      Couple.join(next, invitation.getString("code"));
      members.add(next);
    }

    as(first)
        .post(circle.path("/invitations"))
        .then()
        .statusCode(409)
        .body("code", is("relationship-full"));
  }

  @Test
  @Tag("S9")
  void nobodyInvitesWhileAnotherHasPaused() {
    UUID pause = couple.tap(couple.ana());

    as(couple.ben())
        .post(couple.path("/invitations"))
        .then()
        .statusCode(409)
        .body("code", is("relationship-paused"));

    couple.lift(couple.ana(), pause);
    as(couple.ben()).post(couple.path("/invitations")).then().statusCode(201);
  }

  @Test
  @Tag("S9")
  void nobodyJoinsInAPause() {
    Person cleo = Person.adult("cleo");
    var invitation = couple.invitation(couple.ana());
    assent(couple.ben(), invitation.getString("id"));
    String etag = etag(cleo, invitation.getString("code"));
    UUID pause = couple.tap(couple.ben());

    accept(cleo, invitation.getString("code"), etag).then().statusCode(404);

    couple.lift(couple.ben(), pause);
    accept(cleo, invitation.getString("code"), etag).then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "pausedByMe", "pausedByTheOther", "closed"})
  @Tag("S10")
  @Tag("S32")
  void oneCanLeaveInEveryState(String state) {
    switch (state) {
      case "pausedByMe" -> couple.tap(couple.ana());
      case "pausedByTheOther" -> couple.tap(couple.ben());
      case "closed" -> couple.leave(couple.ben());
      default -> assertThat(couple.state(couple.ana())).isEqualTo("open");
    }

    couple.leave(couple.ana());

    as(couple.ana()).get(couple.path("/state")).then().statusCode(404);
    as(couple.ana()).get("/v1/relationships").then().body("data", is(empty()));
  }

  @Test
  @Tag("S32")
  void leavingTakesEffectAtOnceAndIsToldNeutrally() {
    couple.tap(couple.ana());
    try (EventStreamClient ben = EventStreamClient.open(couple.ben())) {
      couple.leave(couple.ana());

      var ended = ben.next();
      var left = ben.next();
      assertThat(ended.type()).isEqualTo("pause.ended");
      assertThat(left.type()).isEqualTo("relationship.memberLeft");
      assertThat(left.data().prettify()).doesNotContain(couple.ana().id().toString());
    }
    assertThat(couple.state(couple.ben())).isEqualTo("closed");
    as(couple.ben())
        .get(couple.path("/members"))
        .then()
        .body("data.id", is(List.of(couple.ben().id().toString())));
  }

  @Test
  @Tag("S32")
  void thePauseOfWhoLeavesEndsAndThoseOfOthersStay() {
    Person cleo = Person.adult("cleo");
    var invitation = couple.invitation(couple.ana());
    assent(couple.ben(), invitation.getString("id"));
    Couple.join(cleo, invitation.getString("code"));
    UUID anas = couple.tap(couple.ana());
    UUID cleos = couple.tap(cleo);

    couple.leave(couple.ana());

    as(couple.ben()).get(couple.path("/pauses/" + anas)).then().body("state", is("ended"));
    as(couple.ben())
        .get(couple.path("/state"))
        .then()
        .body("state", is("paused"))
        .body("activePauses.id", is(List.of(cleos.toString())));
  }

  @Test
  @Tag("S32")
  void whatHappenedBeforeOneLeftIsNoLongerInOnesEvents() {
    couple.tap(couple.ben());
    couple.leave(couple.ana());

    as(couple.ana())
        .get("/v1/events")
        .then()
        .statusCode(200)
        .body("data.type", is(List.of("relationship.left")));
  }

  @Test
  void whoLeavesAlwaysClosesACoupleAlsoWhenBothLeaveAtOnce() throws Exception {
    try (var two = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> race =
          List.of(
              () -> as(couple.ana()).delete(couple.path("/members/me")).statusCode(),
              () -> as(couple.ben()).delete(couple.path("/members/me")).statusCode());
      for (Future<Integer> answer : two.invokeAll(race)) {
        assertThat(answer.get()).isEqualTo(204);
      }
    }
  }

  @Test
  void anInvitationIsWithdrawnByItsMakerOnlyAndEndsWhenTheMakerLeaves() {
    var invitation = couple.invitation(couple.ana());
    as(couple.ben())
        .delete(couple.path("/invitations/" + invitation.getString("id")))
        .then()
        .statusCode(403);

    couple.leave(couple.ana());

    as(couple.ben()).get(couple.path("/invitations")).then().body("data", is(empty()));
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
          ids.add(answer.get().path("id"));
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
