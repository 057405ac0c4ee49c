package org.stillpoint.relationship;

import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/** Lets this package know of pauses without knowing the feature, which implements it. */
public interface ActivePauses {
  /** Who has an active pause in this relationship. */
  Set<UUID> raisersIn(UUID relationshipId);

  /** Those of the relationships that have an active pause (S7). */
  Set<UUID> pausedAmong(Collection<UUID> relationshipIds);
}
