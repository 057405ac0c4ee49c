package org.stillpoint.pause;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.api.ratelimit.RateLimits;
import org.stillpoint.event.Event;
import org.stillpoint.event.EventType;
import org.stillpoint.event.Outbox;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MemberLeft;
import org.stillpoint.relationship.PauseEnded;

/** What can be done with a pause that has been raised. */
@Singleton
@Transactional(TxType.MANDATORY)
class PauseService {
  private final PauseRepository pauses;
  private final AcknowledgementRepository acknowledgements;
  private final ReturnOffers offers;
  private final TapKeyRepository tapKeys;
  private final RateLimits limits;
  private final Outbox outbox;
  private final jakarta.enterprise.event.Event<PauseEnded> ends;
  private final Clock clock;

  PauseService(
      PauseRepository pauses,
      AcknowledgementRepository acknowledgements,
      ReturnOffers offers,
      TapKeyRepository tapKeys,
      RateLimits limits,
      Outbox outbox,
      jakarta.enterprise.event.Event<PauseEnded> ends,
      Clock clock) {
    this.pauses = pauses;
    this.acknowledgements = acknowledgements;
    this.offers = offers;
    this.tapKeys = tapKeys;
    this.limits = limits;
    this.outbox = outbox;
    this.ends = ends;
    this.clock = clock;
  }

  /** By its own id, or for its raiser by the id of a tap that led to it. */
  Pause get(Member member, UUID id) {
    return pauses
        .visible(member, id)
        .or(() -> pauses.ofTap(member, id).flatMap(pauseId -> pauses.visible(member, pauseId)))
        .orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  /** For its raiser; to the others it isn't there. */
  List<Tuple> deliveries(Member member, UUID id) {
    Pause pause = get(member, id);
    if (!pause.raiserId().equals(member.memberId())) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    return pauses.deliveries(pause.relationshipId(), pause.id(), clock.instant());
  }

  /** Ends a pause; only its raiser can (S3). Lifting it again changes nothing. */
  Pause lift(Member member, UUID id) {
    Pause pause = lock(member, id);
    if (!pause.raiserId().equals(member.memberId())) {
      throw PauseProblem.PAUSE_NOT_YOURS_TO_LIFT.exception();
    }
    if (pause.isActive()) {
      limits.spendLift(member.memberId());
      Instant now = clock.instant();
      Instant pausedSince = pauses.pausedSince(pause.relationshipId()).orElseThrow();
      pause.lift(now);
      ends.fire(new PauseEnded(pause.relationshipId(), pausedSince, now));
      outbox.add(event(EventType.PAUSE_LIFTED, pause, member.memberId(), member.all()));
    }
    return pause;
  }

  /** Tells the raiser, and nobody else, that it was understood; one who has left hears no more. */
  void acknowledge(Member member, UUID id) {
    Pause pause = lock(member, id);
    if (pause.raiserId().equals(member.memberId())) {
      throw PauseProblem.PAUSE_IS_YOURS.exception();
    }
    Acknowledgement.Key key =
        new Acknowledgement.Key(pause.relationshipId(), pause.id(), member.memberId());
    if (acknowledgements.findByIdOptional(key).isEmpty()) {
      acknowledgements.persist(Acknowledgement.of(pause, member.memberId(), clock.instant()));
      outbox.add(
          event(EventType.PAUSE_ACKNOWLEDGED, pause, member.memberId(), raiserOf(pause, member)));
    }
  }

  /** Nobody, when the raiser has left, also while this member was being asked for. */
  private static List<UUID> raiserOf(Pause pause, Member member) {
    return pause.hasRaiserLeft()
        ? List.of()
        : member.all().stream().filter(pause.raiserId()::equals).toList();
  }

  /** Found as {@link #get} finds it, so that an id means the same pause for reading and acting. */
  Pause lock(Member member, UUID id) {
    return pauses
        .lockVisible(member, id)
        .or(() -> pauses.ofTap(member, id).flatMap(found -> pauses.lockVisible(member, found)))
        .orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  private Event event(EventType type, Pause pause, UUID actor, List<UUID> recipients) {
    return Event.of(
        type,
        clock.instant(),
        pause.relationshipId(),
        new Event.Resource("pause", pause.id()),
        actor,
        recipients);
  }

  /** What the leaver had begun here ends with the membership (S32). */
  void onMemberLeft(@Observes MemberLeft left) {
    Instant now = left.at();
    tapKeys.revokeAllOf(left.relationshipId(), left.memberId(), now);
    pauses.active(left.relationshipId()).stream()
        .filter(pause -> !pause.raiserId().equals(left.memberId()))
        .forEach(pause -> offers.leave(left, pause.id()));
    offers.forget(left.relationshipId(), left.memberId());
    Instant pausedSince = pauses.pausedSince(left.relationshipId()).orElse(now);
    for (UUID pauseId : pauses.endAllOf(left.relationshipId(), left.memberId(), now)) {
      ends.fire(new PauseEnded(left.relationshipId(), pausedSince, now));
      outbox.add(
          Event.of(
              EventType.PAUSE_ENDED,
              now,
              left.relationshipId(),
              new Event.Resource("pause", pauseId),
              left.memberId(),
              left.remaining()));
    }
  }
}
