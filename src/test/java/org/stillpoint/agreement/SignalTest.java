package org.stillpoint.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import io.restassured.http.ContentType;
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
import org.stillpoint.testkit.Inbox;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** What the members agreed to say, show or do, and what a phone shows for it. */
@StillpointTest
class SignalTest {
  private static final Map<String, String> LIGHTHOUSE =
      Map.of("kind", "red", "form", "word", "sign", "Lighthouse", "discreetText", "kettle");

  private Couple couple;
  private Person ana;
  private Person ben;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
  }

  private JsonPath lighthouse() {
    return Agreements.json(Agreements.signal(couple, ana, LIGHTHOUSE), 201);
  }

  private Response change(Person person, JsonPath signal, Map<String, String> to) {
    return Agreements.put(couple, person, path(signal), to);
  }

  private static String path(JsonPath signal) {
    return "/signals/" + signal.getString("id");
  }

  private Response drop(Person person, JsonPath signal) {
    return as(person)
        .header("If-Match", Agreements.seen(couple, person, path(signal)))
        .delete(couple.path(path(signal)));
  }

  private void agree(Person person, JsonPath signal, String term) {
    Agreements.assent(
            couple, person, signal.getString(term + ".id"), signal.getString(term + ".hash"))
        .then()
        .statusCode(200);
  }

  @Test
  @Tag("S13")
  void whoeverAddsASignalDoesSoAlone() {
    JsonPath signal = lighthouse();

    assertThat(signal.getString("term.state")).isEqualTo("active");
    assertThat(Agreements.inForce(couple, ben, "").getString("signals[0].content.text"))
        .isEqualTo("Lighthouse");
    as(ben)
        .get(couple.path("/signals"))
        .then()
        .statusCode(200)
        .body("signals", hasSize(3))
        .body("agreed[0].term.content.signal.kind", is("red"));
  }

  @Test
  @Tag("S13")
  void aSignalForbidsNothingElse() {
    Agreements.agreed(couple, Agreements.permits(couple, "communication", "calls"));
    SandboxClock.advance(Duration.ofHours(25));
    lighthouse();

    assertThat(Agreements.level(couple, ben, "communication", "calls")).isEqualTo("askEachTime");
    assertThat(Agreements.inForce(couple, ben, "").getList("prohibitions")).isEmpty();
  }

  @Test
  @Tag("S13")
  void toWeakenOneOrToLetItGoTakesAll() {
    JsonPath signal = lighthouse();
    Map<String, String> weaker = Agreements.changed(LIGHTHOUSE, "kind", "yellow");

    JsonPath asked = Agreements.json(change(ana, signal, weaker), 200);
    assertThat(asked.getString("term.content.signal.kind")).isEqualTo("red");
    assertThat(asked.getString("proposal.state")).isEqualTo("proposed");
    JsonPath toGo = Agreements.json(drop(ana, signal), 200);
    assertThat(toGo.getBoolean("proposal.removal")).isTrue();
    agree(ben, toGo, "proposal");

    SandboxClock.advance(Duration.ofHours(23));
    as(ben).get(couple.path("/signals")).then().body("agreed", hasSize(1));
    SandboxClock.advance(Duration.ofHours(2));
    as(ben).get(couple.path("/signals")).then().body("agreed", hasSize(0));
  }

  @Test
  @Tag("S13")
  void strongerActsAtOnce() {
    JsonPath signal =
        Agreements.json(
            Agreements.signal(couple, ana, Agreements.changed(LIGHTHOUSE, "kind", "yellow")), 201);

    change(ben, signal, LIGHTHOUSE)
        .then()
        .statusCode(200)
        .body("term.content.signal.kind", is("red"))
        .body("proposal", nullValue());
  }

  @Test
  @Tag("S14")
  void otherWordsAreNoStrongerSignal() {
    JsonPath signal = lighthouse();
    for (Map<String, String> other :
        List.of(
            Agreements.changed(LIGHTHOUSE, "sign", "Harbour"),
            Agreements.changed(LIGHTHOUSE, "form", "cue"),
            Agreements.changed(LIGHTHOUSE, "discreetText", "keys"))) {
      change(ben, signal, other)
          .then()
          .statusCode(200)
          .body("term.content.text", is("Lighthouse"))
          .body("proposal.state", is("proposed"));
    }
  }

  @Test
  @Tag("S30")
  void aPhoneShowsTheDiscreetTextOnceAllHaveSaidYesToIt() {
    JsonPath signal = lighthouse();
    couple.lift(ana, Couple.id(couple.tap(ana, "red").path("id")));
    assertThat(Inbox.texts(ben, 2)).doesNotContain("The kettle is on.");

    agree(ben, signal, "term");
    couple.tap(ana, "red");

    assertThat(Inbox.texts(ben, 3)).contains("The kettle is on.");
    as(ben).get(couple.path("/signals")).then().body("agreed[0].term.assents", hasSize(2));
  }

  @Test
  @Tag("S30")
  void eachPhoneShowsItInItsOwnersLanguageAndForThatKindOnly() {
    as(ben).contentType(ContentType.JSON).body(Map.of("locale", "es")).patch("/v1/me");
    agree(ben, lighthouse(), "term");

    couple.lift(ana, Couple.id(couple.tap(ana, "yellow").path("id")));
    couple.tap(ana, "red");

    assertThat(Inbox.texts(ben, 3))
        .contains("Un poco más despacio, por favor.", "El agua para el té está lista.");
  }

  @Test
  @Tag("S30")
  void nobodyWritesWhatAPhoneShows() {
    wrongly(ana)
        .contentType(ContentType.JSON)
        .body(Agreements.changed(LIGHTHOUSE, "discreetText", "Call me now"))
        .post(couple.path("/signals"))
        .then()
        .statusCode(400)
        .body("code", is("validation-failed"));
  }

  @Test
  @Tag("S5")
  void aTextThatCantBeReadKeepsNoPhoneFromRinging() throws Exception {
    agree(ben, lighthouse(), "term");
    Tables.change(
        "update term set content = '\\x00' where relationship_id = ?", couple.relationship());

    couple.tap(ana, "red");

    assertThat(Inbox.texts(ben, 1)).contains("Please stop here. I will write when I can.");
  }

  @Test
  @Tag("S4")
  void signalsAddWaysToStopAndTakeNoneAway() {
    agree(ben, lighthouse(), "term");

    couple.tap(ben, "yellow").then().statusCode(200);
    couple.tap(ben, "pause").then().statusCode(200);
  }

  @Test
  @Tag("S9")
  void whileSomebodyHasPausedNobodyAsksForASignalToGo() {
    JsonPath signal = lighthouse();
    couple.tap(ben);

    drop(ana, signal).then().statusCode(409).body("code", is("relationship-paused"));
    Agreements.signal(couple, ana, Agreements.changed(LIGHTHOUSE, "sign", "Harbour"))
        .then()
        .statusCode(201);
  }

  @Test
  void nobodyRemembersMoreThanTwenty() {
    for (int i = 0; i < 20; i++) {
      Agreements.signal(couple, ana, Agreements.changed(LIGHTHOUSE, "sign", "Sign " + i))
          .then()
          .statusCode(201);
    }
    Agreements.signal(couple, ben, LIGHTHOUSE)
        .then()
        .statusCode(409)
        .body("code", is("too-many-signals"));
  }

  @Test
  @Tag("S33")
  void whatOnlyOneMemberSaidYesToGoesWithThatMember() throws Exception {
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    lighthouse();

    couple.leave(ana);

    as(cleo).get(couple.path("/signals")).then().body("agreed", hasSize(0));
    assertThat(
            Tables.read(
                "select count(*)::text from term where relationship_id = '"
                    + couple.relationship()
                    + "'"))
        .isEqualTo("0");
  }

  @Test
  @Tag("S4")
  void aWordThatMeansStopIsNotMadeWeakerByAddingItOnceMore() {
    lighthouse();
    for (String known : List.of("Red", " rot ", "ROJO", "lighthouse")) {
      Agreements.signal(couple, ben, Map.of("kind", "yellow", "form", "word", "sign", known))
          .then()
          .statusCode(409)
          .body("code", is("signal-known"));
    }
    Agreements.signal(couple, ben, Map.of("kind", "red", "form", "word", "sign", "Yellow"))
        .then()
        .statusCode(201);
  }

  @Test
  @Tag("S21")
  void aYesToWhatPhonesShowIsTakenBackAlone() {
    JsonPath signal = lighthouse();
    agree(ben, signal, "term");
    String term = signal.getString("term.id");

    Agreements.delete(couple, ben, term, "/assents/me")
        .then()
        .statusCode(200)
        .body("state", is("active"))
        .body("assents", hasSize(1));
    couple.tap(ana, "red");

    assertThat(Inbox.texts(ben, 1)).contains("Please stop here. I will write when I can.");
  }
}
