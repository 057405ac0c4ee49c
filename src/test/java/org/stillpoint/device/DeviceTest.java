package org.stillpoint.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.stillpoint.testkit.Api.as;
import static org.stillpoint.testkit.Api.wrongly;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillpoint.testkit.AtOnce;
import org.stillpoint.testkit.Browser;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Devices;
import org.stillpoint.testkit.Exports;
import org.stillpoint.testkit.Inbox;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PlainHttp;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.StoredWords;
import org.stillpoint.testkit.Tables;

/** A member has devices told, and nobody else learns of it or takes one away. */
@StillpointTest
class DeviceTest {
  private static final String APNS_TOKEN = "0a1B".repeat(16);
  private static final String FCM_TOKEN = "cYh3:APA91b" + "x-_".repeat(45);

  private Couple couple;
  private Person ana;
  private Person ben;

  @BeforeEach
  void aFreshCouple() {
    couple = Couple.create();
    ana = couple.ana();
    ben = couple.ben();
  }

  private static Map<String, String> token(String channel, String token) {
    return Map.of("channel", channel, "token", token);
  }

  private static void remove(Person person, UUID device) {
    as(person).delete("/v1/me/devices/{id}", device).then().statusCode(204);
  }

  @Test
  void everyKindIsListedWithoutItsAddress() {
    Browser browser = Browser.subscribe();
    UUID web = Devices.registered(ben, browser);
    UUID apple = Devices.registered(ben.through("ios-app"), token("apns", APNS_TOKEN));
    UUID google = Devices.registered(ben, token("fcm", FCM_TOKEN));

    JsonPath list = Devices.list(ben);
    assertThat(list.getList("data.id")).containsExactly("" + web, "" + apple, "" + google);
    assertThat(list.getList("data.channel")).containsExactly("webPush", "apns", "fcm");
    assertThat(list.getList("data.clientId"))
        .containsExactly("sandbox-app", "ios-app", "sandbox-app");
    assertThat(list.getString("data[0].createdAt")).isNotEmpty();
    assertThat(list.getMap("data[0]")).containsOnlyKeys("id", "channel", "clientId", "createdAt");
    assertThat(
            as(ben).get("/v1/me/devices/{id}", apple).then().statusCode(200).extract().asString())
        .contains("" + apple)
        .doesNotContainIgnoringCase(APNS_TOKEN);
  }

  @Test
  void theyComeInPages() {
    for (int i = 0; i < 3; i++) {
      Devices.registered(ben, Browser.subscribe());
    }

    JsonPath first =
        as(ben)
            .get("/v1/me/devices?limit=2")
            .then()
            .statusCode(200)
            .extract()
            .as(Json.class, Json.READER);
    List<String> ids = new ArrayList<>(first.getList("data.id"));
    JsonPath second =
        as(ben)
            .queryParam("cursor", first.getString("nextCursor"))
            .get("/v1/me/devices")
            .then()
            .body("hasMore", is(false))
            .extract()
            .as(Json.class, Json.READER);
    ids.addAll(second.getList("data.id"));
    assertThat(ids).isEqualTo(Devices.of(ben));
  }

  @Test
  @Tag("S35")
  void theSameAddressIsTheSameDeviceOfTheAppThatHasRegisteredItLast() {
    UUID id = Devices.registered(ben, token("apns", APNS_TOKEN));

    assertThat(Devices.registered(ben, token("apns", APNS_TOKEN.toLowerCase(Locale.ROOT))))
        .isEqualTo(id);
    assertThat(Devices.registered(ben.through("newer-app"), token("apns", APNS_TOKEN)))
        .isEqualTo(id);
    assertThat(Devices.list(ben).getList("data.clientId")).containsExactly("newer-app");
  }

  @Test
  @Tag("S35")
  void registeringItManyTimesAtOnceMakesOne() {
    Browser browser = Browser.subscribe();

    AtOnce.each(List.of(1, 2, 3, 4, 5, 6, 7, 8), _ -> Devices.registered(ben, browser));

    assertThat(Devices.of(ben)).hasSize(1);
  }

  @Test
  void anotherKeyOfTheSameBrowserIsTheOneThatCounts() throws Exception {
    Browser before = Browser.subscribe();
    Browser after = Browser.subscribe(before.endpoint());
    UUID id = Devices.registered(ben, before);
    assertThat(Devices.registered(ben, after)).isEqualTo(id);

    couple.tap(ana);

    assertThat(after.read(Devices.pushed(ben, id, 1).getFirst().body())).contains("text");
  }

  @Test
  @Tag("S30")
  void nobodyTakesAnothersDeviceAway() {
    Browser browser = Browser.subscribe();
    UUID bens = Devices.registered(ben, browser);
    UUID anas = Devices.registered(ana, browser);
    assertThat(anas).isNotEqualTo(bens);
    remove(ana, anas);

    couple.tap(ana);

    assertThat(Devices.of(ben)).containsExactly("" + bens);
    assertThat(Devices.pushed(ben, bens, 1)).hasSize(1);
  }

  @Test
  @Tag("S34")
  void anothersDeviceIsNotThere() {
    UUID device = Devices.registered(ben, Browser.subscribe());

    for (UUID id : List.of(device, UUID.randomUUID())) {
      as(ana).get("/v1/me/devices/{id}", id).then().statusCode(404).body("code", is("not-found"));
      as(ana).delete("/v1/me/devices/{id}", id).then().statusCode(404);
    }
    as(ana).get("/v1/me/devices").then().body("data", empty());
    assertThat(Devices.of(ben)).containsExactly("" + device);
  }

  /** Of all that Ana can read. */
  private List<String> anasView() {
    List<String> view = new ArrayList<>();
    for (String path :
        List.of("", "/members", "/state", "/pauses", "/signals", "/in-force", "/invitations")) {
      view.add(read(couple.path(path)));
    }
    view.add(read("/v1/events?limit=100"));
    view.add(read("/v1/me/access-log"));
    view.add(read("/v1/relationships"));
    return view;
  }

  private String read(String path) {
    return PlainHttp.send(
            new PlainHttp.Call("GET", path, Map.of("Authorization", "Bearer " + ana.token())))
        .body()
        .replaceAll("\"times\":\\d+|\"at\":\"[^\"]+\"", "");
  }

  @Test
  @Tag("S31")
  void whatAPartnerSeesIsTheSame() {
    anasView();
    List<String> before = anasView();

    UUID device = Devices.registered(ben, Browser.subscribe());
    assertThat(anasView()).isEqualTo(before);
    remove(ben, device);
    assertThat(anasView()).isEqualTo(before);
  }

  @Test
  void whoHasADeviceIsToldThere() {
    UUID device = Devices.registered(ben, Browser.subscribe());
    int before = Inbox.texts(ben, 0).size();

    couple.tap(ana);

    Devices.pushed(ben, device, 1);
    assertThat(Inbox.texts(ben, 0)).hasSize(before + 1);
  }

  @Test
  void aDeviceThatIsRemovedIsToldNothingMore() throws SQLException {
    UUID device = Devices.registered(ben, Browser.subscribe());
    couple.tap(ana);
    Devices.pushed(ben, device, 1);
    Tables.change(
        "update delivery set state = 'queued', next_attempt_at = 'infinity' where target_id = ?",
        device);

    remove(ben, device);

    assertThat(waiting(device)).isZero();
    couple.tap(ana, "red").then().statusCode(200);
    Inbox.texts(ben, 2);
    assertThat(Devices.pushed(ben, device, 0)).hasSize(1);
    as(ben).delete("/v1/me/devices/{id}", device).then().statusCode(404);
  }

  private static long waiting(UUID device) throws SQLException {
    return Tables.number(
        "select count(*) from delivery where target_id = ? and state = 'queued'", device);
  }

  @Test
  void theDevicesOfAnAppGoWithIt() throws SQLException {
    Person elsewhere = ben.through("other-app");
    UUID cutOff = Devices.registered(elsewhere, Browser.subscribe());
    UUID kept = Devices.registered(ben, Browser.subscribe());
    couple.tap(ana);
    Devices.pushed(ben, cutOff, 1);
    Tables.change(
        "update delivery set state = 'queued', next_attempt_at = 'infinity' where target_id = ?",
        cutOff);

    as(ben).delete("/v1/me/clients/{id}", app(ben, "other-app")).then().statusCode(204);

    assertThat(Devices.of(ben)).containsExactly("" + kept);
    assertThat(waiting(cutOff)).isZero();
    couple.tap(ana, "red").then().statusCode(200);
    Devices.pushed(ben, kept, 2);
    assertThat(Devices.pushed(ben, cutOff, 0)).hasSize(1);
  }

  private static String app(Person person, String clientId) {
    List<Map<String, String>> apps =
        as(person).get("/v1/me/clients").as(Json.class, Json.READER).get("data");
    return apps.stream()
        .filter(app -> clientId.equals(app.get("clientId")))
        .map(app -> Objects.requireNonNull(app.get("id")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void thereAreAtMostTwentyAndWhoRemovesOneHasRoom() {
    List<Browser> browsers = new ArrayList<>();
    for (int i = 0; i < DeviceService.MOST_DEVICES; i++) {
      browsers.add(Browser.subscribe());
      Devices.registered(ben, browsers.getLast());
    }

    Devices.post(ben, token("fcm", FCM_TOKEN))
        .then()
        .statusCode(409)
        .body("code", is("too-many-devices"));
    UUID again = Devices.registered(ben, browsers.getFirst());
    remove(ben, again);
    Devices.registered(ben, token("fcm", FCM_TOKEN));
  }

  @ParameterizedTest
  @CsvSource({
    "webPush, endpoint, , required",
    "webPush, p256dh, , required",
    "webPush, auth, , required",
    "webPush, token, abc, isn't known",
    "webPush, endpoint, http://push.example.net/p, allowed",
    "webPush, endpoint, https:///p, allowed",
    "webPush, endpoint, https://10.0.0.1/p, allowed",
    "webPush, endpoint, https://router.local/p, allowed",
    "webPush, endpoint, https://push.example.net:8443/p, allowed",
    "webPush, endpoint, https://me:you@push.example.net/p, allowed",
    "webPush, endpoint, not an address, allowed",
    "webPush, endpoint, '', allowed",
    "webPush, p256dh, BCVx, allowed",
    "webPush, p256dh, BAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0-P0A, allowed",
    "webPush, auth, BTBZMqHH6r4Tts7J, allowed",
    "webPush, auth, '%%%%', allowed",
    "apns, token, , required",
    "apns, endpoint, https://push.example.net/p, isn't known",
    "apns, auth, BTBZMqHH6r4Tts7J_aSIgg, isn't known",
    "apns, token, abcd, allowed",
    "apns, token, hexadecimal-it-is-not-hexadecimal-it-is-not-hexadecimal-it-is-not, allowed",
    "fcm, token, , required",
    "fcm, p256dh, BCVx, isn't known",
    "fcm, token, short, allowed",
    "fcm, token, 'cYh3 with spaces in it', allowed"
  })
  void eachKindHasItsOwnMembersAndSaysWhatIsWrong(
      String channel, String member, @Nullable String value, String what) {
    Map<String, String> body =
        new HashMap<>(
            channel.equals("webPush")
                ? Browser.subscribe().registration()
                : token(channel, channel.equals("apns") ? APNS_TOKEN : FCM_TOKEN));
    body.remove(member);
    if (value != null) {
      body.put(member, value);
    }

    wrongly(ben)
        .contentType(ContentType.JSON)
        .body(body)
        .post("/v1/me/devices")
        .then()
        .statusCode(400)
        .body("code", is("validation-failed"))
        .body("errors.pointer", is(List.of("/" + member)))
        .body("errors.detail", hasItem(containsString(what)));
    assertThat(Devices.of(ben)).isEmpty();
  }

  @Test
  void aKindThatIsNotKnownIsRefused() {
    wrongly(ben)
        .contentType(ContentType.JSON)
        .body(token("pager", FCM_TOKEN))
        .post("/v1/me/devices")
        .then()
        .statusCode(400)
        .body("errors.pointer", hasItem("/channel"));
  }

  @Test
  @Tag("S10")
  void theyAreInTheCopyOfOnesDataWithoutTheirAddresses() {
    Browser browser = Browser.subscribe();
    UUID device = Devices.registered(ben, browser);

    JsonPath copy = Exports.of(ben);

    assertThat(copy.getList("devices.id")).containsExactly("" + device);
    assertThat(copy.getList("devices.channel")).containsExactly("webPush");
    assertThat(copy.prettify()).doesNotContain(browser.endpoint());
  }

  @Test
  @Tag("S33")
  void theirAddressesAreReadByNobodyAndGoWithTheirOwner() throws SQLException {
    Browser browser = Browser.subscribe();
    UUID device = Devices.registered(ben, browser);
    String path = browser.endpoint().substring("https://push.example.net".length());
    assertThat(StoredWords.columnsWith(path)).isEmpty();

    as(ben).delete("/v1/me").then().statusCode(204);

    assertThat(Tables.number("select count(*) from device where id = ?", device)).isZero();
  }

  /** Without a sandbox's phones, which everybody has: while one is added, another is removed. */
  @Test
  @Tag("S1")
  void whoAddsOneWhileRemovingAnotherIsStillTold() throws Exception {
    UUID old = Devices.registered(ben, Browser.subscribe());
    try (Connection adding = connect();
        Connection removing = connect()) {
      execute(
          adding,
          "insert into device (member_id, id, client_id, channel, carrier, address, address_hash,"
              + " created_at) values ('%s', uuidv7(), 'app', 'fcm', 'fcm:app', '', uuid_send("
                  .formatted(ben.id())
              + "uuidv7()), now())");
      execute(adding, "select refresh_feed(false)");
      execute(removing, "delete from device where id = '%s'".formatted(old));
      var removed =
          CompletableFuture.runAsync(
              () -> {
                try {
                  execute(removing, "select refresh_feed(false)");
                  removing.commit();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      awaitWaiting();
      adding.commit();
      removed.get();
    }

    assertThat(Tables.read("select wants_notices from feed where member_id = ?", ben.id()))
        .isEqualTo("t");
  }

  private static void awaitWaiting() throws Exception {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (Tables.number("select count(*) from pg_locks where not granted") == 0) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private Connection connect() throws SQLException {
    Connection connection = Tables.connectAs("app");
    connection.setAutoCommit(false);
    execute(connection, "select set_config('app.member', '%s', true)".formatted(ben.id()));
    return connection;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
