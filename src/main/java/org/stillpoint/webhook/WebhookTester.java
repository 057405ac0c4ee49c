package org.stillpoint.webhook;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.stillpoint.delivery.Carriers;
import org.stillpoint.delivery.Outcome;
import org.stillpoint.delivery.Parcel;
import org.stillpoint.delivery.Response;
import org.stillpoint.delivery.UnreachableException;

/**
 * Sends tests, each once, as soon as the transaction that asked for it is committed. One that is
 * taken shows that the endpoint works again; one that isn't changes nothing.
 */
@Singleton
class WebhookTester {
  private static final Logger LOG = Logger.getLogger(WebhookTester.class);

  private final WebhookRecords records;
  private final WebhookWriter writer;
  private final Carriers carriers;
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

  WebhookTester(WebhookRecords records, WebhookWriter writer, Carriers carriers) {
    this.records = records;
    this.writer = writer;
    this.carriers = carriers;
  }

  /** A test to be sent; {@code memberId} is the app's own login. */
  record Order(UUID endpointId, UUID memberId, UUID id, Instant at) {}

  void onCommitted(@Observes(during = TransactionPhase.AFTER_SUCCESS) Order order) {
    senders.execute(() -> send(order));
  }

  private void send(Order order) {
    try {
      records.target(order.endpointId()).ifPresent(target -> send(order, target));
    } catch (RuntimeException e) {
      LOG.warnf("A webhook wasn't tested: %s", e.getClass().getName());
    }
  }

  private void send(Order order, WebhookTarget target) {
    WebhookMessage message = WebhookMessage.test(order.id(), order.endpointId(), order.at());
    Parcel parcel = writer.write(message, order.memberId(), order.endpointId(), target, false);
    try {
      Response response = carriers.send(parcel);
      Outcome outcome = WebhookChannel.outcome(response.status());
      record(order, message, response, outcome);
      if (outcome == Outcome.HANDED_OVER) {
        records.succeeded(order.endpointId());
      }
    } catch (UnreachableException e) {
      record(order, message, null, Outcome.LATER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void record(
      Order order, WebhookMessage message, @Nullable Response response, Outcome outcome) {
    records.attempted(
        order.endpointId(), order.memberId(), message.id(), WebhookMessage.TEST, response, outcome);
  }
}
