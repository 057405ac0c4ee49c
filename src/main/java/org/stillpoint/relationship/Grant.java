package org.stillpoint.relationship;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What lets a practitioner read what is its members', now. Whoever reads for a practitioner demands
 * it of {@link GrantLookup}.
 *
 * @param relationshipId null for one that a single member has given of their own things
 * @param memberIds whose things these are
 */
public record Grant(
    UUID id,
    @Nullable UUID relationshipId,
    List<UUID> memberIds,
    Set<GrantScope> scopes,
    Instant beganAt,
    Instant expiresAt) {
  public Grant {
    memberIds = List.copyOf(memberIds);
    scopes = Set.copyOf(scopes);
  }
}
