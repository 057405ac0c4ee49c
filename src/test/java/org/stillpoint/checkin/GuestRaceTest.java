package org.stillpoint.checkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.testkit.Api.as;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.CheckIns;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Guests;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** Two at once about one guest: one outcome, and nobody looks on whom one doesn't want. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
@Tag("S16")
class GuestRaceTest {
  private static final int TIMES = 6;

  private Couple couple;
  private Person ana;
  private Person ben;
  private Person cleo;
  private Person dora;
  private String id;
  private String open;
  private String guest;
  private String code;

  @BeforeEach
  void threeAndAProposal() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    cleo = Person.adult("cleo");
    dora = Person.adult("dora");
    couple.welcome(cleo);
    JsonPath checkIn = CheckIns.open(couple, ana, ben, cleo);
    id = checkIn.getString("id");
    open = CheckIns.item(checkIn, "open");
    JsonPath proposed = Guests.proposed(couple, ana, id);
    guest = proposed.getString("id");
    code = proposed.getString("code");
  }

  private static List<Response> both(Callable<Response> one, Callable<Response> other)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      List<Future<Response>> answers =
          Stream.of(one, other)
              .map(
                  call ->
                      pool.submit(
                          () -> {
                            start.await();
                            return call.call();
                          }))
              .toList();
      return List.of(answers.get(0).get(), answers.get(1).get());
    }
  }

  /** The second comes up behind the first, which waits for a row that is locked meanwhile. */
  private static List<Response> oneBehindTheOther(
      String locked, Callable<Response> one, Callable<Response> other) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(2);
        Connection owner = Tables.connect();
        Statement sql = owner.createStatement()) {
      owner.setAutoCommit(false);
      sql.execute(locked + " for update");
      Future<Response> first = pool.submit(one);
      Thread.sleep(300);
      Future<Response> second = pool.submit(other);
      Thread.sleep(300);
      assertThat(List.of(first, second)).noneMatch(Future::isDone);
      owner.rollback();
      return List.of(first.get(), second.get());
    }
  }

  private List<Response> behindAPause(Callable<Response> other) throws Exception {
    return oneBehindTheOther(
        "select from feed where member_id = '" + ana.id() + "'",
        () -> couple.tap(ben, "pause"),
        other);
  }

  private static List<Integer> statuses(List<Response> answers) {
    return answers.stream().map(Response::statusCode).toList();
  }

  private void assent(Person person) {
    Guests.assent(couple, person, id, guest).then().statusCode(200);
  }

  private void assertNothingIsSeenBy(Person person) {
    assertThat(as(person).get("/v1/guest-check-ins").jsonPath().getList("data")).isEmpty();
  }

  @RepeatedTest(TIMES)
  void ofTwoLastYesAtOnceOneCompletesIt() throws Exception {
    assertThat(
            statuses(
                both(
                    () -> Guests.assent(couple, ben, id, guest),
                    () -> Guests.assent(couple, cleo, id, guest))))
        .containsOnly(200);

    assertThat(Guests.states(couple, ana, id)).containsExactly("invited");
    List<String> types = as(ana).get("/v1/events").path("data.type");
    assertThat(Collections.frequency(types, "checkIn.guestInvited")).isEqualTo(1);
  }

  @RepeatedTest(TIMES)
  @Tag("S9")
  void theLastYesIsBeforeThePauseOrNotAtAll() throws Exception {
    assent(ben);

    List<Integer> answers =
        statuses(
            both(() -> Guests.assent(couple, cleo, id, guest), () -> couple.tap(ben, "pause")));

    assertThat(answers.get(0)).isIn(200, 409);
    assertThat(answers.get(1)).isEqualTo(200);
    boolean first = answers.get(0) == 200;
    assertThat(Guests.states(couple, ana, id)).containsExactly(first ? "invited" : "proposed");
    assertIsToldBeforeThePause("checkIn.guestInvited", first);
  }

  @RepeatedTest(TIMES)
  @Tag("S9")
  void aGuestComesBeforeThePauseOrNotAtAll() throws Exception {
    assent(ben);
    assent(cleo);

    List<Integer> answers =
        statuses(both(() -> Guests.accept(dora, code), () -> couple.tap(ben, "pause")));

    assertThat(answers.get(0)).isIn(200, 404);
    assertThat(answers.get(1)).isEqualTo(200);
    boolean first = answers.get(0) == 200;
    assertThat(Guests.states(couple, ana, id)).containsExactly(first ? "present" : "invited");
    assertIsToldBeforeThePause("checkIn.guestCame", first);
    if (!first) {
      assertNothingIsSeenBy(dora);
    }
  }

  /** Nobody had paused when it was asked first. */
  @Test
  @Tag("S9")
  void aLastYesThatComesUpBehindAPauseIsUndone() throws Exception {
    assent(ben);

    assertThat(statuses(behindAPause(() -> Guests.assent(couple, cleo, id, guest))))
        .containsExactly(200, 409);

    assertThat(Guests.states(couple, ana, id)).containsExactly("proposed");
    assertIsToldBeforeThePause("checkIn.guestInvited", false);
  }

  @Test
  @Tag("S9")
  void aGuestWhoComesUpBehindAPauseHasNotCome() throws Exception {
    assent(ben);
    assent(cleo);

    assertThat(statuses(behindAPause(() -> Guests.accept(dora, code)))).containsExactly(200, 404);

    assertThat(Guests.states(couple, ana, id)).containsExactly("invited");
    assertIsToldBeforeThePause("checkIn.guestCame", false);
    assertNothingIsSeenBy(dora);
  }

  private void assertIsToldBeforeThePause(String type, boolean isTold) {
    List<String> told = as(ana).get("/v1/events").jsonPath().getList("data.type");
    assertThat(told.contains(type)).isEqualTo(isTold);
    if (isTold) {
      assertThat(told.indexOf(type)).isLessThan(told.indexOf("pause.raised"));
    }
  }

  @RepeatedTest(TIMES)
  void oneCodeLetsOnePersonIn() throws Exception {
    assent(ben);
    assent(cleo);
    Person emil = Person.adult("emil");

    assertThat(statuses(both(() -> Guests.accept(dora, code), () -> Guests.accept(emil, code))))
        .containsExactlyInAnyOrder(200, 404);

    assertThat(Guests.states(couple, ana, id)).containsExactly("present");
  }

  @RepeatedTest(TIMES)
  void whoComesAsOneTakesTheirYesBackIsGone() throws Exception {
    assent(ben);
    assent(cleo);

    List<Integer> answers =
        statuses(
            both(() -> Guests.accept(dora, code), () -> Guests.withdraw(couple, cleo, id, guest)));

    assertThat(answers.get(0)).isIn(200, 404);
    assertThat(answers.get(1)).isEqualTo(204);
    assertNothingIsSeenBy(dora);
    assertThat(Guests.states(couple, ana, id)).isEmpty();
  }

  @RepeatedTest(TIMES)
  void aLastYesAndOneThatIsTakenBackMakeNoGuest() throws Exception {
    assent(ben);

    List<Integer> answers =
        statuses(
            both(
                () -> Guests.assent(couple, cleo, id, guest),
                () -> Guests.withdraw(couple, ben, id, guest)));

    assertThat(answers).containsExactly(200, 204);
    assertThat(Guests.accept(dora, code).statusCode()).isEqualTo(404);
    assertThat(Guests.states(couple, ana, id)).isIn(List.of("proposed"), List.of());
  }

  /** A guest who reads as the talk ends reads it as it was, or nothing. */
  @RepeatedTest(TIMES)
  @Tag("S34")
  void whatEndsIsReadBeforeOrNotAtAll() throws Exception {
    assent(ben);
    assent(cleo);
    String visit = Guests.accept(dora, code).then().statusCode(200).extract().path("id");
    CheckIns.answer(couple, ana, id, open, "Soup");
    Guests.mark(couple, ana, id, open).then().statusCode(200);

    List<Response> answers =
        both(() -> Guests.get(dora, visit), () -> CheckIns.end(couple, ben, id, "close"));

    assertThat(answers.get(1).statusCode()).isEqualTo(200);
    assertThat(answers.get(0).statusCode()).isIn(200, 404);
    Guests.get(dora, visit).then().statusCode(404);
  }

  /** On two phones of one person: either comes first. */
  @RepeatedTest(TIMES)
  void whatIsMarkedAsItIsDeletedIsDeleted() throws Exception {
    CheckIns.answer(couple, ana, id, open, "Soup");

    List<Integer> answers =
        statuses(
            both(
                () -> Guests.mark(couple, ana, id, open),
                () -> as(ana).delete(CheckIns.answers(couple, id, open) + "/me")));

    assertThat(answers.get(0)).isIn(200, 409);
    assertThat(answers.get(1)).isEqualTo(204);
    assertThat(CheckIns.read(couple, ben, id, open)).isEmpty();
  }

  @Test
  void aMarkThatComesUpBehindADeletionFindsNothing() throws Exception {
    CheckIns.answer(couple, ana, id, open, "Soup");
    Guests.mark(couple, ana, id, open).then().statusCode(200);

    List<Response> answers =
        oneBehindTheOther(
            "select from check_in_guest_mark where item_id = '" + open + "'",
            () -> as(ana).delete(CheckIns.answers(couple, id, open) + "/me"),
            () -> Guests.mark(couple, ana, id, open));

    assertThat(statuses(answers)).containsExactly(204, 409);
    assertThat(answers.get(1).<String>path("code")).isEqualTo("answer-empty");
  }

  @RepeatedTest(TIMES)
  @Tag("S32")
  void whoComesAsOneLeavesIsGone() throws Exception {
    assent(ben);
    assent(cleo);

    List<Integer> answers =
        statuses(
            both(
                () -> Guests.accept(dora, code),
                () -> as(cleo).delete(couple.path("/members/me"))));

    assertThat(answers.get(0)).isIn(200, 404);
    assertThat(answers.get(1)).isEqualTo(204);
    assertNothingIsSeenBy(dora);
  }

  @RepeatedTest(TIMES)
  @Tag("S33")
  void whoGoesAsTheyAreEndedIsGoneOnce() throws Exception {
    assent(ben);
    assent(cleo);
    String visit = Guests.accept(dora, code).then().statusCode(200).extract().path("id");

    List<Integer> answers =
        statuses(
            both(
                () -> as(dora).delete("/v1/guest-check-ins/{id}", visit),
                () -> Guests.end(couple, ben, id, guest)));

    assertThat(answers).containsAnyOf(204).allMatch(status -> status == 204 || status == 404);
    assertThat(Collections.frequency(answers, 204)).isEqualTo(1);
    assertNothingIsSeenBy(dora);
  }

  /** Neither waits for the other: each leaves a talk in which the other is a guest. */
  @RepeatedTest(TIMES)
  @Tag("S33")
  void guestsOfEachOtherAreErasedAtOnce() throws Exception {
    Couple others = Couple.create();
    Person emil = others.ana();
    String theirs = CheckIns.scheduled(others, emil).getString("id");
    Guests.present(others, theirs, ana);
    assent(ben);
    assent(cleo);
    Guests.accept(emil, code).then().statusCode(200);

    assertThat(statuses(both(() -> as(ana).delete("/v1/me"), () -> as(emil).delete("/v1/me"))))
        .containsOnly(204);

    assertThat(Guests.states(couple, ben, id)).isEmpty();
    assertThat(Guests.states(others, others.ben(), theirs)).isEmpty();
  }

  /** Whoever is erased is never told that a place has gone meanwhile. */
  @RepeatedTest(TIMES)
  @Tag("S33")
  void whoIsErasedAsTheyAreEndedIsErased() throws Exception {
    assent(ben);
    assent(cleo);
    Guests.accept(dora, code).then().statusCode(200);

    List<Integer> answers =
        statuses(both(() -> as(dora).delete("/v1/me"), () -> Guests.end(couple, ben, id, guest)));

    assertThat(answers.get(0)).isBetween(200, 299);
    assertThat(answers.get(1)).isIn(204, 404);
  }
}
