package org.stillpoint.checkin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.fortuna.ical4j.model.Recur;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.ProblemException;

/** Of every rule the library says what the days themselves say, and what another library says. */
class RecurrencePropertyTest {
  private static final int YEARS = 2;

  /** A day of the week, or the so manieth of a month or year. */
  record Day(int ordinal, DayOfWeek day) {
    @Override
    public String toString() {
      return (ordinal == 0 ? "" : ordinal) + day.name().substring(0, 2);
    }
  }

  /** A rule by its parts; empty lists are parts that are left out. */
  record Rule(
      String frequency,
      int interval,
      List<Day> days,
      List<Integer> monthDays,
      List<Integer> months,
      List<Integer> positions,
      @Nullable DayOfWeek weekStart,
      int count,
      int untilDays) {

    String text(LocalDateTime start, ZoneId zone) {
      return endless() + (count > 0 ? ";COUNT=" + count : ";UNTIL=" + until(start, zone));
    }

    private String until(LocalDateTime start, ZoneId zone) {
      return DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
          .withZone(ZoneOffset.UTC)
          .format(last(start).atZone(zone).toInstant());
    }

    LocalDateTime last(LocalDateTime start) {
      return start.plusDays(untilDays).plusHours(6);
    }

    String endless() {
      return "FREQ="
          + frequency
          + (interval == 1 ? "" : ";INTERVAL=" + interval)
          + part("BYMONTH", months)
          + part("BYMONTHDAY", monthDays)
          + part("BYDAY", days)
          + part("BYSETPOS", positions)
          + (weekStart == null ? "" : ";WKST=" + weekStart.name().substring(0, 2));
    }

    private static String part(String name, List<?> values) {
      return values.isEmpty()
          ? ""
          : ";"
              + name
              + "="
              + values.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    /** Which period of its frequency a day is in, counted from anywhere. */
    long period(LocalDate day) {
      return switch (frequency) {
        case "DAILY" -> day.toEpochDay();
        case "WEEKLY" ->
            // The first of January 1970 was a Thursday.
            Math.floorDiv(
                day.toEpochDay()
                    + DayOfWeek.THURSDAY.getValue()
                    - (weekStart == null ? DayOfWeek.MONDAY : weekStart).getValue(),
                7);
        case "MONTHLY" -> day.getYear() * 12L + day.getMonthValue();
        default -> day.getYear();
      };
    }

    /** Whether the parts let this day in, its period and its position in that aside. */
    boolean fits(LocalDate day, LocalDate start) {
      boolean noDays = days.isEmpty() && monthDays.isEmpty();
      boolean yearly = "YEARLY".equals(frequency);
      if (!(months.isEmpty()
          ? !(yearly && noDays) || day.getMonth() == start.getMonth()
          : months.contains(day.getMonthValue()))) {
        return false;
      }
      if (noDays) {
        return switch (frequency) {
          case "DAILY" -> true;
          case "WEEKLY" -> day.getDayOfWeek() == start.getDayOfWeek();
          default -> day.getDayOfMonth() == start.getDayOfMonth();
        };
      }
      return (monthDays.isEmpty()
              || monthDays.contains(day.getDayOfMonth())
              || monthDays.contains(day.getDayOfMonth() - day.lengthOfMonth() - 1))
          && (days.isEmpty() || days.stream().anyMatch(each -> isOne(each, day)));
    }

    private boolean isOne(Day each, LocalDate day) {
      boolean inYear = "YEARLY".equals(frequency) && months.isEmpty();
      int place = inYear ? day.getDayOfYear() : day.getDayOfMonth();
      int length = inYear ? day.lengthOfYear() : day.lengthOfMonth();
      return each.day() == day.getDayOfWeek()
          && (each.ordinal() == 0
              || each.ordinal() == (place - 1) / 7 + 1
              || each.ordinal() == -((length - place) / 7 + 1));
    }

    /** Each day of the range against the parts. */
    List<LocalDateTime> byLookingAtEachDay(LocalDateTime start) {
      LocalDate end = start.toLocalDate().plusYears(YEARS);
      List<LocalDateTime> all = new ArrayList<>();
      List<LocalDate> set = new ArrayList<>();
      LocalDate from = start.toLocalDate().minusDays(400);
      for (LocalDate day = from; !day.isAfter(end.plusDays(400)); day = day.plusDays(1)) {
        if (period(day) != period(day.minusDays(1))) {
          set.forEach(each -> all.add(each.atTime(start.toLocalTime())));
          set.clear();
        }
        boolean inPeriod = Math.floorMod(period(day) - period(start.toLocalDate()), interval) == 0;
        if (inPeriod && fits(day, start.toLocalDate())) {
          set.add(day);
        }
        if (!positions.isEmpty() && period(day) != period(day.plusDays(1))) {
          List<LocalDate> whole = List.copyOf(set);
          set.clear();
          IntStream.range(0, whole.size())
              .filter(
                  index ->
                      positions.contains(index + 1) || positions.contains(index - whole.size()))
              .forEach(index -> set.add(whole.get(index)));
        }
      }
      return all.stream()
          .filter(each -> !each.isBefore(start) && !each.isAfter(start.plusYears(YEARS)))
          .filter(each -> count > 0 || !each.isAfter(last(start)))
          .limit(count > 0 ? count : Long.MAX_VALUE)
          .toList();
    }
  }

  @Provide
  Arbitrary<Rule> rules() {
    return Arbitraries.of("DAILY", "WEEKLY", "MONTHLY", "YEARLY").flatMap(this::rules);
  }

  private Arbitrary<Rule> rules(String frequency) {
    boolean ordinals = frequency.equals("MONTHLY") || frequency.equals("YEARLY");
    Arbitrary<Day> day =
        Combinators.combine(
                ordinals ? Arbitraries.of(0, 0, 1, 2, 3, 4, 5, -1, -2) : Arbitraries.just(0),
                Arbitraries.of(DayOfWeek.class))
            .as(Day::new);
    Arbitrary<Integer> monthDay =
        Arbitraries.integers().between(-31, 31).filter(number -> number != 0);
    return Combinators.combine(
            Arbitraries.integers().between(1, 4),
            some(day),
            frequency.equals("WEEKLY") ? Arbitraries.just(List.<Integer>of()) : some(monthDay),
            some(Arbitraries.integers().between(1, 12)),
            some(Arbitraries.of(1, 2, 3, -1, -2)),
            Arbitraries.of(DayOfWeek.class).optional(),
            Arbitraries.integers().between(-20, 60),
            Arbitraries.integers().between(0, 700))
        .as(
            (interval, days, monthDays, months, positions, weekStart, count, until) ->
                new Rule(
                    frequency,
                    interval,
                    days,
                    monthDays,
                    months,
                    positions,
                    weekStart.orElse(null),
                    Math.max(0, count),
                    until));
  }

  private static <T> Arbitrary<List<T>> some(Arbitrary<T> each) {
    return Arbitraries.oneOf(
        Arbitraries.just(List.<T>of()), each.list().uniqueElements().ofMinSize(1).ofMaxSize(4));
  }

  @Provide
  Arbitrary<LocalDateTime> starts() {
    LocalDateTime first = LocalDateTime.parse("2026-01-01T00:00");
    return Arbitraries.longs()
        .between(0, ChronoUnit.MINUTES.between(first, first.plusYears(4)))
        .map(first::plusMinutes);
  }

  /** With clocks that are put forward and back, also by half an hour, by night and in winter. */
  @Provide
  Arbitrary<ZoneId> zones() {
    return Arbitraries.of(
            "Europe/Berlin",
            "Europe/Dublin",
            "America/New_York",
            "America/St_Johns",
            "America/Santiago",
            "Australia/Lord_Howe",
            "Africa/Casablanca",
            "Asia/Kolkata",
            "Pacific/Apia",
            "UTC")
        .map(ZoneId::of);
  }

  /** The first that the rule gives from there on, so that it is one from which it can begin. */
  private static LocalDateTime settled(Rule rule, LocalDateTime start) {
    Optional<LocalDateTime> first =
        new Rule(
                rule.frequency(),
                rule.interval(),
                rule.days(),
                rule.monthDays(),
                rule.months(),
                rule.positions(),
                rule.weekStart(),
                1,
                0)
            .byLookingAtEachDay(start).stream().findFirst();
    Assume.that(first.isPresent());
    return first.orElseThrow();
  }

  private static boolean isTaken(Rule rule) {
    boolean sets = rule.days().size() + rule.monthDays().size() + rule.months().size() > 0;
    return (rule.positions().isEmpty() || sets)
        && !(rule.frequency().equals("YEARLY")
            && !rule.monthDays().isEmpty()
            && rule.months().isEmpty());
  }

  @Property(tries = 1_000)
  void everyRuleGivesTheDaysThatFit(
      @ForAll("rules") Rule rule,
      @ForAll("starts") LocalDateTime from,
      @ForAll("zones") ZoneId zone) {
    Assume.that(isTaken(rule));
    LocalDateTime start = settled(rule, from);
    List<LocalDateTime> expected = rule.byLookingAtEachDay(start);
    Assume.that(!expected.isEmpty() && expected.getFirst().equals(start));
    boolean tooLong = rule.count() > expected.size();

    List<LocalDateTime> given = given(rule, start, zone);

    assertThat(given)
        .as("%s from %s", rule.text(start, zone), start)
        .isEqualTo(tooLong ? List.of() : expected);
  }

  /** Nothing where it is refused. */
  private static List<LocalDateTime> given(Rule rule, LocalDateTime start, ZoneId zone) {
    try {
      Recurrence read = Recurrence.of(start.toString(), zone.getId(), rule.text(start, zone));
      assertThat(read.starts())
          .allSatisfy(
              each -> assertThat(each.at()).isEqualTo(each.local().atZone(zone).toInstant()));
      return read.starts().stream().map(Recurrence.Start::local).toList();
    } catch (ProblemException refused) {
      return List.of();
    }
  }

  /** The days themselves say that the other one gets the rest wrong. */
  private static boolean isReadAlike(Rule rule) {
    boolean ordinals = rule.days().stream().anyMatch(day -> day.ordinal() != 0);
    return rule.positions().isEmpty()
        && switch (rule.frequency()) {
          case "DAILY" -> rule.monthDays().stream().allMatch(number -> number > 0);
          case "WEEKLY" ->
              rule.interval() == 1 && rule.months().isEmpty() && rule.weekStart() == null;
          default -> !ordinals || rule.monthDays().isEmpty();
        };
  }

  @Property(tries = 400)
  void anotherLibrarySaysTheSame(@ForAll("rules") Rule rule, @ForAll("starts") LocalDateTime from) {
    Assume.that(isTaken(rule) && isReadAlike(rule));
    LocalDateTime start = settled(rule, from);
    List<LocalDateTime> given = given(rule, start, ZoneId.of("UTC"));
    Assume.that(!given.isEmpty());

    List<LocalDateTime> other =
        new Recur<LocalDateTime>(rule.endless())
            .getDates(start, start, start.plusYears(YEARS).plusDays(1));

    assertThat(other.stream().distinct().limit(given.size()).toList())
        .as("%s from %s", rule.endless(), start)
        .isEqualTo(given);
  }
}
