package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.event.EventType;
import org.stillpoint.relationship.Grant;
import org.stillpoint.relationship.GrantLookup;
import org.stillpoint.relationship.PressureGuard;
import org.stillpoint.transaction.Callers;

/** How a practitioner comes to a talk: as its guest, without a code, while the grant stands. */
@Singleton
@Transactional(TxType.MANDATORY)
class Attendances {
  private final EntityManager entities;
  private final GuestEvents events;
  private final GrantLookup grants;
  private final PressureGuard pressure;
  private final Callers callers;
  private final Clock clock;

  Attendances(
      EntityManager entities,
      GuestEvents events,
      GrantLookup grants,
      PressureGuard pressure,
      Callers callers,
      Clock clock) {
    this.entities = entities;
    this.events = events;
    this.grants = grants;
    this.pressure = pressure;
    this.callers = callers;
    this.clock = clock;
  }

  /**
   * A talk to which all who take part want the practitioner.
   *
   * @param id under which it is found among those of a guest
   */
  record Attendance(UUID id, Instant startsAt, boolean isPresent) {}

  /** The one that starts first first. */
  List<Attendance> list(Grant grant) {
    List<?> rows =
        of(
                grant,
                "select * from practice_attendances(:grant, :client, :now, :startsAfter,"
                    + " :openedAfter) a order by a.starts_at, a.id",
                clock.instant())
            .getResultList();
    return rows.stream()
        .map(Tuple.class::cast)
        .map(
            row ->
                new Attendance(
                    row.get("id", UUID.class),
                    row.get("starts_at", Instant.class),
                    row.get("present", Boolean.class)))
        .toList();
  }

  /**
   * Comes; a second time it does nothing. False where there is nothing to come to, as in a pause
   * (S9).
   */
  boolean attend(Grant grant, UUID id) {
    if (list(grant).stream().anyMatch(talk -> talk.id().equals(id) && talk.isPresent())) {
      return true;
    }
    Instant now = clock.instant();
    List<?> rows =
        of(
                grant,
                "select * from attend_check_in(:grant, :client, :guest, :now, :startsAfter,"
                    + " :openedAfter)",
                now)
            .setParameter("guest", id)
            .getResultList();
    if (rows.isEmpty()) {
      return false;
    }
    Tuple place = (Tuple) rows.getFirst();
    events.became(
        EventType.CHECK_IN_GUEST_CAME,
        pressure.whileNobodyPauses(() -> grants.isPaused(grant), HttpProblem.NOT_FOUND),
        place.get("relationship_id", UUID.class),
        place.get("check_in_id", UUID.class),
        Stream.of(place.get("participants", String.class).split(",", -1))
            .map(UUID::fromString)
            .toList(),
        now);
    return true;
  }

  private Query of(Grant grant, String sql, Instant now) {
    return entities
        .createNativeQuery(sql, Tuple.class)
        .setParameter("grant", grant.id())
        .setParameter("client", callers.current().login().clientId())
        .setParameter("now", now)
        .setParameter("startsAfter", now.minus(CheckIn.OPENS_WITHIN))
        .setParameter("openedAfter", now.minus(CheckIn.OPEN_AT_MOST));
  }
}
