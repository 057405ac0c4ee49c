package org.stillpoint.crypto;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table with sealed texts: from it come both the places of its texts and what a rotation of data
 * keys has to go through.
 *
 * @param key the columns of the row's key, of type {@code uuid}
 * @param owner the column that says whose the texts are
 * @param version the column of their version, or null where they never change
 */
public record SealedTable(
    String name, List<String> key, String owner, @Nullable String version, List<String> columns) {

  /** With the order kept in which they are given. */
  public SealedTable {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
  }

  /**
   * The place of one text.
   *
   * @param row the values of the row's key
   */
  public Place place(String column, UUID owner, long version, UUID... row) {
    if (!columns.contains(column) || row.length != key.size()) {
      throw new IllegalArgumentException("No place in " + name);
    }
    return new Place(
        name,
        column,
        Stream.of(row).map(UUID::toString).collect(Collectors.joining("/")),
        owner,
        version);
  }
}
