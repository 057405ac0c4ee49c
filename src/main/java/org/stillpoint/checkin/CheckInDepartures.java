package org.stillpoint.checkin;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.stillpoint.relationship.MemberLeft;
import org.stillpoint.relationship.PauseEnded;

/** What the end of a membership, or of a pause, does to check-ins. */
@Singleton
@Transactional(TxType.MANDATORY)
class CheckInDepartures {
  /** After pauses, whose rows a lift locks before check-ins too. */
  private static final int AFTER_PAUSES = 3_000;

  private final EntityManager entities;
  private final CheckInEvents events;
  private final GuestEvents guests;

  CheckInDepartures(EntityManager entities, CheckInEvents events, GuestEvents guests) {
    this.entities = entities;
    this.events = events;
    this.guests = guests;
  }

  /** What was open ends, and so does what would begin alone. Nothing is revealed by it (S32). */
  void onMemberLeft(@Observes @Priority(AFTER_PAUSES) MemberLeft left) {
    entities.flush();
    endSeries(left);
    guests.endByLeaving(left.relationshipId(), left.at());
    endCheckIns(left);
  }

  /** First, so that of a series no single check-in goes on. */
  private void endSeries(MemberLeft left) {
    List<?> ended =
        entities
            .createNativeQuery(
                "select series_id, array_to_string(participants, ',') from"
                    + " leave_check_in_series(:relationship, :at, :startsAfter) order by series_id",
                Tuple.class)
            .setParameter("relationship", left.relationshipId())
            .setParameter("at", left.at())
            .setParameter("startsAfter", left.at().minus(CheckIn.OPENS_WITHIN))
            .getResultList();
    for (Object row : ended) {
      Tuple series = (Tuple) row;
      events.seriesEndedByLeaving(
          left.relationshipId(),
          series.get(0, UUID.class),
          left.memberId(),
          members(series.get(1, String.class)),
          left.at());
    }
  }

  private static List<UUID> members(String ids) {
    return Stream.of(ids.split(",", -1)).map(UUID::fromString).toList();
  }

  private void endCheckIns(MemberLeft left) {
    List<?> ended =
        entities
            .createNativeQuery(
                "select check_in_id, array_to_string(participants, ',') from leave_check_ins(:relationship, :at,"
                    + " :startsAfter, :openedAfter) order by check_in_id",
                Tuple.class)
            .setParameter("relationship", left.relationshipId())
            .setParameter("at", left.at())
            .setParameter("startsAfter", left.at().minus(CheckIn.OPENS_WITHIN))
            .setParameter("openedAfter", left.at().minus(CheckIn.OPEN_AT_MOST))
            .getResultList();
    entities
        .createNativeQuery("select 1 from leave_decisions(:relationship)", Integer.class)
        .setParameter("relationship", left.relationshipId())
        .getResultList();
    for (Object row : ended) {
      Tuple checkIn = (Tuple) row;
      events.endedByLeaving(
          left.relationshipId(),
          checkIn.get(0, UUID.class),
          left.memberId(),
          members(checkIn.get(1, String.class)),
          left.at());
    }
  }

  /** Nothing goes on by itself: all have to be ready anew. */
  void onPauseEnded(@Observes PauseEnded ended) {
    entities.flush();
    entities
        .createNativeQuery(
            "select 1 from hold_check_ins(:relationship, :pausedSince, :at)", Integer.class)
        .setParameter("relationship", ended.relationshipId())
        .setParameter("pausedSince", ended.pausedSince())
        .setParameter("at", ended.at())
        .getResultList();
  }
}
