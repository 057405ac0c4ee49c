package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.stillpoint.event.Event;
import org.stillpoint.event.EventType;
import org.stillpoint.event.Outbox;
import org.stillpoint.event.PressurePermit;
import org.stillpoint.relationship.GrantLookup;
import org.stillpoint.relationship.Member;

/**
 * Tells those who take part of guests, and guests of their check-in: neither of the relationship
 * nor of the check-in has a guest an id, but of the guest's own place there alone.
 */
@Singleton
class GuestEvents {
  private final Outbox outbox;
  private final EntityManager entities;

  GuestEvents(Outbox outbox, EntityManager entities) {
    this.outbox = outbox;
    this.entities = entities;
  }

  void proposed(PressurePermit permit, CheckIn checkIn, Member by, Instant now) {
    outbox.add(
        Event.asking(
            permit,
            EventType.CHECK_IN_GUEST_PROPOSED,
            now,
            checkIn.relationshipId(),
            new Event.Resource("checkIn", checkIn.id()),
            by.memberId(),
            checkIn.participantIds()));
  }

  /** All have said yes, or somebody has come: of nobody, since it would tell who said yes last. */
  void became(
      EventType type,
      PressurePermit permit,
      UUID relationshipId,
      UUID checkInId,
      List<UUID> participantIds,
      Instant now) {
    outbox.add(
        Event.asking(
                permit,
                type,
                now,
                relationshipId,
                new Event.Resource("checkIn", checkInId),
                null,
                participantIds)
            .quietly());
  }

  /** One has gone, in whatever state: nobody is told by whom. */
  void gone(UUID relationshipId, UUID checkInId, List<UUID> participantIds, Instant now) {
    outbox.add(
        Event.of(
                EventType.CHECK_IN_GUEST_CHANGED,
                now,
                relationshipId,
                new Event.Resource("checkIn", checkInId),
                null,
                participantIds)
            .quietly());
  }

  /** Something of the guest's check-in has changed, or it is over. */
  void tell(UUID id, UUID guestId, Instant now) {
    outbox.add(
        Event.of(
                EventType.GUEST_CHECK_IN_CHANGED,
                now,
                null,
                new Event.Resource("guestCheckIn", id),
                null,
                List.of(guestId))
            .quietly());
  }

  /** The practitioner who is to come is to look again, and isn't told at what. */
  void tellPractitioner(Guest guest, Instant now) {
    UUID practitioner =
        (UUID)
            entities
                .createNativeQuery(
                    "select reach_attendant(:relationship, :checkIn, :guest)", UUID.class)
                .setParameter("relationship", guest.relationshipId())
                .setParameter("checkIn", guest.checkInId())
                .setParameter("guest", guest.id())
                .getSingleResultOrNull();
    if (practitioner != null) {
      outbox.add(GrantLookup.practiceChanged(practitioner, now));
    }
  }

  /** The same for all who are present. */
  void tellPresent(CheckIn checkIn, Instant now) {
    tellPresent(checkIn.relationshipId(), List.of(checkIn), now);
  }

  /** The same for all who are present in these. */
  void tellPresent(UUID relationshipId, List<CheckIn> checkIns, Instant now) {
    entities.flush();
    tellAll(
        entities
            .createNativeQuery(
                "select g.id, g.guest_id from unnest(cast(:checkIns as uuid[])) as c (id)"
                    + " cross join lateral reach_guests(:relationship, c.id) g",
                Tuple.class)
            .setParameter("relationship", relationshipId)
            .setParameter(
                "checkIns",
                checkIns.stream()
                    .map(checkIn -> checkIn.id().toString())
                    .collect(Collectors.joining(",", "{", "}")))
            .getResultList(),
        now);
  }

  /** Whoever leaves has said yes to no guest any more. */
  void endByLeaving(UUID relationshipId, Instant at) {
    tellAll(
        entities
            .createNativeQuery("select id, guest_id from leave_guests(:relationship)", Tuple.class)
            .setParameter("relationship", relationshipId)
            .getResultList(),
        at);
  }

  private void tellAll(List<?> present, Instant now) {
    for (Object row : present) {
      Tuple guest = (Tuple) row;
      tell(guest.get(0, UUID.class), guest.get(1, UUID.class), now);
    }
  }
}
