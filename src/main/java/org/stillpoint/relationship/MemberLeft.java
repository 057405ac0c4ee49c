package org.stillpoint.relationship;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Fired within the transaction in which a member leaves, so that each feature ends what was that
 * member's (S32).
 *
 * @param leaver a member to the end of the transaction
 * @param remaining the members who stay
 */
public record MemberLeft(Member leaver, List<UUID> remaining, Instant at) {
  public UUID relationshipId() {
    return leaver.relationshipId();
  }

  public UUID memberId() {
    return leaver.memberId();
  }
}
