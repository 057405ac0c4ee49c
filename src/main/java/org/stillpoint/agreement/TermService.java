package org.stillpoint.agreement;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.stillpoint.agreement.AgreementHistory.Type;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.api.ratelimit.RateLimits;
import org.stillpoint.crypto.RandomSecret;
import org.stillpoint.event.PressurePermit;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.PressureGuard;

/** What each participant does with a term: assent, decline, suspend, resume, renew, end. */
@Singleton
@Transactional(TxType.MANDATORY)
class TermService {
  /** A yes to going on with something suspended is not kept in store. */
  static final Duration RESUMPTION = Duration.ofDays(7);

  /** For how long a term can be renewed, up to the cooling-off before it lapses. */
  private static final Duration RENEWAL = Duration.ofDays(10);

  private final TermRepository terms;
  private final TermAnswers answers;
  private final TermEngine engine;
  private final AgreementHistory history;
  private final AgreementEvents events;
  private final CoolingOff coolingOff;
  private final PressureGuard pressure;
  private final RateLimits limits;
  private final Clock clock;

  TermService(
      TermRepository terms,
      TermAnswers answers,
      TermEngine engine,
      AgreementHistory history,
      AgreementEvents events,
      CoolingOff coolingOff,
      PressureGuard pressure,
      RateLimits limits,
      Clock clock) {
    this.terms = terms;
    this.answers = answers;
    this.engine = engine;
    this.history = history;
    this.events = events;
    this.coolingOff = coolingOff;
    this.pressure = pressure;
    this.limits = limits;
    this.clock = clock;
  }

  /** A term, read under the lock of its agreement. */
  private record Locked(LockedAgreement agreement, Term term, TermState state, Instant now) {
    TermContent says() {
      return agreement.says(term);
    }
  }

  Term get(Member member, UUID id) {
    return terms.visible(member, id).orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  private Locked lock(Member member, UUID id) {
    Term term = get(member, id);
    LockedAgreement agreement = engine.lockFor(term);
    Instant now = clock.instant();
    return new Locked(agreement, term, term.state(now), now);
  }

  /** Says yes to exactly the text that has this hash (S15). */
  Term assent(Member member, UUID id, byte[] hash) {
    Locked locked = lock(member, id);
    Term term = locked.term();
    if (!RandomSecret.same(hash, term.hash())) {
      throw AgreementProblem.TERM_TEXT_CHANGED.exception();
    }
    switch (locked.state()) {
      case PROPOSED -> {
        answers.put(member, term, AnswerPurpose.AGREE, true, locked.now());
        if (engine.completeAgreement(locked.agreement(), term, locked.now())) {
          events.changed(locked.agreement().row(), term, member, locked.now());
        }
      }
      case COOLING_OFF, ACTIVE, SUSPENDED -> {
        if (!term.assentedBy().contains(member.memberId())) {
          answers.put(member, term, AnswerPurpose.AGREE, true, locked.now());
          if (engine.completeProof(locked.agreement(), term, locked.now())) {
            events.changed(locked.agreement().row(), term, member, locked.now());
          }
        }
      }
      default -> throw AgreementProblem.TERM_NOT_OPEN.exception();
    }
    return term;
  }

  /** Says no. Nobody else learns it: the proposal stays open until it was to (S17). */
  Term decline(Member member, UUID id) {
    Locked locked = lock(member, id);
    if (locked.state() == TermState.PROPOSED) {
      answers.put(member, locked.term(), AnswerPurpose.AGREE, false, locked.now());
    } else if (locked.state() == TermState.COOLING_OFF) {
      cancel(member, locked);
    } else {
      throw AgreementProblem.TERM_NOT_OPEN.exception();
    }
    return locked.term();
  }

  /**
   * Takes a yes back: before it is agreed, in the cooling-off, and ever after. What allows or
   * demands ends by that; what forbids stays, without this yes.
   */
  Term withdraw(Member member, UUID id) {
    Locked locked = lock(member, id);
    switch (locked.state()) {
      case PROPOSED -> answers.remove(member, locked.term(), AnswerPurpose.AGREE);
      case COOLING_OFF -> cancel(member, locked);
      case ACTIVE, SUSPENDED -> {
        if (allowsMoreWithout(locked)) {
          unprove(member, locked);
        } else {
          end(member, locked);
        }
      }
      default -> {
        // There is nothing left to take back.
      }
    }
    return locked.term();
  }

  private void unprove(Member member, Locked locked) {
    Term term = locked.term();
    if (!term.stands(locked.now())) {
      return;
    }
    answers.remove(member, term, AnswerPurpose.AGREE);
    if (term.unprove(member.memberId())) {
      history.add(
          locked.agreement().row(), Type.ASSENT_WITHDRAWN, member.memberId(), term, locked.now());
      events.changed(locked.agreement().row(), term, member, locked.now());
    }
  }

  private void cancel(Member member, Locked locked) {
    engine.cancel(locked.agreement(), locked.term(), locked.now());
    events.changed(locked.agreement().row(), locked.term(), member, locked.now());
  }

  /** At once, by anyone, without a reason; not what forbids, since that would allow more. */
  Term suspend(Member member, UUID id) {
    Locked locked = lock(member, id);
    requireNotForbidding(locked);
    switch (locked.state()) {
      case ACTIVE, SUSPENDED -> {
        if (engine.suspend(locked.agreement(), member.memberId(), locked.term(), locked.now())) {
          events.changed(locked.agreement().row(), locked.term(), member, locked.now());
        }
      }
      case COOLING_OFF -> cancel(member, locked);
      default -> throw AgreementProblem.TERM_NOT_IN_FORCE.exception();
    }
    return locked.term();
  }

  private static void requireNotForbidding(Locked locked) {
    if (allowsMoreWithout(locked)) {
      throw AgreementProblem.TERM_FORBIDS.exception();
    }
  }

  /** Openness may go at any time (S19): what rested on it goes with it. */
  private static boolean allowsMoreWithout(Locked locked) {
    TermContent content = locked.says();
    return content.polarity() == TermPolarity.FORBIDS && !content.isOpenness();
  }

  /** Wants a suspended term back. It comes when all want it, after the cooling-off. */
  Term resume(Member member, UUID id) {
    Locked locked = lock(member, id);
    Term term = locked.term();
    if (locked.state() != TermState.SUSPENDED) {
      throw AgreementProblem.TERM_NOT_IN_FORCE.exception();
    }
    if (term.resumesAt() != null) {
      return term;
    }
    answers.put(member, term, AnswerPurpose.RESUME, true, locked.now());
    Instant since = locked.now().minus(RESUMPTION);
    if (!answers.complete(term, AnswerPurpose.RESUME, since).members().isEmpty()) {
      term.resumeAt(locked.now().plus(coolingOff.of(locked.agreement().row(), locked.now())));
      history.add(locked.agreement().row(), Type.TERM_RESUMED, null, term, locked.now());
      events.changed(locked.agreement().row(), term, member, locked.now());
    }
    return term;
  }

  /** Doesn't want it back after all. */
  Term withdrawResumption(Member member, UUID id) {
    Locked locked = lock(member, id);
    if (locked.state() == TermState.SUSPENDED) {
      if (locked.term().resumesAt() != null) {
        engine.suspend(locked.agreement(), member.memberId(), locked.term(), locked.now());
        events.changed(locked.agreement().row(), locked.term(), member, locked.now());
      }
      answers.remove(member, locked.term(), AnswerPurpose.RESUME);
    }
    return locked.term();
  }

  /** For another period, if all want it; each says so in private (S19). */
  Term renew(Member member, UUID id) {
    Locked locked = lock(member, id);
    Term term = locked.term();
    Instant closes = renewalCloses(locked);
    if (locked.now().isBefore(closes.minus(RENEWAL)) || locked.now().isAfter(closes)) {
      throw AgreementProblem.TERM_NOT_TO_BE_RENEWED.exception();
    }
    answers.put(member, term, AnswerPurpose.RENEW, true, locked.now());
    if (!answers.complete(term, AnswerPurpose.RENEW, closes.minus(RENEWAL)).members().isEmpty()) {
      term.renew(locked.says());
      history.add(locked.agreement().row(), Type.TERM_RENEWED, null, term, locked.now());
      events.changed(locked.agreement().row(), term, member, locked.now());
    }
    return term;
  }

  /** To go on loosens too, so that it is said before the cooling-off that ends with the lapse. */
  private Instant renewalCloses(Locked locked) {
    Instant lapse = locked.term().lapsesAt();
    if (locked.state() != TermState.ACTIVE || lapse == null || !locked.says().isOpenness()) {
      throw AgreementProblem.TERM_NOT_TO_BE_RENEWED.exception();
    }
    return lapse.minus(coolingOff.of(locked.agreement().row(), locked.now()));
  }

  /** Doesn't want another period after all, which nobody learns. */
  Term withdrawRenewal(Member member, UUID id) {
    Locked locked = lock(member, id);
    answers.remove(member, locked.term(), AnswerPurpose.RENEW);
    return locked.term();
  }

  /**
   * Ends a term. What allows or demands ends at once; the end of what forbids is proposed to all,
   * and the answer is that proposal.
   */
  Term end(Member member, UUID id) {
    Locked locked = lock(member, id);
    return switch (locked.state()) {
      case ACTIVE, SUSPENDED -> end(member, locked);
      case PROPOSED -> {
        if (locked.term().authorId().equals(member.memberId())) {
          cancel(member, locked);
        } else {
          answers.put(member, locked.term(), AnswerPurpose.AGREE, false, locked.now());
        }
        yield locked.term();
      }
      case COOLING_OFF -> {
        cancel(member, locked);
        yield locked.term();
      }
      default -> locked.term();
    };
  }

  private Term end(Member member, Locked locked) {
    Term term = locked.term();
    if (!term.stands(locked.now())) {
      return term;
    }
    if (!allowsMoreWithout(locked)) {
      engine.end(locked.agreement(), member.memberId(), term, locked.now());
      events.changed(locked.agreement().row(), term, member, locked.now());
      return term;
    }
    PressurePermit permit = pressure.ask(member);
    limits.spendProposal(member.memberId());
    TermEngine.Changed changed =
        engine.change(
            locked.agreement(),
            member,
            locked.agreement().clause(term, locked.now()),
            null,
            engine.asking(member, locked.now().plus(AgreementService.OPEN_FOR)));
    if (changed.proposed()) {
      events.proposed(permit, locked.agreement().row(), changed.term(), member, locked.now());
    }
    return changed.term();
  }
}
