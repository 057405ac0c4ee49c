package org.stillpoint.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A statement for plain JDBC whose parameters have names, each used as often as it is needed. */
public final class NamedSql {
  private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-zA-Z]+)");

  /** The results that come before a member's own. */
  private static final int BEFORE = 2;

  private final String text;
  private final String sql;
  private final List<String> names;

  private NamedSql(String text, String sql, List<String> names) {
    this.text = text;
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
    return new NamedSql(text, sql, names);
  }

  /**
   * A statement that acts for the member {@code :member}: under row-level security it sees that
   * member's rows only. It goes out with the transaction around it, as one message.
   */
  public static NamedSql forMember(String text) {
    return of("begin; select set_config('app.member', :member::text, true); " + text + "; commit");
  }

  /**
   * The same, for what happens in {@code :relationship} alone, which is looked up once: nothing of
   * others is reached.
   */
  public static NamedSql forMemberWithin(String text) {
    return of("begin; select act_within(:member::uuid, :relationship::uuid); " + text + "; commit");
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

  /** Reads the rows of a statement. */
  public interface Reading<T> {
    T read(ResultSet rows) throws SQLException;
  }

  /**
   * Executes a statement made by {@link #forMember}; it is committed when this returns. The
   * connection is in autocommit mode.
   */
  public <T> T query(
      Connection connection, Map<String, @Nullable Object> values, Reading<T> reading)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, values)) {
      statement.execute();
      for (int before = 0; before < BEFORE; before++) {
        statement.getMoreResults();
      }
      try (ResultSet rows = statement.getResultSet()) {
        return reading.read(rows);
      }
    } catch (SQLException e) {
      rollBack(connection, e);
      throw e;
    }
  }

  /** What failed has left its transaction open. */
  private static void rollBack(Connection connection, SQLException failure) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("rollback");
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /** The statement as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
