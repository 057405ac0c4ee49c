package org.stillpoint.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.eatthepath.pushy.apns.server.RejectionReason;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.stillpoint.delivery.Delivery;
import org.stillpoint.delivery.Outcome;
import org.stillpoint.delivery.Parcel;
import org.stillpoint.delivery.UnreachableException;
import org.stillpoint.testkit.CapturedLog;
import org.stillpoint.testkit.StillpointTest;

/** What Apple is told, and how it is understood. */
@StillpointTest
class ApnsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final String TOKEN =
      "00fc13adff785122b4ad28809a3420982341241421348097878e577c991de8f0";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static KeyStore certificate;
  private static KeyPair key;
  private static Path keyFile;

  @Inject DeviceAddresses addresses;

  private AppleServer apple;
  private ApnsChannel channel;
  private ApnsCarrier carrier;

  @BeforeAll
  static void makeKeys() throws Exception {
    certificate = AppleServer.certificate(folder);
    key = AppleServer.key();
    keyFile = AppleServer.write(key.getPrivate(), folder.resolve("key.p8"));
  }

  @BeforeEach
  void serve() throws Exception {
    apple = new AppleServer(certificate, AppleServer.freePort());
    reach(apple.port, PATIENCE);
  }

  private void reach(int port, Duration timeout) throws Exception {
    if (carrier != null) {
      carrier.close();
    }
    PushAccounts accounts =
        new PushAccounts(
            Map.of(PushedNotice.CLIENT, AppleServer.account(keyFile, port)), Map.of(), false);
    channel = new ApnsChannel(accounts, addresses, JSON, Clock.systemUTC());
    carrier = new ApnsCarrier(accounts, timeout, AppleServer.trusted(certificate));
  }

  @AfterEach
  void end() throws Exception {
    carrier.close();
    apple.close();
  }

  private Parcel parcel(Delivery delivery) {
    return channel.parcel(delivery, PushedNotice.address("apns", TOKEN)).orElseThrow();
  }

  private Outcome send(Delivery delivery) throws Exception {
    return channel.outcome(carrier.send(parcel(delivery)));
  }

  private AppleServer.Pushed sent(Delivery delivery) throws Exception {
    assertThat(send(delivery)).isEqualTo(Outcome.HANDED_OVER);
    return apple.pushed.element();
  }

  private static Instant end(AppleServer.Pushed pushed) {
    return Instant.ofEpochSecond(Long.parseLong(pushed.headers().get("apns-expiration")));
  }

  @Test
  @Tag("S30")
  void aPauseIsShownAtOnceAndSaysNothingButItsText() throws Exception {
    Delivery pause = PushedNotice.pause("apns");

    AppleServer.Pushed pushed = sent(pause);

    assertThat(pushed.headers())
        .containsEntry(":method", "POST")
        .containsEntry(":path", "/3/device/" + TOKEN)
        .containsEntry("apns-topic", AppleServer.TOPIC)
        .containsEntry("apns-push-type", "alert")
        .containsEntry("apns-priority", "10")
        .hasEntrySatisfying("apns-collapse-id", id -> assertThat(id).matches("[\\w-]{22}"))
        .hasEntrySatisfying("apns-id", UUID::fromString);
    assertThat(end(pushed))
        .isCloseTo(Instant.now().plusSeconds(3_600), within(1, ChronoUnit.MINUTES));
    assertThat(JSON.readTree(pushed.body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"aps": {"alert": {"body": "%s"}, "sound": "default",
                 "interruption-level": "time-sensitive"}, "id": "%s"}
                """
                    .formatted(PushedNotice.TEXT, pause.event().id())));
  }

  @Test
  @Tag("S30")
  void whatIsNoPauseWaitsUntilThePhoneIsAwake() throws Exception {
    AppleServer.Pushed pushed = sent(PushedNotice.of("apns", "limit.drawn", false));

    assertThat(pushed.headers())
        .containsEntry("apns-priority", "5")
        .doesNotContainKey("apns-collapse-id");
    assertThat(end(pushed))
        .isCloseTo(Instant.now().plusSeconds(86_400), within(1, ChronoUnit.MINUTES));
    assertThat(JSON.readTree(pushed.body()).at("/aps/interruption-level").asText())
        .isEqualTo("active");
  }

  @Test
  void appleIsToldWhoWeAre() throws Exception {
    String authorization =
        Objects.requireNonNull(sent(PushedNotice.pause("apns")).headers().get("authorization"));

    String[] token = authorization.replaceFirst("^bearer ", "").split("\\.", -1);
    // In DER, which Apple takes as well as what RFC 7518 says.
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initVerify(key.getPublic());
    signature.update((token[0] + "." + token[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(token[2]))).isTrue();
    assertThat(json(token[0]).path("kid").asText()).isEqualTo(AppleServer.KEY_ID);
    assertThat(json(token[0]).path("alg").asText()).isEqualTo("ES256");
    assertThat(json(token[1]).path("iss").asText()).isEqualTo(AppleServer.TEAM);
  }

  private static JsonNode json(String part) throws Exception {
    return JSON.readTree(Base64.getUrlDecoder().decode(part));
  }

  @Test
  void whatComesAgainHasTheSameIdAndElseNothingHas() {
    Delivery pause = PushedNotice.pause("apns");

    assertThat(id(PushedNotice.to(PushedNotice.DEVICE, pause.event(), "apns", true)))
        .isEqualTo(id(pause));
    assertThat(id(PushedNotice.to(UUID.randomUUID(), pause.event(), "apns", true)))
        .isNotEqualTo(id(pause));
    assertThat(id(PushedNotice.pause("apns"))).isNotEqualTo(id(pause));
  }

  @Test
  @Tag("S30")
  void appleCantTellByItWhoIsToldOfTheSamePause() {
    Delivery pause = PushedNotice.pause("apns");
    String other = "11" + TOKEN.substring(2);

    assertThat(collapseId(pause, TOKEN))
        .isEqualTo(collapseId(pause, TOKEN))
        .isNotEqualTo(collapseId(pause, other));
  }

  private @Nullable String collapseId(Delivery delivery, String token) {
    return channel
        .parcel(delivery, PushedNotice.address("apns", token))
        .orElseThrow()
        .headers()
        .get("apns-collapse-id");
  }

  private String id(Delivery delivery) {
    return Objects.requireNonNull(parcel(delivery).headers().get("apns-id"));
  }

  @ParameterizedTest
  @CsvSource({
    "pause.raised, true",
    "pause.strengthened, true",
    "pause.lifted, true",
    "pause.ended, true",
    "pause.acknowledged, false",
    "pause.returnOverlapChanged, false",
    "checkIn.opened, false"
  })
  @Tag("S6")
  void onlyWhatSaysAllOfAPauseTakesThePlaceOfItsEarlierNotices(String type, boolean replaces) {
    assertThat(
            parcel(PushedNotice.of("apns", type, false)).headers().containsKey("apns-collapse-id"))
        .isEqualTo(replaces);
  }

  private static final Set<RejectionReason> GONE =
      Set.of(
          RejectionReason.BAD_DEVICE_TOKEN,
          RejectionReason.DEVICE_TOKEN_NOT_FOR_TOPIC,
          RejectionReason.UNREGISTERED);
  private static final Set<RejectionReason> LATER =
      Set.of(
          RejectionReason.BAD_CERTIFICATE,
          RejectionReason.BAD_CERTIFICATE_ENVIRONMENT,
          RejectionReason.BAD_TOPIC,
          RejectionReason.EXPIRED_PROVIDER_TOKEN,
          RejectionReason.FORBIDDEN,
          RejectionReason.IDLE_TIMEOUT,
          RejectionReason.INVALID_PROVIDER_TOKEN,
          RejectionReason.MISSING_PROVIDER_TOKEN,
          RejectionReason.TOPIC_DISALLOWED,
          RejectionReason.INTERNAL_SERVER_ERROR,
          RejectionReason.SERVICE_UNAVAILABLE,
          RejectionReason.SHUTDOWN,
          RejectionReason.TOO_MANY_PROVIDER_TOKEN_UPDATES,
          RejectionReason.TOO_MANY_REQUESTS);

  @ParameterizedTest
  @EnumSource(RejectionReason.class)
  void eachRejectionIsUnderstood(RejectionReason reason) throws Exception {
    apple.rejections.add(reason);

    Outcome expected =
        GONE.contains(reason)
            ? Outcome.GONE
            : LATER.contains(reason) ? Outcome.LATER : Outcome.REFUSED;
    assertThat(send(PushedNotice.pause("apns"))).isEqualTo(expected);
  }

  @Test
  void oneConnectionServesAllAndAnExpiredTokenEndsIt() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(send(PushedNotice.pause("apns"))).isEqualTo(Outcome.HANDED_OVER);
    }
    assertThat(apple.connections).hasValue(1);

    apple.rejections.add(RejectionReason.EXPIRED_PROVIDER_TOKEN);
    assertThat(send(PushedNotice.pause("apns"))).isEqualTo(Outcome.LATER);
    awaitHandedOver();

    assertThat(apple.connections).hasValue(2);
  }

  /** While the old connection ends, an attempt may fail. */
  private void awaitHandedOver() throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (true) {
      try {
        assertThat(send(PushedNotice.pause("apns"))).isEqualTo(Outcome.HANDED_OVER);
        return;
      } catch (UnreachableException e) {
        assertThat(Instant.now()).isBefore(deadline);
      }
    }
  }

  @Test
  void whoRefusesIsAskedAgainWithoutAWait() throws Exception {
    int port = AppleServer.freePort();
    reach(port, PATIENCE);
    for (int i = 0; i < 5; i++) {
      Instant before = Instant.now();
      assertThatExceptionOfType(UnreachableException.class)
          .isThrownBy(() -> send(PushedNotice.pause("apns")))
          .withMessage("refused");
      assertThat(Instant.now()).isBefore(before.plusSeconds(5));
    }
    apple.close();
    apple = new AppleServer(certificate, port);

    assertThat(send(PushedNotice.pause("apns"))).isEqualTo(Outcome.HANDED_OVER);
  }

  @Test
  void whoNeverAnswersIsWaitedForNoLongerThanSet() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
      reach(silent.getLocalPort(), SHORT);
      Instant before = Instant.now();

      assertThatExceptionOfType(UnreachableException.class)
          .isThrownBy(() -> send(PushedNotice.pause("apns")));

      assertThat(Instant.now()).isBefore(before.plusSeconds(4));
    }
  }

  @Test
  void aConnectionThatHasGoneDeadIsReplaced() throws Exception {
    reach(apple.port, Duration.ofSeconds(3));
    assertThat(send(PushedNotice.pause("apns"))).isEqualTo(Outcome.HANDED_OVER);
    apple.hanging.set(1);

    assertThatExceptionOfType(UnreachableException.class)
        .isThrownBy(() -> send(PushedNotice.pause("apns")))
        .withMessage("timeout");

    assertThat(send(PushedNotice.pause("apns"))).isEqualTo(Outcome.HANDED_OVER);
  }

  @Test
  void whoIsntAppleIsToldNothing() throws Exception {
    PushAccounts accounts =
        new PushAccounts(
            Map.of(PushedNotice.CLIENT, AppleServer.account(keyFile, apple.port)), Map.of(), false);
    ApnsCarrier doubtful = new ApnsCarrier(accounts, PATIENCE);
    try {
      assertThatExceptionOfType(UnreachableException.class)
          .isThrownBy(() -> doubtful.send(parcel(PushedNotice.pause("apns"))))
          .withMessage("tls");
    } finally {
      doubtful.close();
    }
    assertThat(apple.pushed).isEmpty();
  }

  @Test
  void anAppWithoutAnAccountIsReachedInASandboxOnly() {
    Delivery pause = PushedNotice.pause("apns");
    DeviceAddress address = PushedNotice.address("apns", TOKEN);
    PushAccounts none = new PushAccounts(Map.of(), Map.of(), false);
    PushAccounts sandbox = new PushAccounts(Map.of(), Map.of(), true);

    assertThat(none.has("apns", PushedNotice.CLIENT)).isFalse();
    assertThat(new ApnsChannel(none, addresses, JSON, Clock.systemUTC()).parcel(pause, address))
        .isEmpty();
    assertThat(sandbox.has("apns", PushedNotice.CLIENT)).isTrue();
    assertThat(new ApnsChannel(sandbox, addresses, JSON, Clock.systemUTC()).parcel(pause, address))
        .hasValueSatisfying(
            parcel -> assertThat(parcel.to().getHost()).isEqualTo("api.sandbox.push.apple.com"));
  }

  @Test
  @Tag("S30")
  void nothingOfItIsLogged() throws Exception {
    CapturedLog log = CapturedLog.begin();
    try {
      send(PushedNotice.pause("apns"));
      apple.rejections.add(RejectionReason.UNREGISTERED);
      send(PushedNotice.pause("apns"));
      apple.rejections.add(RejectionReason.EXPIRED_PROVIDER_TOKEN);
      send(PushedNotice.pause("apns"));
      reach(AppleServer.freePort(), PATIENCE);
      assertThatExceptionOfType(UnreachableException.class)
          .isThrownBy(() -> send(PushedNotice.pause("apns")));
    } finally {
      log.close();
    }

    assertThat(log.text()).doesNotContain(TOKEN).doesNotContain(PushedNotice.TEXT);
  }
}
