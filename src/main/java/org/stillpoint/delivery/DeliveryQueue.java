package org.stillpoint.delivery;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.event.Announced;
import org.stillpoint.event.Event;
import org.stillpoint.event.NamedSql;

/** The rows of the outbox. No transaction is held while a channel works: a lease stands for it. */
@Singleton
class DeliveryQueue {
  private static final int BATCH = 20;
  private static final Duration LONGEST_BACKOFF = Duration.ofHours(1);

  /**
   * Takes due rows, each only when no earlier one of its recipient and channel waits. An urgent one
   * waits only for earlier urgent ones that are tried now, so that a pause overtakes everything
   * else, and what couldn't be handed over before.
   *
   * <p>Abandons what has become pointless instead: a notice to somebody who has left meanwhile, and
   * one of a pause that a stronger notice of the same pause has overtaken.
   */
  private static final NamedSql CLAIM =
      NamedSql.of(
          """
          with due as (
            select d.member_id, d.channel, d.sequence,
              (n.relationship_id is null or exists (
                select from membership m where m.relationship_id = n.relationship_id
                and m.member_id = n.member_id and m.left_at is null))
              and not (d.urgent and exists (
                select from delivery l
                join event o on o.member_id = l.member_id and o.sequence = l.sequence
                where l.member_id = d.member_id and l.channel = d.channel
                and l.sequence > d.sequence and l.urgent and l.state = 'handed_over'
                and o.resource_id = n.resource_id)) as wanted
            from delivery d
            join event n on n.member_id = d.member_id and n.sequence = d.sequence
            where d.state = 'queued' and d.urgent = :urgent
            and d.next_attempt_at <= :now::timestamptz
            and (d.leased_until is null or d.leased_until < :now::timestamptz)
            and not exists (
              select from delivery e where e.member_id = d.member_id and e.channel = d.channel
              and e.sequence < d.sequence and e.state = 'queued'
              and (not d.urgent or e.urgent and e.next_attempt_at <= :now::timestamptz))
            order by d.next_attempt_at limit :batch for update of d skip locked
          ), claimed as (
            update delivery d set
              state = case when due.wanted then d.state else 'abandoned' end,
              lease_id = case when due.wanted then :lease::uuid end,
              leased_until = case when due.wanted then :until::timestamptz end,
              attempts = d.attempts + case when due.wanted then 1 else 0 end
            from due where d.member_id = due.member_id and d.channel = due.channel
              and d.sequence = due.sequence
            returning d.member_id, d.channel, d.sequence, d.urgent, d.attempts, d.state
          )
          select c.*, e.id, e.type, e.occurred_at, e.relationship_id, e.resource_type,
            e.resource_id, m.locale
          from claimed c
          join event e on e.member_id = c.member_id and e.sequence = c.sequence
          join member m on m.id = c.member_id
          where c.state = 'queued'
          order by c.sequence
          """);

  /** By whoever holds the lease; one who comes back after it changes nothing. */
  private static final NamedSql FINISH =
      NamedSql.of(
          """
          update delivery set state = :state, next_attempt_at = :next::timestamptz,
            lease_id = null, leased_until = null
          where member_id = :member::uuid and channel = :channel and sequence = :sequence
          and lease_id = :lease::uuid
          """);

  private final AgroalDataSource database;
  private final DeliveryConfig config;
  private final Clock clock;

  DeliveryQueue(
      @DataSource("worker") AgroalDataSource database, DeliveryConfig config, Clock clock) {
    this.database = database;
    this.config = config;
    this.clock = clock;
  }

  /** A notice to be handed over, held by a lease. */
  record Claimed(
      Announced event, String channel, boolean urgent, int attempts, Locale locale, UUID lease) {}

  /** Takes some of the rows that are due, in the order of each recipient's feed. */
  List<Claimed> claim(boolean urgent) {
    Instant now = clock.instant();
    UUID lease = UUID.randomUUID();
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("urgent", urgent);
    values.put("now", now.toString());
    values.put("batch", BATCH);
    values.put("lease", lease);
    values.put("until", now.plus(config.lease()).toString());
    try (Connection connection = database.getConnection();
        PreparedStatement statement = CLAIM.prepare(connection, values);
        ResultSet rows = statement.executeQuery()) {
      List<Claimed> claimed = new ArrayList<>();
      while (rows.next()) {
        claimed.add(claimed(rows, lease));
      }
      return claimed;
    } catch (SQLException e) {
      throw new IllegalStateException("The outbox can't be read", e);
    }
  }

  private static Claimed claimed(ResultSet row, UUID lease) throws SQLException {
    Announced event =
        new Announced(
            row.getObject("member_id", UUID.class),
            row.getLong("sequence"),
            row.getObject("id", UUID.class),
            row.getString("type"),
            row.getTimestamp("occurred_at").toInstant(),
            row.getObject("relationship_id", UUID.class),
            new Event.Resource(
                row.getString("resource_type"), row.getObject("resource_id", UUID.class)));
    return new Claimed(
        event,
        row.getString("channel"),
        row.getBoolean("urgent"),
        row.getInt("attempts"),
        Locale.forLanguageTag(row.getString("locale")),
        lease);
  }

  void handedOver(Claimed claimed) {
    finish(claimed, "handed_over", clock.instant());
  }

  void failed(Claimed claimed) {
    finish(claimed, "failed", clock.instant());
  }

  /** Queues it again for later, or gives it up after the last attempt; true when given up. */
  boolean retry(Claimed claimed) {
    if (claimed.attempts() >= config.attempts()) {
      finish(claimed, "abandoned", clock.instant());
      return true;
    }
    Duration wait = config.backoff().multipliedBy(1L << Math.min(claimed.attempts() - 1, 20));
    Duration bounded = wait.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : wait;
    finish(claimed, "queued", clock.instant().plus(bounded));
    return false;
  }

  private void finish(Claimed claimed, String state, Instant next) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("state", state);
    values.put("next", next.toString());
    values.put("member", claimed.event().recipient());
    values.put("channel", claimed.channel());
    values.put("sequence", claimed.event().sequence());
    values.put("lease", claimed.lease());
    try (Connection connection = database.getConnection();
        PreparedStatement statement = FINISH.prepare(connection, values)) {
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("The outbox can't be written", e);
    }
  }
}
