package org.stillpoint.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A statement for plain JDBC whose parameters have names, each used as often as it is needed. */
public final class NamedSql {
  private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-zA-Z]+)");

  private final String sql;
  private final List<String> names;

  private NamedSql(String sql, List<String> names) {
    this.sql = sql;
    this.names = List.copyOf(names);
  }

  /** Reads {@code :name} as a parameter and leaves {@code ::type} alone. */
  public static NamedSql of(String text) {
    List<String> names = new ArrayList<>();
    Matcher matcher = PARAMETER.matcher(text);
    String sql =
        matcher.replaceAll(
            parameter -> {
              names.add(parameter.group(1));
              return "?";
            });
    return new NamedSql(sql, names);
  }

  /** Prepares the statement with a value for each of its parameters. */
  public PreparedStatement prepare(Connection connection, Map<String, @Nullable Object> values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int index = 0; index < names.size(); index++) {
        statement.setObject(index + 1, values.get(names.get(index)));
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }
}
