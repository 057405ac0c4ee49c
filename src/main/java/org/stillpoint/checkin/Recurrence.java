package org.stillpoint.checkin;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;

/**
 * When a series comes: at a local time of its zone, by a rule that ends. The rule counts in local
 * time alone, and the zone says when that is: so it stays at eight in the evening across changes of
 * the clocks.
 *
 * @param starts all of them, found once; the last may be one too late
 */
record Recurrence(
    LocalDateTime localStart, ZoneId timeZone, RecurrenceText rule, List<Start> starts) {
  /** How far ahead occurrences are made; there is at most one a day. */
  static final Duration AHEAD = Duration.ofDays(60);

  /** From the first start to the last. */
  private static final int LONGEST_YEARS = 2;

  private static final Pattern LOCAL = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}");

  /** One start: what was agreed, and when that is. */
  record Start(LocalDateTime local, Instant at) {}

  /**
   * The occurrences to be made.
   *
   * @param next the first that is not to be made yet; null when there is none
   */
  record Due(List<Start> starts, @Nullable Start next) {}

  /** As it was asked for. */
  static Recurrence of(String localStart, String timeZone, String rule) {
    List<FieldError> errors = new ArrayList<>();
    LocalDateTime local = local(localStart, errors);
    ZoneId zone = zone(timeZone, errors);
    RecurrenceText text = RecurrenceText.read(rule, errors);
    if (local == null || zone == null || text == null) {
      throw invalid(errors);
    }
    return new Recurrence(local, zone, text, requireSound(local, zone, text));
  }

  /** As it was stored. */
  static Recurrence stored(LocalDateTime localStart, ZoneId timeZone, String rule) {
    List<FieldError> errors = new ArrayList<>();
    RecurrenceText text = RecurrenceText.read(rule, errors);
    if (text == null) {
      throw new IllegalStateException("A stored rule can't be read");
    }
    return new Recurrence(localStart, timeZone, text, starts(localStart, timeZone, text));
  }

  private static @Nullable LocalDateTime local(String text, List<FieldError> errors) {
    try {
      if (LOCAL.matcher(text).matches()) {
        return LocalDateTime.parse(text);
      }
    } catch (DateTimeException unknown) {
      // There is no such day or time.
    }
    errors.add(FieldError.member("/localStart", Flaw.NOT_ALLOWED_VALUE));
    return null;
  }

  /** A place's: what is fixed to an offset would not follow the clocks. */
  private static @Nullable ZoneId zone(String id, List<FieldError> errors) {
    if (ZoneRulesProvider.getAvailableZoneIds().contains(id)) {
      return ZoneId.of(id);
    }
    errors.add(FieldError.member("/timeZone", Flaw.NOT_ALLOWED_VALUE));
    return null;
  }

  private static RuntimeException invalid(List<FieldError> errors) {
    return HttpProblem.VALIDATION_FAILED.exception().withErrors(errors);
  }

  /** The first start is one of the rule's, and the last comes soon enough. */
  private static List<Start> requireSound(
      LocalDateTime localStart, ZoneId timeZone, RecurrenceText rule) {
    List<Start> starts;
    try {
      starts = starts(localStart, timeZone, rule);
    } catch (IllegalArgumentException | IllegalStateException barren) {
      // The library gives up on a rule that finds nothing for long.
      throw invalid(List.of(FieldError.member("/rule", Flaw.NOT_ALLOWED_VALUE)));
    }
    if (starts.isEmpty()) {
      throw invalid(List.of(FieldError.member("/rule", Flaw.OUT_OF_RANGE)));
    }
    if (!starts.getFirst().local().equals(localStart)) {
      throw invalid(List.of(FieldError.member("/localStart", Flaw.NOT_ALLOWED_VALUE)));
    }
    if (starts.getLast().local().isAfter(end(localStart))) {
      throw invalid(List.of(FieldError.member("/rule", Flaw.OUT_OF_RANGE)));
    }
    return starts;
  }

  private static LocalDateTime end(LocalDateTime localStart) {
    return localStart.plusYears(LONGEST_YEARS);
  }

  Instant firstAt() {
    return at(localStart, timeZone);
  }

  /** What the clocks leave out is moved on, and of what they show twice it is the first. */
  private static Instant at(LocalDateTime local, ZoneId timeZone) {
    return ZonedDateTime.ofLocal(local, timeZone, null).toInstant();
  }

  private static List<Start> starts(
      LocalDateTime localStart, ZoneId timeZone, RecurrenceText rule) {
    Instant until = rule.until();
    RecurrenceRuleIterator each = rule.fromPeriodOf(localStart);
    List<Start> starts = new ArrayList<>();
    while (starts.size() < rule.count() && each.hasNext()) {
      LocalDateTime local = local(each.nextDateTime());
      Instant at = at(local, timeZone);
      if (until != null && at.isAfter(until)) {
        break;
      }
      if (!local.isBefore(localStart)) {
        starts.add(new Start(local, at));
      }
      if (local.isAfter(end(localStart))) {
        break;
      }
    }
    return List.copyOf(starts);
  }

  private static LocalDateTime local(DateTime floating) {
    return LocalDateTime.of(
        floating.getYear(),
        floating.getMonth() + 1,
        floating.getDayOfMonth(),
        floating.getHours(),
        floating.getMinutes());
  }

  /** Those from this one on that could still open, as far as is shown ahead. */
  Due due(LocalDateTime from, Instant now) {
    List<Start> left =
        starts.stream()
            .filter(start -> !start.local().isBefore(from))
            .filter(start -> !start.at().isBefore(now.minus(CheckIn.OPENS_WITHIN)))
            .toList();
    Instant horizon = now.plus(AHEAD);
    List<Start> made = left.stream().takeWhile(start -> start.at().isBefore(horizon)).toList();
    return new Due(made, made.size() < left.size() ? left.get(made.size()) : null);
  }
}
