package org.stillpoint.practitioner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What a practitioner gets, as {@code practice-matrix.txt} says. */
record PracticeMatrix(Map<String, Map<String, Map<String, Integer>>> tables) {
  private static final Path FILE = Path.of("src", "test", "resources", "practice-matrix.txt");

  /** Each table begins with its name and those of its columns. */
  static PracticeMatrix read() {
    Map<String, Map<String, Map<String, Integer>>> tables = new LinkedHashMap<>();
    Map<String, Map<String, Integer>> table = Map.of();
    for (List<String> words : lines()) {
      List<String> cells = words.subList(1, words.size());
      if (!cells.getFirst().matches("\\d+")) {
        table = new LinkedHashMap<>();
        for (String column : cells) {
          assertThat(table.put(column, new TreeMap<>())).as("a second %s", column).isNull();
        }
        assertThat(tables.put(words.getFirst(), table)).as("a second %s", words).isNull();
      } else {
        addRow(words.getFirst(), cells, table);
      }
    }
    return new PracticeMatrix(tables);
  }

  private static void addRow(
      String operation, List<String> cells, Map<String, Map<String, Integer>> table) {
    assertThat(cells).as(operation).hasSize(table.size());
    int next = 0;
    for (Map<String, Integer> column : table.values()) {
      Integer before = column.put(operation, Integer.valueOf(cells.get(next++)));
      assertThat(before).as("a second row for %s", operation).isNull();
    }
  }

  private static List<List<String>> lines() {
    try {
      return Files.readAllLines(FILE).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> List.of(line.trim().split(" +", -1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> columns(String table) {
    return List.copyOf(table(table).keySet());
  }

  /** The status of each operation. */
  Map<String, Integer> column(String table, String column) {
    return Objects.requireNonNull(table(table).get(column), column);
  }

  private Map<String, Map<String, Integer>> table(String name) {
    return Objects.requireNonNull(tables.get(name), name);
  }
}
