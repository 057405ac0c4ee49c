package org.stillpoint.delivery;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses anybody may have this server call: public ones, by name, over HTTPS at its own
 * port. Whoever gives an address would otherwise reach what only this server can reach.
 *
 * <p>What is refused is never said but by {@code not-public} or {@code unresolved}: more would tell
 * how the network behind this server looks.
 */
@Singleton
public class PublicAddresses {
  private static final int LONGEST = 2_000;
  private static final int LONGEST_NAME = 253;
  private static final int LAST_PORT = 65_535;

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]|[a-z0-9][a-z0-9-]{0,61}[a-z0-9]");

  /** Never a number in any notation: 0177.0.0.1 is one address here and another one there. */
  private static final Pattern LAST_LABEL = Pattern.compile("[a-z]{2,63}|xn--[a-z0-9-]{1,59}");

  /** Names that are at home in one network or one machine. */
  private static final Pattern LOCAL_NAME =
      Pattern.compile(".*\\.(?:localhost|localdomain|local|internal)");

  private static final Pattern PLAIN = Pattern.compile("[!-~]+");

  /**
   * All that IPv6 has given out; mapped, compatible, translated and local addresses are outside.
   */
  private static final Block GIVEN_OUT = Block.of("2000::/3");

  /** From the registries of special-purpose addresses. */
  private static final List<Block> NOT_PUBLIC =
      Stream.of(
              "0.0.0.0/8", // this network
              "10.0.0.0/8", // private
              "100.64.0.0/10", // shared behind a provider
              "127.0.0.0/8", // loopback
              "169.254.0.0/16", // link-local, and the metadata of clouds
              "172.16.0.0/12", // private
              "192.0.0.0/24", // protocols
              "192.0.2.0/24", // documentation
              "192.88.99.0/24", // 6to4 relays
              "192.168.0.0/16", // private
              "198.18.0.0/15", // benchmarks
              "198.51.100.0/24", // documentation
              "203.0.113.0/24", // documentation
              "224.0.0.0/4", // multicast
              "240.0.0.0/4", // reserved, and broadcast
              "2001::/23", // protocols, Teredo among them
              "2001:db8::/32", // documentation
              "2002::/16", // 6to4, which leads to any IPv4 address
              "3fff::/20") // documentation
          .map(Block::of)
          .toList();

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  /** What a sandbox may call beside public addresses. */
  private static final Map<String, InetAddress> LOOPBACKS =
      Map.of("127.0.0.1", LOOPBACK, "localhost", LOOPBACK, "[::1]", InetAddress.ofLiteral("::1"));

  /** Finds the addresses of a name. */
  interface Resolver {
    InetAddress[] addresses(String name) throws UnknownHostException;
  }

  private final boolean sandbox;
  private final Resolver resolver;
  private final Duration patience;

  /**
   * A name server may keep silent: whoever asks it waits on a thread of its own. There are more
   * than all deliveries that are under way can ask for before silent ones are given up.
   */
  private final ExecutorService questions =
      new ThreadPoolExecutor(
          0,
          1_000,
          10,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("names-", 0).factory());

  @Inject
  PublicAddresses(@ConfigProperty(name = "stillpoint.sandbox") boolean sandbox) {
    this(sandbox, InetAddress::getAllByName, Duration.ofSeconds(5));
  }

  PublicAddresses(boolean sandbox, Resolver resolver, Duration patience) {
    this.sandbox = sandbox;
    this.resolver = resolver;
    this.patience = patience;
  }

  /**
   * An address as somebody gives it, when it is to be kept. No name server is asked: a transaction
   * would wait for it, and each attempt asks anyway.
   *
   * @throws UnreachableException when it may not be called
   */
  public URI check(String address) throws UnreachableException {
    try {
      URI to = new URI(address);
      String host = plainHost(to);
      if (loopback(to, host) == null) {
        requirePublicName(to, host);
      }
      return to;
    } catch (URISyntaxException e) {
      // Its message quotes the address.
      throw new UnreachableException("not-public");
    }
  }

  /**
   * The one place to call, to be asked at each attempt: a name may point elsewhere by then. Whoever
   * calls has to go there, and not to ask for the name again.
   */
  InetAddress resolve(URI to) throws UnreachableException, InterruptedException {
    String host = plainHost(to);
    @Nullable InetAddress loopback = loopback(to, host);
    if (loopback != null) {
      return loopback;
    }
    requirePublicName(to, host);
    InetAddress[] addresses = addresses(host);
    if (addresses.length == 0) {
      throw new UnreachableException("unresolved");
    }
    // All of them: nobody has good use for a name that is here and there.
    if (!Stream.of(addresses).allMatch(PublicAddresses::isPublic)) {
      throw new UnreachableException("not-public");
    }
    return addresses[0];
  }

  private @Nullable InetAddress loopback(URI to, String host) {
    return sandbox && isHttp(to) ? LOOPBACKS.get(host) : null;
  }

  private static void requirePublicName(URI to, String host) throws UnreachableException {
    if (!"https".equals(to.getScheme())
        || (to.getPort() != -1 && to.getPort() != 443)
        || !isName(host)
        || LOCAL_NAME.matcher(host).matches()) {
      throw new UnreachableException("not-public");
    }
  }

  private static boolean isName(String host) {
    List<String> labels = List.of(host.split("\\.", -1));
    return host.length() <= LONGEST_NAME
        && labels.size() > 1
        && labels.stream().allMatch(label -> LABEL.matcher(label).matches())
        && LAST_LABEL.matcher(labels.getLast()).matches();
  }

  private static boolean isHttp(URI to) {
    return ("http".equals(to.getScheme()) || "https".equals(to.getScheme()))
        && to.getPort() <= LAST_PORT;
  }

  /** The host of an address that is nothing but scheme, host, port, path and query, in ASCII. */
  private static String plainHost(URI to) throws UnreachableException {
    String host = to.getHost();
    String port = to.getPort() == -1 ? "" : ":" + to.getPort();
    if (to.toString().length() > LONGEST
        || !PLAIN.matcher(to.toString()).matches()
        || to.getRawFragment() != null
        || host == null
        || !(host + port).equals(to.getRawAuthority())) {
      throw new UnreachableException("not-public");
    }
    return host.toLowerCase(Locale.ROOT);
  }

  private InetAddress[] addresses(String name) throws UnreachableException, InterruptedException {
    try {
      Future<InetAddress[]> answer = questions.submit(() -> resolver.addresses(name));
      return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      throw new UnreachableException("unresolved");
    }
  }

  private static boolean isPublic(InetAddress address) {
    return (address instanceof Inet4Address || GIVEN_OUT.holds(address))
        && NOT_PUBLIC.stream().noneMatch(block -> block.holds(address));
  }

  /** Addresses that begin with the same bits. */
  private record Block(int length, int bits, BigInteger beginning) {
    static Block of(String text) {
      String[] parts = text.split("/", 2);
      InetAddress first = InetAddress.ofLiteral(parts[0]);
      int bits = Integer.parseInt(parts[1]);
      return new Block(length(first), bits, beginning(first, bits));
    }

    boolean holds(InetAddress address) {
      return length(address) == length && beginning(address, bits).equals(beginning);
    }

    private static int length(InetAddress address) {
      return address.getAddress().length * Byte.SIZE;
    }

    private static BigInteger beginning(InetAddress address, int bits) {
      return new BigInteger(1, address.getAddress()).shiftRight(length(address) - bits);
    }
  }
}
