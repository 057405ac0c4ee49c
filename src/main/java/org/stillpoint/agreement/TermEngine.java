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
import org.stillpoint.agreement.TermAnswers.Own;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.ProblemException;
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

  private final AgreementRepository agreements;
  private final TermRepository terms;
  private final TermAnswers answers;
  private final AgreementTexts texts;
  private final AgreementHistory history;
  private final CoolingOff coolingOff;
  private final EntityManager entities;
  private final Clock clock;

  TermEngine(
      AgreementRepository agreements,
      TermRepository terms,
      TermAnswers answers,
      AgreementTexts texts,
      AgreementHistory history,
      CoolingOff coolingOff,
      EntityManager entities,
      Clock clock) {
    this.agreements = agreements;
    this.terms = terms;
    this.answers = answers;
    this.texts = texts;
    this.history = history;
    this.coolingOff = coolingOff;
    this.entities = entities;
    this.clock = clock;
  }

  /** Locks an agreement, and reads what stands of it. Ask it about instants from then on only. */
  LockedAgreement lock(UUID relationshipId, UUID id) {
    return read(agreements.lock(relationshipId, id), clock.instant());
  }

  /** Locks an agreement, and reads what stood of it at an instant. */
  LockedAgreement lock(UUID relationshipId, UUID id, Instant at) {
    return read(agreements.lock(relationshipId, id), at);
  }

  /** Locks the agreement of a term, which may have been read before. */
  LockedAgreement lockFor(Term term) {
    Agreement row = agreements.lock(term.relationshipId(), term.agreementId());
    entities.refresh(term, LockModeType.PESSIMISTIC_WRITE);
    return read(row, clock.instant());
  }

  private LockedAgreement read(Agreement row, Instant at) {
    List<Term> standing = terms.standing(row, at);
    texts.prepare(standing);
    return new LockedAgreement(row, standing, texts::open);
  }

  /** One that its maker begins, of which nothing stands yet. */
  LockedAgreement begin(AgreementKind kind, Member maker, List<UUID> participants) {
    Agreement row = Agreement.create(kind, maker, participants, clock.instant());
    agreements.persistAndFlush(row);
    return new LockedAgreement(row, List.of(), texts::open);
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
   * @param asking what the others are asked for, if they have to be
   */
  Changed change(
      LockedAgreement locked,
      Member author,
      Standing before,
      @Nullable TermContent after,
      Asking asking) {
    Instant now = clock.instant();
    Term pending = before.pending();
    if (pending != null && says(locked, pending, after)) {
      return new Changed(pending, false, false);
    }
    Term inForce = before.inForce();
    TermContent content = inForce == null ? null : locked.says(inForce);
    boolean stays = after == null ? inForce == null : after.equals(content);
    boolean tightens =
        !stays && isTightening(standsOf(inForce, content, after, now), after, author);
    if (pending != null) {
      giveWay(locked, author, pending, after, !stays && !tightens, asking.refused());
    }
    if (stays) {
      return new Changed(requireTerm(inForce == null ? pending : inForce), false, pending != null);
    }
    if (tightens) {
      return new Changed(tighten(locked, author, before, after, now), false, true);
    }
    Instant until = earlier(asking.openUntil(), pending == null ? null : pending.openUntil());
    TermContent text = after == null ? requireContent(content) : after;
    asking.requireNotRefused(text, after == null, before.lineageId());
    return new Changed(propose(locked, author, before, text, after == null, until), true, false);
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

  private static boolean says(LockedAgreement locked, Term pending, @Nullable TermContent content) {
    return pending.isRemoval()
        ? content == null
        : content != null && content.equals(locked.says(pending));
  }

  /** Asking anew doesn't give more time. */
  private static Instant earlier(Instant one, @Nullable Instant other) {
    return other != null && other.isBefore(one) ? other : one;
  }

  private Term tighten(
      LockedAgreement locked,
      Member author,
      Standing before,
      @Nullable TermContent after,
      Instant now) {
    Term inForce = before.inForce();
    if (after == null) {
      Term ended = requireTerm(inForce);
      end(locked, author.memberId(), ended, now);
      return ended;
    }
    Term term = create(locked, author, before, after, false, now, now);
    term.agree(List.of(author.memberId()), List.of(now), now, now);
    answers.put(author, term, AnswerPurpose.AGREE, true, now);
    if (inForce != null) {
      term.lapseAt(after.polarity() == TermPolarity.FORBIDS ? null : inForce.lapsesAt());
      inForce.replaceAt(now);
    }
    setLapse(term, after, now);
    history.add(locked.row(), Type.TERM_TIGHTENED, author.memberId(), term, now);
    return term;
  }

  private Term propose(
      LockedAgreement locked,
      Member author,
      Standing before,
      TermContent text,
      boolean removal,
      Instant openUntil) {
    Instant now = clock.instant();
    Term term = create(locked, author, before, text, removal, now, openUntil);
    answers.put(author, term, AnswerPurpose.AGREE, true, now);
    history.add(locked.row(), Type.TERM_PROPOSED, author.memberId(), term, now);
    completeAgreement(locked, term, now);
    return term;
  }

  private Term create(
      LockedAgreement locked,
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
            removal,
            removal && inForce != null ? inForce.sealedFor() : author.memberId());
    Term term = Term.propose(locked.row(), descent, author.memberId(), now, openUntil);
    texts.seal(term, text);
    terms.persistAndFlush(term);
    locked.add(term, text);
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

  /**
   * What a member asks the others for.
   *
   * @param openUntil until when they may assent
   * @param refused what can't be asked for now; grows with what is asked for no more
   * @param pointer where it stands in the member's draft; null where there is none
   */
  record Asking(Instant openUntil, List<Refused> refused, @Nullable String pointer) {
    /** For the clause at this place of the draft. */
    Asking at(String place) {
      return new Asking(openUntil, refused, place);
    }

    private void requireNotRefused(TermContent text, boolean removal, @Nullable UUID lineageId) {
      if (refused.stream().noneMatch(earlier -> earlier.covers(text, removal, lineageId))) {
        return;
      }
      ProblemException problem = AgreementProblem.TERM_PROPOSED_BEFORE.exception();
      throw pointer == null ? problem : problem.withError(FieldError.member(pointer, Flaw.NOT_NOW));
    }
  }

  /** Asks until then; not for what in the last 30 days was not agreed (S18). */
  Asking asking(Member author, Instant openUntil) {
    Instant now = clock.instant();
    return new Asking(openUntil, refusedTo(author, now), null);
  }

  private List<Refused> refusedTo(Member author, Instant now) {
    List<Term> refused = terms.refusedTo(author, now.minus(BLOCKED), now);
    texts.prepare(refused);
    return refused.stream()
        .map(term -> new Refused(term, texts.open(term)))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /**
   * Makes room for another text. The same matter goes on being asked for, and so does a clause that
   * is rather to go; any other was asked for, and not agreed.
   *
   * @param asks whether the other text is asked for, too
   */
  private void giveWay(
      LockedAgreement locked,
      Member author,
      Term pending,
      @Nullable TermContent after,
      boolean asks,
      List<Refused> refused) {
    Instant now = clock.instant();
    TermContent content = locked.says(pending);
    boolean goesOn =
        asks
            && !pending.isRemoval()
            && (after == null
                || !after.kind().isAboutActivities()
                || Matter.isSame(content, after));
    if (goesOn) {
      pending.replaceAt(now);
      forgetSuccession(locked, pending, now);
      return;
    }
    boolean wanted =
        pending.authorId().equals(author.memberId())
            || answers
                .own(author, List.of(pending))
                .getOrDefault(pending.id(), Own.NONE)
                .hasAssented();
    cancel(locked, pending, now);
    if (wanted) {
      refused.add(new Refused(pending, content));
    }
  }

  /** If all have said yes to its text, it is agreed, and waits for the cooling-off to be over. */
  boolean completeAgreement(LockedAgreement locked, Term term, Instant now) {
    Complete complete = answers.complete(term, AnswerPurpose.AGREE, term.proposedAt());
    if (complete.members().isEmpty()) {
      return false;
    }
    Instant active = now.plus(coolingOff.of(locked.row(), now));
    term.agree(complete.members(), complete.times(), now, active);
    sealForAll(locked, term);
    if (!term.isRemoval()) {
      setLapse(term, locked.says(term), active);
      lapseTogether(locked, term, now);
    }
    replaced(term).ifPresent(inForce -> inForce.replaceAt(active));
    history.add(locked.row(), Type.TERM_AGREED, null, term, now);
    return true;
  }

  /** A yes to what acts already: once all have said it, that is its proof. */
  boolean completeProof(LockedAgreement locked, Term term, Instant now) {
    Complete complete = answers.complete(term, AnswerPurpose.AGREE, term.proposedAt());
    if (complete.members().isEmpty()) {
      return false;
    }
    term.prove(complete.members(), complete.times());
    sealForAll(locked, term);
    history.add(locked.row(), Type.TERM_AGREED, null, term, now);
    return true;
  }

  /**
   * What all have said yes to doesn't go with its author, and neither does the title under which it
   * came (S33).
   */
  private void sealForAll(LockedAgreement locked, Term term) {
    texts.sealForAll(term);
    agreements
        .version(locked.row(), term.versionNumber())
        .filter(version -> version.authorId().equals(term.authorId()))
        .ifPresent(texts::sealForAll);
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
  private void lapseTogether(LockedAgreement locked, Term agreed, Instant now) {
    TermContent content = locked.says(agreed);
    for (Term other : locked.standing(now)) {
      if (other.activeAt() != null && !other.isRemoval()) {
        TermContent another = locked.says(other);
        if (Tightening.takesAlong(content, another)) {
          other.lapseAt(agreed.lapsesAt());
        } else if (Tightening.takesAlong(another, content)) {
          agreed.lapseAt(other.lapsesAt());
        }
      }
    }
  }

  /** A proposal, or what waits for the end of the cooling-off, is no more; what stood, stands. */
  void cancel(LockedAgreement locked, Term term, Instant now) {
    term.cancel(now);
    forgetSuccession(locked, term, now);
  }

  /**
   * If it was agreed, it no longer comes after anything, and what was to rest on it doesn't act.
   */
  private void forgetSuccession(LockedAgreement locked, Term term, Instant now) {
    if (term.agreedAt() == null) {
      return;
    }
    Optional<Term> before = replaced(term);
    before.ifPresent(inForce -> inForce.replaceAt(null));
    history.add(locked.row(), Type.TERM_CANCELLED, null, term, now);
    if (before.filter(inForce -> inForce.stands(now)).isEmpty()) {
      takeAlong(locked, null, term, now);
    }
  }

  /** Ends what is in force. What rests on a duty doesn't outlast it: it is suspended with it. */
  void end(LockedAgreement locked, UUID by, Term term, Instant now) {
    term.end(now);
    history.add(locked.row(), Type.TERM_ENDED, by, term, now);
    cancelPending(locked, term, now);
    takeAlong(locked, by, term, now);
  }

  /** Returns whether that is news. */
  boolean suspend(LockedAgreement locked, @Nullable UUID by, Term term, Instant now) {
    if (term.state(now) == TermState.SUSPENDED && term.resumesAt() == null) {
      return false;
    }
    term.suspend(now);
    history.add(locked.row(), Type.TERM_SUSPENDED, by, term, now);
    cancelPending(locked, term, now);
    takeAlong(locked, by, term, now);
    return true;
  }

  /** What was to come in the place of a text doesn't come once that is withdrawn. */
  private void cancelPending(LockedAgreement locked, Term withdrawn, Instant now) {
    locked.standing(now).stream()
        .filter(term -> withdrawn.id().equals(term.replacesId()) && !term.isRemoval())
        .filter(term -> term.state(now) != TermState.ACTIVE)
        .forEach(term -> cancel(locked, term, now));
  }

  /** A permission doesn't act, or come to act, without the duty that it rests on. */
  private void takeAlong(LockedAgreement locked, @Nullable UUID by, Term duty, Instant now) {
    TermContent content = locked.says(duty);
    if (duty.isRemoval() || content.polarity() == TermPolarity.PERMITS) {
      return;
    }
    locked.standing(now).stream()
        .filter(other -> !other.isRemoval() && !other.equals(duty))
        .filter(other -> Tightening.takesAlong(content, locked.says(other)))
        .forEach(
            other -> {
              switch (other.state(now)) {
                case ACTIVE, SUSPENDED -> suspend(locked, by, other, now);
                case COOLING_OFF -> cancel(locked, other, now);
                default -> {
                  // What is only proposed, all can still say no to.
                }
              }
            });
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
