package org.stillpoint.agreement;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stillpoint.agreement.AgreementHistory.Type;
import org.stillpoint.agreement.TermAnswers.Complete;
import org.stillpoint.relationship.Member;
import org.stillpoint.time.Ids;

/**
 * Changes terms, whatever they are about: what tightens acts at once and alone, what loosens is
 * proposed, and acts when all have assented and the cooling-off is over (S13). The caller has
 * locked the agreement, tells the members, and has asked the pressure guard where something is
 * proposed.
 */
@Singleton
class TermEngine {
  private static final Duration BLOCKED = Duration.ofDays(30);

  private final TermRepository terms;
  private final TermAnswers answers;
  private final AgreementTexts texts;
  private final AgreementHistory history;
  private final CoolingOff coolingOff;
  private final EntityManager entities;
  private final Clock clock;

  TermEngine(
      TermRepository terms,
      TermAnswers answers,
      AgreementTexts texts,
      AgreementHistory history,
      CoolingOff coolingOff,
      EntityManager entities,
      Clock clock) {
    this.terms = terms;
    this.answers = answers;
    this.texts = texts;
    this.history = history;
    this.coolingOff = coolingOff;
    this.entities = entities;
    this.clock = clock;
  }

  /**
   * What stands of a clause: the text that is in force or suspended, and one that is proposed or
   * cooling off.
   */
  record Standing(@Nullable UUID lineageId, @Nullable Term inForce, @Nullable Term pending) {
    static final Standing NONE = new Standing(null, null, null);

    static Standing of(List<Term> lineage, Instant now) {
      return new Standing(
          lineage.getFirst().lineageId(),
          first(lineage, now, TermState.ACTIVE, TermState.SUSPENDED),
          first(lineage, now, TermState.PROPOSED, TermState.COOLING_OFF));
    }

    private static @Nullable Term first(List<Term> lineage, Instant now, TermState... states) {
      return lineage.stream()
          .filter(term -> List.of(states).contains(term.state(now)))
          .findFirst()
          .orElse(null);
    }
  }

  /**
   * What became of a change.
   *
   * @param proposed whether the others are asked for something
   */
  record Changed(Term term, boolean proposed, boolean acted) {}

  /**
   * Gives a clause another text, or, with null, none.
   *
   * @param openUntil until when the others may assent, if they have to
   * @param refused what the author can't ask for now; grows with what is asked for no more
   */
  Changed change(
      Agreement agreement,
      Member author,
      Standing before,
      @Nullable TermContent after,
      Instant openUntil,
      List<Refused> refused) {
    Instant now = clock.instant();
    Term pending = before.pending();
    if (pending != null && says(pending, after)) {
      return new Changed(pending, false, false);
    }
    Term inForce = before.inForce();
    TermContent content = inForce == null ? null : texts.open(inForce);
    boolean stays = after == null ? inForce == null : after.equals(content);
    boolean tightens =
        !stays && isTightening(standsOf(inForce, content, after, now), after, author);
    if (pending != null) {
      giveWay(agreement, author, pending, after, !stays && !tightens, refused);
    }
    if (stays) {
      return new Changed(requireTerm(inForce == null ? pending : inForce), false, pending != null);
    }
    if (tightens) {
      return new Changed(tighten(agreement, author, before, after, now), false, true);
    }
    Instant until = earlier(openUntil, pending == null ? null : pending.openUntil());
    TermContent text = after == null ? requireContent(content) : after;
    requireNotRefused(refused, text, after == null, before.lineageId());
    return new Changed(propose(agreement, author, before, text, after == null, until), true, false);
  }

  /** Only what is active can be narrowed, but what is suspended can go like what is active. */
  private static @Nullable TermContent standsOf(
      @Nullable Term inForce,
      @Nullable TermContent content,
      @Nullable TermContent after,
      Instant now) {
    boolean active = inForce != null && inForce.state(now) == TermState.ACTIVE;
    return after == null || active ? content : null;
  }

  /** What is no clause compares by what it is about; see each. */
  private static boolean isTightening(
      @Nullable TermContent before, @Nullable TermContent after, Member author) {
    if (after == null) {
      return Tightening.isTightening(before, null, author.memberId());
    }
    return switch (after.kind()) {
      case HOLD -> Holds.isTightening(before, after);
      case SIGNAL -> AgreedSignals.isTightening(before, after);
      case COOLING_OFF -> CoolingOff.isTightening(before, after);
      default -> Tightening.isTightening(before, after, author.memberId());
    };
  }

  private boolean says(Term pending, @Nullable TermContent content) {
    return pending.isRemoval()
        ? content == null
        : content != null && content.equals(texts.open(pending));
  }

  /** Asking anew doesn't give more time. */
  private static Instant earlier(Instant one, @Nullable Instant other) {
    return other != null && other.isBefore(one) ? other : one;
  }

  private Term tighten(
      Agreement agreement,
      Member author,
      Standing before,
      @Nullable TermContent after,
      Instant now) {
    Term inForce = before.inForce();
    if (after == null) {
      Term ended = requireTerm(inForce);
      end(agreement, author.memberId(), ended, now);
      return ended;
    }
    Term term = create(agreement, author, before, after, false, now, now);
    term.agree(List.of(author.memberId()), List.of(now), now, now);
    answers.put(author, term, AnswerPurpose.AGREE, true, now);
    if (inForce != null) {
      term.lapseAt(after.polarity() == TermPolarity.FORBIDS ? null : inForce.lapsesAt());
      inForce.replaceAt(now);
    }
    setLapse(term, after, now);
    history.add(agreement, Type.TERM_TIGHTENED, author.memberId(), term, now);
    return term;
  }

  private Term propose(
      Agreement agreement,
      Member author,
      Standing before,
      TermContent text,
      boolean removal,
      Instant openUntil) {
    Instant now = clock.instant();
    Term term = create(agreement, author, before, text, removal, now, openUntil);
    answers.put(author, term, AnswerPurpose.AGREE, true, now);
    history.add(agreement, Type.TERM_PROPOSED, author.memberId(), term, now);
    completeAgreement(agreement, term, now);
    return term;
  }

  private Term create(
      Agreement agreement,
      Member author,
      Standing before,
      TermContent text,
      boolean removal,
      Instant now,
      Instant openUntil) {
    UUID lineageId = before.lineageId();
    Term inForce = before.inForce();
    Term.Descent descent =
        new Term.Descent(
            lineageId == null ? Ids.next() : lineageId,
            inForce == null ? null : inForce.id(),
            removal);
    Term term = Term.propose(agreement, descent, author.memberId(), now, openUntil);
    texts.seal(term, text);
    terms.persistAndFlush(term);
    return term;
  }

  /** Something that a member wanted, and not all agreed to. */
  record Refused(Term term, TermContent content) {
    /** The same matter in other words, or in part, is the same; so is the same clause's end. */
    boolean covers(TermContent text, boolean removal, @Nullable UUID lineageId) {
      boolean sameClause = term.lineageId().equals(lineageId);
      return removal == term.isRemoval()
          ? Matter.isSame(content, text) || (sameClause && !text.kind().isAboutActivities())
          : sameClause;
    }
  }

  /** What the member can't ask for now, since in the last 30 days it was not agreed (S18). */
  List<Refused> refusedTo(Member author) {
    Instant now = clock.instant();
    return terms.refusedTo(author, now.minus(BLOCKED), now).stream()
        .map(term -> new Refused(term, texts.open(term)))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static void requireNotRefused(
      List<Refused> refused, TermContent text, boolean removal, @Nullable UUID lineageId) {
    if (refused.stream().anyMatch(earlier -> earlier.covers(text, removal, lineageId))) {
      throw AgreementProblem.TERM_PROPOSED_BEFORE.exception();
    }
  }

  /**
   * Makes room for another text. The same matter goes on being asked for, and so does a clause that
   * is rather to go; any other was asked for, and not agreed.
   *
   * @param asks whether the other text is asked for, too
   */
  private void giveWay(
      Agreement agreement,
      Member author,
      Term pending,
      @Nullable TermContent after,
      boolean asks,
      List<Refused> refused) {
    Instant now = clock.instant();
    TermContent content = texts.open(pending);
    boolean goesOn =
        asks
            && !pending.isRemoval()
            && (after == null
                || !after.kind().isAboutActivities()
                || Matter.isSame(content, after));
    if (goesOn) {
      pending.replaceAt(now);
      forgetSuccession(agreement, pending, now);
      return;
    }
    boolean wanted =
        pending.authorId().equals(author.memberId())
            || answers.mine(author, List.of(pending.id())).getOrDefault(pending.id(), false);
    cancel(agreement, pending, now);
    if (wanted) {
      refused.add(new Refused(pending, content));
    }
  }

  /** If all have said yes to its text, it is agreed, and waits for the cooling-off to be over. */
  boolean completeAgreement(Agreement agreement, Term term, Instant now) {
    Complete complete = answers.complete(term, AnswerPurpose.AGREE, term.proposedAt());
    if (complete.members().isEmpty()) {
      return false;
    }
    Instant active = now.plus(coolingOff.of(agreement, now));
    term.agree(complete.members(), complete.times(), now, active);
    if (!term.isRemoval()) {
      setLapse(term, texts.open(term), active);
      lapseTogether(agreement, term, now);
    }
    replaced(term).ifPresent(inForce -> inForce.replaceAt(active));
    history.add(agreement, Type.TERM_AGREED, null, term, now);
    return true;
  }

  /** A yes to what acts already: once all have said it, that is its proof. */
  boolean completeProof(Agreement agreement, Term term, Instant now) {
    Complete complete = answers.complete(term, AnswerPurpose.AGREE, term.proposedAt());
    if (complete.members().isEmpty()) {
      return false;
    }
    term.prove(complete.members(), complete.times());
    history.add(agreement, Type.TERM_AGREED, null, term, now);
    return true;
  }

  private Optional<Term> replaced(Term term) {
    UUID replacesId = term.replacesId();
    return replacesId == null
        ? Optional.empty()
        : terms.findByIdOptional(new Term.Key(term.relationshipId(), replacesId));
  }

  /** A review date lapses what allows or demands; what forbids stays, as the stricter. */
  private static void setLapse(Term term, TermContent content, Instant active) {
    term.lapseAt(content.validUntil());
    if (content.polarity() != TermPolarity.FORBIDS) {
      term.lapseAt(content.reviewAt());
    }
    if (content.isOpenness()) {
      term.lapseAt(active.plus(Term.OPENNESS));
    }
  }

  /** A permission doesn't outlast by the clock the duty that it rests on, whichever came first. */
  private void lapseTogether(Agreement agreement, Term agreed, Instant now) {
    TermContent content = texts.open(agreed);
    for (Term other : terms.standing(agreement, now)) {
      if (other.activeAt() != null && !other.isRemoval()) {
        TermContent another = texts.open(other);
        if (Tightening.takesAlong(content, another)) {
          other.lapseAt(agreed.lapsesAt());
        } else if (Tightening.takesAlong(another, content)) {
          agreed.lapseAt(other.lapsesAt());
        }
      }
    }
  }

  /** A proposal, or what waits for the end of the cooling-off, is no more; what stood, stands. */
  void cancel(Agreement agreement, Term term, Instant now) {
    term.cancel(now);
    forgetSuccession(agreement, term, now);
  }

  /**
   * If it was agreed, it no longer comes after anything, and what was to rest on it doesn't act.
   */
  private void forgetSuccession(Agreement agreement, Term term, Instant now) {
    if (term.agreedAt() == null) {
      return;
    }
    Optional<Term> before = replaced(term);
    before.ifPresent(inForce -> inForce.replaceAt(null));
    history.add(agreement, Type.TERM_CANCELLED, null, term, now);
    if (before.filter(inForce -> inForce.stands(now)).isEmpty()) {
      takeAlong(agreement, null, term, now);
    }
  }

  /** Ends what is in force. What rests on a duty doesn't outlast it: it is suspended with it. */
  void end(Agreement agreement, UUID by, Term term, Instant now) {
    term.end(now);
    history.add(agreement, Type.TERM_ENDED, by, term, now);
    cancelPending(agreement, term, now);
    takeAlong(agreement, by, term, now);
  }

  /** Returns whether that is news. */
  boolean suspend(Agreement agreement, @Nullable UUID by, Term term, Instant now) {
    if (term.state(now) == TermState.SUSPENDED && term.resumesAt() == null) {
      return false;
    }
    term.suspend(now);
    history.add(agreement, Type.TERM_SUSPENDED, by, term, now);
    cancelPending(agreement, term, now);
    takeAlong(agreement, by, term, now);
    return true;
  }

  /** What was to come in the place of a text doesn't come once that is withdrawn. */
  private void cancelPending(Agreement agreement, Term withdrawn, Instant now) {
    terms.standing(agreement, now).stream()
        .filter(term -> withdrawn.id().equals(term.replacesId()) && !term.isRemoval())
        .filter(term -> term.state(now) != TermState.ACTIVE)
        .forEach(term -> cancel(agreement, term, now));
  }

  /** A permission doesn't act, or come to act, without the duty that it rests on. */
  private void takeAlong(Agreement agreement, @Nullable UUID by, Term duty, Instant now) {
    TermContent content = texts.open(duty);
    if (duty.isRemoval() || content.polarity() == TermPolarity.PERMITS) {
      return;
    }
    terms.standing(agreement, now).stream()
        .filter(other -> !other.isRemoval() && !other.equals(duty))
        .filter(other -> Tightening.takesAlong(content, texts.open(other)))
        .forEach(
            other -> {
              switch (other.state(now)) {
                case ACTIVE, SUSPENDED -> suspend(agreement, by, other, now);
                case COOLING_OFF -> cancel(agreement, other, now);
                default -> {
                  // What is only proposed, all can still say no to.
                }
              }
            });
  }

  /** As it stands now that the agreement is locked. */
  Term refresh(Term term) {
    entities.refresh(term, LockModeType.PESSIMISTIC_WRITE);
    return term;
  }

  private static Term requireTerm(@Nullable Term term) {
    if (term == null) {
      throw new IllegalStateException("Nothing stands that could end");
    }
    return term;
  }

  private static TermContent requireContent(@Nullable TermContent content) {
    if (content == null) {
      throw new IllegalStateException("Nothing stands that could go");
    }
    return content;
  }
}
