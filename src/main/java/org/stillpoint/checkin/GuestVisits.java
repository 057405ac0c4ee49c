package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.NativePage;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.api.ratelimit.RateLimits;
import org.stillpoint.event.EventType;
import org.stillpoint.identity.Caller;
import org.stillpoint.identity.NamedMember;
import org.stillpoint.relationship.AdultRule;
import org.stillpoint.relationship.InvitationCode;
import org.stillpoint.relationship.PressureGuard;
import org.stillpoint.relationship.RelationshipProblem;

/**
 * How guests come, look and go. They reach the tables through functions of the database alone, each
 * of which asks anew whether the caller is a guest now: there is no other wall in which guests have
 * a door (S34).
 */
@Singleton
@Transactional(TxType.MANDATORY)
class GuestVisits {
  private static final String PAGE =
      """
      select * from visit_check_ins(:startsAfter, :openedAfter) v
      where (v.accepted_at, v.id) < (cast(:afterTime as timestamptz), cast(:afterId as uuid))
      order by v.accepted_at desc, v.id desc limit :limit
      """;

  private final EntityManager entities;
  private final GuestEvents events;
  private final AdultRule adults;
  private final PressureGuard pressure;
  private final RateLimits limits;
  private final Clock clock;

  GuestVisits(
      EntityManager entities,
      GuestEvents events,
      AdultRule adults,
      PressureGuard pressure,
      RateLimits limits,
      Clock clock) {
    this.entities = entities;
    this.events = events;
    this.adults = adults;
    this.pressure = pressure;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Comes with a code. A wrong, used or expired code, one that somebody has not assented to, and
   * one that has to wait for a pause get the same answer (S9, S17, S34).
   */
  GuestVisit accept(Caller caller, InvitationCode code) {
    limits.spendCode(caller.memberId());
    adults.require(caller);
    byte[] hash = code.hashFor(Guest.CODE);
    List<?> takesPart =
        entities
            .createNativeQuery("select takes_part from find_guest_invitation(:code)", Boolean.class)
            .setParameter("code", hash)
            .getResultList();
    if (takesPart.contains(true)) {
      throw CheckInProblem.GUEST_TAKES_PART.exception();
    }
    // Read now: it may have taken long to get the lock.
    Instant now = clock.instant();
    Tuple place =
        first(
            at(
                    now,
                    "select * from accept_guest_invitation(:code, :now, :startsAfter, :openedAfter)")
                .setParameter("code", hash)
                .setParameter("now", now));
    if (place == null) {
      throw RelationshipProblem.INVITATION_INVALID.exception();
    }
    UUID id = place.get("id", UUID.class);
    events.became(
        EventType.CHECK_IN_GUEST_CAME,
        pressure.whileNobodyPauses(() -> isPaused(id), RelationshipProblem.INVITATION_INVALID),
        place.get("relationship_id", UUID.class),
        place.get("check_in_id", UUID.class),
        members(place),
        now);
    return get(id);
  }

  /** Whether anybody pauses there: asked of the database anew each time. */
  private boolean isPaused(UUID id) {
    return (Boolean)
        entities
            .createNativeQuery("select visit_paused(:id)", Boolean.class)
            .setParameter("id", id)
            .getSingleResult();
  }

  /** Where the caller is a guest now, the last one first. */
  List<GuestVisit> list(Cursor.@Nullable ByTime after, int limit) {
    List<?> rows = NativePage.newestFirst(at(clock.instant(), PAGE), after, limit).getResultList();
    return rows.stream().map(row -> visit((Tuple) row)).toList();
  }

  GuestVisit get(UUID id) {
    Tuple row =
        first(
            at(
                    clock.instant(),
                    "select * from visit_check_ins(:startsAfter, :openedAfter) v where v.id = :id")
                .setParameter("id", id));
    if (row == null) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    return visit(row);
  }

  /** Goes, without a reason; false where the caller is no guest any more. */
  boolean leave(UUID id) {
    Instant now = clock.instant();
    Tuple left =
        first(
            at(now, "select * from leave_visit(:id, :now, :startsAfter, :openedAfter)")
                .setParameter("id", id)
                .setParameter("now", now));
    if (left != null) {
      events.gone(
          left.get("relationship_id", UUID.class),
          left.get("check_in_id", UUID.class),
          members(left),
          now);
    }
    return left != null;
  }

  /** The items of these, in their order. */
  List<VisitedItem> items(Collection<GuestVisit> visits) {
    return of(visits, "visited_items", " order by check_in_id, position", VisitedItem.class);
  }

  /** What guests may read of the answers to these, in an order that tells nothing. */
  List<CheckInAnswer> answers(Collection<GuestVisit> visits) {
    return of(visits, "visited_answers", " order by item_id, member_id", CheckInAnswer.class);
  }

  /** Who takes part in these. */
  List<NamedMember> members(Collection<GuestVisit> visits) {
    return of(visits, "visited_members", "", NamedMember.class);
  }

  @SuppressWarnings("unchecked")
  private <T> List<T> of(
      Collection<GuestVisit> visits, String function, String order, Class<T> row) {
    return (List<T>)
        times(
                clock.instant(),
                entities.createNativeQuery(
                    "select * from "
                        + function
                        + "(:startsAfter, :openedAfter, cast(:visits as uuid[]))"
                        + order,
                    row))
            .setParameter(
                "visits",
                visits.stream()
                    .map(visit -> visit.id().toString())
                    .collect(Collectors.joining(",", "{", "}")))
            .getResultList();
  }

  private Query at(Instant now, String sql) {
    return times(now, entities.createNativeQuery(sql, Tuple.class));
  }

  /** Since when a check-in has to begin, or to be open, so as not to be over. */
  private static Query times(Instant now, Query query) {
    return query
        .setParameter("startsAfter", now.minus(CheckIn.OPENS_WITHIN))
        .setParameter("openedAfter", now.minus(CheckIn.OPEN_AT_MOST));
  }

  private static @Nullable Tuple first(Query query) {
    List<?> rows = query.getResultList();
    return rows.isEmpty() ? null : (Tuple) rows.getFirst();
  }

  private static GuestVisit visit(Tuple row) {
    return new GuestVisit(
        row.get("id", UUID.class),
        row.get("relationship_id", UUID.class),
        row.get("check_in_id", UUID.class),
        GuestRole.valueOf(row.get("role", String.class)),
        row.get("accepted_at", Instant.class),
        row.get("starts_at", Instant.class),
        row.get("opened", Boolean.class),
        row.get("template_id", String.class),
        row.get("template_version", Integer.class),
        members(row));
  }

  private static List<UUID> members(Tuple row) {
    return Stream.of(row.get("participants", String.class).split(",", -1))
        .map(UUID::fromString)
        .toList();
  }
}
