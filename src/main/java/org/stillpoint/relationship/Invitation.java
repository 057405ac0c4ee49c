package org.stillpoint.relationship;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.time.Ids;

/** An invitation to one person who has its code: used once, for seven days. */
@Entity
@IdClass(Invitation.Key.class)
public class Invitation {
  static final Duration LIFETIME = Duration.ofDays(7);

  /** Of one member in one relationship: each is a question to all the others. */
  static final int MOST_OPEN = 12;

  /** Begins with the relationship, like the key of all its rows. */
  public record Key(UUID relationshipId, UUID id) {}

  @Id
  @Column(updatable = false)
  private UUID relationshipId;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private UUID inviterId;

  @Column(updatable = false)
  private byte[] codeHash;

  @Column(updatable = false)
  private Instant createdAt;

  @Column(updatable = false)
  private Instant expiresAt;

  private @Nullable Instant acceptedAt;
  private @Nullable Instant withdrawnAt;

  protected Invitation() {}

  static Invitation create(Member inviter, InvitationCode code, Instant now) {
    Invitation invitation = new Invitation();
    invitation.relationshipId = inviter.relationshipId();
    invitation.id = Ids.next();
    invitation.inviterId = inviter.memberId();
    invitation.codeHash = code.hash();
    invitation.createdAt = now;
    invitation.expiresAt = now.plus(LIFETIME);
    return invitation;
  }

  UUID id() {
    return id;
  }

  UUID relationshipId() {
    return relationshipId;
  }

  UUID inviterId() {
    return inviterId;
  }

  Instant createdAt() {
    return createdAt;
  }

  Instant expiresAt() {
    return expiresAt;
  }

  @Nullable Instant acceptedAt() {
    return acceptedAt;
  }

  @Nullable Instant withdrawnAt() {
    return withdrawnAt;
  }

  boolean isOpen(Instant now) {
    return acceptedAt == null && withdrawnAt == null && now.isBefore(expiresAt);
  }

  void accept(Instant now) {
    acceptedAt = now;
  }

  void withdraw(Instant now) {
    if (withdrawnAt == null) {
      withdrawnAt = now;
    }
  }
}
