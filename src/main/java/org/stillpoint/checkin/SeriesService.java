package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
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
 * Begins series of check-ins and ends them. To begin one asks something of others; to end one takes
 * one person and no reason, in every state (S9, S10). Who puts off one of its check-ins leaves the
 * others as they are.
 */
@Singleton
@Transactional(TxType.MANDATORY)
class SeriesService {
  /** That go on in a relationship, as one member sees it. */
  private static final int MOST = 5;

  private final CheckInSeriesRepository series;
  private final CheckInRepository checkIns;
  private final AgendaTexts texts;
  private final CheckInEvents events;
  private final PressureGuard pressure;
  private final RateLimits limits;
  private final DataSource database;
  private final Clock clock;

  SeriesService(
      CheckInSeriesRepository series,
      CheckInRepository checkIns,
      AgendaTexts texts,
      CheckInEvents events,
      PressureGuard pressure,
      RateLimits limits,
      DataSource database,
      Clock clock) {
    this.series = series;
    this.checkIns = checkIns;
    this.texts = texts;
    this.events = events;
    this.pressure = pressure;
    this.limits = limits;
    this.database = database;
    this.clock = clock;
  }

  /**
   * Begins a series, with those of its check-ins that are near.
   *
   * @param member alone in the relationship, so that two don't exceed the limit together
   * @param wished who is to take part; null for all
   */
  CheckInSeries create(
      Member member, Recurrence recurrence, @Nullable List<UUID> wished, Agenda agenda) {
    Instant now = clock.instant();
    List<UUID> participants = CheckInService.participants(member, wished);
    requireAhead(recurrence, now);
    CheckInSeries created = CheckInSeries.create(member, participants, recurrence, now);
    created.template(agenda.template());
    if (series.goingOn(member, now) >= MOST) {
      throw CheckInProblem.TOO_MANY_CHECK_IN_SERIES.exception();
    }
    if (checkIns.isPutOff(member, participants, CheckInService.PUT_OFF, now)
        || series.isEndedByOther(member, participants, CheckInService.PUT_OFF, now)) {
      throw CheckInProblem.CHECK_IN_PUT_OFF.exception();
    }
    limits.spendProposal(member.memberId());
    PressurePermit permit = pressure.ask(member);
    store(created, agenda);
    makeFirst(created, recurrence, now);
    events.seriesCreated(permit, created, member, now);
    return created;
  }

  private static void requireAhead(Recurrence recurrence, Instant now) {
    Instant first = recurrence.firstAt();
    if (first.isBefore(now.minus(CheckInService.LATEST))
        || first.isAfter(now.plus(CheckInService.LONGEST_AHEAD))) {
      throw HttpProblem.VALIDATION_FAILED
          .exception()
          .withError(FieldError.member("/localStart", Flaw.OUT_OF_RANGE));
    }
  }

  private void store(CheckInSeries created, Agenda agenda) {
    // Its items are only let in beside it.
    series.persistAndFlush(created);
    for (int place = 0; place < agenda.items().size(); place++) {
      Agenda.Item planned = agenda.items().get(place);
      CheckInSeriesItem item = CheckInSeriesItem.of(created, place, planned);
      texts.seal(item, planned);
      series.add(item);
    }
    series.flush();
  }

  private void makeFirst(CheckInSeries created, Recurrence recurrence, Instant now) {
    try (Connection connection = database.getConnection()) {
      Occurrences.make(
          connection,
          created.relationshipId(),
          created.id(),
          recurrence.due(recurrence.localStart(), now),
          now);
    } catch (SQLException e) {
      throw new IllegalStateException("The check-ins of a series can't be made", e);
    }
  }

  /** The newest first. */
  List<CheckInSeries> list(Member member, Cursor.@Nullable ByTime after, int limit) {
    return series.list(member, after, limit);
  }

  CheckInSeries get(Member member, UUID id) {
    return series.visible(member, id);
  }

  /** Ends it, with what of it has not opened; once more changes nothing. */
  CheckInSeries end(Member member, UUID id) {
    CheckInSeries ending = series.lock(member, id);
    // Read now: it may have taken long to get the lock.
    Instant now = clock.instant();
    if (!ending.isEnded(now)) {
      ending.end(member, now);
      series.flush();
      List<CheckIn> unopened = series.lockUnopened(ending, now);
      unopened.forEach(checkIn -> checkIn.end(CheckInState.SKIPPED, member, now));
      events.seriesEnded(ending, unopened, member, now);
    }
    return ending;
  }
}
