package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.event.EventType;
import org.stillpoint.event.PressurePermit;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.PressureGuard;

/**
 * How an open talk goes: item after item, and turn after turn. Nobody is hurried: the next item
 * starts when the time is up, or all wish it. Nobody is held: a turn has its time, and anybody
 * passes. Nothing of it happens while somebody pauses (S9).
 */
@Singleton
@Transactional(TxType.MANDATORY)
class ProgressService {
  private final CheckInRepository checkIns;
  private final PrivateRows rows;
  private final CheckInEvents events;
  private final PressureGuard pressure;
  private final Clock clock;

  ProgressService(
      CheckInRepository checkIns,
      PrivateRows rows,
      CheckInEvents events,
      PressureGuard pressure,
      Clock clock) {
    this.checkIns = checkIns;
    this.rows = rows;
    this.events = events;
    this.pressure = pressure;
    this.clock = clock;
  }

  /** A talk that goes on, under its lock, and somebody who does something in it. */
  private record Talk(
      Member member, CheckIn checkIn, CheckInItem item, Instant now, PressurePermit permit) {
    Progress progress() {
      return checkIn.progress();
    }

    boolean hasTurn() {
      return member.memberId().equals(progress().speakerId());
    }
  }

  private Talk goingOn(Member member, UUID checkInId, UUID itemId) {
    CheckIn checkIn = checkIns.lock(member, checkInId);
    // Read now: it may have taken long to get the lock.
    Instant now = clock.instant();
    CheckInItem item = checkIns.item(checkIn, itemId);
    checkIn.requireGoingOn(now);
    PressurePermit permit = pressure.whileNobodyPauses(member, CheckInProblem.CHECK_IN_HELD);
    return new Talk(member, checkIn, item, now, permit);
  }

  private Talk at(Member member, UUID checkInId, UUID itemId) {
    Talk talk = goingOn(member, checkInId, itemId);
    if (!talk.progress().isAt(itemId)) {
      throw CheckInProblem.ITEM_NOT_CURRENT.exception();
    }
    return talk;
  }

  private CheckIn changed(Talk talk) {
    events.became(EventType.CHECK_IN_CHANGED, talk.permit(), talk.checkIn(), talk.now());
    return talk.checkIn();
  }

  /** Goes on to the next item, which is named, so that of two who do it at once one does. */
  CheckIn start(Member member, UUID checkInId, UUID itemId) {
    Talk talk = goingOn(member, checkInId, itemId);
    CheckIn checkIn = talk.checkIn();
    Progress progress = talk.progress();
    if (progress.isAt(itemId)) {
      return checkIn;
    }
    List<CheckInItem> items = checkIns.items(checkIn.relationshipId(), List.of(checkIn));
    CheckInItem current = find(items, progress.itemId());
    int next = current == null ? 0 : items.indexOf(current) + 1;
    if (items.indexOf(talk.item()) != next) {
      throw CheckInProblem.ITEM_NOT_NEXT.exception();
    }
    if (current != null
        && !progress.goesOn()
        && progress.left(current, talk.now(), null).isPositive()) {
      throw CheckInProblem.ITEM_NOT_OVER.exception();
    }
    checkIn.start(talk.item(), talk.now());
    return changed(talk);
  }

  private static @Nullable CheckInItem find(List<CheckInItem> items, @Nullable UUID id) {
    return items.stream().filter(item -> item.id().equals(id)).findFirst().orElse(null);
  }

  /** Whether the member wishes to go on from this item. */
  boolean wishes(Member member, UUID checkInId, UUID itemId) {
    CheckIn checkIn = checkIns.visible(member, checkInId);
    checkIns.item(checkIn, itemId);
    return wishes(member, checkIn, itemId, clock.instant());
  }

  private boolean wishes(Member member, CheckIn checkIn, UUID itemId, Instant now) {
    Progress progress = checkIn.progress();
    return isWishable(checkIn, itemId, now)
        && (progress.goesOn()
            || rows.isReady(member, checkIn, now.minus(ReadinessService.HOLDS_FOR)));
  }

  /** A readiness in an open talk that isn't held is one for the next item. */
  private static boolean isWishable(CheckIn checkIn, UUID itemId, Instant now) {
    return checkIn.isOpen(now) && !checkIn.isInterrupted() && checkIn.progress().isAt(itemId);
  }

  /** Wishes to go on, of which nobody else knows before all do. */
  void wish(Member member, UUID checkInId, UUID itemId) {
    Talk talk = at(member, checkInId, itemId);
    if (talk.progress().goesOn()) {
      return;
    }
    rows.ready(member, talk.checkIn(), talk.now());
    if (rows.areAllReady(talk.checkIn(), talk.now().minus(ReadinessService.HOLDS_FOR))) {
      talk.progress().letGoOn();
      changed(talk);
    }
  }

  /** Would rather stay; whether the member still wishes to go on, as all together do. */
  boolean withdrawWish(Member member, UUID checkInId, UUID itemId) {
    CheckIn checkIn = checkIns.lock(member, checkInId);
    Instant now = clock.instant();
    checkIns.item(checkIn, itemId);
    if (isWishable(checkIn, itemId, now) && !checkIn.progress().goesOn()) {
      rows.notReady(member, checkIn);
    }
    return wishes(member, checkIn, itemId, now);
  }

  private Talk inTurns(Member member, UUID checkInId, UUID itemId) {
    Talk talk = at(member, checkInId, itemId);
    if (!talk.item().turns()) {
      throw CheckInProblem.ITEM_WITHOUT_TURNS.exception();
    }
    return talk;
  }

  private Talk inOwnTurn(Member member, UUID checkInId, UUID itemId) {
    Talk talk = inTurns(member, checkInId, itemId);
    if (!talk.hasTurn()) {
      throw CheckInProblem.TURN_NOT_YOURS.exception();
    }
    return talk;
  }

  private static void requireReflected(Talk talk) {
    if (talk.progress().turnState() != TurnState.REFLECTING) {
      throw CheckInProblem.TURN_NOT_REFLECTED.exception();
    }
  }

  /** Speaks, once for each who takes part, while nobody else has the turn and time for it. */
  CheckIn takeTurn(Member member, UUID checkInId, UUID itemId) {
    Talk talk = inTurns(member, checkInId, itemId);
    if (talk.hasTurn()) {
      return talk.checkIn();
    }
    Progress progress = talk.progress();
    List<UUID> participants = talk.checkIn().participantIds();
    if (progress.speakerId() != null
        && progress.leftOfTurn(talk.item(), participants.size(), talk.now(), null).isPositive()) {
      throw CheckInProblem.TURN_NOT_FREE.exception();
    }
    if (!progress.toSpeak(participants).contains(member.memberId())) {
      throw CheckInProblem.TURN_HAD.exception();
    }
    progress.takeTurn(member.memberId(), participants, talk.now());
    return changed(talk);
  }

  /** Lets a listener say back what was heard. */
  CheckIn finishSpeaking(Member member, UUID checkInId, UUID itemId) {
    Talk talk = inOwnTurn(member, checkInId, itemId);
    if (talk.progress().turnState() == TurnState.REFLECTING) {
      return talk.checkIn();
    }
    talk.progress().finishSpeaking();
    return changed(talk);
  }

  /** Was understood, so that the turn is over. */
  CheckIn sayHeard(Member member, UUID checkInId, UUID itemId) {
    Talk talk = inOwnTurn(member, checkInId, itemId);
    requireReflected(talk);
    talk.progress().endTurn();
    return changed(talk);
  }

  /** Was not understood yet, and says it again. */
  CheckIn sayNotYet(Member member, UUID checkInId, UUID itemId) {
    Talk talk = inOwnTurn(member, checkInId, itemId);
    requireReflected(talk);
    if (!talk.progress().notYet()) {
      throw CheckInProblem.TURN_OFTEN_NOT_YET.exception();
    }
    return changed(talk);
  }

  /**
   * Gives up a turn of one's own, now or to come. A listener who is to say something back ends the
   * turn by it: nobody is kept by a speaker who never feels heard, and nobody is cut short.
   */
  CheckIn pass(Member member, UUID checkInId, UUID itemId) {
    Talk talk = inTurns(member, checkInId, itemId);
    Progress progress = talk.progress();
    if (talk.hasTurn() || progress.turnState() == TurnState.REFLECTING) {
      progress.endTurn();
      return changed(talk);
    }
    return progress.forgo(member.memberId(), talk.checkIn().participantIds())
        ? changed(talk)
        : talk.checkIn();
  }
}
