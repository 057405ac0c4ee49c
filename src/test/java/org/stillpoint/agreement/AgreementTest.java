package org.stillpoint.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.stillpoint.testkit.Agreements.clause;
import static org.stillpoint.testkit.Agreements.forbids;
import static org.stillpoint.testkit.Agreements.json;
import static org.stillpoint.testkit.Agreements.permits;
import static org.stillpoint.testkit.Agreements.state;
import static org.stillpoint.testkit.Agreements.with;
import static org.stillpoint.testkit.Api.as;

import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.api.language.Language;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** What we agree is written, explicit, and each one's own yes. */
@StillpointTest
class AgreementTest {
  private static final Duration DAY = Duration.ofHours(24);
  private static final Duration WEEK = Duration.ofDays(7);

  private Couple couple;
  private Person ana;
  private Person ben;

  @BeforeEach
  void aCouple() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
  }

  private String bensView() {
    return as(ben).get(couple.path("/agreements")).asString()
        + as(ben).get(couple.path("/agreement-drafts")).asString()
        + as(ben).get(couple.path("/in-force")).asString().replaceAll("\"at\":\"[^\"]*\"", "")
        + as(ben).get("/v1/events").asString();
  }

  @Test
  @Tag("S34")
  void nobodySeesMyDraftOrThatThereIsOne() {
    String before = bensView();

    String draft =
        json(Agreements.draft(couple, ana, List.of(permits(couple, "touch", "hands"))), 201)
            .getString("id");

    assertThat(bensView()).isEqualTo(before);
    as(ben).get(couple.path("/agreement-drafts/" + draft)).then().statusCode(404);
    Agreements.propose(couple, ben, draft).then().statusCode(404);
    as(ana)
        .get(couple.path("/agreement-drafts/" + draft))
        .then()
        .statusCode(200)
        .body("terms[0].content.activities", is(List.of("hands")))
        .body("basedOnVersion", is(0));
  }

  @Test
  @Tag("S13")
  @Tag("S16")
  void whatLoosensActsWhenAllHaveSaidYesAndADayHasPassed() {
    JsonPath version = Agreements.proposed(couple, ana, permits(couple, "touch", "hands"));
    String term = version.getString("terms[0].id");
    assertThat(version.getString("terms[0].state")).isEqualTo("proposed");
    assertThat(version.getString("terms[0].myAnswer")).isEqualTo("assent");
    assertThat(Agreements.level(couple, ana, "touch", "hands")).isEqualTo("notPermitted");

    Agreements.assent(couple, ben, version, 0)
        .then()
        .statusCode(200)
        .body("state", is("coolingOff"));
    assertThat(Agreements.level(couple, ben, "touch", "hands")).isEqualTo("notPermitted");

    SandboxClock.advance(DAY.minusMinutes(1));
    assertThat(state(couple, ana, term)).isEqualTo("coolingOff");
    SandboxClock.advance(Duration.ofMinutes(2));
    JsonPath active = Agreements.term(couple, ana, term);
    assertThat(active.getString("state")).isEqualTo("active");
    assertThat(active.getList("assents.memberId", String.class))
        .containsExactlyInAnyOrder(ana.id().toString(), ben.id().toString());
    assertThat(Agreements.level(couple, ben, "touch", "hands")).isEqualTo("askEachTime");
    assertThat(Agreements.level(couple, ben, "touch", "feet")).isEqualTo("notPermitted");
  }

  @Test
  @Tag("S15")
  void anAssentBindsExactlyTheTextThatWasShown() {
    JsonPath version = Agreements.proposed(couple, ana, permits(couple, "touch", "hands"));
    String term = version.getString("terms[0].id");

    Agreements.assent(couple, ben, term, "0".repeat(64))
        .then()
        .statusCode(409)
        .body("code", is("term-text-changed"));
    assertThat(Agreements.term(couple, ben, term).getString("myAnswer")).isNull();
  }

  @Test
  @Tag("S15")
  void anEditIsANewVersionAndVoidsTheYesToTheOldText() {
    JsonPath first =
        Agreements.proposed(
            couple, ana, permits(couple, "touch", "hands"), permits(couple, "time"));
    Agreements.assent(couple, ben, first, 1).then().statusCode(200);

    JsonPath second =
        json(
            Agreements.proposeNext(
                couple, ana, first, Map.of(0, permits(couple, "touch", "hands", "hair"))),
            201);

    assertThat(second.getInt("number")).isEqualTo(2);
    String old = first.getString("terms[0].id");
    assertThat(second.getString("terms[0].id")).isNotEqualTo(old);
    assertThat(second.getString("terms[1].id")).isEqualTo(first.getString("terms[1].id"));
    assertThat(state(couple, ben, old)).isEqualTo("replaced");
    Agreements.assent(couple, ben, first, 0)
        .then()
        .statusCode(409)
        .body("code", is("term-not-open"));
    String path = couple.path("/agreements/" + second.getString("agreementId") + "/versions/");
    as(ben)
        .get(path + "1")
        .then()
        .statusCode(200)
        .body("terms[0].content.activities", is(List.of("hands")));
    as(ben)
        .get(path + "2/differences?from=1")
        .then()
        .statusCode(200)
        .body("terms.change", is(List.of("changed", "unchanged")))
        .body("terms.effect", is(List.of("loosens", "none")));
  }

  @Test
  @Tag("S17")
  void aDeclineATimeOutAndNoAnswerLookTheSameToWhoeverAsked() {
    JsonPath declined = Agreements.proposed(couple, ana, permits(couple, "touch", "hands"));
    Couple silent = Couple.create();
    JsonPath unanswered =
        Agreements.proposed(silent, silent.ana(), permits(silent, "touch", "hands"));
    String term = declined.getString("terms[0].id");
    String before = as(ana).get(couple.path("/terms/" + term)).asString();
    String events = as(ana).get("/v1/events").asString();
    String agreement = couple.path("/agreements/" + declined.getString("agreementId"));
    String history = as(ana).get(agreement + "/history").asString();

    Agreements.put(couple, ben, term, "/declines/me")
        .then()
        .statusCode(200)
        .body("myAnswer", is("decline"));

    assertThat(as(ana).get(couple.path("/terms/" + term)).asString()).isEqualTo(before);
    assertThat(as(ana).get("/v1/events").asString()).isEqualTo(events);
    assertThat(as(ana).get(agreement + "/history").asString()).isEqualTo(history);

    SandboxClock.advance(WEEK);
    Map<String, Object> no = Agreements.term(couple, ana, term).getMap("$");
    Map<String, Object> none =
        Agreements.term(silent, silent.ana(), unanswered.getString("terms[0].id")).getMap("$");
    assertThat(no.get("state")).isEqualTo("notAgreed");
    assertThat(no.keySet()).isEqualTo(none.keySet());
    assertThat(no.get("assents")).isEqualTo(none.get("assents"));
    assertThat(as(ana).get("/v1/events").asString()).isEqualTo(events);
    assertThat(as(ana).get(agreement + "/history").asString()).isEqualTo(history);
  }

  @Test
  @Tag("S13")
  void anyWithdrawalInTheCoolingOffCancels() {
    JsonPath version = Agreements.agreed(couple, permits(couple, "touch", "hands"));
    String term = version.getString("terms[0].id");

    Agreements.delete(couple, ben, term, "/assents/me")
        .then()
        .statusCode(200)
        .body("state", is("notAgreed"))
        .body("assents", empty());

    SandboxClock.advance(DAY.plusMinutes(1));
    assertThat(state(couple, ana, term)).isEqualTo("notAgreed");
    assertThat(Agreements.level(couple, ana, "touch", "hands")).isEqualTo("notPermitted");
  }

  @Test
  @Tag("S18")
  void whatWasNotAgreedIsNotAskedForAgainForThirtyDaysByWhoeverWantedIt() {
    Agreements.proposed(couple, ana, permits(couple, "touch", "hands"));
    SandboxClock.advance(WEEK.plusMinutes(1));
    Map<String, Object> reworded =
        with(permits(couple, "touch", "hands", "hair"), "text", "Only for a moment, please");

    String again = json(Agreements.draft(couple, ana, List.of(reworded)), 201).getString("id");
    Agreements.propose(couple, ana, again)
        .then()
        .statusCode(409)
        .body("code", is("term-proposed-before"));

    // Whoever did not want it may.
    Agreements.proposed(couple, ben, permits(couple, "touch", "hands"));
    SandboxClock.advance(Duration.ofDays(30));
    Agreements.propose(couple, ana, again).then().statusCode(201);
  }

  @Test
  @Tag("S13")
  @Tag("S14")
  void aLineOfMyOwnActsAtOnceAndAloneWhateverItsAuthorCallsIt() {
    Agreements.agreed(couple, permits(couple, "touch"));
    SandboxClock.advance(DAY.plusMinutes(1));
    assertThat(Agreements.level(couple, ana, "touch", "hands")).isEqualTo("askEachTime");

    JsonPath line =
        Agreements.proposed(
            couple,
            ben,
            Agreements.clause("forbids", "touch", List.of(ben), "Not my hands", "hands"));

    assertThat(line.getString("terms[0].state")).isEqualTo("active");
    assertThat(Agreements.level(couple, ana, "touch", "hands")).isEqualTo("notPermitted");
    assertThat(Agreements.level(couple, ana, "touch", "hair")).isEqualTo("askEachTime");
    assertThat(Agreements.inForce(couple, ana, "").getList("permissions[0].exceptActivities"))
        .isEqualTo(List.of("hands"));
  }

  @Test
  @Tag("S13")
  void whatForbidsBothOfUsNeedsBothAndIsNotSwitchedOffByOne() {
    JsonPath version = Agreements.agreed(couple, forbids(couple, "sexting"));
    String term = version.getString("terms[0].id");
    assertThat(state(couple, ana, term)).isEqualTo("coolingOff");
    SandboxClock.advance(DAY.plusMinutes(1));

    Agreements.put(couple, ben, term, "/suspension")
        .then()
        .statusCode(409)
        .body("code", is("term-forbids"));
    JsonPath proposal = json(Agreements.delete(couple, ben, term, ""), 200);
    assertThat(proposal.getBoolean("removal")).isTrue();
    assertThat(proposal.getString("state")).isEqualTo("proposed");
    assertThat(state(couple, ana, term)).isEqualTo("active");

    Agreements.assent(couple, ana, proposal.getString("id"), proposal.getString("hash"))
        .then()
        .statusCode(200);
    SandboxClock.advance(DAY.plusMinutes(1));
    assertThat(state(couple, ana, term)).isEqualTo("replaced");
    assertThat(Agreements.inForce(couple, ana, "").getList("prohibitions")).isEmpty();
  }

  @Test
  @Tag("S13")
  void anyoneSuspendsAtOnceAndItTakesAllAndADayToComeBack() {
    JsonPath version = Agreements.agreed(couple, permits(couple, "touch"));
    String term = version.getString("terms[0].id");
    SandboxClock.advance(DAY.plusMinutes(1));

    Agreements.put(couple, ben, term, "/suspension")
        .then()
        .statusCode(200)
        .body("state", is("suspended"));
    assertThat(Agreements.level(couple, ana, "touch", "hands")).isEqualTo("notPermitted");
    Agreements.put(couple, ana, term, "/resumptions/me")
        .then()
        .statusCode(200)
        .body("myResumptionAt", not(nullValue()));
    assertThat(Agreements.term(couple, ben, term).getString("myResumptionAt")).isNull();
    SandboxClock.advance(DAY.plusMinutes(1));
    assertThat(state(couple, ana, term)).isEqualTo("suspended");

    Agreements.put(couple, ben, term, "/resumptions/me")
        .then()
        .statusCode(200)
        .body("state", is("suspended"))
        .body("resumesAt", not(nullValue()));
    SandboxClock.advance(DAY.plusMinutes(1));
    assertThat(state(couple, ana, term)).isEqualTo("active");

    // A second suspension needs a second yes of each.
    Agreements.put(couple, ben, term, "/suspension").then().statusCode(200);
    assertThat(Agreements.term(couple, ana, term).getString("myResumptionAt")).isNull();
    Agreements.put(couple, ana, term, "/resumptions/me").then().body("resumesAt", nullValue());
  }

  @Test
  @Tag("S16")
  void aYesToComingBackCountsForAWeekAndIsShownAsLong() {
    JsonPath version = Agreements.agreed(couple, permits(couple, "touch"));
    String term = version.getString("terms[0].id");
    SandboxClock.advance(DAY.plusMinutes(1));
    Agreements.put(couple, ben, term, "/suspension").then().statusCode(200);
    Agreements.put(couple, ana, term, "/resumptions/me").then().statusCode(200);
    SandboxClock.advance(WEEK.plusMinutes(1));

    assertThat(Agreements.term(couple, ana, term).getString("myResumptionAt")).isNull();
    Agreements.put(couple, ben, term, "/resumptions/me")
        .then()
        .statusCode(200)
        .body("resumesAt", nullValue());
  }

  @Test
  @Tag("S13")
  void aWiderTextDoesNotComeAfterWhatItWasToReplaceIsTakenBack() {
    JsonPath first = Agreements.agreed(couple, permits(couple, "touch", "hands"));
    SandboxClock.advance(DAY.plusMinutes(1));
    JsonPath wider =
        json(Agreements.proposeNext(couple, ana, first, Map.of(0, permits(couple, "touch"))), 201);
    Agreements.assent(couple, ben, wider, 0).then().statusCode(200).body("state", is("coolingOff"));
    assertThat(state(couple, ana, first.getString("terms[0].id"))).isEqualTo("active");

    Agreements.put(couple, ben, first.getString("terms[0].id"), "/suspension")
        .then()
        .statusCode(200);

    SandboxClock.advance(DAY.plusMinutes(1));
    assertThat(state(couple, ana, wider.getString("terms[0].id"))).isEqualTo("notAgreed");
    assertThat(Agreements.level(couple, ana, "touch", "hair")).isEqualTo("notPermitted");
  }

  @Test
  @Tag("S19")
  void opennessLapsesAfterThirtyDaysUnlessEachRenewsItInPrivate() {
    Map<String, Object> devices = permits(couple, "tech", "devices");
    JsonPath version = Agreements.agreed(couple, devices, permits(couple, "money"));
    String renewed = version.getString("terms[0].id");
    String other = version.getString("terms[1].id");
    SandboxClock.advance(Duration.ofDays(25));
    String before = as(ben).get(couple.path("/terms/" + renewed)).asString();

    Agreements.put(couple, ana, renewed, "/renewals/me")
        .then()
        .statusCode(200)
        .body("myRenewalAt", not(nullValue()));
    assertThat(as(ben).get(couple.path("/terms/" + renewed)).asString()).isEqualTo(before);
    Agreements.put(couple, ben, renewed, "/renewals/me").then().statusCode(200);

    SandboxClock.advance(Duration.ofDays(7));
    assertThat(state(couple, ana, renewed)).isEqualTo("active");
    // It was about the period before.
    assertThat(Agreements.term(couple, ana, renewed).getString("myRenewalAt")).isNull();
    assertThat(state(couple, ana, other)).isEqualTo("lapsed");
    SandboxClock.advance(Duration.ofDays(30));
    assertThat(state(couple, ana, renewed)).isEqualTo("lapsed");
  }

  @Test
  @Tag("S21")
  void everyAgreementSaysThatAYesCanBeTakenBackInTheReadersLanguage() {
    JsonPath version = Agreements.proposed(couple, ana, permits(couple, "touch"));
    String agreement = couple.path("/agreements/" + version.getString("agreementId"));
    assertThat(version.getString("statement")).contains("taken back at any time", "legal contract");
    for (String path : List.of(agreement, agreement + "/versions/1", couple.path("/in-force"))) {
      as(ben)
          .header("Accept-Language", "de")
          .get(path)
          .then()
          .statusCode(200)
          .body("statement", is(Statements.in(Language.DE)));
    }
  }

  @Test
  @Tag("S8")
  @Tag("S9")
  void whileSomebodyHasPausedNothingIsPermittedOrAskedForAndLinesHold() {
    Agreements.agreed(couple, permits(couple, "touch"));
    SandboxClock.advance(DAY.plusMinutes(1));
    String draft =
        json(Agreements.draft(couple, ana, List.of(permits(couple, "sex"))), 201).getString("id");
    UUID pause = couple.tap(ben);

    JsonPath paused = Agreements.inForce(couple, ana, "?activity=hands&domain=touch");
    assertThat(paused.getString("state")).isEqualTo("paused");
    assertThat(paused.getList("permissions")).isEmpty();
    assertThat(paused.getString("activity.level")).isEqualTo("notPermitted");
    Agreements.propose(couple, ana, draft)
        .then()
        .statusCode(409)
        .body("code", is("relationship-paused"));
    as(ana).get(couple.path("/agreement-drafts/" + draft)).then().statusCode(200);

    couple.lift(ben, pause).then().statusCode(200);
    assertThat(Agreements.level(couple, ana, "touch", "hands")).isEqualTo("askEachTime");
  }

  @Test
  @Tag("S32")
  void leavingEndsWhatBindsTheLeaverAndWhatWasProposed() {
    Person carla = Person.adult("carla");
    JsonPath version = Agreements.agreed(couple, permits(couple, "touch"));
    SandboxClock.advance(DAY.plusMinutes(1));
    Agreements.proposed(couple, ana, permits(couple, "sex"));

    couple.leave(ben);

    assertThat(state(couple, ana, version.getString("terms[0].id"))).isEqualTo("ended");
    assertThat(Agreements.inForce(couple, ana, "").getList("permissions")).isEmpty();
    as(ben).get(couple.path("/agreements")).then().statusCode(404);
    assertThat(carla.id()).isNotNull();
  }

  @Test
  void aVersionSaysWhereItStandsAsAWhole() {
    JsonPath first = Agreements.agreed(couple, permits(couple, "touch", "hands"));
    String path = "/agreements/" + first.getString("agreementId");
    assertThat(versions(path)).containsExactly("proposed");
    SandboxClock.advance(DAY.plusMinutes(1));
    assertThat(versions(path)).containsExactly("active");

    JsonPath wider =
        json(Agreements.proposeNext(couple, ana, first, Map.of(0, permits(couple, "touch"))), 201);
    assertThat(wider.getString("state")).isEqualTo("proposed");
    // Whether it was declined shows in nothing.
    Agreements.put(couple, ben, wider.getString("terms[0].id"), "/declines/me")
        .then()
        .statusCode(200);
    assertThat(versions(path)).containsExactly("active", "proposed");
    SandboxClock.advance(WEEK.plusMinutes(1));
    assertThat(versions(path)).containsExactly("active", "notAgreed");

    Map<String, Object> line = clause("forbids", "touch", List.of(ana), "Not my feet", "tickling");
    JsonPath lined = json(Agreements.proposeNext(couple, ana, first, Map.of(1, line)), 201);
    assertThat(versions(path)).containsExactly("superseded", "superseded", "active");
    // One that only lets something go acts too.
    JsonPath fewer = json(Agreements.proposeNext(couple, ben, lined, Map.of(0, Map.of())), 201);
    assertThat(fewer.getString("state")).isEqualTo("active");
    assertThat(versions(path)).containsExactly("superseded", "superseded", "superseded", "active");
    as(ben).delete(couple.path(path)).then().statusCode(200);
    assertThat(versions(path)).containsOnly("ended").hasSize(4);
  }

  @Test
  void aVersionThatGaveWayBeforeItActedNeverWasTheOneInForce() {
    JsonPath first = Agreements.agreed(couple, permits(couple, "touch", "hands"));
    String path = "/agreements/" + first.getString("agreementId");
    SandboxClock.advance(DAY.plusMinutes(1));
    Map<String, Object> wider = permits(couple, "touch", "hands", "hair");
    JsonPath second = json(Agreements.proposeNext(couple, ana, first, Map.of(0, wider)), 201);
    Agreements.assent(couple, ben, second, 0).then().statusCode(200);
    json(
        Agreements.proposeNext(
            couple, ana, second, Map.of(0, with(wider, "text", "In other words"))),
        201);

    SandboxClock.advance(DAY.plusMinutes(1));

    assertThat(versions(path)).containsExactly("active", "notAgreed", "proposed");
  }

  private List<String> versions(String agreement) {
    return json(as(ben).get(couple.path(agreement + "/versions")), 200).getList("data.state");
  }

  @Test
  @Tag("S34")
  void anAgreementOfTwoIsNotThereForTheThird() {
    Person carla = Person.adult("carla");
    JsonPath invitation = couple.invitation(ana);
    as(ben)
        .put(couple.path("/invitations/" + invitation.getString("id") + "/assents/me"))
        .then()
        .statusCode(200);
    Couple.join(carla, invitation.getString("code"));
    String draft =
        json(
                as(ana)
                    .contentType("application/json")
                    .body(
                        Map.of(
                            "title",
                            "Us two",
                            "memberIds",
                            List.of(ana.id(), ben.id()),
                            "terms",
                            List.of(permits(couple, "touch"))))
                    .post(couple.path("/agreement-drafts")),
                201)
            .getString("id");
    String events = as(carla).get("/v1/events").asString();
    JsonPath version = json(Agreements.propose(couple, ana, draft), 201);
    Agreements.assent(couple, ben, version, 0)
        .then()
        .statusCode(200)
        .body("state", is("coolingOff"));
    SandboxClock.advance(DAY.plusMinutes(1));

    assertThat(as(carla).get("/v1/events").asString()).isEqualTo(events);
    as(carla).get(couple.path("/agreements")).then().body("data", hasSize(0));
    as(carla).get(couple.path("/terms/" + version.getString("terms[0].id"))).then().statusCode(404);
    assertThat(Agreements.inForce(couple, carla, "").getList("permissions")).isEmpty();
    assertThat(
            Agreements.inForce(couple, ana, "?domain=touch&activity=hands&with=" + ben.id())
                .getString("activity.level"))
        .isEqualTo("askEachTime");
    assertThat(Agreements.level(couple, ana, "touch", "hands")).isEqualTo("notPermitted");
  }
}
