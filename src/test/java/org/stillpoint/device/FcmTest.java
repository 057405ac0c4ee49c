package org.stillpoint.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stillpoint.delivery.Delivery;
import org.stillpoint.delivery.HttpCarrier;
import org.stillpoint.delivery.Outcome;
import org.stillpoint.delivery.Parcel;
import org.stillpoint.delivery.Response;
import org.stillpoint.event.Announced;
import org.stillpoint.event.Event;
import org.stillpoint.testkit.CapturedLog;
import org.stillpoint.testkit.StillpointTest;

/** What Google is told, and how it is understood. */
@StillpointTest
class FcmTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final String TOKEN = "bk3RNwTe3H0:CI2k_HHwgIpoDKCIZvvDMExUdFQ3P1";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;

  @Inject DeviceAddresses addresses;
  @Inject HttpCarrier carrier;

  private GoogleServer google;
  private FcmAccount account;
  private FcmChannel channel;

  @BeforeEach
  void serve() throws Exception {
    google = new GoogleServer();
    Path file = google.write(folder.resolve("account.json"));
    account = FcmAccount.read(app(file, google.address()));
    channel = channel(PATIENCE);
  }

  @AfterEach
  void end() {
    google.close();
  }

  private static FcmConfig.App app(Path file, URI server) {
    return new FcmConfig.App() {
      @Override
      public Path serviceAccountFile() {
        return file;
      }

      @Override
      public URI server() {
        return server;
      }
    };
  }

  private FcmChannel channel(Duration timeout) {
    PushAccounts accounts = new PushAccounts(Map.of(), Map.of(PushedNotice.CLIENT, account), false);
    return new FcmChannel(accounts, addresses, JSON, timeout);
  }

  private Parcel parcel(Delivery delivery) {
    return channel.parcel(delivery, PushedNotice.address("fcm", TOKEN)).orElseThrow();
  }

  private Response send(Delivery delivery) throws Exception {
    return carrier.send(parcel(delivery));
  }

  private GoogleServer.Pushed sent(Delivery delivery) throws Exception {
    assertThat(channel.outcome(send(delivery))).isEqualTo(Outcome.HANDED_OVER);
    return google.pushed.remove();
  }

  private static JsonNode android(Parcel parcel) throws Exception {
    return JSON.readTree(parcel.body()).at("/message/android");
  }

  @Test
  @Tag("S30")
  void aPauseIsShownAtOnceAndSaysNothingButItsText() throws Exception {
    Delivery pause = PushedNotice.pause("fcm");

    GoogleServer.Pushed pushed = sent(pause);

    assertThat(pushed.method()).isEqualTo("POST");
    assertThat(pushed.path()).isEqualTo("/v1/projects/our-project/messages:send");
    assertThat(JSON.readTree(pushed.body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"message": {"token": "%s", "notification": {"body": "%s"}, "data": {"id": "%s"},
                 "android": {"priority": "high", "ttl": "3600s", "collapse_key": "%s"}}}
                """
                    .formatted(
                        TOKEN,
                        PushedNotice.TEXT,
                        pause.event().id(),
                        android(parcel(pause)).path("collapse_key").asText())));
  }

  @Test
  @Tag("S30")
  void whatIsNoPauseWaitsUntilThePhoneIsAwake() throws Exception {
    JsonNode message =
        JSON.readTree(sent(PushedNotice.of("fcm", "limit.drawn", false)).body()).path("message");

    assertThat(message.path("android"))
        .isEqualTo(JSON.readTree("{\"priority\": \"normal\", \"ttl\": \"86400s\"}"));
  }

  @Test
  @Tag("S6")
  void aStrongerSignalReplacesTheWeakerOneAndKeysAreThreeAtMost() throws Exception {
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      Event.Resource pause = new Event.Resource("pause", UUID.randomUUID());
      String key = key("pause.raised", pause);
      assertThat(key("pause.strengthened", pause)).isEqualTo(key);
      assertThat(key("pause.acknowledged", pause)).isEmpty();
      keys.add(key);
    }

    assertThat(keys).containsExactlyInAnyOrder("pause-0", "pause-1", "pause-2");
  }

  @Test
  @Tag("S30")
  void googleCantTellByAKeyWhoIsToldOfTheSamePause() throws Exception {
    Delivery pause = PushedNotice.pause("fcm");
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      keys.add(
          android(channel.parcel(pause, PushedNotice.address("fcm", TOKEN + i)).orElseThrow())
              .path("collapse_key")
              .asText());
    }

    assertThat(keys).hasSize(3);
  }

  private String key(String type, Event.Resource pause) throws Exception {
    Announced event =
        new Announced(
            UUID.randomUUID(), 1, UUID.randomUUID(), type, Instant.now(), UUID.randomUUID(), pause);
    return android(parcel(PushedNotice.to(PushedNotice.DEVICE, event, "fcm", true)))
        .path("collapse_key")
        .asText();
  }

  @Test
  void googleIsToldWhoWeAreOnce() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(sent(PushedNotice.pause("fcm")).authorization()).isEqualTo("Bearer token-1");
    }

    assertThat(google.assertions).hasSize(1);
    JsonWebSignature assertion = new JsonWebSignature();
    assertion.setAlgorithmConstraints(
        new AlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, "RS256"));
    assertion.setCompactSerialization(google.assertions.remove());
    assertion.setKey(GoogleServer.KEY.getPublic());
    assertThat(assertion.verifySignature()).isTrue();
    assertThat(assertion.getKeyIdHeaderValue()).isEqualTo(GoogleServer.KEY_ID);
    JsonNode claims = JSON.readTree(assertion.getPayload());
    assertThat(claims.path("iss").asText()).isEqualTo(GoogleServer.ACCOUNT);
    assertThat(claims.path("aud").asText()).isEqualTo("https://oauth2.googleapis.com/token");
    assertThat(claims.path("scope").asText())
        .isEqualTo("https://www.googleapis.com/auth/firebase.messaging");
    assertThat(claims.path("exp").asLong()).isBetween(now(), now() + 3_600);
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }

  @Test
  void aTokenThatIsAboutToEndIsRefreshed() throws Exception {
    google.tokenLivesSeconds = 60;

    assertThat(sent(PushedNotice.pause("fcm")).authorization()).isEqualTo("Bearer token-1");
    assertThat(sent(PushedNotice.pause("fcm")).authorization()).isEqualTo("Bearer token-2");
  }

  @Test
  void aTokenThatGoogleHasWithdrawnIsNotUsedAgain() throws Exception {
    google.answers.add(GoogleServer.Answer.error(401, ""));
    assertThat(channel.outcome(send(PushedNotice.pause("fcm")))).isEqualTo(Outcome.LATER);
    google.pushed.clear();

    account.forgetToken();

    assertThat(sent(PushedNotice.pause("fcm")).authorization()).isEqualTo("Bearer token-2");
  }

  @Test
  void whoGivesNoTokenInTimeIsWaitedForNoLongerThanSetAndHoldsNoOtherAppUp() throws Exception {
    channel = channel(SHORT);
    google.tokensHang = true;
    CompletableFuture<Instant> failed =
        CompletableFuture.supplyAsync(
            () -> {
              assertThatExceptionOfType(FcmAccount.NoTokenException.class)
                  .isThrownBy(() -> parcel(PushedNotice.pause("fcm")));
              return Instant.now();
            });
    Instant before = Instant.now();

    try (GoogleServer other = new GoogleServer()) {
      FcmAccount another =
          FcmAccount.read(app(other.write(folder.resolve("other.json")), other.address()));
      assertThat(another.authorization(PATIENCE)).containsEntry("Authorization", "Bearer token-1");
    }

    assertThat(failed.get()).isBefore(before.plusSeconds(4));
  }

  @Test
  void whoGetsNoTokenTriesAgain() throws Exception {
    google.tokensRefused = true;
    assertThatExceptionOfType(FcmAccount.NoTokenException.class)
        .isThrownBy(() -> parcel(PushedNotice.pause("fcm")));

    google.tokensRefused = false;

    assertThat(sent(PushedNotice.pause("fcm")).authorization()).startsWith("Bearer ");
  }

  @ParameterizedTest
  @CsvSource({
    "404, UNREGISTERED, GONE",
    "400, INVALID_ARGUMENT, REFUSED",
    "403, SENDER_ID_MISMATCH, REFUSED",
    "401, THIRD_PARTY_AUTH_ERROR, LATER",
    "429, QUOTA_EXCEEDED, LATER",
    "503, UNAVAILABLE, LATER",
    "500, INTERNAL, LATER",
    "500, UNSPECIFIED_ERROR, LATER",
    "403, '', LATER",
    "404, '', LATER"
  })
  void eachErrorIsUnderstood(int status, String error, Outcome expected) throws Exception {
    google.answers.add(GoogleServer.Answer.error(status, error));

    assertThat(channel.outcome(send(PushedNotice.pause("fcm")))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "200, HANDED_OVER", "400, REFUSED", "401, LATER", "403, LATER", "404, LATER",
    "410, GONE", "429, LATER", "500, LATER", "502, LATER", "503, LATER"
  })
  void anAnswerThatIsNotGooglesIsUnderstoodByItsStatus(int status, Outcome expected)
      throws Exception {
    google.answers.add(new GoogleServer.Answer(status, "<html>"));

    assertThat(channel.outcome(send(PushedNotice.pause("fcm")))).isEqualTo(expected);
  }

  @Test
  void anAppWithoutAnAccountIsReachedInASandboxOnly() throws Exception {
    Delivery pause = PushedNotice.pause("fcm");
    DeviceAddress address = PushedNotice.address("fcm", TOKEN);
    PushAccounts none = new PushAccounts(Map.of(), Map.of(), false);
    PushAccounts sandbox = new PushAccounts(Map.of(), Map.of(), true);

    assertThat(none.has("fcm", PushedNotice.CLIENT)).isFalse();
    assertThat(new FcmChannel(none, addresses, JSON, PATIENCE).parcel(pause, address)).isEmpty();
    assertThat(sandbox.has("fcm", PushedNotice.CLIENT)).isTrue();
    Parcel parcel =
        new FcmChannel(sandbox, addresses, JSON, PATIENCE).parcel(pause, address).orElseThrow();
    assertThat(parcel.to())
        .isEqualTo(URI.create("https://fcm.googleapis.com/v1/projects/sandbox/messages:send"));
    assertThat(parcel.headers()).doesNotContainKey("Authorization");
  }

  @Test
  @Tag("S30")
  void nothingOfItIsLogged() throws Exception {
    CapturedLog log = CapturedLog.begin();
    try {
      send(PushedNotice.pause("fcm"));
      google.answers.add(GoogleServer.Answer.error(404, "UNREGISTERED"));
      send(PushedNotice.pause("fcm"));
      google.tokensRefused = true;
      account.forgetToken();
      assertThatExceptionOfType(FcmAccount.NoTokenException.class)
          .isThrownBy(() -> parcel(PushedNotice.pause("fcm")));
    } finally {
      log.close();
    }

    assertThat(log.text())
        .doesNotContain(TOKEN)
        .doesNotContain(PushedNotice.TEXT)
        .doesNotContain("token-1")
        .doesNotContain("assertion");
  }
}
