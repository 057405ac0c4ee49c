package org.stillpoint.pause;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.stillpoint.event.Event;
import org.stillpoint.event.EventType;
import org.stillpoint.event.Outbox;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MemberLeft;
import org.stillpoint.relationship.ReturnTimesChanged;

/**
 * When each member could return after a pause. Nobody sees another's times, only what all current
 * members' offers have in common (S11). An offer covers at most a day and is changed at most every
 * six hours, so that nobody can read the other's calendar by offering everything.
 */
@Singleton
@Transactional(TxType.MANDATORY)
class ReturnOffers {
  static final int MOST_WINDOWS = 10;
  static final Duration LONGEST_TOTAL = Duration.ofHours(24);
  static final Duration HORIZON = Duration.ofDays(30);
  static final Duration BETWEEN_CHANGES = Duration.ofHours(6);

  /** No row while a current member's offer is missing. */
  private static final String OVERLAP =
      "select starts_at, ends_at from return_overlap(:relationship, :pause) order by starts_at";

  /** The same without the caller's own; no row where not at least two others have offered. */
  private static final String OVERLAP_OF_OTHERS =
      "select starts_at, ends_at from return_overlap_of_others(:relationship, :pause)"
          + " order by starts_at";

  private final EntityManager entities;
  private final Outbox outbox;
  private final jakarta.enterprise.event.Event<ReturnTimesChanged> changes;
  private final Clock clock;

  ReturnOffers(
      EntityManager entities,
      Outbox outbox,
      jakarta.enterprise.event.Event<ReturnTimesChanged> changes,
      Clock clock) {
    this.entities = entities;
    this.outbox = outbox;
    this.changes = changes;
    this.clock = clock;
  }

  /** A span of time: from its start until before its end. */
  record Window(Instant startsAt, Instant endsAt) {
    Duration length() {
      return Duration.between(startsAt, endsAt);
    }
  }

  /** A member's own offer. */
  record Offer(List<Window> windows, Instant offeredAt) {
    Instant changeableAt() {
      return offeredAt.plus(BETWEEN_CHANGES);
    }
  }

  Optional<Offer> own(Member member, UUID pauseId) {
    List<Tuple> rows =
        query(
            "select lower(w) as starts_at, upper(w) as ends_at, offered_at from return_offer"
                + " cross join unnest(windows) as w where relationship_id = :relationship"
                + " and pause_id = :pause and member_id = :member order by 1",
            member,
            pauseId,
            true);
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new Offer(windows(rows), rows.getFirst().get("offered_at", Instant.class)));
  }

  List<Window> overlap(Member member, UUID pauseId) {
    return windows(query(OVERLAP, member, pauseId, false));
  }

  /** Replaces the member's own offer; the members are told only when they have found a time. */
  void offer(Member member, Pause pause, List<Window> windows) {
    Optional<Offer> earlier = own(member, pause.id());
    Instant now = clock.instant();
    if (earlier.isPresent() && now.isBefore(earlier.get().changeableAt())) {
      throw PauseProblem.RETURN_WINDOWS_NOT_YET_CHANGEABLE.exception();
    }
    List<Window> before = overlap(member, pause.id());
    entities
        .createNativeQuery(
            "insert into return_offer (relationship_id, pause_id, member_id, windows, offered_at)"
                + " values (:relationship, :pause, :member, cast(:windows as tstzmultirange), :now)"
                + " on conflict (relationship_id, pause_id, member_id)"
                + " do update set windows = excluded.windows, offered_at = excluded.offered_at")
        .setParameter("relationship", member.relationshipId())
        .setParameter("pause", pause.id())
        .setParameter("member", member.memberId())
        .setParameter("windows", multirange(windows))
        .setParameter("now", now)
        .executeUpdate();
    List<Window> after = overlap(member, pause.id());
    // Also where they meet as before: the talk that was planned may have passed, or been put off.
    changes.fire(new ReturnTimesChanged(member, pause.id(), times(after), now));
    if (!after.equals(before)) {
      tell(member, pause.id(), after, member.all(), now);
    }
  }

  /** Whoever leaves may have been the one whose times, or lack of any, kept the others from one. */
  void leave(MemberLeft left, UUID pauseId) {
    List<Window> before = overlap(left.leaver(), pauseId);
    List<Window> after = windows(query(OVERLAP_OF_OTHERS, left.leaver(), pauseId, false));
    if (!after.isEmpty() && !after.equals(before)) {
      changes.fire(new ReturnTimesChanged(left.leaver(), pauseId, times(after), left.at()));
      tell(left.leaver(), pauseId, after, left.remaining(), left.at());
    }
  }

  private void tell(
      Member by, UUID pauseId, List<Window> overlap, List<UUID> recipients, Instant now) {
    if (!overlap.isEmpty()) {
      outbox.add(
          Event.of(
              EventType.RETURN_OVERLAP_CHANGED,
              now,
              by.relationshipId(),
              new Event.Resource("pause", pauseId),
              by.memberId(),
              recipients));
    }
  }

  private static List<ReturnTimesChanged.Time> times(List<Window> windows) {
    return windows.stream()
        .map(window -> new ReturnTimesChanged.Time(window.startsAt(), window.endsAt()))
        .toList();
  }

  /** When someone leaves, that member's times go too. */
  void forget(UUID relationshipId, UUID memberId) {
    entities
        .createNativeQuery(
            "delete from return_offer where relationship_id = :relationship"
                + " and member_id = :member")
        .setParameter("relationship", relationshipId)
        .setParameter("member", memberId)
        .executeUpdate();
  }

  @SuppressWarnings("unchecked")
  private List<Tuple> query(String sql, Member member, UUID pauseId, boolean ofMember) {
    var query =
        entities
            .createNativeQuery(sql, Tuple.class)
            .setParameter("relationship", member.relationshipId())
            .setParameter("pause", pauseId);
    if (ofMember) {
      query.setParameter("member", member.memberId());
    }
    return query.getResultList();
  }

  private static List<Window> windows(List<Tuple> rows) {
    return rows.stream()
        .map(
            row ->
                new Window(row.get("starts_at", Instant.class), row.get("ends_at", Instant.class)))
        .toList();
  }

  private static String multirange(List<Window> windows) {
    return windows.stream()
        .map(window -> "[" + window.startsAt() + "," + window.endsAt() + ")")
        .collect(Collectors.joining(",", "{", "}"));
  }
}
