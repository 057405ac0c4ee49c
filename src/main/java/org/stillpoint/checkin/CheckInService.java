package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.api.ratelimit.RateLimits;
import org.stillpoint.event.PressurePermit;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.PressureGuard;

/**
 * Plans check-ins and ends them. To plan one asks something of others; to end one takes one person
 * and no reason, in every state (S9, S10).
 */
@Singleton
@Transactional(TxType.MANDATORY)
class CheckInService {
  /** That one member has planned, and that are still to begin. */
  private static final int MOST_AHEAD = 3;

  /** Of a relationship, as one member sees it. */
  private static final int MOST_AHEAD_OF_ALL = 20;

  /** For so long only whoever ended one before it opened plans another with the same people. */
  static final Duration PUT_OFF = Duration.ofDays(3);

  static final Duration LONGEST_AHEAD = Duration.ofDays(366);

  /** Now is a good time too, though a request takes a while. */
  static final Duration LATEST = Duration.ofMinutes(5);

  private final CheckInRepository checkIns;
  private final CheckInSeriesRepository series;
  private final AgendaTexts texts;
  private final CheckInEvents events;
  private final PressureGuard pressure;
  private final RateLimits limits;
  private final Clock clock;

  CheckInService(
      CheckInRepository checkIns,
      CheckInSeriesRepository series,
      AgendaTexts texts,
      CheckInEvents events,
      PressureGuard pressure,
      RateLimits limits,
      Clock clock) {
    this.checkIns = checkIns;
    this.series = series;
    this.texts = texts;
    this.events = events;
    this.pressure = pressure;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Plans a check-in.
   *
   * @param wished who is to take part; null for all
   * @param followsId an earlier one; null for none
   */
  CheckIn schedule(
      Member member,
      Instant startsAt,
      @Nullable List<UUID> wished,
      Agenda agenda,
      @Nullable UUID followsId) {
    Instant now = clock.instant();
    List<UUID> participants = participants(member, wished);
    requireFollowable(member, followsId, participants);
    CheckIn checkIn = CheckIn.schedule(member, participants, requireAhead(startsAt, now), now);
    checkIn.template(agenda.template());
    checkIn.follow(followsId);
    plan(member, checkIn, agenda.items(), now);
    return checkIn;
  }

  /** A stranger looks like somebody who has left. */
  static List<UUID> participants(Member member, @Nullable List<UUID> wished) {
    List<UUID> distinct = wished == null ? member.all() : wished.stream().distinct().toList();
    if (distinct.size() < 2
        || !member.all().containsAll(distinct)
        || !distinct.contains(member.memberId())) {
      throw invalid("/participantIds", Flaw.NOT_ALLOWED_VALUE);
    }
    return distinct;
  }

  /** Nobody learns of an earlier one in which they took no part. */
  private void requireFollowable(Member member, @Nullable UUID followsId, List<UUID> participants) {
    if (followsId == null) {
      return;
    }
    boolean ofTheSame =
        checkIns
            .find(member, followsId)
            .filter(earlier -> earlier.participantIds().containsAll(participants))
            .isPresent();
    if (!ofTheSame) {
      throw invalid("/followsId", Flaw.NOT_ALLOWED_VALUE);
    }
  }

  private static Instant requireAhead(Instant startsAt, Instant now) {
    if (startsAt.isBefore(now.minus(LATEST)) || startsAt.isAfter(now.plus(LONGEST_AHEAD))) {
      throw invalid("/startsAt", Flaw.OUT_OF_RANGE);
    }
    return startsAt.truncatedTo(ChronoUnit.MILLIS);
  }

  private static RuntimeException invalid(String pointer, Flaw flaw) {
    return HttpProblem.VALIDATION_FAILED.exception().withError(FieldError.member(pointer, flaw));
  }

  /** All that holds for whoever asks others to talk. */
  private void plan(Member member, CheckIn checkIn, List<Agenda.Item> agenda, Instant now) {
    if (checkIns.aheadBy(member, now) >= MOST_AHEAD
        || checkIns.ahead(member, now) >= MOST_AHEAD_OF_ALL) {
      throw CheckInProblem.TOO_MANY_CHECK_INS.exception();
    }
    if (checkIns.isPutOff(member, checkIn.participantIds(), PUT_OFF, now)
        || series.isEndedByOther(member, checkIn.participantIds(), PUT_OFF, now)) {
      throw CheckInProblem.CHECK_IN_PUT_OFF.exception();
    }
    limits.spendProposal(member.memberId());
    PressurePermit permit = pressure.ask(member);
    store(checkIn, agenda);
    events.scheduled(permit, checkIn, member, now);
  }

  /**
   * Plans a way back after a pause, for a time that all have offered: it asks nobody, and all are
   * told of that time anyway.
   *
   * @param earlier the one in whose place it comes; null for none
   */
  void planReturn(
      Member member,
      UUID pauseId,
      Template template,
      @Nullable CheckIn earlier,
      Instant startsAt,
      Instant now) {
    CheckIn checkIn = CheckIn.schedule(member, member.all(), startsAt, now);
    checkIn.template(template);
    checkIn.leadBackFrom(pauseId);
    checkIn.follow(earlier == null ? null : earlier.id());
    store(checkIn, Agenda.of(member.memberId(), template.id(), null).items());
  }

  private void store(CheckIn checkIn, List<Agenda.Item> agenda) {
    // Its items are only let in beside it.
    checkIns.persistAndFlush(checkIn);
    for (int place = 0; place < agenda.size(); place++) {
      Agenda.Item planned = agenda.get(place);
      CheckInItem item = CheckInItem.of(checkIn, place, planned);
      texts.seal(item, planned);
      checkIns.add(item);
    }
    checkIns.flush();
  }

  /** The latest to start first: of a series, those that follow one, or all. */
  List<CheckIn> list(
      Member member,
      @Nullable UUID seriesId,
      @Nullable UUID followsId,
      Cursor.@Nullable ByTime after,
      int limit) {
    return checkIns.list(member, seriesId, followsId, after, limit);
  }

  CheckIn get(Member member, UUID id) {
    return checkIns.visible(member, id);
  }

  /** Ends it into a state that is over, by whoever takes part; once more changes nothing. */
  CheckIn end(Member member, UUID id, CheckInState into) {
    return end(member, id, into, null);
  }

  /** Ends it for now; with a time, the same is planned anew for then. */
  CheckIn defer(Member member, UUID id, @Nullable Instant startsAt) {
    return end(member, id, CheckInState.DEFERRED, startsAt);
  }

  private CheckIn end(Member member, UUID id, CheckInState into, @Nullable Instant anew) {
    CheckIn checkIn = checkIns.lock(member, id);
    Instant now = clock.instant();
    CheckInState before = checkIn.state(now);
    if (before == into) {
      return checkIn;
    }
    if (before.isOver()) {
      throw CheckInProblem.CHECK_IN_OVER.exception();
    }
    Instant startsAt = anew == null ? null : requireAhead(anew, now);
    checkIn.end(into, member, now);
    boolean waitedFor = before == CheckInState.SCHEDULED;
    events.ended(checkIn, member, waitedFor && startsAt == null, now);
    if (startsAt != null) {
      checkIns.flush();
      planAnew(member, checkIn, startsAt, now);
    }
    return checkIn;
  }

  private void planAnew(Member member, CheckIn deferred, Instant startsAt, Instant now) {
    List<CheckInItem> items = checkIns.items(deferred.relationshipId(), List.of(deferred));
    texts.prepare(items);
    CheckIn next = CheckIn.schedule(member, deferred.participantIds(), startsAt, now);
    next.sameTemplateAs(deferred);
    next.follow(deferred.id());
    plan(member, next, items.stream().map(this::again).toList(), now);
  }

  private Agenda.Item again(CheckInItem item) {
    return new Agenda.Item(
        item.seconds(),
        item.turns(),
        item.answers(),
        item.templateItem(),
        item.authorId(),
        texts.own(item));
  }
}
