package org.stillpoint.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.stillpoint.testkit.TextTable;

/** The table that is printed in the end. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table() {
    rows.add(List.of("measure", "value", "limit", "ratio", "target", "reached"));
  }

  /** A value that is only shown. */
  void show(String measure, double value, String unit) {
    rows.add(List.of(measure, number(value, unit), "", "", "", ""));
  }

  /** A value beside the one that it is compared with. */
  void compare(String measure, double value, double limit, String unit) {
    rows.add(
        List.of(
            measure, number(value, unit), number(limit, unit), number(value / limit, ""), "", ""));
  }

  /** A value whose ratio to the limit shall be at least this. */
  void atLeast(String measure, double value, double limit, String unit, double target) {
    row(measure, value, limit, unit, "≥ " + number(target, ""), value / limit >= target);
  }

  /** A value whose ratio to the limit shall be at most this. */
  void atMost(String measure, double value, double limit, String unit, double target) {
    row(measure, value, limit, unit, "≤ " + number(target, ""), value / limit <= target);
  }

  private void row(
      String measure, double value, double limit, String unit, String target, boolean reached) {
    rows.add(
        List.of(
            measure,
            number(value, unit),
            number(limit, unit),
            number(value / limit, ""),
            target,
            reached ? "yes" : "NO"));
  }

  /** A value that itself shall be below the target. */
  void below(String measure, double value, String unit, double target) {
    rows.add(
        List.of(
            measure,
            number(value, unit),
            "",
            "",
            "< " + number(target, unit),
            value < target ? "yes" : "NO"));
  }

  private static String number(double value, String unit) {
    String digits = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
    return (String.format(Locale.ROOT, digits, value) + " " + unit).strip();
  }

  @Override
  public String toString() {
    return TextTable.of(rows);
  }
}
