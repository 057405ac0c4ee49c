package org.stillpoint.testkit;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows beneath each other: the first column from the left, figures from the right. */
public final class TextTable {
  private TextTable() {}

  /** The rows as text; each has as many cells as the first. */
  public static String of(List<List<String>> rows) {
    int[] widths =
        IntStream.range(0, rows.getFirst().size())
            .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toArray();
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(i -> pad(row.get(i), widths[i], i == 0))
                    .collect(Collectors.joining("  ")))
        .map(String::stripTrailing)
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String pad(String text, int width, boolean left) {
    String blank = " ".repeat(width - text.length());
    return left ? text + blank : blank + text;
  }
}
