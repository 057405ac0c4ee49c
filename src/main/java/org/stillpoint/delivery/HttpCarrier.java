package org.stillpoint.delivery;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.stillpoint.delivery.Parcel.Trust;

/**
 * Posts parcels over HTTP. What anybody may have called is looked up and checked at each attempt,
 * and that very address is called; redirects aren't followed. Neither an address nor what was sent
 * or answered gets into logs, metrics, traces or exceptions.
 */
@Singleton
public class HttpCarrier implements Carrier {
  private static final int MOST_READ = 64 * 1024;
  private static final int CONNECTIONS = 20;
  private static final int URGENT_CONNECTIONS = 100;
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");

  private final PublicAddresses addresses;
  private final Duration timeout;

  /** One event loop does it all, so that nothing of an answer comes before it is listened to. */
  private final ContextInternal eventLoop;

  private final HttpClient client;

  /** Apart, so that a pause never waits for a connection behind anything else. */
  private final HttpClient urgentClient;

  @Inject
  HttpCarrier(Vertx vertx, PublicAddresses addresses, DeliveryConfig config) {
    this(vertx, addresses, config.timeout(), new HttpClientOptions());
  }

  HttpCarrier(Vertx vertx, PublicAddresses addresses, Duration timeout, HttpClientOptions options) {
    this.addresses = addresses;
    this.timeout = timeout;
    this.eventLoop = ((VertxInternal) vertx).createEventLoopContext();
    HttpClientOptions ours =
        new HttpClientOptions(options)
            .setConnectTimeout(5_000)
            .setKeepAliveTimeout(5)
            // A span would name the address.
            .setTracingPolicy(TracingPolicy.IGNORE);
    this.client = client(vertx, ours, CONNECTIONS);
    this.urgentClient = client(vertx, ours, URGENT_CONNECTIONS);
  }

  private static HttpClient client(Vertx vertx, HttpClientOptions options, int connections) {
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(new PoolOptions().setHttp1MaxSize(connections))
        // Otherwise it is logged, and quotes the answer. The request hears of it as well.
        .withConnectHandler(connection -> connection.exceptionHandler(_ -> {}))
        .build();
  }

  @Override
  public Set<String> schemes() {
    return Set.of("http", "https");
  }

  @Override
  public Response send(Parcel parcel) throws UnreachableException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    @Nullable InetAddress pinned =
        parcel.trust() == Trust.OPERATOR ? null : addresses.resolve(parcel.to());
    RequestOptions request = request(parcel.to(), pinned);
    Duration left = Duration.ofNanos(deadline - System.nanoTime());
    // Nobody waits longer than that for a connection either.
    request.setConnectTimeout(Math.max(left.toMillis(), 1));
    Exchange exchange = new Exchange(parcel);
    HttpClient pool = parcel.isUrgent() ? urgentClient : client;
    exchange.begin(eventLoop.succeededFuture(request).compose(pool::request));
    return exchange.await(left);
  }

  private static RequestOptions request(URI to, @Nullable InetAddress pinned) {
    boolean ssl = "https".equals(to.getScheme());
    int port = to.getPort() != -1 ? to.getPort() : ssl ? 443 : 80;
    String path = to.getRawPath().isEmpty() ? "/" : to.getRawPath();
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setSsl(ssl)
            .setHost(to.getHost())
            .setPort(port)
            .setURI(to.getRawQuery() == null ? path : path + "?" + to.getRawQuery())
            .setFollowRedirects(false);
    if (pinned != null) {
      // The host is still the one whose certificate is wanted.
      request.setServer(SocketAddress.inetSocketAddress(port, pinned.getHostAddress()));
    }
    return request;
  }

  /** One parcel on its way. */
  private static final class Exchange {
    private final Parcel parcel;
    private final CompletableFuture<Response> answer = new CompletableFuture<>();
    private final Buffer body = Buffer.buffer();
    private int read;

    Exchange(Parcel parcel) {
      this.parcel = parcel;
    }

    void begin(Future<HttpClientRequest> connected) {
      connected.compose(this::post).onFailure(answer::completeExceptionally);
    }

    private Future<?> post(HttpClientRequest request) {
      request.exceptionHandler(answer::completeExceptionally);
      // At once when nobody waits for it any more.
      answer.whenComplete(
          (_, failure) -> {
            if (failure != null) {
              request.reset();
            }
          });
      parcel.headers().forEach(request::putHeader);
      return request.send(Buffer.buffer(parcel.body())).onSuccess(this::receive);
    }

    private void receive(HttpClientResponse response) {
      response
          .exceptionHandler(answer::completeExceptionally)
          .handler(chunk -> receive(response, chunk))
          .endHandler(_ -> answer.complete(result(response)));
    }

    private void receive(HttpClientResponse response, Buffer chunk) {
      int wanted = Math.min(chunk.length(), MOST_READ - read);
      read += wanted;
      if (parcel.trust() == Trust.OPERATOR) {
        body.appendBuffer(chunk, 0, wanted);
      }
      if (wanted < chunk.length()) {
        answer.complete(result(response));
        response.request().reset();
      }
    }

    private Response result(HttpClientResponse response) {
      return new Response(
          response.statusCode(),
          retryAfter(response.getHeader("Retry-After")),
          body.toString(StandardCharsets.UTF_8));
    }

    Response await(Duration longest) throws UnreachableException, InterruptedException {
      try {
        return answer.get(longest.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        throw new UnreachableException("timeout");
      } catch (ExecutionException e) {
        throw new UnreachableException(reason(e.getCause()));
      } finally {
        // Ends it, unless it has ended.
        answer.cancel(false);
      }
    }
  }

  /** In a word of ours: a message would name the address. */
  private static String reason(@Nullable Throwable failure) {
    return switch (failure) {
      case ConnectTimeoutException _, TimeoutException _ -> "timeout";
      case UnknownHostException _ -> "unresolved";
      case SSLException _ -> "tls";
      case null, default -> "refused";
    };
  }

  /** In seconds or as a date, up to a day; null when it is neither. */
  private static @Nullable Duration retryAfter(@Nullable String value) {
    if (value == null) {
      return null;
    }
    Duration wait;
    if (SECONDS.matcher(value).matches()) {
      wait = Duration.ofSeconds(Long.parseLong(value));
    } else {
      try {
        Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        wait = Duration.between(Instant.now(), then);
      } catch (DateTimeParseException e) {
        return null;
      }
    }
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }
}
