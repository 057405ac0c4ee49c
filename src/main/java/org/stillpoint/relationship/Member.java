package org.stillpoint.relationship;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The proof that the caller belongs to a relationship now. Services demand it, and only {@link
 * MembershipGuard} gives it.
 */
public final class Member {
  private final UUID relationshipId;
  private final UUID memberId;
  private final Instant joinedAt;
  private final List<UUID> all;

  Member(UUID relationshipId, UUID memberId, Instant joinedAt, List<UUID> all) {
    this.relationshipId = relationshipId;
    this.memberId = memberId;
    this.joinedAt = joinedAt;
    this.all = List.copyOf(all);
  }

  public UUID relationshipId() {
    return relationshipId;
  }

  public UUID memberId() {
    return memberId;
  }

  /** Since when; what happened and ended before is not this member's to read. */
  public Instant joinedAt() {
    return joinedAt;
  }

  /** All current members, this one included. */
  public List<UUID> all() {
    return all;
  }

  /** All current members but this one. */
  public List<UUID> others() {
    return all.stream().filter(id -> !id.equals(memberId)).toList();
  }
}
