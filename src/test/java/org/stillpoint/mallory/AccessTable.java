package org.stillpoint.mallory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.stillpoint.testkit.ApiDocument.Operation;

/** Who may do what, as {@code access-matrix.txt} says. */
final class AccessTable {
  private static final Path FILE = Path.of("src", "test", "resources", "access-matrix.txt");

  private final List<String> columns;
  private final Map<String, List<String>> rows = new HashMap<>();

  private AccessTable(List<List<String>> lines) {
    this.columns = lines.getFirst();
    lines.forEach(line -> rows.put(line.getFirst(), line));
  }

  static AccessTable read() {
    try {
      return new AccessTable(
          Files.readAllLines(FILE).stream()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(line -> List.of(line.trim().split(" +", -1)))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the operation hides from this caller that the thing is there. */
  boolean hides(Operation operation, String caller) {
    List<String> row = rows.get(operation.id());
    if (row == null) {
      throw new AssertionError(operation + " has no row in " + FILE);
    }
    return "404".equals(row.get(columns.indexOf(caller)));
  }
}
