package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.stillpoint.event.PressurePermit;
import org.stillpoint.relationship.PressureGuard;

/**
 * Reminders of check-ins that are planned. They wait while anybody in the relationship pauses (S9),
 * and follow from what all who take part see: nobody is reminded to be ready or to answer.
 */
@Singleton
@Transactional(TxType.MANDATORY)
class Reminders {
  /** How long before the start: an hour, a day. */
  static final Set<Integer> LEADS = Set.of(3_600, 86_400);

  private static final String SET =
      """
      insert into check_in_reminder_setting as s (member_id, lead_seconds, set_at)
      values (:member, cast(:leads as integer[]), :now)
      on conflict (member_id) do update set lead_seconds = excluded.lead_seconds,
        set_at = case when s.lead_seconds = excluded.lead_seconds then s.set_at
          else excluded.set_at end
      """;

  /**
   * Whatever ends or opens the check-in is before it or after it. Of two replicas the second waits
   * for the first, and then finds its rows.
   */
  private static final String SENT =
      """
      with planned as (
        select c.relationship_id, c.id from check_in c
        where c.relationship_id = :relationship and c.id = :checkIn
          and c.opened_at is null and c.over_at is null and c.starts_at > :now
        for share
      )
      insert into check_in_reminder
        (relationship_id, check_in_id, member_id, lead_seconds, sent_at)
      select p.relationship_id, p.id, :member, l.seconds, :now
      from planned p cross join unnest(cast(:leads as integer[])) as l (seconds)
      order by l.seconds
      on conflict do nothing
      """;

  /** Who is to be reminded of what; {@code leads} are the times that have come, as an array. */
  record Due(UUID relationshipId, UUID checkInId, UUID memberId, String leads) {}

  private final EntityManager entities;
  private final CheckInEvents events;
  private final PressureGuard pressure;
  private final Clock clock;

  Reminders(EntityManager entities, CheckInEvents events, PressureGuard pressure, Clock clock) {
    this.entities = entities;
    this.events = events;
    this.pressure = pressure;
    this.clock = clock;
  }

  @SuppressWarnings("unchecked")
  List<Integer> of(UUID memberId) {
    return entities
        .createNativeQuery(
            "select l.seconds from check_in_reminder_setting s"
                + " cross join unnest(s.lead_seconds) as l (seconds)"
                + " where s.member_id = :member order by l.seconds",
            Integer.class)
        .setParameter("member", memberId)
        .getResultList();
  }

  List<Integer> set(UUID memberId, List<Integer> wished) {
    List<Integer> leads = wished.stream().distinct().sorted().toList();
    if (leads.isEmpty()) {
      entities
          .createNativeQuery("delete from check_in_reminder_setting where member_id = :member")
          .setParameter("member", memberId)
          .executeUpdate();
    } else {
      entities
          .createNativeQuery(SET)
          .setParameter("member", memberId)
          .setParameter("leads", array(leads))
          .setParameter("now", clock.instant())
          .executeUpdate();
    }
    return leads;
  }

  private static String array(List<Integer> leads) {
    return leads.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
  }

  /** Sends one notice, however many times have come, unless that has been done; whether it has. */
  boolean send(Due due) {
    Instant now = clock.instant();
    int sent =
        entities
            .createNativeQuery(SENT)
            .setParameter("relationship", due.relationshipId())
            .setParameter("checkIn", due.checkInId())
            .setParameter("member", due.memberId())
            .setParameter("leads", due.leads())
            .setParameter("now", now)
            .executeUpdate();
    if (sent == 0) {
      return false;
    }
    PressurePermit permit =
        pressure.whileNobodyPauses(due.relationshipId(), CheckInProblem.CHECK_IN_HELD);
    events.reminder(permit, due, now);
    return true;
  }
}
