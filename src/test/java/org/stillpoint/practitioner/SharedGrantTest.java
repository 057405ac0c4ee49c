package org.stillpoint.practitioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.EventStreamClient;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.Practices;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** What partners let a practitioner read together: while each of them wants it, and no longer. */
@StillpointTest
class SharedGrantTest {
  private Couple couple;
  private Person ana;
  private Person ben;
  private Person dora;

  @BeforeEach
  void aCoupleAndAPractitioner() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    dora = Practices.practitioner();
  }

  @Test
  @Tag("S27")
  void itReadsOnceAllHaveSaidYes() {
    UUID before = couple.tap(ana);
    couple.lift(ana, before);
    UUID grant = Practices.requested(couple, ana, Practices.code(dora), "pauses");
    assertThat(Practices.state(couple, ben, grant)).isEqualTo("requested");
    Practices.read(dora, grant, "/pauses").then().statusCode(404);
    assertThat(Practices.listed(dora, "relationships")).isEmpty();

    Practices.assent(couple, ben, grant).then().statusCode(200).body("state", is("active"));
    UUID pause = couple.tap(ben);

    assertThat(Practices.listed(dora, "relationships")).containsExactly(grant.toString());
    assertThat(Practices.listed(dora, "people")).isEmpty();
    Practices.read(dora, grant, "/pauses")
        .then()
        .statusCode(200)
        .body("data.id", is(List.of(pause.toString())))
        .body("data[0].kind", is("pause"))
        .body("data[0].state", is("active"))
        .body("data[0].provenance.memberId", is(ben.id().toString()))
        .body("data[0].provenance.grantId", is(grant.toString()))
        .body("data[0]", aMapWithSize(5));
    Practices.read(dora, grant, "")
        .then()
        .statusCode(200)
        .body("members.memberId", is(List.of(ana.id().toString(), ben.id().toString())));
  }

  /** What they are called, and no more. */
  @Test
  void thePractitionerLearnsTheNamesOfTheMembers() {
    as(ana)
        .contentType(ContentType.JSON)
        .body(Map.of("displayName", "Ana", "pronouns", "she/her"))
        .patch("/v1/me")
        .then()
        .statusCode(200);
    UUID grant = Practices.granted(couple, dora, "pauses");

    Practices.read(dora, grant, "")
        .then()
        .body("members[0].displayName", is("Ana"))
        .body("members[0]", aMapWithSize(2))
        .body("members[1].displayName", nullValue());
  }

  @Test
  void whoThePractitionerIsIsThereToRead() {
    String code = Practices.code(dora);
    Practices.preview(ana, code)
        .then()
        .statusCode(200)
        .body("practitioner.displayName", is("Dora Lind"))
        .body("practitioner.secretsPolicy", is("asksNotToBeTold"))
        .body("practitioner.verification", is("notVerified"))
        .body("clientId", is(Practices.TOOL));
    UUID grant = Practices.requested(couple, ana, code, "pauses");
    JsonPath seen = Practices.get(couple, ben, grant);

    assertThat(seen.getString("practitioner.secretsPolicyText"))
        .isEqualTo("I keep nothing from your partner.");
    assertThat(seen.getString("requestedBy")).isEqualTo(ana.id().toString());
    assertThat(seen.getBoolean("assentedByMe")).isFalse();
    assertThat(Practices.get(couple, ana, grant).getBoolean("assentedByMe")).isTrue();
  }

  @Test
  void aYesIsToWhoWasReadAndByALoginOfAMomentAgo() {
    String code = Practices.code(dora);
    Map<String, Object> asked = Map.of("code", code, "scopes", List.of("pauses"));
    wrongly(ana)
        .contentType(ContentType.JSON)
        .body(asked)
        .post(couple.path("/grants"))
        .then()
        .statusCode(428);
    String read = Practices.edition(ana, code);
    Practices.register(dora, Practices.profile("Dora Lind", "I tell everybody everything."));
    as(ana)
        .contentType(ContentType.JSON)
        .header("If-Match", read)
        .body(asked)
        .post(couple.path("/grants"))
        .then()
        .statusCode(412);
    Person tired = ana.with(Map.of("loggedInSecondsAgo", 600));
    Practices.request(couple, tired, code, 90, "pauses")
        .then()
        .statusCode(401)
        .body("code", is("fresh-login-required"));
    UUID grant = Practices.requested(couple, ana, code, "pauses");
    as(ben)
        .header("If-Match", read)
        .put(Practices.path(couple, grant) + "/assents/me")
        .then()
        .statusCode(412);
    Practices.assent(couple, ben, grant).then().statusCode(200);
  }

  @Test
  @Tag("S27")
  void whatThePractitionerSaysAnewIsAskedAnew() {
    UUID grant = Practices.granted(couple, dora, "pauses");
    Practices.register(dora, Practices.profile("Dora Lind", "I tell everybody everything."));

    assertThat(Practices.state(couple, ana, grant)).isEqualTo("suspended");
    Practices.read(dora, grant, "/pauses").then().statusCode(404);
    assertThat(Practices.listed(dora, "relationships")).isEmpty();
    Practices.assent(couple, ana, grant).then().statusCode(200).body("state", is("suspended"));
    Practices.read(dora, grant, "/pauses").then().statusCode(404);
    Practices.assent(couple, ben, grant).then().statusCode(200).body("state", is("active"));
    Practices.read(dora, grant, "/pauses").then().statusCode(200);
  }

  /** To speak one more language is no other practitioner. */
  @Test
  void otherLanguagesChangeNothing() {
    UUID grant = Practices.granted(couple, dora, "pauses");
    Map<String, Object> profile =
        new HashMap<>(Practices.profile("Dora Lind", "I keep nothing from your partner."));
    profile.put("languages", List.of("es"));
    Practices.register(dora, profile).then().statusCode(200);

    Practices.read(dora, grant, "/pauses").then().statusCode(200);
  }

  @Test
  @Tag("S27")
  void aNewMemberSuspendsItAndHasAPastOfTheirOwn() {
    UUID grant = Practices.granted(couple, dora, "pauses");
    UUID old = couple.tap(ana);
    couple.lift(ana, old).then().statusCode(200);
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);

    assertThat(Practices.state(couple, ana, grant)).isEqualTo("suspended");
    Practices.read(dora, grant, "/pauses").then().statusCode(404);
    UUID hers = couple.tap(cleo);
    couple.lift(cleo, hers).then().statusCode(200);
    Practices.assent(couple, cleo, grant).then().statusCode(200).body("state", is("active"));
    UUID later = couple.tap(cleo);

    assertThat(Practices.pauses(dora, grant)).containsExactly(later.toString(), old.toString());
  }

  @Test
  @Tag("S27")
  @Tag("S10")
  void anyOfThemEndsItInEveryStateForAll() {
    UUID grant = Practices.granted(couple, dora, "pauses");
    couple.tap(ana);

    Practices.end(couple, ben, grant).then().statusCode(204);

    Practices.read(dora, grant, "/pauses").then().statusCode(404);
    assertThat(Practices.listed(dora, "relationships")).isEmpty();
    JsonPath seen = Practices.get(couple, ana, grant);
    assertThat(seen.getString("state")).isEqualTo("ended");
    assertThat(seen.getMap("")).doesNotContainKeys("endedBy", "expiresAt", "renewableFrom");
    Practices.end(couple, ana, grant).then().statusCode(204);
    Practices.assent(couple, ana, grant).then().statusCode(404);
  }

  @Test
  @Tag("S27")
  @Tag("S32")
  void leavingEndsIt() {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    UUID grant = Practices.granted(couple, dora, "pauses");
    Practices.assent(couple, cleo, grant).then().statusCode(200).body("state", is("active"));

    couple.leave(cleo);

    Practices.read(dora, grant, "/pauses").then().statusCode(404);
    assertThat(Practices.state(couple, ana, grant)).isEqualTo("ended");
  }

  @Test
  void aNewGrantTakesThePlaceOfTheOneBefore() {
    UUID first = Practices.granted(couple, dora, "pauses");
    UUID second = Practices.requested(couple, ana, Practices.code(dora), "pauses", "snapshots");
    try (EventStreamClient told = EventStreamClient.open(ben)) {
      Practices.assent(couple, ben, second).then().statusCode(200);
      assertThat(List.of(told.next().data(), told.next().data()))
          .extracting(event -> event.getString("resource.id"))
          .containsExactly(first.toString(), second.toString());
    }

    Practices.read(dora, first, "/pauses").then().statusCode(404);
    Practices.read(dora, second, "/pauses").then().statusCode(200);
    assertThat(Practices.state(couple, ben, first)).isEqualTo("ended");
  }

  /** Whoever asks for less has taken back that they asked for more. */
  @Test
  @Tag("S16")
  void anOlderQuestionForMoreIsNoWayBackToIt() {
    String code = Practices.code(dora);
    UUID more = Practices.requested(couple, ana, code, "pauses", "snapshots");
    UUID bens = Practices.requested(couple, ben, code, "pauses", "snapshots");
    UUID less = Practices.requested(couple, ana, code, "pauses");
    as(ben).get(Practices.path(couple, more)).then().statusCode(404);
    as(ana).get(Practices.path(couple, bens)).then().statusCode(200);

    Practices.assent(couple, ben, less).then().statusCode(200).body("state", is("active"));

    for (UUID older : List.of(more, bens)) {
      Practices.assent(couple, ana, older).then().statusCode(404);
      Practices.assent(couple, ben, older).then().statusCode(404);
    }
    as(ana).get(couple.path("/grants")).then().body("data.id", is(List.of(less.toString())));
  }

  @Test
  @Tag("S27")
  void itEndsAfterItsDaysUnlessAllRenewIt() {
    UUID grant = Practices.granted(couple, dora, "pauses");
    Practices.assent(couple, ana, grant).then().statusCode(200).body("renewedByMe", is(false));
    SandboxClock.advance(Duration.ofDays(80));
    Practices.assent(couple, ana, grant).then().statusCode(200).body("renewedByMe", is(true));
    Practices.read(dora, grant, "/pauses").then().statusCode(200);
    Practices.assent(couple, ben, grant).then().statusCode(200).body("renewedByMe", is(false));
    SandboxClock.advance(Duration.ofDays(80));
    Practices.read(dora, grant, "/pauses").then().statusCode(200);
    Practices.assent(couple, ana, grant).then().statusCode(200);

    SandboxClock.advance(Duration.ofDays(11));

    Practices.read(dora, grant, "/pauses").then().statusCode(404);
    assertThat(Practices.state(couple, ben, grant)).isEqualTo("ended");
    Practices.assent(couple, ben, grant).then().statusCode(404);
  }

  /** A question is one too many for whoever has paused; a yes is for nobody while anybody has. */
  @Test
  @Tag("S9")
  void askingAndSayingYesWaitForThePause() {
    String code = Practices.code(dora);
    UUID grant = Practices.requested(couple, ana, code, "pauses");
    UUID pause = couple.tap(ben);

    Practices.request(couple, ana, code, 90, "pauses")
        .then()
        .statusCode(409)
        .body("code", is("relationship-paused"));
    for (Person person : List.of(ana, ben)) {
      Practices.assent(couple, person, grant)
          .then()
          .statusCode(409)
          .body("code", is("grant-waits-for-pause"));
    }
    couple.lift(ben, pause).then().statusCode(200);
    Practices.assent(couple, ben, grant).then().statusCode(200).body("state", is("active"));
  }

  @Test
  void nobodyIsAskedOverAndOver() {
    String code = Practices.code(dora);
    for (int i = 0; i < 3; i++) {
      UUID grant = Practices.requested(couple, ana, code, "pauses");
      Practices.end(couple, ana, grant).then().statusCode(204);
    }

    Practices.request(couple, ana, code, 90, "pauses")
        .then()
        .statusCode(409)
        .body("code", is("too-many-requests-for-grants"));
    Practices.request(couple, ben, code, 90, "pauses").then().statusCode(201);
  }

  @Test
  void aPartnerIsNoPractitionerOfTheirs() {
    String own = Practices.code(registered(ben));

    Practices.request(couple, ana, own, 90, "pauses")
        .then()
        .statusCode(409)
        .body("code", is("practitioner-takes-part"));
    Practices.giveOwn(ana, own, 90, "pauses")
        .then()
        .statusCode(409)
        .body("code", is("practitioner-takes-part"));
  }

  private static Person registered(Person person) {
    Practices.register(person, Practices.profile("Ben", "Nothing.")).then().statusCode(200);
    return person;
  }

  @Test
  @Tag("S27")
  @Tag("S28")
  void whoJoinsReadsNothingMoreAsAPractitioner() {
    UUID shared = Practices.granted(couple, dora, "pauses");
    UUID own = Practices.own(ana, dora, "pauses");

    couple.welcome(dora);
    Practices.assent(couple, dora, shared).then().statusCode(200).body("state", is("suspended"));

    Practices.read(dora, shared, "/pauses").then().statusCode(404);
    Practices.read(dora, own, "/pauses").then().statusCode(404);
    assertThat(Practices.listed(dora, "relationships")).isEmpty();
    assertThat(Practices.listed(dora, "people")).isEmpty();
    as(ana).get(Practices.own(own)).then().body("state", is("suspended"));
  }

  /** Stolen with a code, a login of another app reads nothing. */
  @Test
  void onlyTheToolThatMadeTheCodeReads() {
    UUID grant = Practices.granted(couple, dora, "pauses");
    Person elsewhere = dora.through("another-app");

    Practices.read(elsewhere, grant, "/pauses").then().statusCode(404);
    as(elsewhere).get("/v1/practice/relationships").then().statusCode(200).body("data", empty());
    as(elsewhere).delete("/v1/practice/grants/" + grant).then().statusCode(404);
  }

  @Test
  void aCodeLeadsThereUntilTheNextOrForAWeek() {
    String first = Practices.code(dora);
    String second = Practices.code(dora);

    Practices.preview(ana, first)
        .then()
        .statusCode(404)
        .body("code", is("practitioner-code-invalid"));
    Practices.preview(ana, second).then().statusCode(200);
    Practices.preview(ben, second).then().statusCode(200);
    SandboxClock.advance(Duration.ofDays(7));
    Practices.preview(ana, second).then().statusCode(404);
  }

  @Test
  void thePractitionerEndsItToo() {
    UUID grant = Practices.granted(couple, dora, "pauses");

    as(dora).delete("/v1/practice/grants/" + grant).then().statusCode(204);

    Practices.read(dora, grant, "/pauses").then().statusCode(404);
    as(dora).delete("/v1/practice/grants/" + grant).then().statusCode(404);
    assertThat(Practices.state(couple, ana, grant)).isEqualTo("ended");
  }

  @Test
  void theEndOfThePracticeIsTheEndOfAllItsGrants() {
    UUID grant = Practices.granted(couple, dora, "pauses");
    UUID own = Practices.own(ana, dora, "pauses");

    as(dora).delete("/v1/practitioners/me").then().statusCode(204);

    as(dora).get("/v1/practitioners/me").then().statusCode(404);
    as(ana).get(Practices.path(couple, grant)).then().statusCode(404);
    as(ana).get(Practices.own(own)).then().statusCode(404);
    Practices.register(dora, Practices.profile("Dora Lind", "I keep nothing from your partner."));
    Practices.read(dora, grant, "/pauses").then().statusCode(404);
    Practices.read(dora, own, "/pauses").then().statusCode(404);
  }
}
