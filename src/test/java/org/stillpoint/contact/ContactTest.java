package org.stillpoint.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillpoint.testkit.AtOnce;
import org.stillpoint.testkit.CapturedLog;
import org.stillpoint.testkit.Channels;
import org.stillpoint.testkit.Channels.Message;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Exports;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.StoredWords;
import org.stillpoint.testkit.Tables;

/** Somebody is reached where they have shown that they read it, and nobody else is bothered. */
@SuppressWarnings("NullAway.Init")
@StillpointTest
class ContactTest {
  private Couple couple;
  private Person ana;
  private Person ben;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
  }

  private static JsonPath list(Person person) {
    return as(person)
        .get(Channels.PATH)
        .then()
        .statusCode(200)
        .extract()
        .as(Json.class, Json.READER);
  }

  private static String otherThan(String code) {
    return code.startsWith("1") ? "2" + code.substring(1) : "1" + code.substring(1);
  }

  @Test
  @Tag("S30")
  void nothingButTheCodeGoesToANumberThatIsNotConfirmed() throws SQLException {
    String number = Channels.number();
    Channels.order(ben, 10, "sms", "email").then().statusCode(200);
    UUID sms = Channels.added(ben, "sms", number);
    Message first = Channels.messages(ben, sms, 1).getFirst();
    couple.lift(ana, couple.tap(ana)).then().statusCode(200);
    Channels.settle(ben);

    assertThat(Channels.messages(ben, sms, 0)).containsExactly(first);
    assertThat(first.text())
        .isEqualTo(
            first.code()
                + " is your code. It works for 15 minutes. If you didn't ask for one, you can"
                + " ignore this.");
    assertThat(first.body()).contains("To=%2B" + number.substring(1), "Body=" + first.code());
    assertThat(list(ben).getList("data.confirmed")).containsExactly(false);

    Channels.confirm(ben, sms, first.code())
        .then()
        .statusCode(200)
        .body("confirmed", is(true))
        .body("to", is(number))
        .body("pausesOnly", is(true));
    Channels.confirm(ben, sms, "000000").then().statusCode(200);
    couple.tap(ana, "red").then().statusCode(200);

    Message pause = Channels.messages(ben, sms, 2).getLast();
    assertThat(pause.text()).isEqualTo("Please stop here. I will write when I can.");
    assertThat(pause.urgent()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "en-GB, A message for you, is your code",
    "de-AT, Eine Nachricht für dich, ist dein Code",
    "es, Un mensaje para ti, es tu código"
  })
  @Tag("S30")
  void anEMailSaysNothingOfWhatItIsFor(String locale, String subject, String words) {
    as(ben)
        .contentType(ContentType.JSON)
        .body(Map.of("locale", locale, "displayName", "Ben of the hills"))
        .patch("/v1/me")
        .then()
        .statusCode(200);
    String mailbox = Channels.mailbox();
    Channels.order(ben, 10, "email").then().statusCode(200);
    UUID mail = Channels.confirmed(ben, "email", mailbox);
    couple.tap(ana, "yellow").then().statusCode(200);

    List<Message> messages = Channels.messages(ben, mail, 2);
    assertThat(messages.getFirst().text()).contains(words);
    assertThat(messages)
        .allSatisfy(
            message -> {
              assertThat(message.body()).isEqualTo(message.text());
              assertThat(message.headers())
                  .containsOnlyKeys("From", "To", "Subject", "Message-ID", "Auto-Submitted")
                  .containsEntry("To", mailbox)
                  .containsEntry("Subject", subject)
                  .containsEntry("Auto-Submitted", "auto-generated");
              assertThat(message.toString().toLowerCase(Locale.ROOT))
                  .doesNotContain("stillpoint", "ana", "hills");
            });
    assertThat(messages)
        .extracting(message -> message.headers().get("Message-ID"))
        .doesNotHaveDuplicates();
  }

  @Test
  void fiveWrongCodesMakeTheRightOneVoid() {
    UUID sms = Channels.added(ana, "sms", Channels.number());
    String code = Channels.messages(ana, sms, 1).getFirst().code();
    for (int i = 0; i < 5; i++) {
      Channels.confirm(ana, sms, otherThan(code))
          .then()
          .statusCode(409)
          .body("code", is("channel-code-wrong"));
    }
    Channels.confirm(ana, sms, code).then().statusCode(409).body("code", is("channel-code-void"));

    Channels.another(ana, sms).then().statusCode(200).body("confirmed", is(false));
    String second = Channels.messages(ana, sms, 2).getLast().code();
    Channels.confirm(ana, sms, otherThan(second)).then().statusCode(409);
    Channels.confirm(ana, sms, second).then().statusCode(200);
    Channels.another(ana, sms).then().statusCode(200).body("confirmed", is(true));
    assertThat(Channels.messages(ana, sms, 2)).hasSize(2);
  }

  @Test
  void guessesAtOnceCountOneByOne() throws SQLException {
    UUID sms = Channels.added(ana, "sms", Channels.number());
    String code = Channels.messages(ana, sms, 1).getFirst().code();

    AtOnce.each(
        List.of(1, 2, 3, 4, 5, 6, 7, 8),
        guess -> Channels.confirm(ana, sms, otherThan(code)).then().statusCode(409));

    Channels.confirm(ana, sms, code).then().body("code", is("channel-code-void"));
  }

  @Test
  void aCodeIsOldAfterAQuarterOfAnHour() {
    UUID sms = Channels.added(ana, "sms", Channels.number());
    String code = Channels.messages(ana, sms, 1).getFirst().code();
    SandboxClock.advance(Duration.ofMinutes(15));

    Channels.confirm(ana, sms, code).then().statusCode(409).body("code", is("channel-code-void"));
  }

  @Test
  void theSameAddressAgainIsTheSameChannel() {
    String mailbox = Channels.mailbox();
    UUID mail = Channels.added(ana, "email", mailbox);
    assertThat(Channels.added(ana, "email", mailbox.toUpperCase(Locale.ROOT))).isEqualTo(mail);
    List<Message> messages = Channels.messages(ana, mail, 2);
    assertThat(messages).hasSize(2);

    Channels.confirm(ana, mail, messages.getLast().code()).then().statusCode(200);
    Channels.add(ana, "email", mailbox, true)
        .then()
        .statusCode(201)
        .body("id", is(mail.toString()))
        .body("confirmed", is(true))
        .body("pausesOnly", is(true));
    as(ana)
        .contentType(ContentType.JSON)
        .body(Map.of("pausesOnly", false))
        .patch(Channels.PATH + "/{id}", mail)
        .then()
        .statusCode(200)
        .body("pausesOnly", is(false));
    assertThat(list(ana).getList("data.to")).containsExactly(mailbox);
    assertThat(Channels.messages(ana, mail, 2)).hasSize(2);
  }

  @Test
  void nobodyAsksForMoreThanFiveCodesADay() throws SQLException {
    List<UUID> channels = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      channels.add(Channels.added(ana, "sms", Channels.number()));
    }
    Channels.another(ana, channels.getFirst())
        .then()
        .statusCode(429)
        .body("code", is("too-many-codes"));
    Channels.settle(ana);
    assertThat(Channels.messages(ana, channels.getFirst(), 1)).hasSize(1);

    SandboxClock.advance(Duration.ofDays(1));
    Channels.another(ana, channels.getFirst()).then().statusCode(200);
    Channels.messages(ana, channels.getFirst(), 2);
  }

  @Test
  void fiveChannelsAreEnough() {
    for (int i = 0; i < 5; i++) {
      Channels.added(ana, "sms", Channels.number());
    }
    SandboxClock.advance(Duration.ofDays(1));

    Channels.add(ana, "sms", Channels.number())
        .then()
        .statusCode(409)
        .body("code", is("too-many-channels"));
  }

  private static List<String> askFourTimes(Person person, String channel, List<String> written) {
    List<String> answers = new ArrayList<>();
    for (String to : written) {
      Response answer = Channels.add(person, channel, to);
      Map<String, Object> said = new HashMap<>(answer.as(Json.class, Json.READER).getMap(""));
      List.of("id", "to", "createdAt", "requestId", "instance").forEach(said::remove);
      answers.add(answer.statusCode() + " " + said);
    }
    return answers;
  }

  /** Whether others have used up what an address gets, or have it at all, shows nowhere. */
  @Test
  @Tag("S34")
  void severalAccountsCannotBombAnAddressNorLearnOfEachOther() throws SQLException {
    String number = Channels.number();
    List<String> written = List.of(number, number, number, number);
    List<String> alone = askFourTimes(ana, "sms", written);
    List<String> afterwards = askFourTimes(ben, "sms", written);

    assertThat(alone).hasSize(4).element(3).asString().startsWith("429").contains("too-many-codes");
    assertThat(alone.subList(0, 3)).allMatch(answer -> answer.startsWith("201"));
    assertThat(afterwards).isEqualTo(alone);
    UUID anas = Couple.id(list(ana).get("data[0].id"));
    UUID bens = Couple.id(list(ben).get("data[0].id"));
    Channels.settle(ana);
    Channels.settle(ben);
    assertThat(Channels.messages(ana, anas, 3)).hasSize(3);
    assertThat(Channels.messages(ben, bens, 0)).isEmpty();
    assertThat(codesToldTo(ben)).isEqualTo(codesToldTo(ana)).isEqualTo(3);
    Channels.confirm(ben, bens, "123456")
        .then()
        .statusCode(409)
        .body("code", is("channel-code-wrong"));
  }

  private static long codesToldTo(Person person) {
    List<String> types =
        as(person).get("/v1/events").as(Json.class, Json.READER).getList("data.type");
    return types.stream().filter("contact.code"::equals).count();
  }

  @Test
  void anAddressThatIsOnlyWrittenOtherwiseIsTheSameScreen() throws SQLException {
    String name = "m" + UUID.randomUUID().toString().substring(0, 13).replace("-", "");
    askFourTimes(
        ana,
        "email",
        List.of(name + "+1@example.org", name + "+2@example.org", name + "+3@example.org"));
    UUID dotted = Channels.added(ben, "email", "m." + name.substring(1) + "@EXAMPLE.org");
    Channels.settle(ben);

    assertThat(Channels.messages(ben, dotted, 0)).isEmpty();
  }

  @Test
  void manyAtOnceGetNoMoreThrough() throws SQLException {
    String number = Channels.number();
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      people.add(Person.stranger("mallory"));
    }
    AtOnce.each(people, person -> Channels.added(person, "sms", number));

    int sent = 0;
    for (Person person : people) {
      Channels.settle(person);
      sent += Channels.messages(person, Couple.id(list(person).get("data[0].id")), 0).size();
    }
    assertThat(sent).isEqualTo(3);
  }

  /** Who erases the account and begins anew has no more to send either. */
  @Test
  @Tag("S33")
  void anAddressIsSparedAlsoByWhoeverIsErased() throws SQLException {
    String number = Channels.number();
    askFourTimes(ana, "sms", List.of(number, number, number));
    as(ana).delete("/v1/me").then().statusCode(204);
    Channels.settle(ana);

    for (String table : List.of("contact", "channel_order", "contact_code")) {
      assertThat(Tables.number("select count(*) from " + table + " where member_id = ?", ana.id()))
          .as(table)
          .isZero();
    }
    UUID sms = Channels.added(ben, "sms", number);
    Channels.settle(ben);
    assertThat(Channels.messages(ben, sms, 0)).isEmpty();
  }

  @Test
  @Tag("S34")
  void anothersChannelIsNoChannel() {
    UUID bens = Channels.added(ben, "sms", Channels.number());
    String code = Channels.messages(ben, bens, 1).getFirst().code();
    for (UUID id : List.of(bens, UUID.randomUUID())) {
      Channels.confirm(ana, id, code).then().statusCode(404).body("code", is("not-found"));
      Channels.another(ana, id).then().statusCode(404).body("code", is("not-found"));
      as(ana)
          .contentType(ContentType.JSON)
          .body(Map.of("pausesOnly", false))
          .patch(Channels.PATH + "/{id}", id)
          .then()
          .statusCode(404)
          .body("code", is("not-found"));
      as(ana).delete(Channels.PATH + "/{id}", id).then().statusCode(404);
    }

    as(ana).get(Channels.PATH).then().body("data", empty());
    Channels.confirm(ben, bens, code).then().statusCode(200);
  }

  @Test
  @Tag("S31")
  void nothingOfItShowsToThePartner() throws SQLException {
    List<String> before = whatSheSees();
    String number = Channels.number();
    UUID bens = Channels.confirmed(ben, "sms", number);
    Channels.order(ben, 10, "sms").then().statusCode(200);
    Channels.another(ben, bens);
    assertThat(whatSheSees()).isEqualTo(before);
    as(ben).delete(Channels.PATH + "/{id}", bens).then().statusCode(204);

    assertThat(whatSheSees()).isEqualTo(before);
    assertThat(Exports.of(ana).prettify()).doesNotContain(number, bens.toString(), "contact.code");
  }

  private List<String> whatSheSees() {
    List<String> seen = new ArrayList<>();
    for (String path :
        List.of(
            "/v1/events",
            couple.path(""),
            couple.path("/members"),
            couple.path("/state"),
            Channels.PATH,
            "/v1/me/channel-order")) {
      seen.add(as(ana).get(path).then().statusCode(200).extract().asString());
    }
    return seen;
  }

  @Test
  @Tag("S10")
  void whatIsRemovedIsSentNothingMore() throws SQLException {
    UUID sms = Channels.confirmed(ben, "sms", Channels.number());
    Channels.order(ben, 10, "sms").then().statusCode(200);
    Channels.settle(ben);
    Tables.change(
        "insert into delivery (member_id, sequence, target_id, channel, carrier, urgent, state,"
            + " attempts, next_attempt_at) values (?, 999, ?, 'sms', 'sms', true, 'queued', 1,"
            + " now() + interval '4000 days')",
        ben.id(),
        sms);
    couple.tap(ana);
    as(ben).delete(Channels.PATH + "/{id}", sms).then().statusCode(204);
    couple.tap(ana, "red").then().statusCode(200);
    Channels.settle(ben);

    as(ben).get(Channels.PATH).then().body("data", empty());
    assertThat(Channels.messages(ben, sms, 0)).hasSizeLessThanOrEqualTo(2);
    assertThat(Tables.number("select count(*) from contact where member_id = ?", ben.id()))
        .isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "sms, 0170 1234567",
    "sms, +49 170 1234567",
    "sms, +0491701234567",
    "sms, +1701234567890123",
    "sms, ana@example.org",
    "email, +491701234567",
    "email, ana",
    "email, ana@localhost",
    "email, ana@127.0.0.1",
    "email, '\"ana\"@example.org'",
    "email, 'ana@example.org,ben@example.org'",
    "email, 'Ana <ana@example.org>'",
    "email, 'ana@example.org\r\nBcc: ben@example.org'",
    "email, ana..b@example.org"
  })
  void whatIsNoAddressIsRefused(String channel, String to) {
    Channels.add(ana, channel, to)
        .then()
        .statusCode(400)
        .body("code", is("validation-failed"))
        .body("errors.pointer", contains("/to"));
    as(ana).get(Channels.PATH).then().body("data", empty());
  }

  @Test
  @Tag("S33")
  void itIsInTheCopyAndGoesWithTheAccount() {
    String number = Channels.number();
    UUID sms = Channels.confirmed(ana, "sms", number);
    JsonPath before = Exports.of(ana);
    Channels.order(ana, 10, "email", "push").then().statusCode(200);
    JsonPath copy = Exports.of(ana);

    assertThat(before.getList("channelOrder.channels")).containsExactly("push", "sms", "email");
    assertThat(before.getInt("channelOrder.fallbackAfterSeconds")).isEqualTo(60);
    assertThat(copy.getList("channels.id")).containsExactly(sms.toString());
    assertThat(copy.getList("channels.to")).containsExactly(number);
    assertThat(copy.getList("channels.confirmed")).containsExactly(true);
    assertThat(copy.getList("channelOrder.channels")).containsExactly("email", "push");
    assertThat(copy.getInt("channelOrder.fallbackAfterSeconds")).isEqualTo(10);
  }

  @Test
  @Tag("S30")
  void neitherAddressNorCodeIsLoggedOrStoredInTheOpen() throws SQLException {
    String number = Channels.number();
    String mailbox = Channels.mailbox();
    List<String> codes = new ArrayList<>();
    CapturedLog log = CapturedLog.begin();
    try {
      for (UUID id :
          List.of(Channels.added(ana, "sms", number), Channels.added(ana, "email", mailbox))) {
        codes.add(Channels.messages(ana, id, 1).getFirst().code());
        Channels.confirm(ana, id, otherThan(codes.getLast())).then().statusCode(409);
      }
      Channels.add(ana, "sms", mailbox).then().statusCode(400);
    } finally {
      log.close();
    }

    assertThat(log.text()).doesNotContain(number, mailbox).doesNotContain(codes);
    for (String words : List.of(number, number.substring(1), mailbox)) {
      assertThat(StoredWords.columnsWith(words)).as(words).isEmpty();
    }
  }
}
