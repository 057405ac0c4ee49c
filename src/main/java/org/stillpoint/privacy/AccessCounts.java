package org.stillpoint.privacy;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.stillpoint.event.NamedSql;
import org.stillpoint.time.Emptied;
import org.stillpoint.time.Rounds;

/**
 * Counts accesses whose row is there, and adds them to it now and then: a request shouldn't cost a
 * write because it is logged. What a crash loses is a few seconds' counts, never that there was an
 * access.
 */
@Startup
@Singleton
class AccessCounts {
  private static final Logger LOG = Logger.getLogger(AccessCounts.class);
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final int BATCH = 500;

  /** No row, no count: its member has been erased since, or wants nothing kept that long. */
  private static final NamedSql ADD =
      NamedSql.of(
          """
          update access_log a set times = a.times + n.times
          from unnest(:members::uuid[], :hours::timestamptz[], :clients::text[], :kinds::text[],
            :times::int[]) as n (member_id, hour, client_id, kind, times)
          where a.member_id = n.member_id and a.occurred_at = n.hour and a.hourly
          and a.client_id = n.client_id and a.kind = n.kind
          """);

  /** A row of the log that counts. */
  record Key(UUID memberId, Instant hour, String clientId, String kind) {}

  private final AgroalDataSource database;
  private final Map<Key, Integer> pending = new ConcurrentHashMap<>();

  AccessCounts(@DataSource("worker") AgroalDataSource database, Rounds rounds) {
    this.database = database;
    rounds.every(EVERY, "access-counts", this::store);
  }

  void onEmptied(@Observes Emptied emptied) {
    pending.clear();
  }

  void add(Key key) {
    pending.merge(key, 1, Integer::sum);
  }

  /** Adds what was counted since the last time. */
  void store() {
    List<Key> keys = List.copyOf(pending.keySet());
    for (int from = 0; from < keys.size(); from += BATCH) {
      Map<Key, Integer> taken = new HashMap<>();
      for (Key key : keys.subList(from, Math.min(keys.size(), from + BATCH))) {
        @Nullable Integer times = pending.remove(key);
        if (times != null) {
          taken.put(key, times);
        }
      }
      try {
        store(List.copyOf(taken.entrySet()));
      } catch (SQLException e) {
        taken.forEach((key, times) -> pending.merge(key, times, Integer::sum));
        LOG.warnf("Counts of the access log wait: %s", e.getClass().getName());
        return;
      }
    }
  }

  private void store(List<Map.Entry<Key, Integer>> taken) throws SQLException {
    try (Connection connection = database.getConnection()) {
      Map<String, @Nullable Object> values = new HashMap<>();
      put(values, connection, "members", "uuid", taken, entry -> entry.getKey().memberId());
      put(
          values,
          connection,
          "hours",
          "timestamptz",
          taken,
          entry -> Timestamp.from(entry.getKey().hour()));
      put(values, connection, "clients", "text", taken, entry -> entry.getKey().clientId());
      put(values, connection, "kinds", "text", taken, entry -> entry.getKey().kind());
      put(values, connection, "times", "int4", taken, Map.Entry::getValue);
      try (PreparedStatement statement = ADD.prepare(connection, values)) {
        statement.executeUpdate();
      }
    }
  }

  private static void put(
      Map<String, @Nullable Object> values,
      Connection connection,
      String name,
      String type,
      List<Map.Entry<Key, Integer>> taken,
      Function<Map.Entry<Key, Integer>, Object> value)
      throws SQLException {
    values.put(name, connection.createArrayOf(type, taken.stream().map(value).toArray()));
  }

  void onShutdown(@Observes ShutdownEvent event) {
    store();
  }
}
