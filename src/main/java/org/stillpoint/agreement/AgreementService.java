package org.stillpoint.agreement;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.stillpoint.agreement.AgreementHistory.Type;
import org.stillpoint.agreement.AgreementTexts.DraftDocument;
import org.stillpoint.agreement.AgreementTexts.DraftTerm;
import org.stillpoint.agreement.AgreementTexts.VersionDocument;
import org.stillpoint.agreement.TermEngine.Asking;
import org.stillpoint.agreement.TermEngine.Changed;
import org.stillpoint.agreement.TermEngine.Standing;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.api.ratelimit.RateLimits;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.event.PressurePermit;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MemberLeft;
import org.stillpoint.relationship.PressureGuard;

/** Drafts, proposes and ends agreements. */
@Singleton
@Transactional(TxType.MANDATORY)
class AgreementService {
  /** How long a proposal is open where its author says nothing else. */
  static final Duration OPEN_FOR = Duration.ofDays(7);

  /** Terms that can stand in all agreements of a member in a relationship. */
  private static final int AT_MOST = 1_000;

  private final AgreementRepository agreements;
  private final TermRepository terms;
  private final TermEngine engine;
  private final AgreementTexts texts;
  private final AgreementHistory history;
  private final AgreementEvents events;
  private final PressureGuard pressure;
  private final RateLimits limits;
  private final EntityManager entities;
  private final Clock clock;

  AgreementService(
      AgreementRepository agreements,
      TermRepository terms,
      TermEngine engine,
      AgreementTexts texts,
      AgreementHistory history,
      AgreementEvents events,
      PressureGuard pressure,
      RateLimits limits,
      EntityManager entities,
      Clock clock) {
    this.agreements = agreements;
    this.terms = terms;
    this.engine = engine;
    this.texts = texts;
    this.history = history;
    this.events = events;
    this.pressure = pressure;
    this.limits = limits;
    this.entities = entities;
    this.clock = clock;
  }

  /** A draft and what it says. */
  record Drafted(AgreementDraft draft, DraftDocument document) {}

  /**
   * Begins a draft.
   *
   * @param wished who is to take part in a new agreement; null for all
   */
  Drafted draft(
      Member author,
      @Nullable UUID agreementId,
      SensitiveText title,
      @Nullable List<UUID> wished,
      List<DraftTerm> clauses) {
    Instant now = clock.instant();
    Agreement agreement = agreementId == null ? null : agreements.visible(author, agreementId);
    List<UUID> participants =
        agreement == null ? DraftChecks.participants(author, wished) : agreement.memberIds();
    DraftChecks.require(clauses, participants, now);
    AgreementDraft draft = AgreementDraft.create(author, agreementId, now);
    DraftDocument document = new DraftDocument(title, participants, clauses);
    texts.seal(draft, document, agreement == null ? 0 : agreement.latestVersion());
    entities.persist(draft);
    return new Drafted(draft, document);
  }

  /** A draft of one's own; another's looks as if it weren't there. */
  Drafted draft(Member author, UUID id) {
    AgreementDraft draft = find(author, id, LockModeType.NONE);
    return new Drafted(draft, texts.open(draft));
  }

  private AgreementDraft find(Member author, UUID id, LockModeType lock) {
    return Optional.ofNullable(
            entities.find(
                AgreementDraft.class, new AgreementDraft.Key(author.relationshipId(), id), lock))
        .orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  /** Writes the whole draft anew, on the version that its agreement has now. */
  Drafted redraft(
      Member author,
      UUID id,
      LongConsumer requireVersion,
      SensitiveText title,
      List<DraftTerm> clauses) {
    AgreementDraft draft = find(author, id, LockModeType.PESSIMISTIC_WRITE);
    requireVersion.accept(draft.version());
    List<UUID> participants = texts.open(draft).memberIds();
    DraftChecks.require(clauses, participants, clock.instant());
    UUID agreementId = draft.agreementId();
    DraftDocument document = new DraftDocument(title, participants, clauses);
    texts.seal(
        draft,
        document,
        agreementId == null ? 0 : agreements.visible(author, agreementId).latestVersion());
    return new Drafted(draft, document);
  }

  void discard(Member author, UUID id, LongConsumer requireVersion) {
    AgreementDraft draft = find(author, id, LockModeType.PESSIMISTIC_WRITE);
    requireVersion.accept(draft.version());
    entities.remove(draft);
  }

  /** A version and what it is of. */
  record Proposed(Agreement agreement, AgreementVersion version) {}

  /** Proposes a draft, which is none any more: what only tightens acts at once. */
  Proposed propose(Member author, UUID draftId, Duration openFor) {
    AgreementDraft draft = find(author, draftId, LockModeType.PESSIMISTIC_WRITE);
    DraftDocument document = texts.open(draft);
    LockedAgreement locked = open(author, draft, document);
    Instant now = clock.instant();
    Agreement agreement = locked.row();
    DraftChecks.require(document.terms(), agreement.memberIds(), now);
    Map<UUID, Standing> standing = locked.clauses(now);
    AgreementVersion version = AgreementVersion.create(agreement, author.memberId(), now);
    history.add(agreement, Type.VERSION_PROPOSED, author.memberId(), null, now);
    requireRoom(author, document, now);
    Asking asking = engine.asking(author, now.plus(openFor));
    List<Changed> changes = new ArrayList<>();
    List<UUID> text = new ArrayList<>();
    for (int i = 0; i < document.terms().size(); i++) {
      DraftTerm clause = document.terms().get(i);
      Standing before = before(clause, standing, i);
      Changed changed =
          engine.change(locked, author, before, clause.content(), asking.at(pointer(i)));
      changes.add(changed);
      text.add(changed.term().id());
    }
    // What the draft no longer names is to go; where all have to want that, they find it in the
    // version.
    for (Standing gone : standing.values()) {
      Changed changed = engine.change(locked, author, gone, null, asking);
      changes.add(changed);
      if (changed.proposed()) {
        text.add(changed.term().id());
      }
    }
    if (changes.stream().noneMatch(changed -> changed.proposed() || changed.acted())) {
      throw AgreementProblem.NOTHING_PROPOSED.exception();
    }
    texts.seal(version, new VersionDocument(document.title(), text));
    if (changes.stream().anyMatch(Changed::acted)) {
      version.actedAtOnce();
    }
    agreements.add(version);
    entities.remove(draft);
    tell(agreement, author, changes, now);
    return new Proposed(agreement, version);
  }

  /** So that nobody fills up what all have to live with, and to leave. */
  private void requireRoom(Member author, DraftDocument document, Instant now) {
    if (terms.standing(author, now).size() + document.terms().size() > AT_MOST) {
      throw AgreementProblem.TOO_MANY_TERMS.exception();
    }
  }

  private LockedAgreement open(Member author, AgreementDraft draft, DraftDocument document) {
    UUID agreementId = draft.agreementId();
    if (agreementId == null) {
      DraftChecks.participants(author, document.memberIds());
      return engine.begin(AgreementKind.AGREEMENT, author, document.memberIds());
    }
    LockedAgreement locked = engine.lock(author.relationshipId(), agreementId);
    Agreement agreement = locked.row();
    if (agreement.hasEnded()) {
      throw AgreementProblem.AGREEMENT_ENDED.exception();
    }
    if (agreement.latestVersion() != draft.basedOn()) {
      throw AgreementProblem.AGREEMENT_MOVED_ON.exception();
    }
    return locked;
  }

  private static String pointer(int clause) {
    return "/terms/" + clause;
  }

  private static Standing before(DraftTerm clause, Map<UUID, Standing> standing, int place) {
    UUID lineageId = clause.lineageId();
    if (lineageId == null) {
      return Standing.NONE;
    }
    Standing before = standing.remove(lineageId);
    if (before == null) {
      throw HttpProblem.VALIDATION_FAILED
          .exception()
          .withError(FieldError.member(pointer(place) + "/lineageId", Flaw.NOT_ALLOWED_VALUE));
    }
    return before;
  }

  /** One event for a version, whatever the number of its clauses. */
  private void tell(Agreement agreement, Member author, List<Changed> changes, Instant now) {
    if (changes.stream().anyMatch(Changed::proposed)) {
      limits.spendProposal(author.memberId());
      PressurePermit permit = pressure.ask(author);
      events.proposed(permit, agreement, author, now);
    } else {
      events.changed(agreement, author, now);
    }
  }

  /** Ends what allows and demands, at once and by anyone; what forbids stays until all assent. */
  Agreement end(Member member, UUID id) {
    LockedAgreement locked =
        engine.lock(member.relationshipId(), agreements.visible(member, id).id());
    Agreement agreement = locked.row();
    if (agreement.hasEnded()) {
      return agreement;
    }
    Instant now = clock.instant();
    endTerms(
        locked,
        member,
        now,
        content -> content.polarity() != TermPolarity.FORBIDS || content.isOpenness());
    agreement.end(now);
    history.add(agreement, Type.AGREEMENT_ENDED, member.memberId(), null, now);
    events.changed(agreement, member, now);
    return agreement;
  }

  private void endTerms(
      LockedAgreement locked, Member member, Instant now, Predicate<TermContent> which) {
    for (Term term : locked.standing(now)) {
      switch (term.state(now)) {
        case PROPOSED, COOLING_OFF -> engine.cancel(locked, term, now);
        case ACTIVE, SUSPENDED -> {
          if (!term.isRemoval() && which.test(locked.says(term))) {
            engine.end(locked, member.memberId(), term, now);
          }
        }
        default -> {
          // Over by now.
        }
      }
    }
  }

  /**
   * Who leaves takes along what binds that member. What forbids something among the others stays;
   * so does nothing that was only proposed, since it was proposed to somebody who is gone (S32).
   */
  void onMemberLeft(@Observes MemberLeft left) {
    for (UUID id : terms.standingAgreements(left.relationshipId(), left.at())) {
      LockedAgreement locked = engine.lock(left.relationshipId(), id, left.at());
      Agreement agreement = locked.row();
      boolean over = agreement.memberIds().stream().filter(left.remaining()::contains).count() < 2;
      for (Term term : locked.standing(left.at())) {
        TermContent content = locked.says(term);
        boolean ends =
            over
                || content.memberIds().equals(List.of(left.memberId()))
                || isOwnSignal(term, content, left.memberId())
                || (content.polarity() != TermPolarity.FORBIDS
                    && content.memberIds().contains(left.memberId()));
        switch (term.state(left.at())) {
          case PROPOSED, COOLING_OFF -> engine.cancel(locked, term, left.at());
          case ACTIVE, SUSPENDED -> {
            if (ends && !term.isRemoval()) {
              engine.end(locked, left.memberId(), term, left.at());
            }
          }
          default -> {
            // Over by now.
          }
        }
      }
      if (over && !agreement.hasEnded()) {
        agreement.end(left.at());
        history.add(agreement, Type.AGREEMENT_ENDED, left.memberId(), null, left.at());
      }
    }
    agreements.forgetOwnWords(left.relationshipId(), left.at());
    // What is left goes on among the others, without the leaver's key.
    terms.sealedFor(left.relationshipId(), left.memberId()).forEach(texts::sealForAll);
    agreements.sealedFor(left.relationshipId(), left.memberId()).forEach(texts::sealForAll);
    agreements.forgetParticipation(left.relationshipId());
  }

  /** Its words are the leaver's, and nobody else has said yes to them (S33). */
  private static boolean isOwnSignal(Term term, TermContent content, UUID leaver) {
    return content.kind() == TermKind.SIGNAL && term.assentedBy().equals(List.of(leaver));
  }
}
