package org.stillpoint.agreement;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.api.ratelimit.RateLimits;
import org.stillpoint.event.Event;
import org.stillpoint.event.EventType;
import org.stillpoint.event.Outbox;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MemberLeft;

/**
 * Draws limits and changes them. What tightens acts at once, in every state, and asks nobody; what
 * eases waits for the cooling-off, known to its holder alone (S10, S12, S13).
 */
@Singleton
@Transactional(TxType.MANDATORY)
class LimitService {
  private final LimitRepository limits;
  private final LimitTexts texts;
  private final CoolingOff coolingOff;
  private final RateLimits rates;
  private final Outbox outbox;
  private final Clock clock;

  LimitService(
      LimitRepository limits,
      LimitTexts texts,
      CoolingOff coolingOff,
      RateLimits rates,
      Outbox outbox,
      Clock clock) {
    this.limits = limits;
    this.texts = texts;
    this.coolingOff = coolingOff;
    this.rates = rates;
    this.outbox = outbox;
    this.clock = clock;
  }

  LimitState draw(Member member, LimitContent content) {
    if (!limits.lockMembership(member)) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    Instant now = clock.instant();
    Limit limit = Limit.draw(member, now);
    texts.seal(limit, content, null);
    limits.persist(limit);
    tell(EventType.LIMIT_DRAWN, member, limit.id(), now);
    return new LimitState(limit, now, content, null);
  }

  /** The limits of all members, the oldest first. */
  List<LimitState> list(Member member, Cursor.@Nullable ByTime after, int limit) {
    Instant now = clock.instant();
    return texts.open(limits.current(member, now, after, limit), now);
  }

  /** Every limit that is in force now, also while paused (S8). */
  List<LimitState> inForce(Member member, Instant now) {
    return texts.open(limits.current(member, now), now);
  }

  LimitState get(Member member, UUID id) {
    Instant now = clock.instant();
    return limits
        .current(member, id, now)
        .map(limit -> texts.open(limit, now))
        .orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  /**
   * Gives a limit another content: at once if it is no looser than before, and otherwise after the
   * cooling-off. Whoever tightens has thought better of what waits.
   */
  LimitState change(Member member, UUID id, LimitContent content, LongConsumer requireVersion) {
    LimitState before = lockOwn(member, id);
    requireVersion.accept(before.versionFor(member.memberId()));
    if (content.isAtLeastAsTightAs(before.content())) {
      return tighten(member, before, content);
    }
    LimitEasing waiting = before.easing();
    return waiting != null && waiting.becomes(content) ? before : ease(member, before, content);
  }

  private LimitState tighten(Member member, LimitState before, LimitContent content) {
    if (content.saysTheSameAs(before.content())) {
      return keep(before);
    }
    LimitState after = write(before, content, null, true);
    tell(EventType.LIMIT_CHANGED, member, after.id(), after.at());
    return after;
  }

  /** Lets a limit go, after the cooling-off. */
  LimitState end(Member member, UUID id, LongConsumer requireVersion) {
    LimitState before = lockOwn(member, id);
    requireVersion.accept(before.versionFor(member.memberId()));
    LimitEasing waiting = before.easing();
    return waiting != null && waiting.endsLimit() ? before : ease(member, before, null);
  }

  /** Its holder cancels what waits, and the limit stays as it is. */
  LimitState cancelEasing(Member member, UUID id) {
    return keep(lockOwn(member, id));
  }

  private LimitState keep(LimitState before) {
    return before.easing() == null ? before : write(before, before.content(), null, false);
  }

  private LimitState ease(Member member, LimitState before, @Nullable LimitContent content) {
    Duration wait = coolingOff.of(member.relationshipId(), member.all(), before.at());
    Instant at = before.at().plus(wait);
    return write(before, before.content(), new LimitEasing(at, content), false);
  }

  private LimitState write(
      LimitState before, LimitContent content, @Nullable LimitEasing easing, boolean takesEffect) {
    Limit limit = before.limit();
    limit.renew(before.at(), takesEffect);
    texts.seal(limit, content, easing);
    return new LimitState(limit, before.at(), content, easing);
  }

  /** The others see a limit that isn't theirs, and so are told that it isn't. */
  private LimitState lockOwn(Member member, UUID id) {
    UUID holder =
        limits.holderOf(member, id, clock.instant()).orElseThrow(HttpProblem.NOT_FOUND::exception);
    if (!holder.equals(member.memberId())) {
      throw LimitProblem.LIMIT_NOT_YOURS_TO_CHANGE.exception();
    }
    Limit limit = limits.lockOwn(member, id).orElseThrow(HttpProblem.NOT_FOUND::exception);
    // Read now: it may have taken long to get the lock.
    Instant now = clock.instant();
    if (limit.hasEnded(now)) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    return texts.open(limit, now);
  }

  /** Told to all; a phone rings for the first few only, so that no flood of them wears one down. */
  private void tell(EventType type, Member member, UUID id, Instant now) {
    Event event =
        Event.of(
            type,
            now,
            member.relationshipId(),
            new Event.Resource("limit", id),
            member.memberId(),
            member.all());
    boolean rings = rates.mayRingForLimit(member.relationshipId(), member.memberId());
    outbox.add(rings ? event : event.quietly());
  }

  /** The limits of one who leaves end there and then (S32). */
  void onMemberLeft(@Observes MemberLeft left) {
    limits.deleteAllOf(left.relationshipId(), left.memberId());
  }
}
