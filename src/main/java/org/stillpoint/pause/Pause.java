package org.stillpoint.pause;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A pause, active until its raiser lifts it or leaves (S3). Rows are made by {@link PauseRaiser}
 * alone.
 */
@Entity
@IdClass(Pause.Key.class)
public class Pause {
  /** Begins with the relationship, like the key of all its rows. */
  public record Key(UUID relationshipId, UUID id) {}

  @Id
  @Column(updatable = false)
  private UUID relationshipId;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private UUID raiserId;

  @Column(updatable = false)
  private short kind;

  @Column(updatable = false)
  private Instant raisedAt;

  @Column(updatable = false)
  private Instant receivedAt;

  private @Nullable Instant endedAt;
  private @Nullable String endReason;

  protected Pause() {}

  /** A pause as the raising statement tells of it; not an entity to be stored. */
  static Pause told(
      UUID relationshipId,
      UUID id,
      UUID raiserId,
      PauseKind kind,
      Instant raisedAt,
      Instant receivedAt,
      @Nullable Instant endedAt,
      @Nullable String endReason) {
    Pause pause = new Pause();
    pause.relationshipId = relationshipId;
    pause.id = id;
    pause.raiserId = raiserId;
    pause.kind = kind.strength();
    pause.raisedAt = raisedAt;
    pause.receivedAt = receivedAt;
    pause.endedAt = endedAt;
    pause.endReason = endReason;
    return pause;
  }

  UUID relationshipId() {
    return relationshipId;
  }

  UUID id() {
    return id;
  }

  UUID raiserId() {
    return raiserId;
  }

  PauseKind kind() {
    return PauseKind.of(kind);
  }

  /** When the tap was made, as far as the phone's clock can be believed. */
  Instant raisedAt() {
    return raisedAt;
  }

  /** When the tap arrived, by the server's clock. */
  Instant receivedAt() {
    return receivedAt;
  }

  @Nullable Instant endedAt() {
    return endedAt;
  }

  boolean isActive() {
    return endedAt == null;
  }

  /** {@code active}, {@code lifted} by its raiser, or {@code ended} because the raiser left. */
  String state() {
    if (endReason == null) {
      return "active";
    }
    return "lifted".equals(endReason) ? "lifted" : "ended";
  }

  boolean hasRaiserLeft() {
    return "left".equals(endReason);
  }

  void lift(Instant now) {
    endedAt = now;
    endReason = "lifted";
  }
}
