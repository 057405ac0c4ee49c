package org.stillpoint.crypto;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Gives each day a master key, wraps with it all keys that are still there, and destroys the old
 * ones. What was erased was wrapped by one of those, also in each backup, so it is gone for good as
 * soon as they are (S33). It works in small batches while the server serves.
 */
public final class MasterKeyRotation {
  /** One step along the index for each name, however many keys there are. */
  private static final String NAMES_IN_USE =
      """
      with recursive used (name) as (
        (select master_key from data_key order by master_key limit 1)
        union all
        select (
          select d.master_key from data_key d where d.master_key > used.name
          order by d.master_key limit 1)
        from used where used.name is not null)
      select name from used where name is not null
      union select master_key from server_key
      """;

  private final DataSource database;
  private final MasterKeys masterKeys;
  private final Duration destroyedAfter;
  private final Clock clock;

  /**
   * With connections of the worker, who may write the wrapped keys.
   *
   * @param destroyedAfter the age at which a master key that wraps nothing is destroyed
   */
  public MasterKeyRotation(
      DataSource database, MasterKeys masterKeys, Duration destroyedAfter, Clock clock) {
    this.database = database;
    this.masterKeys = masterKeys;
    this.destroyedAfter = destroyedAfter;
    this.clock = clock;
  }

  /**
   * What was done.
   *
   * @param busy another rotation is under way, and this one did nothing
   * @param added whether the day's key was made
   * @param wrapped how many keys were wrapped anew
   * @param unreadable how many keys no master key opens
   * @param destroyed the master keys that are gone now
   * @param due those that should go, from a file that can't be written
   */
  public record Outcome(
      boolean busy,
      boolean added,
      int wrapped,
      int unreadable,
      List<LocalDate> destroyed,
      List<LocalDate> due) {
    static final Outcome BUSY = new Outcome(true, false, 0, 0, List.of(), List.of());
  }

  /** Whether a key that this replica has to make or destroy can be written. */
  public boolean isWritable() {
    return masterKeys instanceof MasterKeyFile file && file.isWritable();
  }

  /**
   * Opens one key for each master key in use.
   *
   * @throws MasterKeyException when a master key is missing
   */
  public void check() {
    try (Connection connection = database.getConnection()) {
      KeyWrapper wrapper = masterKeys.read();
      for (String name : namesInUse(connection)) {
        for (WrappedTable table : WrappedTable.values()) {
          check(table, table.oneWrappedBy(connection, name), wrapper);
        }
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static void check(
      WrappedTable table, WrappedTable.@Nullable Row row, KeyWrapper wrapper) {
    if (row == null) {
      return;
    }
    try {
      var unused = wrapper.unwrap(row.keyset(), table.place(row.key()));
    } catch (MasterKeyException e) {
      String name = row.keyset().masterKey();
      throw new MasterKeyException(
          "The master key doesn't open this database. A part of the data needs "
              + (name.isEmpty() ? "another one." : "the one of " + name + ", which is missing."),
          e);
    }
  }

  /** Does all of it, as far as it is due. */
  public Outcome rotate() {
    try (Connection connection = database.getConnection()) {
      if (!KeyLocks.tryRotation(connection)) {
        return Outcome.BUSY;
      }
      try {
        return rotate(connection);
      } finally {
        KeyLocks.endRotation(connection);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private Outcome rotate(Connection connection) throws SQLException {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    boolean added = false;
    if (masterKeys instanceof MasterKeyFile file
        && file.isWritable()
        && file.dates().getLast().isBefore(today)) {
      file.add(today);
      added = true;
    }
    Count count = new Count();
    String newest = masterKeys.read().newest();
    if (!namesInUse(connection).equals(Set.of(newest))) {
      for (WrappedTable table : WrappedTable.values()) {
        table.change(
            connection, masterKeys, newest, (wrapper, row) -> anew(wrapper, table, row, count));
      }
    }
    List<LocalDate> due = due(connection, today);
    boolean writable = isWritable();
    return new Outcome(
        false,
        added,
        count.wrapped,
        count.unreadable,
        writable ? due : List.of(),
        writable ? List.of() : due);
  }

  private static final class Count {
    private int wrapped;
    private int unreadable;
  }

  private static @Nullable WrappedKeyset anew(
      KeyWrapper wrapper, WrappedTable table, WrappedTable.Row row, Count count) {
    String place = table.place(row.key());
    try {
      WrappedKeyset anew = wrapper.wrap(wrapper.unwrap(row.keyset(), place), place);
      count.wrapped++;
      return anew;
    } catch (MasterKeyException moved) {
      count.unreadable++;
      return null;
    }
  }

  /** The old keys that wrap nothing, destroyed where the file can be written. */
  private List<LocalDate> due(Connection connection, LocalDate today) throws SQLException {
    if (!(masterKeys instanceof MasterKeyFile file)) {
      return List.of();
    }
    // A day early: the promise is about the end of the work, not about its beginning.
    LocalDate youngest = today.minusDays(Math.max(0, destroyedAfter.toDays() - 1));
    connection.setAutoCommit(false);
    try {
      KeyLocks.stopWrapping(connection);
      Set<String> used = namesInUse(connection);
      List<LocalDate> dates = file.dates();
      List<LocalDate> due =
          dates.stream()
              .filter(date -> !date.isAfter(youngest))
              .filter(date -> !date.equals(dates.getLast()))
              .filter(date -> !used.contains(date.toString()) && !used.contains(""))
              .toList();
      if (!due.isEmpty() && file.isWritable()) {
        file.remove(due);
      }
      connection.commit();
      return due;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static Set<String> namesInUse(Connection connection) throws SQLException {
    Set<String> names = new TreeSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(NAMES_IN_USE)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private static IllegalStateException failed(SQLException e) {
    return new IllegalStateException("The master keys can't be rotated", e);
  }
}
