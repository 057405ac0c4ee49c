package org.stillpoint.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.testkit.Api.as;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.testkit.AppServer;
import org.stillpoint.testkit.Browser;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Devices;
import org.stillpoint.testkit.Devices.Pushed;
import org.stillpoint.testkit.Inbox;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Limits;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.SandboxClock;
import org.stillpoint.testkit.StillpointTest;

/** What a browser shows, and what the push service in between learns: nothing but when. */
@StillpointTest
class WebPushTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CHANNEL = "webPush";

  private final Browser browser = Browser.subscribe();
  private Couple couple;
  private Person ben;
  private UUID device;

  @BeforeEach
  void aFreshCoupleAndABrowser() {
    couple = Couple.create();
    ben = couple.ben();
    Inbox.texts(ben, 0);
    device = Devices.registered(ben, browser);
  }

  private Pushed pushed(int number) {
    return Devices.pushed(ben, device, number).get(number - 1);
  }

  private static String header(Pushed pushed, String name) {
    return Objects.requireNonNull(pushed.headers().get(name), name);
  }

  private String drawnLimit() {
    return Limits.draw(couple, couple.ana()).getString("id");
  }

  private String eventOf(String type) {
    List<Map<String, String>> events =
        as(ben).get("/v1/events?limit=100").as(Json.class, Json.READER).get("data");
    return events.stream()
        .filter(event -> type.equals(event.get("type")))
        .map(event -> Objects.requireNonNull(event.get("id")))
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  @Test
  @Tag("S30")
  void aPauseComesAtOnceAndOnlyTheBrowserReadsIt() throws Exception {
    UUID pause = couple.tap(couple.ana());

    Pushed pushed = pushed(1);
    JsonNode message = JSON.readTree(browser.read(pushed.body()));
    assertThat(message.properties()).extracting(Map.Entry::getKey).containsExactly("id", "text");
    assertThat(message.get("id").asText())
        .isEqualTo(eventOf("pause.raised"))
        .isEqualTo("" + pushed.id());
    String text = message.get("text").asText();
    assertThat(text).isNotBlank().isEqualTo(Inbox.texts(ben, 1).getLast());
    assertThat(pushed.headers())
        .containsEntry("Urgency", "high")
        .containsEntry("TTL", "3600")
        .containsEntry("Content-Encoding", "aes128gcm")
        .containsOnlyKeys(
            "Urgency", "TTL", "Topic", "Content-Encoding", "Content-Type", "Authorization");
    String all = pushed.headers() + new String(pushed.body(), StandardCharsets.ISO_8859_1);
    for (String word : List.of(text, "" + pushed.id(), "" + pause, "" + couple.relationship())) {
      assertThat(all).doesNotContain(word);
    }
  }

  @Test
  @Tag("S30")
  void whatIsNoPauseIsInNoHurryAndAsLongAsEverythingElse() throws Exception {
    couple.tap(couple.ana());
    Pushed pause = pushed(1);

    drawnLimit();

    Pushed other = pushed(2);
    assertThat(other.headers())
        .containsEntry("Urgency", "normal")
        .containsEntry("TTL", "86400")
        .doesNotContainKey("Topic");
    assertThat(browser.read(other.body()).strip()).isNotEqualTo(browser.read(pause.body()).strip());
    assertThat(other.body()).hasSameSizeAs(pause.body());
  }

  @Test
  void whatEndsAPauseReplacesItsNoticeWhereThatHasNotArrived() {
    UUID second = Devices.registered(ben, Browser.subscribe());
    UUID pause = couple.tap(couple.ana());
    // One after the other: a pause overtakes what isn't one, and a stronger one what it
    // strengthens.
    Devices.pushed(ben, device, 1);
    couple.tap(couple.ana(), "red").then().statusCode(200);
    Devices.pushed(ben, device, 2);
    couple.lift(couple.ana(), pause).then().statusCode(200);
    Devices.pushed(ben, device, 3);
    couple.tap(couple.ana());

    List<Pushed> all = Devices.pushed(ben, device, 4);
    String topic = header(all.getFirst(), "Topic");
    assertThat(topic).matches("[A-Za-z0-9_-]{22}");
    assertThat(header(all.get(1), "Topic")).isEqualTo(topic);
    assertThat(all.get(2).headers()).containsEntry("Topic", topic).containsEntry("TTL", "86400");
    assertThat(header(all.get(3), "Topic")).isNotEqualTo(topic);
    assertThat(header(Devices.pushed(ben, second, 1).getFirst(), "Topic")).isNotEqualTo(topic);
  }

  @Test
  @Tag("S1")
  void aSharedTimeToReturnReplacesNoPauseThatHasNotArrived() {
    UUID pause = couple.tap(couple.ana());
    Instant start = SandboxClock.now().plus(Duration.ofDays(1));
    offer(ben, pause, start);
    offer(couple.ana(), pause, start);

    List<Pushed> all = Devices.pushed(ben, device, 2);
    assertThat(all).extracting(Pushed::urgent).contains(true, false);
    assertThat(all).allMatch(each -> each.headers().containsKey("Topic") == each.urgent());
  }

  private void offer(Person person, UUID pause, Instant start) {
    Instant end = start.plus(Duration.ofHours(2));
    as(person)
        .contentType("application/json")
        .body(Map.of("windows", List.of(Map.of("startsAt", "" + start, "endsAt", "" + end))))
        .put(couple.path("/pauses/" + pause + "/return-windows"))
        .then()
        .statusCode(200);
  }

  @Test
  void thePushServiceIsToldWhoSends() throws Exception {
    String publicKey =
        as(ben).get("/v1/web-push-key").then().statusCode(200).extract().path("publicKey");
    couple.tap(couple.ana());

    String authorization = header(pushed(1), "Authorization");
    assertThat(authorization).startsWith("vapid t=").endsWith(", k=" + publicKey);
    String token = authorization.substring("vapid t=".length(), authorization.indexOf(", k="));
    String[] parts = token.split("\\.", -1);
    assertThat(isSigned(parts, publicKey)).isTrue();
    JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
    assertThat(claims.get("aud").asText()).isEqualTo("https://push.example.net");
    assertThat(claims.get("sub").asText()).matches("(mailto:|https://).+");
    // In real time, which is what push services have.
    assertThat(Duration.between(Instant.now(), Instant.ofEpochSecond(claims.get("exp").asLong())))
        .isBetween(Duration.ofHours(5), Duration.ofHours(12));
    assertThat(JSON.readTree(Base64.getUrlDecoder().decode(parts[0])).get("alg").asText())
        .isEqualTo("ES256");
  }

  private static boolean isSigned(String[] parts, String publicKey)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initVerify(Browser.publicKey(Base64.getUrlDecoder().decode(publicKey)));
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
  }

  @Test
  void theKeyIsReadableByTheServerAlone() throws IOException {
    Path file =
        Path.of(ConfigProvider.getConfig().getValue("stillpoint.folder", String.class))
            .resolve("vapid-key.json");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aSubscriptionThatIsGoneIsForgottenAndTheNextNoticeGoesElsewhere() {
    UUID second = Devices.registered(ben, Browser.subscribe());
    as(ben).delete("/v1/me/devices/{id}", second).then().statusCode(204);
    Devices.fail(ben, CHANNEL, "gone");

    couple.tap(couple.ana());

    Devices.await(ben, 0);
    int before = Inbox.texts(ben, 0).size();
    drawnLimit();
    assertThat(Inbox.texts(ben, before + 1)).hasSize(before + 1);
    assertThat(Devices.pushed(ben, device, 0)).isEmpty();
  }

  /** By a push service on this machine itself. */
  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void aSubscriptionThatThePushServiceNoLongerKnowsIsForgotten(int status) {
    try (AppServer service = AppServer.start()) {
      service.answer(status);
      Devices.registered(ben, Browser.subscribe(service.url()));

      couple.tap(couple.ana());

      Devices.await(ben, 1);
    }
  }

  @Test
  void whatFailsOnceComesAgainAndIsTheSame() throws Exception {
    Devices.fail(ben, CHANNEL, "serverError");

    couple.tap(couple.ana());

    Pushed pushed = pushed(1);
    assertThat(JSON.readTree(browser.read(pushed.body())).get("id").asText())
        .isEqualTo(eventOf("pause.raised"))
        .isEqualTo("" + pushed.id());
    drawnLimit();
    assertThat(Devices.pushed(ben, device, 2)).hasSize(2);
  }
}
