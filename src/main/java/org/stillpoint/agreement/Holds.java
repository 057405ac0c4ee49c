package org.stillpoint.agreement;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.stillpoint.agreement.SingleTerms.Single;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.relationship.Member;

/**
 * Holds: nothing of a kind with whoever made it, before a time. Anyone towards whom it is puts it
 * off further; to bring it nearer takes all.
 */
@Singleton
@Transactional(TxType.MANDATORY)
class Holds {
  /** Holds of one member that can stand at once. */
  private static final int AT_MOST = 20;

  private static final int ALL = 12 * AT_MOST;

  private final SingleTerms singles;
  private final Clock clock;

  Holds(SingleTerms singles, Clock clock) {
    this.singles = singles;
    this.clock = clock;
  }

  /** When a hold ends. */
  static Instant until(TermContent content) {
    Instant until = content.validUntil();
    if (until == null) {
      throw new IllegalStateException("A hold without an end");
    }
    return until;
  }

  static boolean isTightening(@Nullable TermContent before, TermContent after) {
    return before == null || !until(after).isBefore(until(before));
  }

  /** Holds at once and alone, since it is about its maker's own part in it. */
  Single create(
      Member maker,
      TermDomain domain,
      List<SensitiveText> activities,
      @Nullable List<UUID> wished,
      Instant until) {
    if (!domain.isShared()) {
      throw AgreementProblem.HOLD_NOT_SHARED.exception();
    }
    requireFuture(until);
    if (singles.list(maker, AgreementKind.HOLD, null, ALL).stream()
            .filter(hold -> hold.agreement().createdBy().equals(maker.memberId()))
            .count()
        >= AT_MOST) {
      throw AgreementProblem.TOO_MANY_HOLDS.exception();
    }
    return singles.create(
        AgreementKind.HOLD,
        maker,
        DraftChecks.participants(maker, wished),
        content(domain, activities, List.of(maker.memberId()), until));
  }

  private void requireFuture(Instant until) {
    if (!until.isAfter(clock.instant())) {
      throw HttpProblem.VALIDATION_FAILED
          .exception()
          .withError(FieldError.member("/until", Flaw.OUT_OF_RANGE));
    }
  }

  private static TermContent content(
      TermDomain domain, List<SensitiveText> activities, List<UUID> maker, Instant until) {
    return new TermContent(
        TermKind.HOLD,
        domain,
        TermPolarity.FORBIDS,
        null,
        maker,
        activities,
        List.of(),
        null,
        until,
        null,
        SensitiveText.of(""));
  }

  /** Later acts at once; earlier is proposed to all towards whom it is. */
  Single move(Member member, UUID id, Consumer<Single> requireSeen, Instant until) {
    requireFuture(until);
    return singles.change(
        member,
        AgreementKind.HOLD,
        id,
        requireSeen,
        before -> {
          if (before == null) {
            throw HttpProblem.NOT_FOUND.exception();
          }
          return content(before.domain(), before.activities(), before.memberIds(), until);
        });
  }
}
