package org.stillpoint.relationship;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** That a member belongs to a relationship, or did. */
@Entity
@IdClass(Membership.Key.class)
public class Membership {
  /** One row for each person, also when that person left and came again. */
  public record Key(UUID relationshipId, UUID memberId) {}

  @Id
  @Column(updatable = false)
  private UUID relationshipId;

  @Id
  @Column(updatable = false)
  private UUID memberId;

  private Instant joinedAt;
  private @Nullable Instant leftAt;

  protected Membership() {}

  static Membership join(UUID relationshipId, UUID memberId, Instant now) {
    Membership membership = new Membership();
    membership.relationshipId = relationshipId;
    membership.memberId = memberId;
    membership.joinedAt = now;
    return membership;
  }

  UUID relationshipId() {
    return relationshipId;
  }

  UUID memberId() {
    return memberId;
  }

  Instant joinedAt() {
    return joinedAt;
  }

  @Nullable Instant leftAt() {
    return leftAt;
  }

  boolean hasLeft() {
    return leftAt != null;
  }

  void leave(Instant now) {
    leftAt = now;
  }

  void rejoin(Instant now) {
    joinedAt = now;
    leftAt = null;
  }
}
