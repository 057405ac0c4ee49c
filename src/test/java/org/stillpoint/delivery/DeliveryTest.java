package org.stillpoint.delivery;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Faults;
import org.stillpoint.testkit.Inbox;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Limits;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** Which notices reach a phone, and in which order, when not everything goes well. */
@StillpointTest
class DeliveryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Inject MeterRegistry metrics;

  private Couple couple;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
  }

  /** A notice to Ben that is queued, to be tried after so many seconds; its number. */
  private long queue(UUID resource, int afterSeconds) throws SQLException {
    UUID ben = couple.ben().id();
    Tables.change("update feed set last_sequence = last_sequence + 1 where member_id = ?", ben);
    long sequence = Tables.number("select last_sequence from feed where member_id = ?", ben);
    Tables.change(
        "insert into event (member_id, sequence, id, type, occurred_at, relationship_id,"
            + " resource_type, resource_id)"
            + " values (?, ?, uuidv7(), 'pause.raised', ?::timestamptz, ?, 'pause', ?)",
        ben,
        sequence,
        SandboxClock.now().toString(),
        couple.relationship(),
        resource);
    Tables.change(
        "insert into delivery (member_id, sequence, target_id, channel, carrier, urgent, state,"
            + " attempts, next_attempt_at, queued_at)"
            + " values (?, ?, ?, 'sandbox', 'sandbox', true, 'queued', 5,"
            + " now() + make_interval(secs => ?), ?::timestamptz)",
        ben,
        sequence,
        ben,
        afterSeconds,
        SandboxClock.now().toString());
    return sequence;
  }

  private String state(long sequence) throws SQLException {
    return Objects.requireNonNull(
        Tables.read(
            "select state from delivery where member_id = ? and sequence = ?",
            couple.ben().id(),
            sequence));
  }

  private void awaitState(long sequence, String state) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!state(sequence).equals(state)) {
      assertThat(System.nanoTime()).as("It is %s", state(sequence)).isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  private static List<String> texts(Person person) {
    return Inbox.texts(person, 0);
  }

  @Test
  @Tag("S32")
  void whoHasLeftIsToldNothingMore() throws Exception {
    couple.leave(couple.ben());
    List<String> before = texts(couple.ben());

    long late = queue(UUID.randomUUID(), 0);

    awaitState(late, "abandoned");
    assertThat(texts(couple.ben())).isEqualTo(before);
  }

  /** Whatever ends a delivery locks its notice first: nobody's leaving fails for it. */
  @Test
  @Tag("S32")
  void whoLeavesWaitsForANoticeBeforeItsDeliveries() throws Exception {
    UUID ben = couple.ben().id();
    long waiting = queue(UUID.randomUUID(), 3_600 * 24 * 4_000);
    Tables.change("insert into notice values (?, ?, true, true, 1, 'infinity')", ben, waiting);
    try (Connection worker = Tables.connect();
        Statement notice = worker.createStatement()) {
      worker.setAutoCommit(false);
      notice.execute(
          "select from notice where sequence = "
              + waiting
              + " and member_id = '"
              + ben
              + "' for update");
      Thread leaving = Thread.ofVirtual().start(() -> couple.leave(couple.ben()));
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (Tables.number("select count(*) from pg_locks where not granted") == 0) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.sleep(20);
      }

      assertThat(
              Tables.number(
                  "select count(*) from (select from delivery where member_id = ?"
                      + " and sequence = ? for update skip locked) d",
                  ben,
                  waiting))
          .isEqualTo(1);
      worker.rollback();
      leaving.join();
    }
    assertThat(Tables.number("select count(*) from delivery where member_id = ?", ben)).isZero();
  }

  @Test
  @Tag("S1")
  void aPauseDoesntWaitForAnotherThatCouldntBeHandedOver() throws Exception {
    int before = texts(couple.ben()).size();
    long stuck = queue(UUID.randomUUID(), 3_600 * 24 * 4_000);

    couple.tap(couple.ana(), "red").then().statusCode(200);

    assertThat(Inbox.texts(couple.ben(), before + 1)).hasSize(before + 1);
    assertThat(state(stuck)).isEqualTo("queued");
  }

  @Test
  @Tag("S6")
  void aNoticeThatAStrongerOneHasOvertakenIsNotShownAfterIt() throws Exception {
    int before = texts(couple.ben()).size();
    UUID pause = Couple.id(couple.tap(couple.ana(), "yellow").path("id"));
    Inbox.texts(couple.ben(), before + 1);
    long stuck = queue(pause, 3_600 * 24 * 4_000);
    couple.tap(couple.ana(), "red").then().statusCode(200);
    Inbox.texts(couple.ben(), before + 2);

    Tables.change(
        "update delivery set next_attempt_at = now() where member_id = ? and sequence = ?",
        couple.ben().id(),
        stuck);

    awaitState(stuck, "abandoned");
    assertThat(texts(couple.ben())).hasSize(before + 2);
  }

  private void awaitHeld(boolean held) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Objects.equals(
        Tables.read(
            "select bool_or(held) from delivery d join event e using (member_id, sequence)"
                + " where d.member_id = ? and e.type = 'invitation.proposed'",
            couple.ben().id()),
        held ? "t" : "f")) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  /** What had to be tried again would ring while the pause is active, in which nobody may ask. */
  @Test
  @Tag("S9")
  void whatWasAskedBeforeAPauseDoesntRingDuringIt() throws Exception {
    int before = texts(couple.ben()).size();
    Faults.order(couple.ben(), "serverError", 1);
    couple.invitation(couple.ana());
    UUID pause = couple.tap(couple.ben());
    awaitHeld(true);

    Limits.draw(couple, couple.ana());
    Inbox.texts(couple.ben(), before + 1);
    SandboxClock.advance(Duration.ofSeconds(31));
    awaitHeld(true);
    assertThat(ids(inbox(couple.ben(), 0), false)).doesNotContainAnyElementsOf(asked());
    couple.lift(couple.ben(), pause).then().statusCode(200);
    SandboxClock.advance(Duration.ofSeconds(31));

    awaitHeld(false);
    Inbox.texts(couple.ben(), before + 2);
    assertThat(ids(inbox(couple.ben(), 0), false)).containsAll(asked());
  }

  private List<Object> asked() throws SQLException {
    return events("invitation.proposed");
  }

  @Test
  @Tag("S1")
  void pausesThatAreStuckHaveFewPlacesWithOneTarget() throws Exception {
    UUID ben = couple.ben().id();
    Faults.order(
        Map.of("kind", "slow", "memberId", ben.toString(), "delaySeconds", 1, "times", 20));
    for (int i = 0; i < 6; i++) {
      queue(UUID.randomUUID(), 3_600 * 24 * 4_000);
    }
    Tables.change(
        "update delivery set next_attempt_at = now() where member_id = ? and urgent", ben);

    long most = 0;
    long deadline = System.nanoTime() + 2 * PATIENCE.toNanos();
    while (Tables.number(
            "select count(*) from delivery where member_id = ? and urgent and state = 'queued'",
            ben)
        > 0) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      most =
          Math.max(
              most,
              Tables.number(
                  "select count(*) from delivery where member_id = ? and urgent"
                      + " and lease_id is not null",
                  ben));
      Thread.sleep(20);
    }
    assertThat(most).isEqualTo(2);
  }

  private double abandoned() {
    return metrics
        .counter("stillpoint.deliveries", "channel", "sandbox", "outcome", "abandoned")
        .count();
  }

  /** A pause of an hour ago that Ben's phone hasn't taken yet, but would now. */
  private UUID pauseOfAnHourAgo(boolean lifted) throws Exception {
    Faults.order(couple.ben(), "serverError", 900);
    UUID pause = couple.tap(couple.ana());
    if (lifted) {
      couple.lift(couple.ana(), pause).then().statusCode(200);
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (Tables.number(
            "select count(*) from delivery where member_id = ? and urgent and attempts > 0"
                + " and lease_id is null",
            couple.ben().id())
        == 0) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(20);
    }
    SandboxClock.advance(Duration.ofMinutes(61));
    given().delete("/sandbox/faults").then().statusCode(204);
    return pause;
  }

  private long urgentSequence() throws SQLException {
    return Tables.number(
        "select max(sequence) from delivery where member_id = ? and urgent", couple.ben().id());
  }

  @Test
  void aPauseThatHasEndedRingsNoHourLater() throws Exception {
    double before = abandoned();

    pauseOfAnHourAgo(true);

    awaitState(urgentSequence(), "abandoned");
    assertThat(ids(inbox(couple.ben(), 0), true)).isEmpty();
    assertThat(abandoned()).isGreaterThan(before);
  }

  @Test
  @Tag("S7")
  void aPauseThatIsActiveIsToldHoweverLate() throws Exception {
    pauseOfAnHourAgo(false);

    awaitState(urgentSequence(), "handed_over");
    assertThat(ids(inbox(couple.ben(), 0), true)).isEqualTo(events("pause.raised"));
  }

  @Test
  void whatWasTriedTooOftenIsAbandoned() throws Exception {
    double before = abandoned();
    long poison = queue(UUID.randomUUID(), 3_600 * 24 * 4_000);

    Tables.change(
        "update delivery set attempts = 400, next_attempt_at = now()"
            + " where member_id = ? and sequence = ?",
        couple.ben().id(),
        poison);

    awaitState(poison, "abandoned");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (abandoned() <= before) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private List<Map<String, Object>> inbox(Person person, int atLeast) {
    Inbox.texts(person, atLeast);
    return given()
        .get("/sandbox/inbox/{id}", person.id())
        .then()
        .extract()
        .as(Json.class, Json.READER)
        .get("data");
  }

  private static List<Object> ids(List<Map<String, Object>> items, boolean urgent) {
    return items.stream()
        .filter(item -> Objects.equals(item.get("urgent"), urgent))
        .map(item -> item.get("id"))
        .toList();
  }

  /** The ids of Ben's events of a type, in the order of his feed. */
  private List<Object> events(String... types) throws SQLException {
    try (Connection owner = Tables.connect()) {
      return List.copyOf(
          Tables.column(
              owner,
              "select id::text from event where member_id = '"
                  + couple.ben().id()
                  + "' and type in ('"
                  + String.join("', '", types)
                  + "') order by sequence"));
    }
  }

  @Test
  void whatFailsIsTriedAgainInItsTurnAndWithItsOwnId() throws Exception {
    int before = texts(couple.ben()).size();
    Faults.order(couple.ben(), "serverError", 2);

    for (int i = 0; i < 3; i++) {
      UUID pause = Couple.id(couple.tap(couple.ana(), "red").path("id"));
      couple.lift(couple.ana(), pause);
    }

    List<Map<String, Object>> came = inbox(couple.ben(), before + 6).subList(before, before + 6);
    assertThat(ids(came, true)).isEqualTo(events("pause.raised"));
    assertThat(ids(came, false)).isEqualTo(events("pause.lifted"));
  }

  @Test
  @Tag("S1")
  void aPhoneThatHangsHoldsNobodyElseUp() {
    Faults.order(
        Map.of("kind", "slow", "memberId", couple.ben().id().toString(), "delaySeconds", 60));
    couple.tap(couple.ana(), "red").then().statusCode(200);
    Couple others = Couple.create();
    int before = texts(others.ben()).size();

    others.tap(others.ana(), "red").then().statusCode(200);
    Inbox.texts(others.ben(), before + 1);

    assertThat(ids(inbox(couple.ben(), 0), true)).isEmpty();
  }

  @Test
  void whoHasLostTheLeaseMarksNothingDone() throws Exception {
    int before = texts(couple.ben()).size();
    Faults.order(
        Map.of("kind", "slow", "memberId", couple.ben().id().toString(), "delaySeconds", 2));
    couple.tap(couple.ana(), "red").then().statusCode(200);
    UUID ben = couple.ben().id();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (Tables.change(
            "update delivery set lease_id = gen_random_uuid(),"
                + " next_attempt_at = next_attempt_at - interval '56 seconds'"
                + " where member_id = ? and urgent and lease_id is not null",
            ben)
        == 0) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(20);
    }

    List<Map<String, Object>> came = inbox(couple.ben(), before + 2).subList(before, before + 2);

    assertThat(ids(came, true)).hasSize(2).containsOnly(events("pause.raised").getFirst());
    assertThat(
            Tables.number("select max(attempts) from delivery where member_id = ? and urgent", ben))
        .isEqualTo(2);
  }
}
