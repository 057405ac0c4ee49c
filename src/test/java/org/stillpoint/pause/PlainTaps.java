package org.stillpoint.pause;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.stillpoint.event.EventType;
import org.stillpoint.event.NamedSql;
import org.stillpoint.time.Ids;

/**
 * The limit that the benchmark measures against: the tap's own statement through plain JDBC, on a
 * fair pool of connections that are set up as the application sets up its own. There are no walls
 * around it: it is alone in its transaction, and the owner's connections see all rows.
 */
public final class PlainTaps implements AutoCloseable {
  private static final NamedSql ALONE =
      NamedSql.of(
          PauseSql.RAISE
              .toString()
              .replaceFirst("(?s)^.*?; (?=\\s*with raiser)", "")
              .replaceFirst("; commit$", ""));

  private final BlockingQueue<Connection> pool;
  private final int connections;

  /** Opens the connections. */
  public PlainTaps(String url, String user, String password, int connections) throws SQLException {
    this.connections = connections;
    this.pool = new ArrayBlockingQueue<>(connections, true);
    Properties properties = new Properties();
    properties.put("user", user);
    properties.put("password", password);
    properties.put("prepareThreshold", "1");
    for (int i = 0; i < connections; i++) {
      Connection connection = DriverManager.getConnection(url, properties);
      try (var statement = connection.createStatement()) {
        statement.execute("set plan_cache_mode = force_generic_plan");
      }
      pool.add(connection);
    }
  }

  /** Raises a pause; it is on disk when this returns. */
  public void tap(UUID relationship, UUID raiser, String client, Instant login)
      throws SQLException, InterruptedException {
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("relationship", relationship);
    values.put("member", raiser);
    values.put("client", client);
    values.put("login", login.atOffset(ZoneOffset.UTC));
    values.put("tap", null);
    values.put("rememberedSince", now.minusDays(1));
    values.put("pause", Ids.next());
    values.put("kind", PauseKind.PAUSE.strength());
    values.put("raisedAt", now);
    values.put("now", now);
    values.put("event", Ids.next());
    values.put("raisedType", EventType.PAUSE_RAISED.wireName());
    values.put("strengthenedType", EventType.PAUSE_STRENGTHENED.wireName());
    Connection connection = pool.take();
    try {
      values.put("channels", connection.createArrayOf("text", new String[0]));
      try (PreparedStatement statement = ALONE.prepare(connection, values);
          ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("A tap was refused");
        }
      }
    } finally {
      pool.add(connection);
    }
  }

  @Override
  public void close() throws SQLException {
    for (int i = 0; i < connections; i++) {
      Connection connection = pool.poll();
      if (connection != null) {
        connection.close();
      }
    }
  }
}
