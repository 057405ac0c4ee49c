package org.stillpoint.faults;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;
import org.stillpoint.database.RunningPostgres;

/** Looks into the database of a sandbox that runs. */
final class Stored {
  private Stored() {}

  static Connection owner(Path folder) throws SQLException {
    RunningPostgres database = RunningPostgres.in(folder.resolve(".stillpoint/database"));
    return DriverManager.getConnection(
        database.jdbcUrl(), "stillpoint_owner", database.ownerPassword());
  }

  /** How many of these taps have left nothing behind. */
  static int missing(Path folder, Collection<UUID> taps) throws SQLException {
    try (Connection owner = owner(folder);
        PreparedStatement query =
            owner.prepareStatement(
                "select count(*) from unnest(?::uuid[]) as t (id) where not exists ("
                    + "select from pause p where p.id = t.id) and not exists ("
                    + "select from pause_tap p where p.tap_id = t.id)")) {
      query.setArray(1, owner.createArrayOf("uuid", taps.toArray()));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }
}
