package org.stillpoint.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/** The database behind the API, by one of its roles. */
public final class Database {
  private Database() {}

  /** A new connection as {@code owner}, {@code app} or {@code worker}. */
  public static Connection as(String role) throws SQLException {
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
}
