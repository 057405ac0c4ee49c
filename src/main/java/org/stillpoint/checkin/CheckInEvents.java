package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.stillpoint.event.Event;
import org.stillpoint.event.EventType;
import org.stillpoint.event.Outbox;
import org.stillpoint.event.PressurePermit;
import org.stillpoint.relationship.Member;

/** Tells those who take part, and nobody else, what became of a check-in. */
@Singleton
class CheckInEvents {
  private final Outbox outbox;
  private final GuestEvents guests;

  CheckInEvents(Outbox outbox, GuestEvents guests) {
    this.outbox = outbox;
    this.guests = guests;
  }

  void scheduled(PressurePermit permit, CheckIn checkIn, Member by, Instant now) {
    outbox.add(
        Event.asking(
            permit,
            EventType.CHECK_IN_SCHEDULED,
            now,
            checkIn.relationshipId(),
            resource(checkIn.id()),
            by.memberId(),
            checkIn.participantIds()));
  }

  /** It opens, goes on or shows answers: of nobody, since it would tell who came last, or spoke. */
  void became(EventType type, PressurePermit permit, CheckIn checkIn, Instant now) {
    outbox.add(
        Event.asking(
                permit,
                type,
                now,
                checkIn.relationshipId(),
                resource(checkIn.id()),
                null,
                checkIn.participantIds())
            .quietly());
  }

  /**
   * The same, where guests are told too: that it opens, and that what was sealed is shown. Not of a
   * pause, nor of single answers, of which they may read none.
   */
  void becameForGuestsToo(EventType type, PressurePermit permit, CheckIn checkIn, Instant now) {
    became(type, permit, checkIn, now);
    guests.tellPresent(checkIn, now);
  }

  /** Of nobody, so that the phone of the one who is reminded rings. */
  void reminder(PressurePermit permit, Reminders.Due due, Instant now) {
    outbox.add(
        Event.asking(
            permit,
            EventType.CHECK_IN_REMINDER,
            now,
            due.relationshipId(),
            resource(due.checkInId()),
            null,
            List.of(due.memberId())));
  }

  /** Rings the others' phones only where they would otherwise wait for it. */
  void ended(CheckIn checkIn, Member by, boolean rings, Instant now) {
    Event event =
        Event.of(
            EventType.CHECK_IN_ENDED,
            now,
            checkIn.relationshipId(),
            resource(checkIn.id()),
            by.memberId(),
            checkIn.participantIds());
    outbox.add(rings ? event : event.quietly());
    guests.tellPresent(checkIn, now);
  }

  /**
   * The times to return meet no more where it was planned. Those who take part are told of another
   * time anyway; it rings nobody's phone, since it happens in a pause.
   */
  void moved(CheckIn checkIn, Member by, boolean another, Instant now) {
    if (another) {
      guests.tellPresent(checkIn, now);
    } else {
      ended(checkIn, by, false, now);
    }
  }

  /** Since somebody has left, of which the others are told anyway. */
  void endedByLeaving(
      UUID relationshipId, UUID checkInId, UUID leaver, List<UUID> remaining, Instant at) {
    outbox.add(
        Event.of(
                EventType.CHECK_IN_ENDED,
                at,
                relationshipId,
                resource(checkInId),
                leaver,
                remaining)
            .quietly());
  }

  /** Once for all its check-ins, which tell nothing when they are made. */
  void seriesCreated(PressurePermit permit, CheckInSeries series, Member by, Instant now) {
    outbox.add(
        Event.asking(
            permit,
            EventType.CHECK_IN_SERIES_CREATED,
            now,
            series.relationshipId(),
            ofSeries(series.id()),
            by.memberId(),
            series.participantIds()));
  }

  /** Once for all its check-ins that were still to open; of these, guests know one each. */
  void seriesEnded(CheckInSeries series, List<CheckIn> unopened, Member by, Instant now) {
    outbox.add(
        Event.of(
            EventType.CHECK_IN_SERIES_ENDED,
            now,
            series.relationshipId(),
            ofSeries(series.id()),
            by.memberId(),
            series.participantIds()));
    guests.tellPresent(series.relationshipId(), unopened, now);
  }

  /** Since somebody has left, of which the others are told anyway. */
  void seriesEndedByLeaving(
      UUID relationshipId, UUID seriesId, UUID leaver, List<UUID> remaining, Instant at) {
    outbox.add(
        Event.of(
                EventType.CHECK_IN_SERIES_ENDED,
                at,
                relationshipId,
                ofSeries(seriesId),
                leaver,
                remaining)
            .quietly());
  }

  private static Event.Resource ofSeries(UUID seriesId) {
    return new Event.Resource("checkInSeries", seriesId);
  }

  private static Event.Resource resource(UUID checkInId) {
    return new Event.Resource("checkIn", checkInId);
  }
}
