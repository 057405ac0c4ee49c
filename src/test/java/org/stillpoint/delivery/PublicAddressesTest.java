package org.stillpoint.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {
  private static final InetAddress PUBLIC = InetAddress.ofLiteral("93.184.216.34");
  private static final String LOOPBACK =
      "(?i)https://(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d+)?/.*";

  private static PublicAddresses addresses(boolean sandbox, PublicAddresses.Resolver resolver) {
    return new PublicAddresses(sandbox, resolver, Duration.ofSeconds(5));
  }

  private static PublicAddresses answering(InetAddress... answer) {
    return addresses(false, name -> answer);
  }

  private static void refused(PublicAddresses addresses, String address, String reason) {
    assertThatExceptionOfType(UnreachableException.class)
        .as(address)
        .isThrownBy(() -> addresses.resolve(addresses.check(address)))
        .withMessage(reason)
        .withNoCause();
  }

  static List<String> forbidden() {
    return ForbiddenAddresses.all();
  }

  @ParameterizedTest
  @MethodSource("forbidden")
  void noWayLeadsToWhatOnlyThisServerReaches(String address) {
    refused(answering(PUBLIC), address, "not-public");
  }

  static Stream<String> forbiddenInASandbox() {
    return ForbiddenAddresses.all().stream().filter(address -> !address.matches(LOOPBACK));
  }

  @ParameterizedTest
  @MethodSource("forbiddenInASandbox")
  void aSandboxOpensLoopbackOnly(String address) {
    refused(addresses(true, _ -> new InetAddress[] {PUBLIC}), address, "not-public");
  }

  @Test
  void thereAreEnoughOfThem() {
    assertThat(ForbiddenAddresses.all()).doesNotHaveDuplicates().hasSizeGreaterThan(200);
    assertThat(forbiddenInASandbox()).hasSizeGreaterThan(190);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "https://example.com/",
        "https://example.com:443/hook",
        "https://Hooks.Example.COM/a/b?c=d&e=%20",
        "https://example.com?token=1",
        "https://xn--bcher-kva.example/",
        "https://example.xn--p1ai/",
        "https://127.0.0.1.example.com/",
        "https://0x7f.example.com/",
        "https://a-1.b--2.3.example.co.uk/~user;v=1/@me",
      })
  void aNameIsGoodAtTheUsualPort(String address) throws Exception {
    assertThat(answering(PUBLIC).check(address)).hasToString(address);
    assertThat(answering(PUBLIC).resolve(URI.create(address))).isEqualTo(PUBLIC);
  }

  @Test
  void anAddressMayHaveTwoThousandCharacters() throws Exception {
    answering(PUBLIC).check("https://example.com/" + "a".repeat(1_980));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.100.100.200",
        "100.127.255.255",
        "127.0.0.0",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.0.0",
        "169.254.169.254",
        "169.254.255.255",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.0",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.0",
        "239.255.255.255",
        "240.0.0.0",
        "255.255.255.254",
        "255.255.255.255",
        "::",
        "::1",
        "::2",
        "::127.0.0.1",
        "::93.184.216.34",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::ffff:0:7f00:1",
        "64:ff9b::7f00:1",
        "64:ff9b::5db8:d822",
        "64:ff9b:1::1",
        "64:ff9b:1:ffff::1",
        "100::1",
        "1fff:ffff::1",
        "2001::1",
        "2001:0:7f00:1::",
        "2001:1ff:ffff::1",
        "2001:db8::1",
        "2001:db8:ffff::1",
        "2002::1",
        "2002:7f00:1::",
        "2002:5db8:d822::1",
        "3fff::1",
        "4000::1",
        "5f00::1",
        "e000::1",
        "fc00::1",
        "fd00:ec2::254",
        "fdff:ffff::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "feff::1",
        "ff02::1",
        "ff0e::1",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
      })
  void aNameMayNotLeadThere(String answer) {
    refused(answering(InetAddress.ofLiteral(answer)), "https://example.com/", "not-public");
  }

  @Test
  void aMappedAddressIsRefusedEvenWhenItIsKeptAsSuch() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = mapped[11] = (byte) 0xff;
    System.arraycopy(PUBLIC.getAddress(), 0, mapped, 12, 4);
    InetAddress kept = Inet6Address.getByAddress("example.com", mapped, -1);

    assertThat(kept).isInstanceOf(Inet6Address.class);
    refused(answering(kept), "https://example.com/", "not-public");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0.0.0",
        "9.255.255.255",
        "11.0.0.0",
        "93.184.216.34",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.0.3.0",
        "192.88.98.255",
        "192.88.100.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "198.51.99.255",
        "198.51.101.0",
        "203.0.112.255",
        "203.0.114.0",
        "223.255.255.255",
        "2001:200::1",
        "2001:db7::1",
        "2001:db9::1",
        "2003::1",
        "2606:2800:220:1:248:1893:25c8:1946",
        "2a00:1450:4001:81c::200e",
        "3ffe::1",
      })
  void aNameMayLeadThere(String answer) throws Exception {
    InetAddress place = InetAddress.ofLiteral(answer);
    assertThat(answering(place).resolve(URI.create("https://example.com/"))).isEqualTo(place);
  }

  @Test
  void oneAddressThatIsNotPublicIsTooMany() {
    InetAddress hidden = InetAddress.ofLiteral("10.0.0.1");

    refused(answering(PUBLIC, hidden), "https://example.com/", "not-public");
    refused(answering(hidden, PUBLIC), "https://example.com/", "not-public");
  }

  @Test
  void aNameIsAskedForAnewAtEachAttempt() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    PublicAddresses rebound =
        addresses(
            false,
            _ ->
                new InetAddress[] {
                  asked.getAndIncrement() == 0 ? PUBLIC : InetAddress.ofLiteral("169.254.169.254")
                });

    URI kept = rebound.check("https://example.com/");
    assertThat(rebound.resolve(kept)).isEqualTo(PUBLIC);

    assertThatExceptionOfType(UnreachableException.class)
        .isThrownBy(() -> rebound.resolve(kept))
        .withMessage("not-public");
  }

  @Test
  void anUnknownNameIsRefused() {
    PublicAddresses unknown =
        addresses(
            false,
            name -> {
              throw new UnknownHostException(name);
            });

    refused(unknown, "https://example.com/", "unresolved");
    refused(answering(), "https://example.com/", "unresolved");
  }

  @Test
  void aSilentNameServerHoldsNobodyUp() {
    CountDownLatch silence = new CountDownLatch(1);
    PublicAddresses addresses =
        new PublicAddresses(
            false,
            name -> {
              if (name.startsWith("silent")) {
                awaitEnd(silence);
              }
              return new InetAddress[] {PUBLIC};
            },
            Duration.ofMillis(50));

    assertTimeoutPreemptively(
        Duration.ofSeconds(3),
        () -> {
          for (int i = 0; i < 5; i++) {
            refused(addresses, "https://silent.example.com/", "unresolved");
            addresses.resolve(addresses.check("https://example.com/"));
          }
        });
    silence.countDown();
  }

  private static void awaitEnd(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8081/hook",
        "https://127.0.0.1/",
        "http://localhost/",
        "https://localhost:65535/",
        "http://[::1]:8081/",
      })
  void aSandboxMayCallItsOwnMachine(String address) throws Exception {
    PublicAddresses sandbox =
        addresses(
            true,
            name -> {
              throw new UnknownHostException(name);
            });

    assertThat(sandbox.resolve(sandbox.check(address)).isLoopbackAddress()).isTrue();
    refused(answering(PUBLIC), address, "not-public");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://127.0.0.1/",
        "http://user@127.0.0.1/",
        "http://127.0.0.1/#fragment",
        "http://127.0.0.1:65536/",
        "http://127.0.0.2/",
        "http://127.1/",
        "http://0.0.0.0/",
        "http://[::ffff:127.0.0.1]/",
        "http://[0:0:0:0:0:0:0:1]/",
        "http://hook.localhost/",
        "http://localhost./",
        "http://example.com/",
        "http://example.com:8081/",
      })
  void aSandboxCallsNothingElse(String address) {
    refused(addresses(true, _ -> new InetAddress[] {PUBLIC}), address, "not-public");
  }

  @Test
  void aSandboxChecksNamesAsEverywhere() {
    PublicAddresses sandbox =
        addresses(true, _ -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")});

    refused(sandbox, "https://example.com/", "not-public");
  }
}
