package org.stillpoint.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.Browser;
import org.stillpoint.testkit.Channels;
import org.stillpoint.testkit.Channels.Message;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Devices;
import org.stillpoint.testkit.Faults;
import org.stillpoint.testkit.Inbox;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** What can't be told on one way is told on the next, and nothing twice on the same. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
class ChannelOrderTest {
  private static final int SENT_BEFORE = 1;

  private Couple couple;
  private Person ana;
  private Person ben;
  private UUID sms;
  private UUID mail;

  @BeforeEach
  void benCanBeReachedOnThreeWays() throws SQLException {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
    sms = Channels.confirmed(ben, "sms", Channels.number());
    mail = Channels.confirmed(ben, "email", Channels.mailbox());
    Channels.order(ben, 10, "push", "sms", "email").then().statusCode(200);
    Channels.settle(ben);
  }

  @AfterEach
  void everythingWorksAgain() {
    RestAssured.given().delete("/sandbox/faults").then().statusCode(204);
  }

  private void fail(String channel, String kind) {
    Faults.order(
        Map.of("kind", kind, "memberId", ben.id().toString(), "channel", channel, "times", 900));
  }

  private int sent(UUID channel) {
    return Channels.messages(ben, channel, 0).size() - SENT_BEFORE;
  }

  private void awaitOnRung(int rung) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!Objects.equals(
        Tables.read("select rung from notice where member_id = ?", ben.id()), "" + rung)) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  @Test
  void aPhoneThatFailsIsFollowedByAnSmsAfterTheTimeThatOneHasSaid() throws Exception {
    fail("sandbox", "serverError");
    couple.tap(ana);
    awaitOnRung(1);
    assertThat(sent(sms)).isZero();

    SandboxClock.advance(Duration.ofSeconds(10));

    assertThat(Channels.messages(ben, sms, SENT_BEFORE + 1)).hasSize(SENT_BEFORE + 1);
    SandboxClock.advance(Duration.ofSeconds(10));
    RestAssured.given().delete("/sandbox/faults").then().statusCode(204);
    Channels.settle(ben);
    assertThat(sent(sms)).isEqualTo(1);
    assertThat(sent(mail)).isZero();
  }

  @Test
  void aPhoneThatIsNoMoreIsFollowedAtOnce() throws Exception {
    fail("sandbox", "gone");
    couple.tap(ana);

    Message pause = Channels.messages(ben, sms, SENT_BEFORE + 1).getLast();
    assertThat(pause.urgent()).isTrue();
    SandboxClock.advance(Duration.ofSeconds(10));
    Channels.settle(ben);
    assertThat(sent(sms)).isEqualTo(1);
    assertThat(sent(mail)).isZero();
  }

  @Test
  void aNumberThatIsNoMoreIsRemovedAndFollowedAtOnce() throws Exception {
    fail("sandbox", "gone");
    fail("sms", "gone");
    couple.tap(ana);

    assertThat(Channels.messages(ben, mail, SENT_BEFORE + 1)).hasSize(SENT_BEFORE + 1);
    Channels.settle(ben);
    as(ben).get(Channels.PATH).then().body("data.id", contains(mail.toString()));
    assertThat(sent(sms)).isZero();
  }

  @Test
  void whatWasHandedOverGoesNoFurther() throws Exception {
    couple.tap(ana);
    Inbox.texts(ben, SENT_BEFORE + SENT_BEFORE + 1);
    SandboxClock.advance(Duration.ofSeconds(20));
    Channels.settle(ben);

    assertThat(sent(sms)).isZero();
    assertThat(sent(mail)).isZero();
  }

  @Test
  void whatIsLeftOutOfTheOrderStaysSilent() throws Exception {
    Channels.order(ben, 10, "email").then().statusCode(200);
    couple.tap(ana);

    assertThat(Channels.messages(ben, mail, SENT_BEFORE + 1)).hasSize(SENT_BEFORE + 1);
    Channels.settle(ben);
    assertThat(sent(sms)).isZero();
    assertThat(Inbox.texts(ben, 0)).hasSize(3);
  }

  @Test
  void onlyPausesComeWhereOnlyPausesAreWanted() throws Exception {
    Channels.order(ben, 10, "sms", "email").then().statusCode(200);
    couple.lift(ana, couple.tap(ana)).then().statusCode(200);
    Message lifted = Channels.messages(ben, mail, SENT_BEFORE + 1).getLast();
    Channels.messages(ben, sms, SENT_BEFORE + 1);
    SandboxClock.advance(Duration.ofSeconds(10));
    Channels.settle(ben);

    assertThat(lifted.urgent()).isFalse();
    assertThat(lifted.text()).isEqualTo("There is something new in the app.");
    assertThat(sent(sms)).as("the pause").isEqualTo(1);
    assertThat(sent(mail)).as("that it was lifted").isEqualTo(1);
  }

  @Test
  @Tag("S31")
  void whatWaitsForADeviceThatIsRemovedGoesOnAtOnce() throws Exception {
    UUID device = Devices.registered(ben, Browser.subscribe());
    Channels.order(ben, 900, "push", "sms", "email").then().statusCode(200);
    fail("webPush", "serverError");
    UUID pause = couple.tap(ana);
    awaitOnRung(1);

    as(ben).delete("/v1/me/devices/{id}", device).then().statusCode(204);

    Channels.messages(ben, sms, SENT_BEFORE + 1);
    couple.awaitDelivered(ana, pause);
    as(ana)
        .get(couple.path("/pauses/" + pause + "/deliveries"))
        .then()
        .body("members[0].channels.channel", is(List.of("push", "sms")))
        .body("members[0].channels.state", is(List.of("failed", "handedOver")));
  }

  @Test
  void whatWaitsForANumberThatIsRemovedGoesOnAtOnce() throws Exception {
    Channels.order(ben, 900, "sms", "email").then().statusCode(200);
    fail("sms", "serverError");
    couple.tap(ana);
    awaitOnRung(1);

    as(ben).delete(Channels.PATH + "/{id}", sms).then().statusCode(204);

    Channels.messages(ben, mail, SENT_BEFORE + 1);
  }

  private void awaitNothingQueuedFor(String channel) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (Tables.number(
            "select count(*) from delivery where member_id = ? and channel = ? and state = 'queued'",
            ben.id(),
            channel)
        > 0) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  /** Otherwise it would ring on all of them at once when the pause is over. */
  @Test
  @Tag("S9")
  void whatIsHeldBackGoesNoFurther() throws Exception {
    fail("sandbox", "serverError");
    couple.invitation(ana);
    awaitOnRung(1);
    UUID pause = couple.tap(ben);
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (Tables.number("select count(*) from delivery where member_id = ? and held", ben.id())
        == 0) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(50);
    }
    SandboxClock.advance(Duration.ofSeconds(10));
    Thread.sleep(500);
    awaitOnRung(1);
    assertThat(
            Tables.number(
                "select count(*) from delivery where member_id = ? and channel = 'email'"
                    + " and state = 'queued'",
                ben.id()))
        .isZero();

    RestAssured.given().delete("/sandbox/faults").then().statusCode(204);
    couple.lift(ben, pause).then().statusCode(200);
    SandboxClock.advance(Duration.ofSeconds(31));
    Inbox.texts(ben, 3);
    awaitNothingQueuedFor("sandbox");
    SandboxClock.advance(Duration.ofSeconds(20));
    Channels.settle(ben);
    assertThat(sent(mail)).isZero();
    assertThat(Inbox.texts(ben, 0)).hasSize(3);
  }

  /** A number may earn money for whoever has it called. */
  @Test
  @Tag("S1")
  void nobodyUsesUpTheSmsThatAnothersPauseNeeds() throws Exception {
    Channels.order(ben, 10, "sms", "email").then().statusCode(200);
    for (int i = 1; i <= 10; i++) {
      couple.lift(ana, couple.tap(ana)).then().statusCode(200);
      Channels.messages(ben, sms, SENT_BEFORE + i);
    }
    UUID pause = couple.tap(ana);
    couple.awaitDelivered(ana, pause);
    assertThat(sent(sms)).isEqualTo(10);
    assertThat(Channels.messages(ben, mail, 1)).anyMatch(Message::urgent);

    Person carl = Person.adult("carl");
    Couple others = new Couple(carl, ben, Couple.begin(carl));
    others.invite(carl, ben);
    others.tap(carl);
    Channels.messages(ben, sms, SENT_BEFORE + 11);

    couple.lift(ana, pause).then().statusCode(200);
    SandboxClock.advance(Duration.ofHours(1));
    couple.tap(ana);
    Channels.messages(ben, sms, SENT_BEFORE + 12);
  }

  @Test
  @Tag("S1")
  void aPauseThatCanOnlyBeTextedWaitsForItsTurn() throws Exception {
    as(ben).delete(Channels.PATH + "/{id}", mail).then().statusCode(204);
    Channels.order(ben, 10, "sms").then().statusCode(200);
    for (int i = 1; i <= 10; i++) {
      couple.lift(ana, couple.tap(ana)).then().statusCode(200);
      Channels.messages(ben, sms, SENT_BEFORE + i);
    }
    couple.tap(ana);
    SandboxClock.advance(Duration.ofMinutes(30));
    assertThat(sent(sms)).isEqualTo(10);

    SandboxClock.advance(Duration.ofMinutes(31));

    assertThat(Channels.messages(ben, sms, SENT_BEFORE + 11)).last().matches(Message::urgent);
  }

  @Test
  @Tag("S1")
  void sixtySmsAnHourAreEnoughForAnybody() throws Exception {
    Channels.order(ben, 10, "sms", "email").then().statusCode(200);
    Tables.change(
        "insert into event (member_id, sequence, id, type, occurred_at, relationship_id,"
            + " resource_type, resource_id) select ?, -n, uuidv7(), 'limit.drawn', now(),"
            + " gen_random_uuid(), 'limit', gen_random_uuid() from generate_series(1, 60) n",
        ben.id());
    Tables.change(
        "insert into delivery (member_id, sequence, target_id, channel, carrier, urgent, state,"
            + " next_attempt_at) select ?, -n, ?, 'sms', 'sms', true, 'handed_over', ?::timestamptz"
            + " from generate_series(1, 60) n",
        ben.id(),
        sms,
        SandboxClock.now().toString());

    couple.awaitDelivered(ana, couple.tap(ana));

    assertThat(sent(sms)).isZero();
    assertThat(Channels.messages(ben, mail, 1)).anyMatch(Message::urgent);
  }

  @Test
  void nobodyHasToSetAnOrder() {
    as(ana)
        .get("/v1/me/channel-order")
        .then()
        .statusCode(200)
        .body("channels", contains("push", "sms", "email"))
        .body("fallbackAfterSeconds", is(60));
    Channels.order(ana, 900, "sms", "push")
        .then()
        .statusCode(200)
        .body("channels", contains("sms", "push"))
        .body("fallbackAfterSeconds", is(900));
    as(ana).get("/v1/me/channel-order").then().body("channels", contains("sms", "push"));
    Channels.order(ana, 10, "email").then().body("channels", contains("email"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"channels\": [], \"fallbackAfterSeconds\": 60}",
        "{\"channels\": [\"sms\", \"sms\"], \"fallbackAfterSeconds\": 60}",
        "{\"channels\": [\"fax\"], \"fallbackAfterSeconds\": 60}",
        "{\"channels\": [null], \"fallbackAfterSeconds\": 60}",
        "{\"channels\": [\"sms\"], \"fallbackAfterSeconds\": 9}",
        "{\"channels\": [\"sms\"], \"fallbackAfterSeconds\": 901}",
        "{\"channels\": [\"sms\"]}",
        "{\"fallbackAfterSeconds\": 60}"
      })
  @Tag("S30")
  void anOrderThatIsNoneIsRefused(String body) {
    wrongly(ben)
        .contentType(ContentType.JSON)
        .body(body)
        .put("/v1/me/channel-order")
        .then()
        .statusCode(400)
        .body("code", is("validation-failed"));
    as(ben)
        .get("/v1/me/channel-order")
        .then()
        .body("channels", is(List.of("push", "sms", "email")));
  }
}
