package org.stillpoint.privacy;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.event.NamedSql;

/** The exports that wait to be made. A lease stands for whoever makes one. */
@Singleton
class ExportQueue {
  static final int ATTEMPTS = 5;
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration BACKOFF = Duration.ofSeconds(10);

  /** The first attempt is due at once, also after the clock was put back. */
  private static final NamedSql CLAIM =
      NamedSql.of(
          """
          with due as (
            select member_id, id from member_export where state = 'queued'
            and (attempts = 0 or next_attempt_at <= :now::timestamptz)
            and (leased_until is null or leased_until < :now::timestamptz)
            order by next_attempt_at limit 1 for update skip locked
          )
          update member_export e set lease_id = :lease::uuid, leased_until = :until::timestamptz,
            attempts = attempts + 1
          from due where e.member_id = due.member_id and e.id = due.id
          returning e.member_id, e.id, e.attempts
          """);

  private static final NamedSql POSTPONE =
      NamedSql.of(
          """
          update member_export set lease_id = null, leased_until = null,
            next_attempt_at = :next::timestamptz,
            state = case when attempts >= :most then 'failed' else state end,
            ended_at = case when attempts >= :most then :now::timestamptz end
          where member_id = :member::uuid and id = :id::uuid and lease_id = :lease::uuid
          and state = 'queued'
          """);

  /** One export, held by a lease. */
  record Claimed(UUID memberId, UUID id, int attempts, UUID lease) {}

  private final AgroalDataSource database;
  private final Clock clock;

  ExportQueue(@DataSource("worker") AgroalDataSource database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  Optional<Claimed> claim() {
    Instant now = clock.instant();
    UUID lease = UUID.randomUUID();
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("now", now.toString());
    values.put("until", now.plus(LEASE).toString());
    values.put("lease", lease);
    try (Connection connection = database.getConnection();
        PreparedStatement statement = CLAIM.prepare(connection, values);
        ResultSet row = statement.executeQuery()) {
      return row.next()
          ? Optional.of(
              new Claimed(
                  row.getObject(1, UUID.class), row.getObject(2, UUID.class), row.getInt(3), lease))
          : Optional.empty();
    } catch (SQLException e) {
      throw new IllegalStateException("The exports can't be looked up", e);
    }
  }

  /** Later again, or never after the last attempt. */
  void postpone(Claimed claimed) {
    Instant now = clock.instant();
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("now", now.toString());
    values.put("next", now.plus(BACKOFF.multipliedBy(claimed.attempts())).toString());
    values.put("most", ATTEMPTS);
    values.put("member", claimed.memberId());
    values.put("id", claimed.id());
    values.put("lease", claimed.lease());
    try (Connection connection = database.getConnection();
        PreparedStatement statement = POSTPONE.prepare(connection, values)) {
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("An export can't be postponed", e);
    }
  }
}
