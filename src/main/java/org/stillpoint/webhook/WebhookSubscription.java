package org.stillpoint.webhook;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.UUID;

/** That an app's own server gets a member's events. */
@Entity
@IdClass(WebhookSubscription.Key.class)
public class WebhookSubscription {
  /** Begins with the member whose events they are. */
  public record Key(UUID memberId, String clientId) {}

  @Id
  @Column(updatable = false)
  private UUID memberId;

  @Id
  @Column(updatable = false)
  private String clientId;

  @Column(updatable = false)
  private Instant createdAt;

  protected WebhookSubscription() {}

  String clientId() {
    return clientId;
  }

  Instant createdAt() {
    return createdAt;
  }
}
