package org.stillpoint.relationship;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Lets this package know of pauses without knowing the feature, which implements it. */
public interface ActivePauses {
  /** Who has an active pause in this relationship. */
  Set<UUID> raisersIn(UUID relationshipId);

  /** When the first of the active pauses came in; empty if there is none. */
  Optional<Instant> pausedSince(UUID relationshipId);

  /** Those of the relationships that have an active pause (S7). */
  Set<UUID> pausedAmong(Collection<UUID> relationshipIds);
}
