package org.stillpoint.privacy;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.stillpoint.identity.EndedLogins;
import org.stillpoint.time.Rounds;

/**
 * Deletes what is older than its member wants it kept. The replicas walk along the members
 * together, each taking the next few, and delete in small transactions, so that taps never wait for
 * long.
 */
@Startup
@Singleton
class RetentionJob {
  private final AgroalDataSource database;
  private final RetentionConfig config;
  private final EndedLogins endedLogins;
  private final Clock clock;
  private final MeterRegistry metrics;
  private final Timer batches;
  private final Rounds rounds;

  RetentionJob(
      @DataSource("worker") AgroalDataSource database,
      RetentionConfig config,
      EndedLogins endedLogins,
      Clock clock,
      MeterRegistry metrics,
      Rounds rounds) {
    this.database = database;
    this.config = config;
    this.endedLogins = endedLogins;
    this.clock = clock;
    this.metrics = metrics;
    this.batches =
        Timer.builder("stillpoint.retention.batch")
            .description("One transaction that deletes what is old")
            .publishPercentileHistogram()
            .register(metrics);
    this.rounds = rounds;
    rounds.every(config.look(), "retention", this::round);
  }

  /** After a failure the next goes on where this one ended; its members come again. */
  private void round() throws SQLException, InterruptedException {
    while (step() && rounds.goOn()) {
      // the walk goes on
    }
    endedLogins.forgetOld();
  }

  /** Deletes what is old of the next few members; false when the round is over. */
  boolean step() throws SQLException, InterruptedException {
    List<UUID> members = claim();
    for (RetentionSql.Rule rule :
        members.isEmpty() ? List.<RetentionSql.Rule>of() : RetentionSql.RULES) {
      apply(rule, members);
    }
    return !members.isEmpty();
  }

  /** The next members of the walk, for this replica alone. */
  List<UUID> claim() throws SQLException {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("now", clock.instant().toString());
    values.put("members", config.members());
    values.put("seconds", config.every().toSeconds());
    List<UUID> members = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement statement = RetentionSql.CLAIM.prepare(connection, values);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        members.add(rows.getObject(1, UUID.class));
      }
    }
    return members;
  }

  /** Whoever had as many old rows as were taken may have more. */
  private void apply(RetentionSql.Rule rule, List<UUID> members)
      throws SQLException, InterruptedException {
    Counter deleted = metrics.counter("stillpoint.retention.deleted", "kind", rule.kind());
    List<UUID> left = members;
    while (!left.isEmpty()) {
      int each = Math.max(1, config.batch() / left.size());
      long begin = System.nanoTime();
      Map<UUID, Long> gone = delete(rule, left, each);
      batches.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
      deleted.increment(gone.values().stream().mapToDouble(Long::doubleValue).sum());
      left = left.stream().filter(member -> gone.getOrDefault(member, 0L) >= each).toList();
      if (!gone.isEmpty()) {
        Thread.sleep(config.rest());
      }
    }
  }

  private Map<UUID, Long> delete(RetentionSql.Rule rule, List<UUID> members, int each)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      Map<String, @Nullable Object> values = new HashMap<>();
      values.put("now", clock.instant().toString());
      values.put("members", connection.createArrayOf("uuid", members.toArray()));
      values.put("each", each);
      Map<UUID, Long> gone = new HashMap<>();
      try (PreparedStatement statement = rule.sql().prepare(connection, values);
          ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          gone.put(rows.getObject(1, UUID.class), rows.getLong(2));
        }
      }
      return gone;
    }
  }
}
