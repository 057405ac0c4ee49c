package org.stillpoint.webhook;

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
import org.stillpoint.delivery.Outcome;
import org.stillpoint.delivery.Response;
import org.stillpoint.event.NamedSql;
import org.stillpoint.time.Ids;

/** What the worker reads of endpoints, and writes down about them. */
@Singleton
class WebhookRecords {
  /** Sooner than a rotation of the server's key lets go of the old one. */
  private static final Duration SEALED_ANEW_AFTER = Duration.ofHours(12);

  private static final NamedSql FIND =
      NamedSql.of(
          "select client_id, sealed, sealed_at from webhook_endpoint where id = :endpoint::uuid");

  private static final NamedSql FIND_SUBSCRIBED =
      NamedSql.of(
          """
          select w.client_id, w.sealed, w.sealed_at from webhook_endpoint w
          join webhook_subscription s on s.client_id = w.client_id
          where w.id = :endpoint::uuid and w.disabled_at is null and s.member_id = :member::uuid
          """);

  /** Unless the app has changed it meanwhile. */
  private static final NamedSql SEAL_ANEW =
      NamedSql.of(
          """
          update webhook_endpoint set sealed = :sealed, sealed_at = :now::timestamptz
          where id = :endpoint::uuid and sealed = :before
          """);

  private static final NamedSql ATTEMPT =
      NamedSql.of(
          """
          insert into webhook_attempt (client_id, endpoint_id, id, member_id, message_id,
            event_type, attempted_at, status_code, outcome)
          select client_id, id, :id::uuid, :member::uuid, :message, :type, :now::timestamptz,
            :status::integer, :outcome
          from webhook_endpoint where id = :endpoint::uuid
          """);

  /**
   * What waits to be tried again is due at once, after an outage: what failed within the last
   * minute waits half a minute at most, and one message that is never taken must not be tried each
   * time another is.
   */
  private static final NamedSql SUCCEEDED =
      NamedSql.of(
          """
          with failing as (
            select client_id, id, failing_since from webhook_endpoint
            where id = :endpoint::uuid and failing_since is not null for update
          ), mended as (
            update webhook_endpoint w set failing_since = null from failing f where w.id = f.id
          )
          update delivery d set next_attempt_at = :now::timestamptz
          from failing f join webhook_subscription s on s.client_id = f.client_id
          where f.failing_since <= :now::timestamptz - interval '1 minute'
          and d.member_id = s.member_id and d.target_id = f.id and d.state = 'queued'
          and d.lease_id is null and d.attempts > 0 and d.next_attempt_at > :now::timestamptz
          """);

  private static final NamedSql FAILED =
      NamedSql.of(
          """
          update webhook_endpoint set failing_since = coalesce(failing_since, :now::timestamptz),
            disabled_at = case when failing_since is not null then :now::timestamptz end
          where id = :endpoint::uuid and disabled_at is null and (failing_since is null
            or failing_since <= :now::timestamptz - interval '5 days')
          returning disabled_at
          """);

  private static final NamedSql DISABLE =
      NamedSql.of(
          """
          update webhook_endpoint set disabled_at = :now::timestamptz
          where id = :endpoint::uuid and disabled_at is null
          """);

  private static final NamedSql EMPTY_QUEUE =
      NamedSql.of(
          """
          delete from delivery d
          using webhook_endpoint w join webhook_subscription s on s.client_id = w.client_id
          where w.id = :endpoint::uuid and d.member_id = s.member_id and d.target_id = w.id
          and d.state = 'queued'
          """);

  private final AgroalDataSource database;
  private final WebhookSeal seal;
  private final Clock clock;

  WebhookRecords(@DataSource("worker") AgroalDataSource database, WebhookSeal seal, Clock clock) {
    this.database = database;
    this.seal = seal;
    this.clock = clock;
  }

  /** Where an endpoint is; empty when there is none any more. */
  Optional<WebhookTarget> target(UUID endpointId) {
    return target(FIND, endpointId, null);
  }

  /** The same, while it is enabled and its app gets this member's events. */
  Optional<WebhookTarget> target(UUID endpointId, UUID memberId) {
    return target(FIND_SUBSCRIBED, endpointId, memberId);
  }

  private Optional<WebhookTarget> target(
      NamedSql select, UUID endpointId, @Nullable UUID memberId) {
    Map<String, @Nullable Object> values = values(endpointId);
    values.put("member", memberId);
    try (Connection connection = database.getConnection();
        PreparedStatement statement = select.prepare(connection, values);
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      String client = row.getString("client_id");
      byte[] sealed = row.getBytes("sealed");
      WebhookTarget target = seal.open(sealed, client, endpointId);
      Instant sealedAt = row.getTimestamp("sealed_at").toInstant();
      if (sealedAt.isBefore(clock.instant().minus(SEALED_ANEW_AFTER))) {
        values.put("before", sealed);
        values.put("sealed", seal.seal(target, client, endpointId));
        write(connection, SEAL_ANEW, values);
      }
      return Optional.of(target);
    } catch (SQLException e) {
      throw new IllegalStateException("A webhook's endpoint can't be read", e);
    }
  }

  /** Writes an attempt down; {@code response} is null when none came. */
  void attempted(
      UUID endpointId,
      UUID memberId,
      String messageId,
      String eventType,
      @Nullable Response response,
      Outcome outcome) {
    Map<String, @Nullable Object> values = values(endpointId);
    values.put("id", Ids.next());
    values.put("member", memberId);
    values.put("message", messageId);
    values.put("type", eventType);
    values.put("status", response == null ? null : response.status());
    values.put("outcome", response == null ? "noAnswer" : name(outcome));
    write(ATTEMPT, values);
  }

  private static String name(Outcome outcome) {
    return switch (outcome) {
      case HANDED_OVER -> "handedOver";
      case GONE -> "gone";
      case LATER, REFUSED -> "later";
    };
  }

  void succeeded(UUID endpointId) {
    write(SUCCEEDED, values(endpointId));
  }

  /** Disables an endpoint that has failed for too long. */
  void failed(UUID endpointId) {
    Map<String, @Nullable Object> values = values(endpointId);
    try (Connection connection = database.getConnection();
        PreparedStatement statement = FAILED.prepare(connection, values);
        ResultSet row = statement.executeQuery()) {
      if (row.next() && row.getTimestamp("disabled_at") != null) {
        write(connection, EMPTY_QUEUE, values);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("A webhook's endpoint can't be written", e);
    }
  }

  void disable(UUID endpointId) {
    Map<String, @Nullable Object> values = values(endpointId);
    write(DISABLE, values);
    write(EMPTY_QUEUE, values);
  }

  private Map<String, @Nullable Object> values(UUID endpointId) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("endpoint", endpointId);
    values.put("now", clock.instant().toString());
    return values;
  }

  private void write(NamedSql sql, Map<String, @Nullable Object> values) {
    try (Connection connection = database.getConnection()) {
      write(connection, sql, values);
    } catch (SQLException e) {
      throw new IllegalStateException("A webhook's endpoint can't be written", e);
    }
  }

  private static void write(
      Connection connection, NamedSql sql, Map<String, @Nullable Object> values)
      throws SQLException {
    try (PreparedStatement statement = sql.prepare(connection, values)) {
      statement.executeUpdate();
    }
  }
}
