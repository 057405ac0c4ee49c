package org.stillpoint.agreement;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stillpoint.agreement.TermEngine.Changed;
import org.stillpoint.agreement.TermEngine.Standing;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.api.ratelimit.RateLimits;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.PressureGuard;

/** Agreements of a single term: holds, signals and the cooling-off. */
@Singleton
@Transactional(TxType.MANDATORY)
class SingleTerms {
  private final AgreementRepository agreements;
  private final TermRepository terms;
  private final TermEngine engine;
  private final AgreementEvents events;
  private final PressureGuard pressure;
  private final RateLimits limits;
  private final Clock clock;

  SingleTerms(
      AgreementRepository agreements,
      TermRepository terms,
      TermEngine engine,
      AgreementEvents events,
      PressureGuard pressure,
      RateLimits limits,
      Clock clock) {
    this.agreements = agreements;
    this.terms = terms;
    this.engine = engine;
    this.events = events;
    this.pressure = pressure;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * One as it stands.
   *
   * @param inForce null while its first text waits for the others
   * @param pending what somebody asks for instead
   */
  record Single(Agreement agreement, @Nullable Term inForce, @Nullable Term pending) {
    /** What there is of both. */
    List<Term> terms() {
      return Stream.of(inForce, pending).filter(Objects::nonNull).toList();
    }

    /** What is asked for, if anything. */
    List<Term> asked() {
      return pending == null ? List.of() : List.of(pending);
    }

    /** The text that is in force, where there is none without. */
    Term requireInForce() {
      if (inForce == null) {
        throw HttpProblem.NOT_FOUND.exception();
      }
      return inForce;
    }
  }

  /** Acts at once where it tightens; otherwise it is proposed to all. */
  Single create(AgreementKind kind, Member maker, List<UUID> participants, TermContent content) {
    return change(maker, engine.begin(kind, maker, participants), Standing.NONE, content);
  }

  /** Those in force, and those whose first text waits for the others; the oldest first. */
  List<Single> list(Member member, AgreementKind kind, Cursor.@Nullable ByTime after, int limit) {
    Instant now = clock.instant();
    Map<UUID, List<Term>> byAgreement =
        terms.standing(member.relationshipId(), kind, now).stream()
            .collect(Collectors.groupingBy(Term::agreementId));
    if (kind == AgreementKind.HOLD) {
      byAgreement.values().removeIf(lineage -> Standing.of(lineage, now).inForce() == null);
    }
    return agreements
        .singles(member.relationshipId(), kind, byAgreement.keySet(), after, limit)
        .stream()
        .map(agreement -> of(agreement, byAgreement.getOrDefault(agreement.id(), List.of()), now))
        .toList();
  }

  Single get(Member member, AgreementKind kind, UUID id) {
    Agreement agreement = visible(member, kind, id);
    Instant now = clock.instant();
    return of(agreement, terms.standing(agreement, now), now);
  }

  private Agreement visible(Member member, AgreementKind kind, UUID id) {
    return agreements
        .findByIdOptional(new Agreement.Key(member.relationshipId(), id))
        .filter(agreement -> agreement.kind() == kind)
        .orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  private static Single of(Agreement agreement, List<Term> lineage, Instant now) {
    if (lineage.isEmpty()) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    Standing standing = Standing.of(lineage, now);
    return new Single(agreement, standing.inForce(), standing.pending());
  }

  /**
   * Gives one another text, or, with null, proposes that it goes.
   *
   * @param requireSeen refuses a caller who hasn't seen it as it stands
   */
  Single change(
      Member member,
      AgreementKind kind,
      UUID id,
      Consumer<Single> requireSeen,
      UnaryOperator<@Nullable TermContent> change) {
    LockedAgreement locked = engine.lock(member.relationshipId(), visible(member, kind, id).id());
    Instant now = clock.instant();
    List<Term> lineage = locked.standing(now);
    Single before = of(locked.row(), lineage, now);
    requireSeen.accept(before);
    Term inForce = before.inForce();
    TermContent after = change.apply(inForce == null ? null : locked.says(inForce));
    return change(member, locked, Standing.of(lineage, now), after);
  }

  private Single change(
      Member member, LockedAgreement locked, Standing before, @Nullable TermContent after) {
    Instant now = clock.instant();
    Changed changed =
        engine.change(
            locked,
            member,
            before,
            after,
            engine.asking(member, now.plus(AgreementService.OPEN_FOR)));
    if (changed.proposed()) {
      limits.spendProposal(member.memberId());
      events.proposed(pressure.ask(member), locked.row(), changed.term(), member, now);
    } else if (changed.acted()) {
      events.changed(locked.row(), changed.term(), member, now);
    }
    // The change has a time of its own.
    Instant afterwards = clock.instant();
    return of(locked.row(), locked.standing(afterwards), afterwards);
  }
}
