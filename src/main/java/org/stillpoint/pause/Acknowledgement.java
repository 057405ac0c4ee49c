package org.stillpoint.pause;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A member's voluntary word to the raiser: I have understood. Only the raiser sees it (S31). */
@Entity
@Table(name = "pause_acknowledgement")
@IdClass(Acknowledgement.Key.class)
public class Acknowledgement {
  /** One for each member. */
  public record Key(UUID relationshipId, UUID pauseId, UUID memberId) {}

  @Id
  @Column(updatable = false)
  private UUID relationshipId;

  @Id
  @Column(updatable = false)
  private UUID pauseId;

  @Id
  @Column(updatable = false)
  private UUID memberId;

  @Column(updatable = false)
  private Instant acknowledgedAt;

  protected Acknowledgement() {}

  static Acknowledgement of(Pause pause, UUID memberId, Instant now) {
    Acknowledgement acknowledgement = new Acknowledgement();
    acknowledgement.relationshipId = pause.relationshipId();
    acknowledgement.pauseId = pause.id();
    acknowledgement.memberId = memberId;
    acknowledgement.acknowledgedAt = now;
    return acknowledgement;
  }

  UUID pauseId() {
    return pauseId;
  }

  UUID memberId() {
    return memberId;
  }

  Instant acknowledgedAt() {
    return acknowledgedAt;
  }
}
