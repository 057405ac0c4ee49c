package org.stillpoint.checkin;

import static java.util.Map.entry;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAdjusters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;

/**
 * A rule as text (RFC 5545, 3.3.10), of the parts that a series needs and no others: days, never
 * hours, and always an end. All is checked here before the library sees it.
 */
final class RecurrenceText {
  static final int LONGEST = 200;
  static final int MOST = 366;

  private static final String DAY = "(?:MO|TU|WE|TH|FR|SA|SU)";
  private static final String ORDINAL = "(?:[+-]?(?:0?[1-9]|[1-4]\\d|5[0-3]))?";
  private static final String DAY_OF_MONTH = "[+-]?(?:0?[1-9]|[12]\\d|3[01])";
  private static final String MONTH = "(?:0?[1-9]|1[0-2])";
  private static final String NUMBER = "[1-9]\\d{0,9}";
  private static final String POSITION = "[+-]?[1-9]\\d{0,2}";

  private static final Map<String, Pattern> PARTS =
      Map.ofEntries(
          entry("FREQ", Pattern.compile("DAILY|WEEKLY|MONTHLY|YEARLY")),
          entry("INTERVAL", Pattern.compile(NUMBER)),
          entry("COUNT", Pattern.compile(NUMBER)),
          entry("UNTIL", Pattern.compile("\\d{8}T\\d{6}Z")),
          entry("BYDAY", list(ORDINAL + DAY)),
          entry("BYMONTHDAY", list(DAY_OF_MONTH)),
          entry("BYMONTH", list(MONTH)),
          entry("BYSETPOS", list(POSITION)),
          entry("WKST", Pattern.compile(DAY)));

  private static final DateTimeFormatter UNTIL =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withResolverStyle(ResolverStyle.STRICT);

  private final String text;
  private final Map<String, String> parts;

  private RecurrenceText(String text, Map<String, String> parts) {
    this.text = text;
    this.parts = parts;
  }

  private static Pattern list(String each) {
    return Pattern.compile(each + "(?:," + each + ")*");
  }

  /** The rule; null, and what is wrong with it, if it isn't one. */
  static @Nullable RecurrenceText read(String text, List<FieldError> errors) {
    Flaw flaw = Flaw.NOT_ALLOWED_VALUE;
    Map<String, String> parts = parts(text);
    if (parts != null && isWhole(parts)) {
      if (isWithin(parts.get("INTERVAL")) && isWithin(parts.get("COUNT"))) {
        try {
          return of(parts);
        } catch (DateTimeException | InvalidRecurrenceRuleException wrong) {
          // There is no such day, or these parts don't go together.
        }
      } else {
        flaw = Flaw.OUT_OF_RANGE;
      }
    }
    errors.add(FieldError.member("/rule", flaw));
    return null;
  }

  /** By name, in their order; null where one isn't known, isn't well-formed, or comes twice. */
  private static @Nullable Map<String, String> parts(String text) {
    if (text.length() > LONGEST) {
      return null;
    }
    Map<String, String> parts = new LinkedHashMap<>();
    for (String part : text.split(";", -1)) {
      int equals = part.indexOf('=');
      String name = part.substring(0, Math.max(0, equals));
      String value = part.substring(equals + 1);
      Pattern form = PARTS.get(name);
      if (form == null || !form.matcher(value).matches() || parts.put(name, value) != null) {
        return null;
      }
    }
    return parts;
  }

  /** It says how often, and when it ends, in one way; and nothing that is read in two ways. */
  private static boolean isWhole(Map<String, String> parts) {
    boolean ofWhichMonths =
        "YEARLY".equals(parts.get("FREQ"))
            && parts.containsKey("BYMONTHDAY")
            && !parts.containsKey("BYMONTH");
    return parts.containsKey("FREQ")
        && parts.containsKey("COUNT") != parts.containsKey("UNTIL")
        && !ofWhichMonths;
  }

  private static boolean isWithin(@Nullable String number) {
    return number == null || Long.parseLong(number) <= MOST;
  }

  private static RecurrenceText of(Map<String, String> parts)
      throws InvalidRecurrenceRuleException {
    RecurrenceText read = new RecurrenceText(parse(join(parts)).toString(), parts);
    read.until();
    return read;
  }

  private static String join(Map<String, String> parts) {
    return parts.entrySet().stream()
        .map(part -> part.getKey() + "=" + part.getValue())
        .collect(Collectors.joining(";"));
  }

  private static RecurrenceRule parse(String text) throws InvalidRecurrenceRuleException {
    return new RecurrenceRule(text, RfcMode.RFC5545_STRICT);
  }

  /** The last instant at which it can start; null where its starts are counted. */
  @Nullable Instant until() {
    String last = parts.get("UNTIL");
    return last == null ? null : LocalDateTime.parse(last, UNTIL).toInstant(ZoneOffset.UTC);
  }

  /** How many starts there are at most. */
  int count() {
    return Integer.parseInt(parts.getOrDefault("COUNT", "" + Integer.MAX_VALUE));
  }

  /**
   * The rule without its end, in local time, from the first day of the period in which it starts:
   * the library would leave what is before a start out of the set in which it counts places.
   */
  RecurrenceRuleIterator fromPeriodOf(LocalDateTime start) {
    Map<String, String> whole = new LinkedHashMap<>(parts);
    whole.remove("COUNT");
    whole.remove("UNTIL");
    sayWhatTheStartSays(whole, start.toLocalDate());
    LocalDate first = firstOfPeriod(start.toLocalDate());
    try {
      return parse(join(whole))
          .iterator(
              new DateTime(
                  first.getYear(),
                  first.getMonthValue() - 1,
                  first.getDayOfMonth(),
                  start.getHour(),
                  start.getMinute(),
                  0));
    } catch (InvalidRecurrenceRuleException e) {
      throw new IllegalStateException("A rule without its end is none: " + e.getClass().getName());
    }
  }

  /** A rule without days is for those of its start. */
  private static void sayWhatTheStartSays(Map<String, String> parts, LocalDate start) {
    String frequency = frequency(parts);
    if (parts.containsKey("BYDAY")
        || parts.containsKey("BYMONTHDAY")
        || frequency.equals("DAILY")) {
      return;
    }
    if (frequency.equals("WEEKLY")) {
      parts.put("BYDAY", start.getDayOfWeek().name().substring(0, 2));
      return;
    }
    parts.put("BYMONTHDAY", Integer.toString(start.getDayOfMonth()));
    if (frequency.equals("YEARLY")) {
      parts.putIfAbsent("BYMONTH", Integer.toString(start.getMonthValue()));
    }
  }

  private LocalDate firstOfPeriod(LocalDate start) {
    return switch (frequency(parts)) {
      case "WEEKLY" -> start.with(TemporalAdjusters.previousOrSame(weekStart()));
      case "MONTHLY" -> start.withDayOfMonth(1);
      case "YEARLY" -> start.withDayOfYear(1);
      default -> start;
    };
  }

  private static String frequency(Map<String, String> parts) {
    return Objects.requireNonNull(parts.get("FREQ"));
  }

  private DayOfWeek weekStart() {
    String day = parts.getOrDefault("WKST", "MO");
    return Stream.of(DayOfWeek.values())
        .filter(each -> each.name().startsWith(day))
        .findFirst()
        .orElseThrow();
  }

  /** As the library writes it. */
  @Override
  public String toString() {
    return text;
  }
}
