package org.stillpoint.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.stillpoint.testkit.TextTable;

/** What the faults did, and whether what is promised was kept. */
final class Report {
  private final List<List<String>> rows = new ArrayList<>();
  private boolean broken;

  Report() {
    rows.add(List.of("fault", "figure", "promised", "kept"));
  }

  /** A figure that is only shown. */
  void show(String fault, Object figure) {
    rows.add(List.of(fault, text(figure), "", ""));
  }

  /** A count that has to be exactly this. */
  void exactly(String fault, long figure, long promised) {
    row(fault, figure, Long.toString(promised), figure == promised);
  }

  /** A time that has to be shorter than this. */
  void within(String fault, Duration figure, Duration promised) {
    row(fault, figure, "< " + text(promised), figure.compareTo(promised) < 0);
  }

  /** What couldn't be tried here, and why. */
  void notMeasured(String fault, String why) {
    rows.add(List.of(fault, "not measured: " + why, "", ""));
  }

  /** What ended the trying. */
  void failed(String fault, Throwable why) {
    row(fault, "failed", "", false);
    why.printStackTrace();
  }

  private void row(String fault, Object figure, String promised, boolean kept) {
    rows.add(List.of(fault, text(figure), promised, kept ? "yes" : "NO"));
    broken |= !kept;
  }

  private static String text(Object figure) {
    return switch (figure) {
      case Duration time -> String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1e3);
      case Number number -> String.format(Locale.ROOT, "%,d", number.longValue());
      default -> figure.toString();
    };
  }

  boolean isBroken() {
    return broken;
  }

  @Override
  public String toString() {
    return TextTable.of(rows);
  }
}
