package org.stillpoint.device;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.ApnsPushNotification;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushNotificationResponse;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.stillpoint.delivery.Carrier;
import org.stillpoint.delivery.DeliveryConfig;
import org.stillpoint.delivery.Parcel;
import org.stillpoint.delivery.Response;
import org.stillpoint.delivery.UnreachableException;

/** Takes parcels to Apple: over one connection for each app, which is kept while it works. */
@Singleton
class ApnsCarrier implements Carrier {
  static final String SCHEME = "apns";

  private final PushAccounts accounts;
  private final Duration timeout;
  private final X509Certificate[] trusted;
  private final EventLoopGroup thread = new NioEventLoopGroup(1);
  private final Map<String, Connection> connections = new ConcurrentHashMap<>();

  @Inject
  ApnsCarrier(PushAccounts accounts, DeliveryConfig config) {
    this(accounts, config.timeout());
  }

  /**
   * For tests too.
   *
   * @param trusted whose certificates are believed; those that Java believes when there are none
   */
  ApnsCarrier(PushAccounts accounts, Duration timeout, X509Certificate... trusted) {
    this.accounts = accounts;
    this.timeout = timeout;
    this.trusted = trusted.clone();
  }

  @Override
  public Set<String> schemes() {
    return Set.of(SCHEME);
  }

  @Override
  public Response send(Parcel parcel) throws UnreachableException, InterruptedException {
    Connection connection = connections.computeIfAbsent(parcel.to().getUserInfo(), Connection::new);
    ApnsClient client = connection.client();
    try {
      return response(
          client
              .sendNotification(notification(parcel))
              .get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      connection.giveUp(client);
      throw new UnreachableException("timeout");
    } catch (ExecutionException e) {
      connection.giveUp(client);
      throw new UnreachableException(reason(e.getCause()));
    }
  }

  /** The connection of one app. */
  private final class Connection {
    private final String clientId;
    private @Nullable ApnsClient current;

    Connection(String clientId) {
      this.clientId = clientId;
    }

    synchronized ApnsClient client() throws UnreachableException {
      ApnsClient client = current;
      if (client == null) {
        client = connect();
        current = client;
      }
      return client;
    }

    private ApnsClient connect() throws UnreachableException {
      ApnsAccount account = accounts.apns(clientId).orElse(null);
      if (account == null || account.key() == null) {
        throw new UnreachableException("no-account");
      }
      ApnsClientBuilder builder =
          new ApnsClientBuilder()
              .setApnsServer(account.host(), account.port())
              .setSigningKey(account.key())
              .setEventLoopGroup(thread)
              .setConnectionTimeout(timeout)
              .setGracefulShutdownTimeout(timeout);
      if (trusted.length > 0) {
        builder.setTrustedServerCertificateChain(trusted);
      }
      try {
        return builder.build();
      } catch (SSLException e) {
        throw new UnreachableException("tls");
      }
    }

    /**
     * The library would wait for longer and longer before it connects again, and keep a connection
     * that has gone dead for a minute: a pause doesn't wait for that. What is under way may end.
     */
    synchronized void giveUp(ApnsClient failed) {
      if (current == failed) {
        current = null;
        failed.close();
      }
    }

    synchronized void close() {
      if (current != null) {
        current.close();
      }
    }
  }

  private static ApnsPushNotification notification(Parcel parcel) {
    Map<String, String> headers = parcel.headers();
    String path = parcel.to().getPath();
    return new SimpleApnsPushNotification(
        path.substring(path.lastIndexOf('/') + 1),
        header(headers, "apns-topic"),
        new String(parcel.body(), StandardCharsets.UTF_8),
        Instant.ofEpochSecond(Long.parseLong(header(headers, "apns-expiration"))),
        DeliveryPriority.getFromCode(Integer.parseInt(header(headers, "apns-priority"))),
        PushType.getFromHeaderValue(header(headers, "apns-push-type")),
        headers.get("apns-collapse-id"),
        UUID.fromString(header(headers, "apns-id")));
  }

  private static String header(Map<String, String> headers, String name) {
    return Objects.requireNonNull(headers.get(name), name);
  }

  private static Response response(PushNotificationResponse<?> answer) {
    if (answer.isAccepted()) {
      return Response.of(200);
    }
    String reason = answer.getRejectionReason().orElse("");
    int status =
        switch (reason) {
          case "BadDeviceToken", "DeviceTokenNotForTopic", "Unregistered" -> 410;
          // Of the app's settings; the next attempt may be made over a new connection.
          case "BadTopic", "TopicDisallowed", "IdleTimeout" -> 503;
          default -> {
            int theirs = answer.getStatusCode();
            yield theirs == 403 || theirs == 429 || theirs >= 500 ? 503 : 400;
          }
        };
    return new Response(status, null, "");
  }

  private static String reason(@Nullable Throwable failure) {
    return switch (failure) {
      case null -> "broken";
      case SSLException _ -> "tls";
      case ConnectException _ -> "refused";
      default -> reason(failure.getCause());
    };
  }

  void onShutdown(@Observes ShutdownEvent event) {
    close();
  }

  void close() {
    connections.values().forEach(Connection::close);
    thread.shutdownGracefully();
  }
}
