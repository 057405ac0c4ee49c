package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.api.ratelimit.RateLimits;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.crypto.Texts;
import org.stillpoint.event.EventType;
import org.stillpoint.event.PressurePermit;
import org.stillpoint.relationship.AgreementLookup;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.PressureGuard;

/**
 * What all decide together in an open talk. Who says yes is nobody else's to know before all do,
 * and a no looks like no answer (S17). Nothing follows from a decision: what binds are terms (S14).
 */
@Singleton
@Transactional(TxType.MANDATORY)
class DecisionService {
  /** Of one member in one talk, so that nobody takes the others' room. */
  private static final int MOST = 5;

  private final CheckInRepository checkIns;
  private final Decisions decisions;
  private final AgreementLookup agreements;
  private final Texts texts;
  private final CheckInEvents events;
  private final PressureGuard pressure;
  private final RateLimits limits;
  private final Clock clock;

  DecisionService(
      CheckInRepository checkIns,
      Decisions decisions,
      AgreementLookup agreements,
      Texts texts,
      CheckInEvents events,
      PressureGuard pressure,
      RateLimits limits,
      Clock clock) {
    this.checkIns = checkIns;
    this.decisions = decisions;
    this.agreements = agreements;
    this.texts = texts;
    this.events = events;
    this.pressure = pressure;
    this.limits = limits;
    this.clock = clock;
  }

  /** Proposes one, to which its author says yes by it. */
  Decision propose(
      Member author,
      UUID checkInId,
      SensitiveText text,
      List<UUID> agreementIds,
      List<UUID> termIds) {
    CheckIn checkIn = checkIns.lock(author, checkInId);
    Instant now = clock.instant();
    checkIn.requireGoingOn(now);
    List<UUID> readers = checkIn.participantIds();
    requireKnown(
        agreementIds, agreements.agreements(author, agreementIds, readers), "/agreementIds");
    requireKnown(termIds, agreements.terms(author, termIds, readers), "/termIds");
    if (decisions.proposedBy(author, checkIn) >= MOST) {
      throw CheckInProblem.TOO_MANY_DECISIONS.exception();
    }
    limits.spendProposal(author.memberId());
    PressurePermit permit = pressure.whileNobodyPauses(author, CheckInProblem.CHECK_IN_HELD);
    Decision decision = Decision.propose(author, checkIn, agreementIds, termIds, now);
    decision.text(Objects.requireNonNull(texts.seal(text, decision.place())));
    decisions.add(decision);
    decisions.assent(author, decision, now);
    events.became(EventType.CHECK_IN_CHANGED, permit, checkIn, now);
    return decision;
  }

  /** What one of those who take part can't see is to the others as if it weren't there (S34). */
  private static void requireKnown(List<UUID> ids, Collection<UUID> known, String pointer) {
    for (int place = 0; place < ids.size(); place++) {
      if (!known.contains(ids.get(place))) {
        throw HttpProblem.VALIDATION_FAILED
            .exception()
            .withError(FieldError.member(pointer + "/" + place, Flaw.NOT_ALLOWED_VALUE));
      }
    }
  }

  /** What all can read; once the talk is over, what was not recorded is its author's alone. */
  List<Decision> list(Member member, UUID checkInId) {
    CheckIn checkIn = checkIns.visible(member, checkInId);
    boolean over = checkIn.isOver(clock.instant());
    List<Decision> shown =
        decisions.of(checkIn).stream().filter(decision -> isShown(decision, over, member)).toList();
    texts.prepare(shown.stream().map(Decision::sealedFor).toList());
    return shown;
  }

  private static boolean isShown(Decision decision, boolean over, Member member) {
    return !over || decision.isRecorded() || member.memberId().equals(decision.authorId());
  }

  Decision get(Member member, UUID checkInId, UUID id) {
    return visible(member, checkIns.visible(member, checkInId), id);
  }

  private Decision visible(Member member, CheckIn checkIn, UUID id) {
    boolean over = checkIn.isOver(clock.instant());
    return decisions
        .find(checkIn, id)
        .filter(decision -> isShown(decision, over, member))
        .orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  /** What it says. */
  SensitiveText words(Decision decision) {
    return Objects.requireNonNull(texts.open(decision.text(), decision.place()));
  }

  /** Takes a proposal of one's own back, in every state, unless all have said yes. */
  void withdraw(Member member, UUID checkInId, UUID id) {
    CheckIn checkIn = checkIns.lock(member, checkInId);
    Decision decision = requireOpen(visible(member, checkIn, id));
    if (!member.memberId().equals(decision.authorId())) {
      throw CheckInProblem.DECISION_NOT_YOURS.exception();
    }
    decisions.remove(decision);
  }

  private static Decision requireOpen(Decision decision) {
    if (decision.isRecorded()) {
      throw CheckInProblem.DECISION_RECORDED.exception();
    }
    return decision;
  }

  boolean assents(Member member, UUID checkInId, UUID id) {
    Decision decision = get(member, checkInId, id);
    return decision.isRecorded() || decisions.assents(member, decision);
  }

  /** Says yes; the last yes of all records it. */
  void assent(Member member, UUID checkInId, UUID id) {
    CheckIn checkIn = checkIns.lock(member, checkInId);
    Instant now = clock.instant();
    Decision decision = visible(member, checkIn, id);
    if (decision.isRecorded()) {
      return;
    }
    checkIn.requireGoingOn(now);
    PressurePermit permit = pressure.whileNobodyPauses(member, CheckInProblem.CHECK_IN_HELD);
    decisions.assent(member, decision, now);
    // Also when it isn't the last yes, so that the work doesn't tell.
    SealedText forAll =
        Objects.requireNonNull(texts.seal(words(decision), decision.recordedPlace()));
    if (decisions.record(decision, forAll, now)) {
      events.became(EventType.CHECK_IN_CHANGED, permit, checkIn, now);
    }
  }

  /** Says it no more, in every state, unless all have. */
  void withdrawAssent(Member member, UUID checkInId, UUID id) {
    CheckIn checkIn = checkIns.lock(member, checkInId);
    decisions.withdrawAssent(member, requireOpen(visible(member, checkIn, id)));
  }
}
