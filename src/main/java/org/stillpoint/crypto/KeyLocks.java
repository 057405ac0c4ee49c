package org.stillpoint.crypto;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The locks in the database that replicas and commands share about keys. */
final class KeyLocks {
  private static final long ROTATION = 0x5713_0001L;
  private static final long WRAPPING = 0x5713_0002L;

  private KeyLocks() {}

  /** Until this transaction ends, no master key is destroyed. */
  static void shareWrapping(Connection connection) throws SQLException {
    ask(connection, "select pg_advisory_xact_lock_shared(?)", WRAPPING);
  }

  /** Until this transaction ends, no new key is wrapped; waits for those under way. */
  static void stopWrapping(Connection connection) throws SQLException {
    ask(connection, "select pg_advisory_xact_lock(?)", WRAPPING);
  }

  /** One rotation at a time, of whatever kind; false when another is under way. */
  static boolean tryRotation(Connection connection) throws SQLException {
    return ask(connection, "select pg_try_advisory_lock(?)", ROTATION);
  }

  static void endRotation(Connection connection) throws SQLException {
    ask(connection, "select pg_advisory_unlock(?)", ROTATION);
  }

  private static boolean ask(Connection connection, String sql, long lock) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, lock);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && "t".equals(row.getString(1));
      }
    }
  }
}
