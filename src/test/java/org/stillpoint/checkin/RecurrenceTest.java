package org.stillpoint.checkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stillpoint.checkin.Recurrence.Due;
import org.stillpoint.checkin.Recurrence.Start;

/** What was agreed is a time of the clock on the wall, whatever becomes of the clock. */
class RecurrenceTest {
  private static List<String> at(String localStart, String zone, String rule) {
    return Recurrence.of(localStart, zone, rule).starts().stream()
        .map(start -> start.at().toString())
        .toList();
  }

  @Test
  void itStaysAtTheSameTimeOfTheClockWhenThatIsPutForwardOrBack() {
    assertThat(at("2027-03-21T19:00", "Europe/Berlin", "FREQ=WEEKLY;COUNT=2"))
        .containsExactly("2027-03-21T18:00:00Z", "2027-03-28T17:00:00Z");
    assertThat(at("2027-10-24T19:00", "Europe/Berlin", "FREQ=WEEKLY;COUNT=2"))
        .containsExactly("2027-10-24T17:00:00Z", "2027-10-31T18:00:00Z");
    assertThat(at("2027-11-06T12:00", "America/New_York", "FREQ=DAILY;COUNT=2"))
        .containsExactly("2027-11-06T16:00:00Z", "2027-11-07T17:00:00Z");
  }

  /** As RFC 5545, 3.3.5 says. */
  @ParameterizedTest
  @CsvSource({
    "2027-03-27T02:30, Europe/Berlin, 2027-03-28T01:30:00Z",
    "2027-10-30T02:30, Europe/Berlin, 2027-10-31T00:30:00Z",
    "2027-03-13T02:30, America/New_York, 2027-03-14T07:30:00Z",
    "2027-11-06T01:30, America/New_York, 2027-11-07T05:30:00Z",
    "2027-10-02T02:15, Australia/Lord_Howe, 2027-10-02T15:45:00Z",
    "2027-04-03T01:45, Australia/Lord_Howe, 2027-04-03T14:45:00Z"
  })
  void whatTheClockLeavesOutIsMovedOnAndOfWhatItShowsTwiceItIsTheFirst(
      String dayBefore, String zone, String expected) {
    assertThat(at(dayBefore, zone, "FREQ=DAILY;COUNT=2")).last().isEqualTo(expected);
  }

  /** In UTC, and that instant included; whatever the zone makes of it. */
  @Test
  void itEndsWithTheInstantUntilWhichItHolds() {
    assertThat(at("2027-10-30T02:30", "Europe/Berlin", "FREQ=DAILY;UNTIL=20271031T003000Z"))
        .hasSize(2);
    assertThat(at("2027-10-30T02:30", "Europe/Berlin", "FREQ=DAILY;UNTIL=20271031T002959Z"))
        .hasSize(1);
  }

  @Test
  void aRuleIsKeptAsTheLibraryWritesIt() {
    String text = "COUNT=3;WKST=SU;BYDAY=SU,TU;INTERVAL=1;FREQ=WEEKLY";
    Recurrence read = Recurrence.of("2026-11-08T19:00", "UTC", text);
    assertThat(read.rule()).hasToString("FREQ=WEEKLY;WKST=SU;BYDAY=SU,TU;COUNT=3");
    assertThat(
            Recurrence.stored(read.localStart(), read.timeZone(), read.rule().toString()).starts())
        .isEqualTo(read.starts());
    assertThat(Recurrence.of("2026-11-08T19:00", "UTC", "FREQ=DAILY;UNTIL=20261110T190000Z").rule())
        .hasToString("FREQ=DAILY;UNTIL=20261110T190000Z");
  }

  /** Sixty days ahead and no further, and nothing that could not open any more. */
  @Test
  void whatIsNearIsDueOnce() {
    Recurrence daily = Recurrence.of("2026-11-08T19:00", "UTC", "FREQ=DAILY;COUNT=300");
    Instant now = Instant.parse("2026-11-08T18:59:00Z");

    Due first = daily.due(daily.localStart(), now);

    assertThat(first.starts()).hasSize(60);
    Start next = Objects.requireNonNull(first.next());
    assertThat(next.local()).isEqualTo(LocalDateTime.parse("2027-01-07T19:00"));
    assertThat(daily.due(next.local(), now).starts()).isEmpty();
    Due later = daily.due(next.local(), now.plus(Duration.ofDays(100)));
    assertThat(later.starts().getFirst().at())
        .as("a day that was missed stays so")
        .isEqualTo("2027-02-15T19:00:00Z");
    assertThat(later.starts()).hasSize(61);
    assertThat(daily.due(next.local(), now.plus(Duration.ofDays(290))).next()).isNull();
  }

  /** The worst that the text has room for, and that finds nothing, or only late. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "FREQ=DAILY;COUNT=366",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
        "FREQ=DAILY;INTERVAL=366;BYMONTH=2;BYMONTHDAY=30;COUNT=2",
        "FREQ=YEARLY;INTERVAL=366;BYMONTH=2;BYMONTHDAY=29;COUNT=2",
        "FREQ=WEEKLY;INTERVAL=366;BYMONTH=2;BYDAY=MO;COUNT=2",
        "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=400;COUNT=2",
        "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA;BYSETPOS=366;COUNT=2",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=100;COUNT=2",
        "FREQ=YEARLY;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYSETPOS=-366,366;COUNT=2",
        "FREQ=YEARLY;BYDAY=1MO,2MO,3MO,4MO,5MO,6MO,7MO,8MO,9MO,10MO,11MO,12MO,13MO,14MO,15MO,16MO,17MO,18MO,19MO,20MO,21MO,22MO,23MO,24MO,25MO,26MO,27MO,28MO,29MO;COUNT=366"
      })
  void noRuleKeepsTheServerBusy(String rule) {
    assertThat(rule.length()).isLessThanOrEqualTo(RecurrenceText.LONGEST);
    long best = Long.MAX_VALUE;
    for (int time = 0; time < 5; time++) {
      long begin = System.nanoTime();
      try {
        Recurrence.of("2026-11-08T19:00", "Europe/Berlin", rule);
      } catch (RuntimeException refused) {
        // That is quick, too.
      }
      best = Math.min(best, System.nanoTime() - begin);
    }
    System.out.println("WORST " + best / 1_000 + " us " + rule);
    assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(500));
  }

  @Test
  void whatIsLongIsRefusedUnread() {
    assertThatThrownBy(
            () ->
                Recurrence.of(
                    "2026-11-08T19:00", "UTC", "FREQ=DAILY;COUNT=2" + ";".repeat(1_000_000)))
        .isInstanceOf(RuntimeException.class);
  }
}
