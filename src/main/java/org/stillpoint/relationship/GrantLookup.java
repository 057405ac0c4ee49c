package org.stillpoint.relationship;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.ProblemException;
import org.stillpoint.event.Event;
import org.stillpoint.event.EventType;

/** Lets features show their things to practitioners without knowing that feature. */
public interface GrantLookup {
  /**
   * Opens a grant for the practitioner who calls, and writes into the access log of those whose
   * things are read that it was done (S29). Once the end of the grant is told, nobody gets in any
   * more (S27).
   *
   * @param scope what is to be read; null for the grant itself
   * @param ofMember whose things alone are to be read, so that nobody else's log tells of them;
   *     null for those of all
   * @param kind how it stands in the log
   * @throws ProblemException not found, whatever the reason (S34)
   */
  Grant open(UUID grantId, @Nullable GrantScope scope, @Nullable UUID ofMember, String kind);

  /**
   * Holds a grant of the caller's open, as a member, until what is given under it is stored.
   *
   * @return whose it is: a relationship's, or null for the member's own
   * @throws ProblemException not found where there is none; a conflict where it doesn't let this be
   *     read now
   */
  @Nullable UUID hold(UUID grantId, GrantScope scope);

  /** Whether anybody pauses in the relationship of a grant; of a member's own nobody is asked. */
  boolean isPaused(Grant grant);

  /**
   * Tells a practitioner's tool to look again, and never at which grant: what stands in a feed
   * would outlive it (S34).
   */
  static Event practiceChanged(UUID practitionerId, Instant now) {
    return Event.of(
            EventType.PRACTICE_CHANGED,
            now,
            null,
            new Event.Resource("practitioner", practitionerId),
            null,
            List.of(practitionerId))
        .quietly();
  }
}
