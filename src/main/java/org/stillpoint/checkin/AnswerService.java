package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.crypto.Texts;
import org.stillpoint.event.EventType;
import org.stillpoint.event.PressurePermit;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.PressureGuard;

/**
 * Notes, and answers made of them. A note counts for nothing until its author submits it; what is
 * sealed is read by nobody else until all have, and can be taken back before that (S22).
 *
 * <p>A note that isn't submitted is written without the check-in's lock: nobody has to wait for
 * somebody else's writing. What is submitted changes under that lock only, so that nothing lands
 * after it was revealed.
 */
@Singleton
@Transactional(TxType.MANDATORY)
class AnswerService {
  private final CheckInRepository checkIns;
  private final PrivateRows rows;
  private final Texts texts;
  private final GuestMarks marks;
  private final CheckInEvents events;
  private final PressureGuard pressure;
  private final Clock clock;

  AnswerService(
      CheckInRepository checkIns,
      PrivateRows rows,
      Texts texts,
      GuestMarks marks,
      CheckInEvents events,
      PressureGuard pressure,
      Clock clock) {
    this.checkIns = checkIns;
    this.rows = rows;
    this.texts = texts;
    this.marks = marks;
    this.events = events;
    this.pressure = pressure;
    this.clock = clock;
  }

  /**
   * A member's own answer.
   *
   * @param row null while there is none
   */
  record Own(CheckInItem item, @Nullable CheckInAnswer row) {}

  Own get(Member member, UUID checkInId, UUID itemId) {
    CheckIn checkIn = checkIns.visible(member, checkInId);
    CheckInItem item = checkIns.item(checkIn, itemId);
    return new Own(item, rows.own(member, checkIn, itemId));
  }

  /** What all who take part can read now. */
  List<CheckInAnswer> shown(Member member, UUID checkInId, UUID itemId) {
    CheckIn checkIn = checkIns.visible(member, checkInId);
    List<CheckInAnswer> shown = rows.shown(checkIn, checkIns.item(checkIn, itemId));
    texts.prepare(shown.stream().map(CheckInAnswer::memberId).toList());
    return shown;
  }

  @Nullable SensitiveText words(CheckInAnswer answer) {
    return texts.open(answer.text(), answer.place());
  }

  /** Writes it anew. What was submitted is so no more, until it is submitted as it reads now. */
  Own write(
      Member member,
      UUID checkInId,
      UUID itemId,
      @Nullable SensitiveText text,
      boolean passes,
      boolean onlyForMe) {
    boolean submitted = rows.isSubmitted(member, checkInId, itemId);
    CheckIn checkIn = reach(member, checkInId, submitted);
    CheckInItem item = checkIns.item(checkIn, itemId);
    Instant now = clock.instant();
    if (checkIn.isOver(now)) {
      throw CheckInProblem.CHECK_IN_OVER.exception();
    }
    requireNotRevealed(item);
    CheckInAnswer answer =
        rows.lockOrMake(member, checkIn, itemId, now)
            .filter(found -> submitted || !found.isSubmitted())
            .orElseThrow(HttpProblem.CONFLICT::exception);
    answer.renew(passes, onlyForMe, now);
    answer.text(texts.seal(text, answer.place()));
    return new Own(item, answer);
  }

  /** With its lock, if something that is submitted is to change. */
  private CheckIn reach(Member member, UUID checkInId, boolean submitted) {
    return submitted ? checkIns.lock(member, checkInId) : checkIns.visible(member, checkInId);
  }

  private static CheckInItem requireNotRevealed(CheckInItem item) {
    if (item.isRevealed()) {
      throw CheckInProblem.ANSWER_REVEALED.exception();
    }
    return item;
  }

  /** Deletes it, in every state of the check-in, unless all can read it already. */
  void delete(Member member, UUID checkInId, UUID itemId) {
    boolean submitted = rows.isSubmitted(member, checkInId, itemId);
    CheckIn checkIn = reach(member, checkInId, submitted);
    requireNotRevealed(checkIns.item(checkIn, itemId));
    rows.lock(member, checkIn, itemId)
        .ifPresent(
            answer -> {
              if (answer.isSubmitted() && !submitted) {
                throw HttpProblem.CONFLICT.exception();
              }
              rows.delete(answer);
            });
  }

  /** Submits it as it reads now; the last of all who take part reveals what is sealed. */
  Own submit(Member member, UUID checkInId, UUID itemId) {
    CheckIn checkIn = checkIns.lock(member, checkInId);
    Instant now = clock.instant();
    CheckInItem item = checkIns.item(checkIn, itemId);
    if (rows.isSubmitted(member, checkInId, itemId)) {
      return new Own(item, rows.own(member, checkIn, itemId));
    }
    checkIn.requireGoingOn(now);
    requireNotRevealed(item);
    CheckInAnswer answer =
        requireSubmittable(item, rows.lock(member, checkIn, itemId).orElse(null));
    PressurePermit permit = pressure.whileNobodyPauses(member, CheckInProblem.CHECK_IN_HELD);
    answer.submit(now);
    if (item.answers() == AnswerKeeping.OPEN) {
      events.became(EventType.CHECK_IN_ANSWERS_REVEALED, permit, checkIn, now);
    } else if (rows.reveal(checkIn, item, now)) {
      events.becameForGuestsToo(EventType.CHECK_IN_ANSWERS_REVEALED, permit, checkIn, now);
    }
    return new Own(item, answer);
  }

  private static CheckInAnswer requireSubmittable(
      CheckInItem item, @Nullable CheckInAnswer answer) {
    if (item.answers() == AnswerKeeping.PRIVATE || (answer != null && answer.isOnlyForMe())) {
      throw CheckInProblem.ANSWER_ONLY_FOR_YOU.exception();
    }
    if (answer == null || answer.isEmpty()) {
      throw CheckInProblem.ANSWER_EMPTY.exception();
    }
    return answer;
  }

  /** Takes it back, to a note of one's own. */
  Own takeBack(Member member, UUID checkInId, UUID itemId) {
    CheckIn checkIn = checkIns.lock(member, checkInId);
    CheckInItem item = requireNotRevealed(checkIns.item(checkIn, itemId));
    CheckInAnswer answer = rows.lock(member, checkIn, itemId).orElse(null);
    if (answer != null) {
      answer.takeBack();
      marks.clear(answer);
    }
    return new Own(item, answer);
  }
}
