package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.stillpoint.event.EventType;
import org.stillpoint.event.PressurePermit;
import org.stillpoint.relationship.ActivePauses;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.PressureGuard;

/**
 * Who is ready is nobody else's to know before all are; then the check-in opens, or goes on. A
 * readiness is for now: it holds for half an hour, and for one round (S16).
 */
@Singleton
@Transactional(TxType.MANDATORY)
class ReadinessService {
  static final Duration HOLDS_FOR = Duration.ofMinutes(30);

  private final CheckInRepository checkIns;
  private final PrivateRows rows;
  private final CheckInEvents events;
  private final ActivePauses pauses;
  private final PressureGuard pressure;
  private final Clock clock;

  ReadinessService(
      CheckInRepository checkIns,
      PrivateRows rows,
      CheckInEvents events,
      ActivePauses pauses,
      PressureGuard pressure,
      Clock clock) {
    this.checkIns = checkIns;
    this.rows = rows;
    this.events = events;
    this.pauses = pauses;
    this.pressure = pressure;
    this.clock = clock;
  }

  /** Whether the member is ready; while the check-in goes on, all are. */
  boolean isReady(Member member, UUID id) {
    CheckIn checkIn = checkIns.visible(member, id);
    Instant now = clock.instant();
    if (checkIn.isOver(now)) {
      return false;
    }
    return checkIn.isOpen(now) && !checkIn.isInterrupted()
        ? !isPaused(checkIn)
        : rows.isReady(member, checkIn, now.minus(HOLDS_FOR));
  }

  private boolean isPaused(CheckIn checkIn) {
    return !pauses.raisersIn(checkIn.relationshipId()).isEmpty();
  }

  /** Says ready; whoever says it last opens the check-in, or lets it go on. */
  void say(Member member, UUID id) {
    CheckIn checkIn = checkIns.lock(member, id);
    // Read now: it may have taken long to get the lock.
    Instant now = clock.instant();
    if (checkIn.isOver(now)) {
      throw CheckInProblem.CHECK_IN_OVER.exception();
    }
    if (isPaused(checkIn)) {
      throw CheckInProblem.CHECK_IN_HELD.exception();
    }
    boolean open = checkIn.isOpen(now);
    if (open && !checkIn.isInterrupted()) {
      return;
    }
    if (!open && now.isBefore(checkIn.startsAt().minus(CheckIn.READY_BEFORE))) {
      throw CheckInProblem.CHECK_IN_NOT_YET.exception();
    }
    rows.ready(member, checkIn, now);
    if (rows.areAllReady(checkIn, now.minus(HOLDS_FOR))) {
      PressurePermit permit = pressure.whileNobodyPauses(member, CheckInProblem.CHECK_IN_HELD);
      checkIn.begin(now);
      if (open) {
        events.became(EventType.CHECK_IN_RESUMED, permit, checkIn, now);
      } else {
        events.becameForGuestsToo(EventType.CHECK_IN_OPENED, permit, checkIn, now);
      }
    }
  }

  /** Not ready after all. What goes on already is ended by closing it, or held by a pause. */
  void withdraw(Member member, UUID id) {
    rows.notReady(member, checkIns.lock(member, id));
  }
}
