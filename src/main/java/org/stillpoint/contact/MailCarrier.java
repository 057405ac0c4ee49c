package org.stillpoint.contact;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.ext.mail.StartTLSOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.stillpoint.contact.EmailConfig.Tls;
import org.stillpoint.delivery.Carrier;
import org.stillpoint.delivery.DeliveryConfig;
import org.stillpoint.delivery.Parcel;
import org.stillpoint.delivery.Response;
import org.stillpoint.delivery.UnreachableException;

/**
 * Hands mails in at the operator's mail server: a plain text, and nothing that tells when it is
 * opened. Its answers are told as HTTP would.
 */
@Singleton
class MailCarrier implements Carrier {
  private static final int CONNECTIONS = 20;

  /** What says of a recipient's address or mailbox, in RFC 3463, that it isn't there. */
  private static final Set<String> NOT_THERE = Set.of("1.1", "1.2", "1.3", "1.6", "1.10", "2.1");

  /** What says of the sender that its login isn't taken (RFC 4954). */
  private static final Set<Integer> NOT_LET_IN = Set.of(530, 534, 535, 538);

  private final Lane ordinary;

  /** Apart, so that a pause never waits for a connection behind anything else. */
  private final Lane urgent;

  private final Duration timeout;

  @Inject
  MailCarrier(Vertx vertx, MailServer server, EmailConfig config, DeliveryConfig delivery) {
    this(vertx, server, config, delivery.timeout(), new MailConfig());
  }

  /** With the options of a connection, such as whom to trust. */
  MailCarrier(
      Vertx vertx, MailServer server, EmailConfig config, Duration timeout, MailConfig options) {
    this.timeout = timeout;
    options
        .setHostname(server.isSetUp() ? server.address().getHost() : "")
        .setPort(config.port())
        .setSsl(config.tls() == Tls.IMPLICIT)
        .setStarttls(
            config.tls() == Tls.REQUIRED ? StartTLSOptions.REQUIRED : StartTLSOptions.DISABLED)
        .setLogin(config.user().isPresent() ? LoginOption.REQUIRED : LoginOption.DISABLED)
        .setOwnHostname(server.domain())
        .setMaxPoolSize(CONNECTIONS)
        .setKeepAliveTimeout(30)
        .setConnectTimeout((int) timeout.toMillis())
        .setIdleTimeout((int) timeout.toMillis())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setHostnameVerificationAlgorithm("HTTPS");
    config.user().ifPresent(options::setUsername);
    config.password().ifPresent(options::setPassword);
    this.ordinary = new Lane(MailClient.create(vertx, options), new Semaphore(CONNECTIONS, true));
    this.urgent = new Lane(MailClient.create(vertx, options), new Semaphore(CONNECTIONS, true));
  }

  /** Who has no connection yet waits here, and nothing is sent for whoever has gone. */
  private record Lane(MailClient client, Semaphore room) {
    CompletableFuture<?> send(MailMessage message) {
      CompletableFuture<?> answer =
          client.sendMail(message).toCompletionStage().toCompletableFuture();
      return answer.whenComplete((_, _) -> room.release());
    }
  }

  @Override
  public Set<String> schemes() {
    return Set.of("smtp", "smtps");
  }

  @Override
  public Response send(Parcel parcel) throws UnreachableException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    Lane lane = parcel.isUrgent() ? urgent : ordinary;
    MailMessage message = message(parcel);
    if (!lane.room().tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new UnreachableException("timeout");
    }
    try {
      Object unused = lane.send(message).get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      return Response.of(200);
    } catch (TimeoutException e) {
      throw new UnreachableException("timeout");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SMTPException refusal) {
        return Response.of(status(refusal));
      }
      throw new UnreachableException("refused");
    }
  }

  private static MailMessage message(Parcel parcel) {
    MultiMap further = MultiMap.caseInsensitiveMultiMap().addAll(parcel.headers());
    MailMessage message =
        new MailMessage()
            .setFrom(taken(further, "From"))
            .setTo(taken(further, "To"))
            .setSubject(taken(further, "Subject"))
            .setText(new String(parcel.body(), StandardCharsets.UTF_8));
    return message.setHeaders(further);
  }

  private static @Nullable String taken(MultiMap headers, String name) {
    String value = Objects.requireNonNull(headers.get(name));
    headers.remove(name);
    return value;
  }

  private static int status(SMTPException refusal) {
    if (!refusal.isPermanent() || NOT_LET_IN.contains(refusal.getReplyCode())) {
      return 503;
    }
    var enhanced = refusal.getEnhancedStatus();
    return NOT_THERE.contains(enhanced.getSubject() + "." + enhanced.getDetail()) ? 410 : 422;
  }
}
