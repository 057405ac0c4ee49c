package org.stillpoint;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The commands by which the operator says that what a practitioner says of themself is true, or no
 * longer does. It is said of an edition: a practitioner who changes a word is not verified any
 * more.
 */
final class PractitionerCommands {
  private static final String VERIFY = "verify-practitioner";
  private static final String UNVERIFY = "unverify-practitioner";

  private PractitionerCommands() {}

  static boolean knows(String[] args) {
    return args.length == 2 && (args[0].equals(VERIFY) || args[0].equals(UNVERIFY));
  }

  static String run(String[] args, StartSettings settings) {
    UUID edition = edition(args[1]);
    try (Connection database = KeyCommands.database(settings, "owner").getConnection()) {
      return mark(database, edition, args[0].equals(VERIFY));
    } catch (SQLException e) {
      throw new IllegalStateException("The database can't be reached", e);
    }
  }

  private static UUID edition(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("Give the practitioner's `edition`, which is a UUID.");
    }
  }

  /** Says so of whoever says exactly this, if there is anybody. */
  static String mark(Connection database, UUID edition, boolean verified) throws SQLException {
    @Nullable UUID marked = verified ? edition : null;
    try (PreparedStatement update =
        database.prepareStatement(
            "update practitioner set verified_edition = ? where edition = ?")) {
      update.setObject(1, marked, Types.OTHER);
      update.setObject(2, edition);
      if (update.executeUpdate() == 0) {
        throw new IllegalStateException(
            "Nobody says this of themself now; ask for the edition anew.");
      }
    }
    return verified
        ? "The practitioner is verified, as long as not a word is changed."
        : "The practitioner is not verified any more.";
  }
}
