package org.stillpoint.webhook;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An attempt to hand an event over, as the worker has written it. */
@Entity
@IdClass(WebhookAttempt.Key.class)
public class WebhookAttempt {
  /** Begins with the app whose endpoint it was. */
  public record Key(String clientId, UUID endpointId, UUID id) {}

  @Id
  @Column(updatable = false)
  private String clientId;

  @Id
  @Column(updatable = false)
  private UUID endpointId;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private UUID memberId;

  @Column(updatable = false)
  private String messageId;

  @Column(updatable = false)
  private String eventType;

  @Column(updatable = false)
  private Instant attemptedAt;

  @Column(updatable = false)
  private @Nullable Integer statusCode;

  @Column(updatable = false)
  private String outcome;

  protected WebhookAttempt() {}

  UUID id() {
    return id;
  }

  String messageId() {
    return messageId;
  }

  String eventType() {
    return eventType;
  }

  Instant attemptedAt() {
    return attemptedAt;
  }

  /** Null when there was no answer. */
  @Nullable Integer statusCode() {
    return statusCode;
  }

  String outcome() {
    return outcome;
  }
}
