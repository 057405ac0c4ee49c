package org.stillpoint.testkit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What somebody who has taken the database can read in it. */
public final class StoredWords {
  private static final String COLUMNS =
      """
      select c.table_name, c.column_name, c.data_type from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
      """;

  private record Column(String table, String name, boolean bytes) {
    @Override
    public String toString() {
      return table + "." + name;
    }

    String query() {
      String text = bytes ? "encode(\"" + name + "\", 'escape')" : "cast(\"" + name + "\" as text)";
      return "select exists (select from \"" + table + "\" where position(? in " + text + ") > 0)";
    }
  }

  private StoredWords() {}

  /** The columns of all tables that hold these words as they are, as {@code table.column}. */
  public static Set<String> columnsWith(String words) throws SQLException {
    Set<String> found = new TreeSet<>();
    try (Connection owner = Tables.connect()) {
      for (Column column : columns(owner)) {
        try (PreparedStatement statement = owner.prepareStatement(column.query())) {
          statement.setString(1, words);
          try (ResultSet row = statement.executeQuery()) {
            if (row.next() && row.getBoolean(1)) {
              found.add(column.toString());
            }
          }
        }
      }
    }
    return found;
  }

  private static List<Column> columns(Connection owner) throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (Statement statement = owner.createStatement();
        ResultSet rows = statement.executeQuery(COLUMNS)) {
      while (rows.next()) {
        columns.add(
            new Column(rows.getString(1), rows.getString(2), "bytea".equals(rows.getString(3))));
      }
    }
    return columns;
  }
}
