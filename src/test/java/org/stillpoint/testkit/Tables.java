package org.stillpoint.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** The tables as their owner sees them, for what can't be brought about through the API. */
public final class Tables {
  private Tables() {}

  /** A connection of the owner; each statement is its own transaction until told otherwise. */
  public static Connection connect() throws SQLException {
    return connectAs("owner");
  }

  /** A connection of {@code owner}, {@code app} or {@code worker}. */
  public static Connection connectAs(String role) throws SQLException {
    var config = ConfigProvider.getConfig();
    return DriverManager.getConnection(
        config.getValue("stillpoint.database.url", String.class),
        "stillpoint_" + role,
        config.getValue("stillpoint.database." + role + "-password", String.class));
  }

  /** The first column of all rows, as text. */
  public static List<String> column(Connection connection, String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  /** Changes rows; how many. */
  public static int change(String sql, Object... values) throws SQLException {
    try (Connection owner = connect();
        PreparedStatement statement = prepare(owner, sql, values)) {
      return statement.executeUpdate();
    }
  }

  /** The first column of the first row, as text; null when there is none. */
  public static @Nullable String read(String sql, Object... values) throws SQLException {
    try (Connection owner = connect();
        PreparedStatement statement = prepare(owner, sql, values);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getString(1) : null;
    }
  }

  /** The first column of the first row, as a number. */
  public static long number(String sql, Object... values) throws SQLException {
    String text = read(sql, values);
    return text == null ? 0 : Long.parseLong(text);
  }

  private static PreparedStatement prepare(Connection owner, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = owner.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
