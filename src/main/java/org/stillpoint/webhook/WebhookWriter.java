package org.stillpoint.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.stillpoint.crypto.RandomSecret;
import org.stillpoint.delivery.DeliveryChannel;
import org.stillpoint.delivery.Parcel;

/** Writes a message for an endpoint, signed by each of its secrets, as Standard Webhooks says. */
@Singleton
class WebhookWriter {
  private final ObjectMapper json;
  private final Clock clock;

  WebhookWriter(ObjectMapper json, Clock clock) {
    this.json = json;
    this.clock = clock;
  }

  /**
   * A message on its way.
   *
   * @param memberId whose event it is; of a test, the app's own login
   */
  Parcel write(
      WebhookMessage message,
      UUID memberId,
      UUID endpointId,
      WebhookTarget target,
      boolean isUrgent) {
    String body = body(message);
    // Real time: the app's server compares it with its own, also when a sandbox's has been moved.
    long timestamp = Instant.now().getEpochSecond();
    String signed = message.id() + "." + timestamp + "." + body;
    return new Parcel(
        DeliveryChannel.WEBHOOK,
        memberId,
        endpointId,
        message.event().id(),
        target.url(),
        Map.of(
            "webhook-id", message.id(),
            "webhook-timestamp", Long.toString(timestamp),
            "webhook-signature", signatures(target, signed),
            "Content-Type", "application/json",
            "User-Agent", "Stillpoint-Webhooks/1"),
        body.getBytes(StandardCharsets.UTF_8),
        Parcel.Trust.ANYBODY,
        "",
        isUrgent);
  }

  private String body(WebhookMessage message) {
    try {
      return json.writeValueAsString(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A webhook can't be written", e);
    }
  }

  private String signatures(WebhookTarget target, String signed) {
    return target.signing(clock.instant()).stream()
        .map(secret -> RandomSecret.keyedHash(secret.bytes(), signed))
        .map(hash -> "v1," + Base64.getEncoder().encodeToString(hash))
        .collect(Collectors.joining(" "));
  }
}
