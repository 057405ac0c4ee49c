package org.stillpoint.webhook;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.time.Ids;

/** Where an app's own server takes events. */
@Entity
@IdClass(WebhookEndpoint.Key.class)
public class WebhookEndpoint {
  /** Begins with the app whose it is. */
  public record Key(String clientId, UUID id) {}

  @Id
  @Column(updatable = false)
  private String clientId;

  @Id
  @Column(updatable = false)
  private UUID id;

  private String carrier;
  private byte[] sealed;
  private Instant sealedAt;

  @Column(updatable = false)
  private Instant createdAt;

  private @Nullable Instant failingSince;
  private @Nullable Instant disabledAt;

  protected WebhookEndpoint() {}

  static WebhookEndpoint plan(String clientId, Instant now) {
    WebhookEndpoint endpoint = new WebhookEndpoint();
    endpoint.clientId = clientId;
    endpoint.id = Ids.next();
    endpoint.createdAt = now;
    return endpoint;
  }

  UUID id() {
    return id;
  }

  Instant createdAt() {
    return createdAt;
  }

  /** Since when nothing was handed over that was tried; null when the last was, or nothing was. */
  @Nullable Instant failingSince() {
    return failingSince;
  }

  @Nullable Instant disabledAt() {
    return disabledAt;
  }

  void enable() {
    disabledAt = null;
    failingSince = null;
  }

  WebhookTarget target(WebhookSeal seal) {
    return seal.open(sealed, clientId, id);
  }

  /** All that goes to one host counts as one carrier, which may be slow. */
  void target(WebhookTarget target, WebhookSeal seal, Instant now) {
    carrier = target.url().getHost().toLowerCase(Locale.ROOT);
    sealed = seal.seal(target, clientId, id);
    sealedAt = now;
  }
}
