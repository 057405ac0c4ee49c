package org.stillpoint.relationship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
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
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** Who is let in, by whose yes. */
@StillpointTest
class InvitationTest {
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
}
