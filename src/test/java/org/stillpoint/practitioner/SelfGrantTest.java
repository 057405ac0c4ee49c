package org.stillpoint.practitioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.Practices;
import org.stillpoint.testkit.Reflections;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.StoredWords;

/** What one member lets a practitioner read: their own things, in every state. */
@StillpointTest
class SelfGrantTest {
  private static final String TEXT = "I was calm until the door fell shut.";

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
  @Tag("S28")
  void itIsOfTheMembersOwnThingsAlone() {
    UUID before = couple.tap(ana);
    couple.lift(ana, before).then().statusCode(200);
    UUID grant = Practices.own(ana, dora, "pauses", "snapshots");
    couple.tap(ben);
    UUID hers = couple.tap(ana);
    Couple elsewhere = new Couple(ana, ben, Couple.begin(ana));
    UUID there = elsewhere.tap(ana);

    assertThat(Practices.listed(dora, "people")).containsExactly(grant.toString());
    assertThat(Practices.listed(dora, "relationships")).isEmpty();
    assertThat(Practices.pauses(dora, grant)).containsExactly(there.toString(), hers.toString());
    Practices.read(dora, grant, "")
        .then()
        .statusCode(200)
        .body("members.memberId", is(List.of(ana.id().toString())));
    Practices.read(dora, grant, "/members/" + ben.id() + "/snapshots").then().statusCode(404);
  }

  /** Help is never refused: not by a pause, one's own or another's. */
  @Test
  @Tag("S10")
  void itIsMadeAndEndedInEveryState() {
    couple.tap(ana, "red").then().statusCode(200);
    couple.tap(ben, "red").then().statusCode(200);
    UUID grant = Practices.own(ana, dora, "pauses", "snapshots");
    String reflection = Reflections.kept(ana, TEXT);
    String copy = Practices.given(ana, reflection, grant);
    assertThat(Practices.copies(dora, grant, ana)).containsExactly(copy);
    as(ana).delete(Practices.own(grant)).then().statusCode(204);

    Practices.read(dora, grant, "/pauses").then().statusCode(404);
    couple.leave(ben);
    Practices.own(ana, dora, "pauses");
  }

  @Test
  void aScopeThatWasNotGivenIsNotThere() {
    UUID grant = Practices.own(ana, dora, "snapshots");

    Practices.read(dora, grant, "/pauses").then().statusCode(404);
    Practices.read(dora, grant, "/members/" + ana.id() + "/snapshots").then().statusCode(200);
    UUID other = Practices.own(ana, dora, "pauses");
    Practices.giveCopy(ana, Reflections.kept(ana, TEXT), other)
        .then()
        .statusCode(409)
        .body("code", is("grant-not-active"));
    Practices.read(dora, other, "/members/" + ana.id() + "/snapshots").then().statusCode(404);
  }

  @Test
  void itLastsItsDaysAndIsRenewedByItsMember() {
    UUID grant =
        Couple.id(
            Practices.giveOwn(ana, Practices.code(dora), 7, "pauses").then().extract().path("id"));
    SandboxClock.advance(Duration.ofDays(6));
    renew(grant);
    SandboxClock.advance(Duration.ofDays(6));
    Practices.read(dora, grant, "/pauses").then().statusCode(200);
    SandboxClock.advance(Duration.ofDays(1).plusMinutes(1));

    Practices.read(dora, grant, "/pauses").then().statusCode(404);
    as(ana).get(Practices.own(grant)).then().statusCode(200).body("state", is("ended"));
    as(ana)
        .header("If-Match", "*")
        .put(Practices.own(grant) + "/assents/me")
        .then()
        .statusCode(404);
  }

  private void renew(UUID grant) {
    String etag = as(ana).get(Practices.own(grant)).then().extract().header("ETag");
    as(ana)
        .header("If-Match", etag)
        .put(Practices.own(grant) + "/assents/me")
        .then()
        .statusCode(200)
        .body("state", is("active"));
  }

  @Test
  void whatThePractitionerSaysAnewIsAgreedToAnew() {
    UUID grant = Practices.own(ana, dora, "pauses");
    Practices.register(dora, Practices.profile("Dora Lind", "I tell everybody everything."));

    Practices.read(dora, grant, "/pauses").then().statusCode(404);
    as(ana)
        .get(Practices.own(grant))
        .then()
        .body("state", is("suspended"))
        .body("practitioner.secretsPolicyText", is("I tell everybody everything."));
    renew(grant);
    Practices.read(dora, grant, "/pauses").then().statusCode(200);
  }

  @Test
  @Tag("S23")
  void aCopyIsOfTheMomentAndGoneWhenItIsRecalled() throws Exception {
    UUID grant = Practices.own(ana, dora, "snapshots");
    String reflection = Reflections.kept(ana, TEXT);
    String first = Practices.given(ana, reflection, grant);
    Reflections.change(ana, reflection, "*", Map.of("text", "Written anew")).then().statusCode(200);
    Practices.read(dora, grant, "/members/" + ana.id() + "/snapshots")
        .then()
        .statusCode(200)
        .body("data[0].text", is(TEXT))
        .body("data[0].promptId", nullValue())
        .body("data[0].provenance.memberId", is(ana.id().toString()))
        .body("data[0]", aMapWithSize(3));
    String second = Practices.given(ana, reflection, grant);
    String third = Practices.given(ana, reflection, grant);
    String copies = Reflections.path(reflection) + "/practice-snapshots";
    as(ana).get(copies).then().body("data.id", is(List.of(third, second, first)));

    as(ben).delete(copies + "/" + first).then().statusCode(404);
    as(ana).delete(copies + "/" + first).then().statusCode(204);
    assertThat(StoredWords.columnsWith(first)).isEmpty();
    assertThat(Practices.copies(dora, grant, ana)).containsExactly(third, second);
    as(ana).delete(Reflections.path(reflection) + "/snapshots").then().statusCode(204);
    assertThat(StoredWords.columnsWith(second)).isEmpty();

    String other = Reflections.kept(ana, TEXT);
    String fourth = Practices.given(ana, other, grant);
    as(ana).delete(Reflections.path(other)).then().statusCode(204);
    assertThat(StoredWords.columnsWith(fourth)).isEmpty();

    String fifth = Practices.given(ana, reflection, grant);
    as(ana).delete(Practices.own(grant)).then().statusCode(204);
    assertThat(StoredWords.columnsWith(fifth)).isEmpty();
    as(ana).get(copies).then().body("data", is(List.of()));
  }

  /** The author may tell which question it answers. */
  @Test
  void aCopyTellsItsPromptIfItsAuthorWantsIt() {
    UUID grant = Practices.own(ana, dora, "snapshots");
    as(ana)
        .contentType(ContentType.JSON)
        .body(Map.of("grantId", grant, "withPrompt", true))
        .post(Reflections.path(Reflections.kept(ana, TEXT)) + "/practice-snapshots")
        .then()
        .statusCode(201);

    Practices.read(dora, grant, "/members/" + ana.id() + "/snapshots")
        .then()
        .body("data[0].promptId", is(Reflections.PROMPT));
  }

  @Test
  @Tag("S23")
  void theEndOfASharedGrantTakesItsCopiesAlong() throws Exception {
    for (Person ending : List.of(ana, ben, dora)) {
      UUID grant = Practices.granted(couple, dora, "snapshots");
      String copy = Practices.given(ana, Reflections.kept(ana, TEXT), grant);
      if (ending.equals(dora)) {
        as(dora).delete("/v1/practice/grants/" + grant).then().statusCode(204);
      } else {
        Practices.end(couple, ending, grant).then().statusCode(204);
      }
      assertThat(StoredWords.columnsWith(copy)).isEmpty();
    }
  }

  @Test
  @Tag("S34")
  void nobodyGivesACopyUnderAGrantOfOthers() {
    UUID bens = Practices.own(ben, dora, "snapshots");
    Couple others = Couple.create();
    UUID theirs = Practices.granted(others, dora, "snapshots");
    String reflection = Reflections.kept(ana, TEXT);

    for (UUID foreign : List.of(bens, theirs, UUID.randomUUID())) {
      Practices.giveCopy(ana, reflection, foreign).then().statusCode(404);
    }
  }

  @Test
  void synchronisingReadsWhatIsNewAndALittleMore() {
    UUID grant = Practices.own(ana, dora, "pauses", "snapshots");
    UUID old = couple.tap(ana);
    couple.lift(ana, old).then().statusCode(200);
    String copy = Practices.given(ana, Reflections.kept(ana, TEXT), grant);
    SandboxClock.advance(Duration.ofMinutes(5));
    String since = SandboxClock.now().toString();
    UUID later = couple.tap(ana);

    Practices.read(dora, grant, "/pauses?since=" + since)
        .then()
        .statusCode(200)
        .body("data.id", is(List.of(later.toString())));
    String copies = "/members/" + ana.id() + "/snapshots?since=";
    Practices.read(dora, grant, copies + since).then().body("data.id", is(List.of()));
    Practices.read(dora, grant, copies + "2026-01-01T00:00:00Z")
        .then()
        .body("data.id", is(List.of(copy)));
    couple.lift(ana, later).then().statusCode(200);
    Practices.read(dora, grant, "/pauses?limit=1")
        .then()
        .body("data.id", is(List.of(later.toString())))
        .body("hasMore", is(true));
  }

  @Test
  @Tag("S36")
  void onlyAnAdultRegistersOrGrants() {
    Person minor = Person.stranger("kim");
    Practices.register(minor, Practices.profile("Kim", "None."))
        .then()
        .statusCode(403)
        .body("code", is("adult-attestation-required"));
    Practices.giveOwn(minor, Practices.code(dora), 90, "pauses")
        .then()
        .statusCode(403)
        .body("code", is("adult-attestation-required"));
  }
}
