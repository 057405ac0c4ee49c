package org.stillpoint.relationship;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Fired within the transaction in which a member leaves, so that each feature ends what was that
 * member's (S32).
 *
 * @param remaining the members who stay
 */
public record MemberLeft(UUID relationshipId, UUID memberId, List<UUID> remaining, Instant at) {}
