package org.stillpoint.checkin;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stillpoint.checkin.Recurrence.Due;
import org.stillpoint.checkin.Recurrence.Start;
import org.stillpoint.event.NamedSql;

/**
 * Makes check-ins of a series: each once, and each beside the mark up to which it was done. They
 * ask nobody for anything: all were told of the series.
 */
final class Occurrences {
  private static final NamedSql MAKE =
      NamedSql.of(
          """
          select make_occurrences(:relationship::uuid, :series::uuid, :originals::timestamp[],
            :starts::timestamptz[], :nextStart::timestamp, :nextAt::timestamptz, :now::timestamptz)
          """);

  private Occurrences() {}

  /** In the transaction of the connection. */
  static void make(Connection connection, UUID relationshipId, UUID seriesId, Due due, Instant now)
      throws SQLException {
    Start next = due.next();
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("relationship", relationshipId);
    values.put("series", seriesId);
    values.put("originals", array(connection, "timestamp", due.starts(), Start::local));
    values.put("starts", array(connection, "timestamptz", due.starts(), Start::at));
    values.put("nextStart", next == null ? null : next.local().toString());
    values.put("nextAt", next == null ? null : next.at().toString());
    values.put("now", now.toString());
    try (PreparedStatement statement = MAKE.prepare(connection, values)) {
      statement.execute();
    }
  }

  private static Array array(
      Connection connection, String type, List<Start> starts, Function<Start, Object> column)
      throws SQLException {
    return connection.createArrayOf(
        type, starts.stream().map(column).map(Object::toString).toArray());
  }
}
