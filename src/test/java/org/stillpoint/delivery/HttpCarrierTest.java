package org.stillpoint.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.stillpoint.delivery.Parcels.CANARY;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.ProxyOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.delivery.Parcel.Trust;

class HttpCarrierTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofSeconds(8);

  private static final Vertx VERTX = Vertx.vertx();
  private static final Log LOG = new Log();

  /** As a member's app would give it in a sandbox. */
  private static final PublicAddresses SANDBOX =
      new PublicAddresses(true, InetAddress::getAllByName, Duration.ofSeconds(5));

  private static final class Log extends Handler {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    @Override
    public void publish(LogRecord line) {
      if (line.getLevel().intValue() >= Level.INFO.intValue()
          && line.getLoggerName().matches("(io\\.vertx|io\\.netty|org\\.stillpoint)\\..*")) {
        lines.add(line.getLoggerName() + ": " + line.getMessage() + " " + line.getThrown());
      }
    }

    @Override
    public void flush() {
      // nothing is held back
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  @BeforeAll
  static void listen() {
    Logger.getLogger("").addHandler(LOG);
  }

  @AfterAll
  static void nothingWasLogged() throws Exception {
    VERTX.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    Logger.getLogger("").removeHandler(LOG);
    assertThat(LOG.lines).isEmpty();
  }

  /** Takes every name for one of this machine. */
  private static PublicAddresses leadingTo(String address) {
    return new PublicAddresses(false, _ -> new InetAddress[0], Duration.ofSeconds(5)) {
      @Override
      InetAddress resolve(URI to) {
        return InetAddress.ofLiteral(address);
      }
    };
  }

  private static HttpCarrier carrier(PublicAddresses addresses, Duration timeout) {
    return new HttpCarrier(VERTX, addresses, timeout, new HttpClientOptions());
  }

  private static Parcel parcel(Target target) {
    return Parcels.to("http://127.0.0.1:" + target.port() + "/" + CANARY);
  }

  private static void unreachable(HttpCarrier carrier, Parcel parcel, String reason) {
    assertThatExceptionOfType(UnreachableException.class)
        .isThrownBy(() -> carrier.send(parcel))
        .withMessage(reason)
        .withNoCause();
  }

  /** Also that it ends by the time that an attempt may take. */
  private static void endsInTime(Target target) throws Exception {
    long before = System.nanoTime();
    unreachable(carrier(SANDBOX, SHORT), parcel(target), "timeout");
    Duration taken = Duration.ofNanos(System.nanoTime() - before);
    assertThat(taken).isBetween(SHORT.minusMillis(5), SHORT.plusMillis(1_500));
    assertThat(target.isLeft()).isTrue();
  }

  @Test
  void aParcelArrivesAsItIsWhereItsNameWasFound() throws Exception {
    BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.7"));
        Target target =
            Target.on(
                server,
                (in, out) -> {
                  requests.add(Target.readRequest(in));
                  Target.write(out, OK);
                })) {
      String to = "http://hook.example.com:" + target.port() + "/a%20b?c=" + CANARY;

      Response response = carrier(leadingTo("127.0.0.7"), LONG).send(Parcels.to(to));

      assertThat(response).isEqualTo(Response.of(200));
      assertThat(requests.take())
          .startsWith("POST /a%20b?c=canary HTTP/1.1\r\n")
          .containsIgnoringCase("\r\nhost: hook.example.com:" + target.port() + "\r\n")
          .containsIgnoringCase("\r\nx-signature: canary\r\n")
          .doesNotContainIgnoringCase("traceparent")
          .endsWith("\r\n\r\n{\"a\":\"canary\"}");
    }
  }

  @Test
  void anAddressWithoutPathIsTheRoot() throws Exception {
    BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    try (Target target = Target.behaving((in, _) -> requests.add(Target.readRequest(in)))) {
      unreachable(
          carrier(SANDBOX, LONG),
          Parcels.to("http://localhost:" + target.port() + "?a"),
          "refused");

      assertThat(requests.take()).startsWith("POST /?a HTTP/1.1\r\n");
    }
  }

  @Test
  void ofAStrangersAnswerOnlyTheStatusIsKept() throws Exception {
    String answer =
        "HTTP/1.1 410 Canary\r\nX-Canary: 1\r\nRetry-After: 7\r\nContent-Length: 6\r\n\r\ncanary";
    try (Target target = Target.answering(answer)) {
      String to = "http://127.0.0.1:" + target.port();
      HttpCarrier carrier = carrier(SANDBOX, LONG);

      Response stranger = carrier.send(Parcels.to(to, Trust.ANYBODY, false));
      assertThat(stranger).isEqualTo(new Response(410, Duration.ofSeconds(7), ""));

      Response operator = carrier.send(Parcels.to(to, Trust.OPERATOR, false));
      assertThat(operator).isEqualTo(new Response(410, Duration.ofSeconds(7), "canary"));
      assertThat(operator.toString()).doesNotContain(CANARY);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "120, 120",
    "86401, 86400",
    "999999999999999999, 86400",
    "'Sun, 06 Nov 1994 08:49:37 GMT', 0",
    "'Wed, 06 Nov 2999 08:49:37 GMT', 86400",
  })
  void whenToComeAgainIsBounded(String header, long seconds) throws Exception {
    assertThat(retryAfter(header)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1.5", "1e3", "99999999999999999999", "2026-11-06"})
  void whatSaysNoTimeIsNone(String header) throws Exception {
    assertThat(retryAfter(header)).isNull();
  }

  @Test
  void whenToComeAgainMayBeADate() throws Exception {
    ZonedDateTime then = ZonedDateTime.now(ZoneOffset.UTC).plusHours(1);

    assertThat(retryAfter(DateTimeFormatter.RFC_1123_DATE_TIME.format(then)))
        .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
  }

  private static @Nullable Duration retryAfter(String header) throws Exception {
    try (Target target =
        Target.answering(
            "HTTP/1.1 503 X\r\nRetry-After: " + header + "\r\nContent-Length: 0\r\n\r\n")) {
      return carrier(SANDBOX, LONG).send(parcel(target)).retryAfter();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirectsAreNotFollowed(int status) throws Exception {
    try (Target inside = Target.answering(OK);
        Target target =
            Target.answering(
                "HTTP/1.1 %d X\r\nLocation: http://127.0.0.1:%d/\r\nContent-Length: 0\r\n\r\n"
                    .formatted(status, inside.port()))) {
      HttpCarrier carrier = carrier(SANDBOX, LONG);
      String to = "http://127.0.0.1:" + target.port();

      for (Trust trust : Trust.values()) {
        assertThat(carrier.send(Parcels.to(to, trust, false)).status()).isEqualTo(status);
      }
      assertThat(inside.connections()).isZero();
    }
  }

  @Test
  void aSilentTargetEndsInTime() throws Exception {
    try (Target target = Target.behaving((in, _) -> in.readAllBytes())) {
      endsInTime(target);
    }
  }

  @Test
  void aDrippingHeadEndsInTime() throws Exception {
    try (Target target =
        Target.behaving(
            (in, out) -> {
              Target.readRequest(in);
              Target.write(out, "HTTP/1.1 200 OK\r\n");
              for (int i = 0; i < 1_000; i++) {
                Target.write(out, "X-" + i + ": x\r\n");
                Thread.sleep(20);
              }
            })) {
      endsInTime(target);
    }
  }

  @Test
  void oneInterimAnswerAfterTheOtherEndsInTime() throws Exception {
    try (Target target =
        Target.behaving(
            (in, out) -> {
              Target.readRequest(in);
              for (int i = 0; i < 1_000; i++) {
                Target.write(out, "HTTP/1.1 103 Early Hints\r\n\r\n");
                Thread.sleep(20);
              }
            })) {
      endsInTime(target);
    }
  }

  @Test
  void aDrippingBodyEndsInTime() throws Exception {
    try (Target target =
        Target.behaving(
            (in, out) -> {
              Target.readRequest(in);
              Target.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
              for (int i = 0; i < 1_000; i++) {
                Target.write(out, "x");
                Thread.sleep(20);
              }
            })) {
      endsInTime(target);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ANYBODY", "OPERATOR"})
  void anEndlessBodyIsCutOff(Trust trust) throws Exception {
    AtomicLong written = new AtomicLong();
    try (Target target =
        Target.behaving(
            (in, out) -> {
              Target.readRequest(in);
              Target.write(out, "HTTP/1.1 200 OK\r\n\r\n");
              while (true) {
                Target.write(out, "é".repeat(4_096));
                written.addAndGet(4_096);
              }
            })) {
      String to = "http://127.0.0.1:" + target.port();

      Response response = carrier(SANDBOX, LONG).send(Parcels.to(to, trust, false));

      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body()).hasSize(trust == Trust.OPERATOR ? 65_536 : 0);
      assertThat(target.isLeft()).isTrue();
      // What the buffers of both sides swallow beyond it.
      assertThat(written.get()).isLessThan(20_000_000);
    }
  }

  @Test
  void whoeverDoesNotAnswerHoldsNobodyElseUp() throws Exception {
    CountDownLatch full = new CountDownLatch(20);
    try (Target hanging =
            Target.behaving(
                (in, out) -> {
                  if (Target.readRequest(in).startsWith("POST /pause")) {
                    Target.write(out, OK);
                  } else {
                    full.countDown();
                    in.readAllBytes();
                  }
                });
        Target good = Target.answering(OK);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      HttpCarrier carrier = carrier(SANDBOX, Duration.ofSeconds(2));
      List<Future<?>> waiting = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        waiting.add(threads.submit(() -> unreachable(carrier, parcel(hanging), "timeout")));
      }
      assertThat(full.await(5, TimeUnit.SECONDS)).isTrue();

      long before = System.nanoTime();
      assertThat(carrier.send(parcel(good)).status()).isEqualTo(200);
      String pause = "http://127.0.0.1:" + hanging.port() + "/pause";
      assertThat(carrier.send(Parcels.to(pause, Trust.ANYBODY, true)).status()).isEqualTo(200);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
      // The pause came by a connection of its own.
      assertThat(hanging.connections()).isEqualTo(21);

      for (Future<?> one : waiting) {
        one.get();
      }
    }
  }

  @Test
  void aConnectionIsUsedAgain() throws Exception {
    try (Target target = Target.answering(OK)) {
      HttpCarrier carrier = carrier(SANDBOX, LONG);
      for (int i = 0; i < 50; i++) {
        assertThat(carrier.send(parcel(target)).status()).isEqualTo(200);
      }
      // The next may come a moment before the one that was used is free.
      assertThat(target.connections()).isLessThan(25);
    }
  }

  @Test
  void whoeverIsInterruptedLetsGo() throws Exception {
    CountDownLatch there = new CountDownLatch(1);
    try (Target target =
            Target.behaving(
                (in, _) -> {
                  Target.readRequest(in);
                  there.countDown();
                  in.readAllBytes();
                });
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> sending = threads.submit(() -> carrier(SANDBOX, LONG).send(parcel(target)));
      assertThat(there.await(5, TimeUnit.SECONDS)).isTrue();

      sending.cancel(true);

      assertThat(target.isLeft()).isTrue();
    }
  }

  @Test
  void whatIsNoAnswerIsRefused() throws Exception {
    int closed;
    try (Target target = Target.answering(OK)) {
      closed = target.port();
    }
    HttpCarrier carrier = carrier(SANDBOX, LONG);
    unreachable(carrier, Parcels.to("http://127.0.0.1:" + closed), "refused");

    for (String garbage :
        List.of(
            "",
            "SSH-2.0-canary\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx",
            "HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000) + "\r\n\r\n")) {
      try (Target target =
          Target.behaving(
              (in, out) -> {
                Target.readRequest(in);
                Target.write(out, garbage);
              })) {
        unreachable(carrier, parcel(target), "refused");
      }
    }
  }

  @Test
  void aHeaderCannotBringAnother() throws Exception {
    try (Target target = Target.answering(OK)) {
      String to = "http://127.0.0.1:" + target.port();
      Map<String, String> headers = Map.of("Topic", CANARY + "\r\nHost: inside");
      Parcel forged = Parcels.with(headers, to, Trust.ANYBODY, false);

      unreachable(carrier(SANDBOX, LONG), forged, "refused");
    }
  }

  @Test
  void theOperatorMayNameWhateverIsReached() throws Exception {
    try (Target target = Target.answering(OK)) {
      HttpCarrier carrier =
          carrier(new PublicAddresses(false, _ -> new InetAddress[0], Duration.ofSeconds(5)), LONG);
      String to = "http://127.0.0.1:" + target.port();

      assertThat(carrier.send(Parcels.to(to, Trust.OPERATOR, false)).status()).isEqualTo(200);
      unreachable(carrier, Parcels.to(to, Trust.ANYBODY, false), "not-public");
    }
  }

  /** Whatever is called, this is where the connection comes. */
  private static HttpCarrier throughProxy(Target proxy, PublicAddresses addresses) {
    ProxyOptions options = new ProxyOptions().setHost("127.0.0.1").setPort(proxy.port());
    return new HttpCarrier(
        VERTX, addresses, LONG, new HttpClientOptions().setProxyOptions(options));
  }

  @Test
  void nothingConnectsToWhatIsForbidden() throws Exception {
    try (Target inside = Target.behaving((_, _) -> {})) {
      HttpCarrier carrier =
          throughProxy(
              inside,
              new PublicAddresses(
                  false,
                  _ -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")},
                  Duration.ofSeconds(5)));
      List<String> named =
          List.of("https://127.0.0.1.nip.io/", "https://localtest.me/", "https://example.com/");
      List<String> addresses =
          Stream.concat(ForbiddenAddresses.all().stream(), named.stream())
              .filter(HttpCarrierTest::isUri)
              .toList();

      for (String address : addresses) {
        unreachable(carrier, Parcels.to(address), "not-public");
      }

      assertThat(addresses).hasSizeGreaterThan(150);
      assertThat(inside.connections()).isZero();

      // It would have been counted.
      HttpCarrier open = throughProxy(inside, leadingTo("127.0.0.1"));
      unreachable(open, Parcels.to("https://example.com/"), "refused");
      assertThat(inside.connections()).isEqualTo(1);
    }
  }

  private static boolean isUri(String address) {
    try {
      URI.create(address);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Test
  void aNameThatLeadsElsewhereByNowIsNotCalled() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    PublicAddresses rebound =
        new PublicAddresses(
            false,
            _ ->
                new InetAddress[] {
                  InetAddress.ofLiteral(
                      asked.getAndIncrement() == 0 ? "93.184.216.34" : "127.0.0.1")
                },
            Duration.ofSeconds(5));
    try (Target inside = Target.behaving((_, _) -> {})) {
      HttpCarrier carrier = throughProxy(inside, rebound);
      URI kept = rebound.check("https://example.com/");
      assertThat(rebound.resolve(kept).getHostAddress()).isEqualTo("93.184.216.34");

      unreachable(carrier, Parcels.to(kept.toString()), "not-public");

      assertThat(inside.connections()).isZero();
    }
  }
}
