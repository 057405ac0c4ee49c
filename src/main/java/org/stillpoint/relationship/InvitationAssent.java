package org.stillpoint.relationship;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.UUID;

/** A current member's yes to one more member. */
@Entity
@IdClass(InvitationAssent.Key.class)
public class InvitationAssent {
  /** One for each member. */
  public record Key(UUID relationshipId, UUID invitationId, UUID memberId) {}

  @Id
  @Column(updatable = false)
  private UUID relationshipId;

  @Id
  @Column(updatable = false)
  private UUID invitationId;

  @Id
  @Column(updatable = false)
  private UUID memberId;

  @Column(updatable = false)
  private Instant assentedAt;

  protected InvitationAssent() {}

  static InvitationAssent of(Member member, UUID invitationId, Instant now) {
    InvitationAssent assent = new InvitationAssent();
    assent.relationshipId = member.relationshipId();
    assent.invitationId = invitationId;
    assent.memberId = member.memberId();
    assent.assentedAt = now;
    return assent;
  }

  UUID memberId() {
    return memberId;
  }

  UUID invitationId() {
    return invitationId;
  }

  UUID relationshipId() {
    return relationshipId;
  }

  Instant assentedAt() {
    return assentedAt;
  }
}
