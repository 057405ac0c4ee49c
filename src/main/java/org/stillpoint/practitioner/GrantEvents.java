package org.stillpoint.practitioner;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.stillpoint.event.Event;
import org.stillpoint.event.EventType;
import org.stillpoint.event.Outbox;
import org.stillpoint.event.PressurePermit;
import org.stillpoint.relationship.GrantLookup;
import org.stillpoint.relationship.Member;

/** What members and practitioners are told of grants. Nobody is told who did it. */
@Singleton
class GrantEvents {
  private final Outbox outbox;

  GrantEvents(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Somebody asks all the others. */
  void requested(PressurePermit permit, SharedGrant grant, Member by, Instant now) {
    outbox.add(
        Event.asking(
            permit,
            EventType.GRANT_REQUESTED,
            now,
            grant.relationshipId(),
            place(grant.id()),
            by.memberId(),
            by.all()));
  }

  /** It has come about, or is over. */
  void changed(UUID relationshipId, UUID grantId, List<UUID> members, Instant now) {
    outbox.add(
        Event.of(EventType.GRANT_CHANGED, now, relationshipId, place(grantId), null, members)
            .quietly());
  }

  /** The same, to the one whose it is. */
  void selfChanged(UUID memberId, UUID grantId, Instant now) {
    outbox.add(
        Event.of(
            EventType.SELF_GRANT_CHANGED,
            now,
            null,
            new Event.Resource("selfGrant", grantId),
            memberId,
            List.of(memberId)));
  }

  /** The practitioner is to look again. */
  void tell(UUID practitionerId, Instant now) {
    outbox.add(GrantLookup.practiceChanged(practitionerId, now));
  }

  private static Event.Resource place(UUID grantId) {
    return new Event.Resource("grant", grantId);
  }
}
