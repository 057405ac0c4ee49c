package org.stillpoint.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.testkit.Agreements.json;
import static org.stillpoint.testkit.Agreements.permits;
import static org.stillpoint.testkit.Api.as;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.stillpoint.testkit.Agreements;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** Two at once: one outcome, the same for both. */
@StillpointTest
class AgreementRaceTest {
  private static int[] both(Callable<Response> one, Callable<Response> other) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      List<Future<Integer>> answers =
          List.of(one, other).stream()
              .map(
                  call ->
                      pool.submit(
                          () -> {
                            start.await();
                            return call.call().statusCode();
                          }))
              .toList();
      return new int[] {answers.get(0).get(), answers.get(1).get()};
    }
  }

  @RepeatedTest(5)
  @Tag("S13")
  void theLastYesAndItsWithdrawalLeaveTheTermAgreedOrOpenAndNeverActive() throws Exception {
    Couple couple = Couple.create();
    JsonPath version = Agreements.proposed(couple, couple.ana(), permits(couple, "touch"));
    String term = version.getString("terms[0].id");

    int[] answers =
        both(
            () -> Agreements.assent(couple, couple.ben(), version, 0),
            () -> Agreements.delete(couple, couple.ana(), term, "/assents/me"));

    assertThat(answers[1]).isEqualTo(200);
    assertThat(answers[0]).isIn(200, 409);
    String state = Agreements.state(couple, couple.ana(), term);
    assertThat(state).isIn("proposed", "notAgreed");
    assertThat(Agreements.state(couple, couple.ben(), term)).isEqualTo(state);
  }

  @RepeatedTest(5)
  @Tag("S9")
  void aProposalIsBeforeThePauseOrRefused() throws Exception {
    Couple couple = Couple.create();
    String draft =
        json(Agreements.draft(couple, couple.ana(), List.of(permits(couple, "touch"))), 201)
            .getString("id");

    int[] answers =
        both(
            () -> Agreements.propose(couple, couple.ana(), draft),
            () -> couple.tap(couple.ben(), "pause"));

    assertThat(answers[0]).isIn(201, 409);
    assertThat(answers[1]).isEqualTo(200);
    List<String> told =
        as(couple.ben())
            .get("/v1/events")
            .then()
            .extract()
            .as(Json.class, Json.READER)
            .get("data.type");
    assertThat(told.contains("agreement.proposed")).isEqualTo(answers[0] == 201);
    if (answers[0] == 201) {
      assertThat(told.indexOf("agreement.proposed")).isLessThan(told.indexOf("pause.raised"));
    }
  }

  @RepeatedTest(5)
  @Tag("S32")
  void aYesRacingItsMembersLeavingNeverBringsTheTermAbout() throws Exception {
    Couple couple = Couple.create();
    JsonPath version = Agreements.proposed(couple, couple.ana(), permits(couple, "touch"));

    int[] answers =
        both(
            () -> Agreements.assent(couple, couple.ben(), version, 0),
            () -> as(couple.ben()).delete(couple.path("/members/me")));

    assertThat(answers[1]).isEqualTo(204);
    assertThat(answers[0]).isIn(200, 404, 409);
    assertThat(Agreements.state(couple, couple.ana(), version.getString("terms[0].id")))
        .isEqualTo("notAgreed");
  }

  @RepeatedTest(5)
  @Tag("S15")
  void ofTwoLastYesesAtOnceOneBringsItAbout() throws Exception {
    Couple couple = Couple.create();
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    List<Person> all = List.of(couple.ana(), couple.ben(), cleo);
    JsonPath version =
        Agreements.proposed(
            couple, couple.ana(), Agreements.clause("permits", "touch", all, "Hugs", "hugs"));

    int[] answers =
        both(
            () -> Agreements.assent(couple, couple.ben(), version, 0),
            () -> Agreements.assent(couple, cleo, version, 0));

    assertThat(answers).containsOnly(200);
    assertThat(Agreements.state(couple, cleo, version.getString("terms[0].id")))
        .isEqualTo("coolingOff");
    String history = couple.path("/agreements/" + version.getString("agreementId") + "/history");
    assertThat(as(cleo).get(history).as(Json.class, Json.READER).getList("data.type"))
        .containsExactly("versionProposed", "termProposed", "termAgreed");
  }

  @RepeatedTest(8)
  @Tag("S32")
  void leavingWhileSomebodyNarrowsAPermissionLeavesNeitherText() throws Exception {
    Couple couple = Couple.create();
    Person cleo = Person.adult("cleo");
    couple.welcome(cleo);
    List<Person> all = List.of(couple.ana(), couple.ben(), cleo);
    Map<String, Object> wide = Agreements.clause("permits", "touch", all, "Hugs", "hugs", "kisses");
    JsonPath version = Agreements.proposed(couple, couple.ana(), wide);
    Agreements.assent(couple, couple.ben(), version, 0).then().statusCode(200);
    Agreements.assent(couple, cleo, version, 0).then().statusCode(200);
    SandboxClock.advance(Duration.ofHours(25));
    Map<String, Object> narrow =
        Agreements.with(
            Agreements.with(wide, "activities", List.of("hugs")),
            "lineageId",
            version.getString("terms[0].lineageId"));
    String draft =
        json(
                Agreements.redraft(
                    couple, couple.ben(), version.getString("agreementId"), List.of(narrow)),
                201)
            .getString("id");

    int[] answers =
        both(
            () -> Agreements.propose(couple, couple.ben(), draft),
            () -> as(couple.ana()).delete(couple.path("/members/me")));

    assertThat(answers[0]).isIn(201, 400, 409);
    assertThat(answers[1]).isEqualTo(204);
    assertThat(Agreements.inForce(couple, cleo, "").getList("permissions")).isEmpty();
  }
}
