package org.stillpoint.privacy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a member's data: asked for, made in the background, fetched once. Rows are changed by
 * {@link ExportService} and {@link ExportQueue}; the sealed copy itself isn't part of this view.
 */
@Entity
@Table(name = "member_export")
@IdClass(Export.Key.class)
public class Export {
  static final Duration FETCHABLE = Duration.ofHours(24);

  /** Begins with the member whose data it is. */
  public record Key(UUID memberId, UUID id) {}

  @Id
  @Column(updatable = false)
  private UUID memberId;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private String state;

  @Column(updatable = false)
  private Instant requestedAt;

  @Column(updatable = false)
  private @Nullable Instant readyAt;

  @Column(updatable = false)
  private @Nullable Instant expiresAt;

  protected Export() {}

  UUID memberId() {
    return memberId;
  }

  UUID id() {
    return id;
  }

  /** {@code queued}, {@code ready}, {@code fetched}, {@code expired} or {@code failed}. */
  String state(Instant now) {
    return "ready".equals(state) && expiresAt != null && !now.isBefore(expiresAt)
        ? "expired"
        : state;
  }

  Instant requestedAt() {
    return requestedAt;
  }

  @Nullable Instant readyAt() {
    return readyAt;
  }

  @Nullable Instant expiresAt() {
    return expiresAt;
  }
}
