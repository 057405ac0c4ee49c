package org.stillpoint.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.testkit.Api.as;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Faults;
import org.stillpoint.testkit.Inbox;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** What a raiser reads of the notices: honest, and never whether they were seen. */
@StillpointTest
class PauseDeliveriesTest {
  private Couple couple;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
  }

  private UUID tap() {
    return Couple.id(couple.tap(couple.ana(), "red").then().statusCode(200).extract().path("id"));
  }

  private Json read(Person reader, UUID pause) {
    return as(reader)
        .get(couple.path("/pauses/" + pause + "/deliveries"))
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER);
  }

  private void awaitState(UUID pause, String state) throws InterruptedException {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (!state.equals(read(couple.ana(), pause).get("members[0].channels[0].state"))) {
      assertThat(System.nanoTime()).as("It never was %s", state).isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  @Test
  @Tag("S31")
  void handedOverIsToldAndNothingOfWhatHappensThen() throws Exception {
    UUID pause = tap();

    Inbox.texts(couple.ben(), 1);
    awaitState(pause, "handedOver");

    assertThat(read(couple.ana(), pause).<Map<String, Object>>get("members[0]"))
        .isEqualTo(
            Map.of(
                "memberId",
                couple.ben().id().toString(),
                "channels",
                List.of(Map.of("channel", "push", "state", "handedOver"))));
  }

  @Test
  @Tag("S31")
  void whatCouldntBeHandedOverIsToldAsItIs() throws Exception {
    Faults.order(couple.ben(), "serverError", 2);
    UUID pause = tap();
    awaitState(pause, "queued");
    SandboxClock.advance(java.time.Duration.ofMinutes(1));
    awaitState(pause, "handedOver");

    couple.lift(couple.ana(), pause);
    Faults.order(couple.ben(), "gone", 2);
    awaitState(tap(), "failed");
  }

  @Test
  @Tag("S31")
  void whatIsLostOnTheWayIsToldAsHandedOver() throws Exception {
    Faults.order(couple.ben(), "timeout", 1);
    Faults.order(couple.ben(), "lost", 1);
    int before = Inbox.texts(couple.ben(), 0).size();

    UUID pause = tap();

    awaitState(pause, "handedOver");
    assertThat(
            Tables.number(
                "select attempts from delivery where member_id = ? and urgent", couple.ben().id()))
        .isEqualTo(2);
    assertThat(Inbox.texts(couple.ben(), 0)).hasSize(before);
  }

  /** An app whose server is told, and an order of what isn't set up, show in nothing. */
  @Test
  @Tag("S31")
  void whatWaitsIsToldByTheKindThatIsTriedFirst() throws Exception {
    UUID pause = tap();
    awaitState(pause, "handedOver");
    UUID ben = couple.ben().id();
    Tables.change(
        "insert into notice select member_id, sequence, true, true, 0, 'infinity' from delivery"
            + " where member_id = ?",
        ben);
    Tables.change("delete from delivery where member_id = ?", ben);
    Tables.change("insert into channel_order values (?, '{sms,push}', 60)", ben);

    assertThat(read(couple.ana(), pause).<Object>get("members[0].channels"))
        .isEqualTo(List.of(Map.of("channel", "push", "state", "queued")));
    Tables.change(
        "update feed set wants_notices = false, wants_events = true where member_id = ?", ben);
    assertThat(read(couple.ana(), pause).<Object>get("members[0].channels")).isEqualTo(List.of());
    Tables.change("delete from notice where member_id = ?", ben);
  }

  /** For how long the others keep a notice would tell of them. */
  @Test
  @Tag("S31")
  void anHourLaterNothingIsTold() throws Exception {
    UUID pause = tap();
    awaitState(pause, "handedOver");

    SandboxClock.advance(java.time.Duration.ofMinutes(58));
    assertThat(read(couple.ana(), pause).getList("members")).hasSize(1);
    SandboxClock.advance(java.time.Duration.ofMinutes(3));
    assertThat(read(couple.ana(), pause).getList("members")).isEmpty();
  }

  @Test
  @Tag("S31")
  @Tag("S34")
  void onlyTheRaiserReadsIt() {
    UUID pause = tap();
    String path = couple.path("/pauses/" + pause + "/deliveries");

    as(couple.ben()).get(path).then().statusCode(404);
    as(Person.stranger("mallory")).get(path).then().statusCode(404);
    as(couple.ana())
        .get(couple.path("/pauses/" + UUID.randomUUID() + "/deliveries"))
        .then()
        .statusCode(404);
    couple.leave(couple.ana());
    as(couple.ana()).get(path).then().statusCode(404);
  }
}
