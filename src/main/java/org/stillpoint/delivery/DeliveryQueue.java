package org.stillpoint.delivery;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
  private static final int MOST_NOTICES = 200;
  private static final int MOST_DELIVERIES = 200;

  /** A pause that was tried so often holds no later one up. */
  private static final int STUCK = 5;

  private static final String CLIMB =
      "select climb_notices(?, now() + make_interval(secs => ?), ?, ?)";

  /**
   * Takes deliveries that are due, each only when no earlier one to its target waits. A pause waits
   * for earlier pauses only, and not for one that was tried often: it overtakes everything else.
   * What has to wait is put off until the one ahead is tried again, so that a target with a long
   * queue costs nobody else a look.
   *
   * <p>Abandons what has become pointless instead: what is for somebody who has left meanwhile, and
   * a phone's notice of a pause that a stronger one of the same pause has overtaken.
   */
  private static final NamedSql CLAIM =
      NamedSql.of(
          """
          with clock as (
            select now() + make_interval(secs => :ahead::double precision) as time
          ), due as (
            select d.* from delivery d
            where d.state = 'queued' and d.urgent = :urgent
            and d.next_attempt_at <= (select time from clock) and d.carrier <> all (:busy::text[])
            order by d.next_attempt_at limit :most for update skip locked
          ), judged as (
            select d.member_id, d.sequence, d.target_id,
              n.id is null
                or n.relationship_id is not null and not exists (
                  select from membership m where m.relationship_id = n.relationship_id
                  and m.member_id = n.member_id and m.left_at is null)
                or d.urgent and d.channel <> 'webhook' and exists (
                  select from delivery l
                  join event o on o.member_id = l.member_id and o.sequence = l.sequence
                  where l.member_id = d.member_id and l.target_id = d.target_id
                  and l.sequence > d.sequence and l.urgent and l.state in ('queued', 'handed_over')
                  and o.resource_id = n.resource_id) as pointless,
              case when exists (
                  select from notice a where a.member_id = d.member_id and a.sequence < d.sequence
                  and a.rung = 0 and (a.urgent or not d.urgent))
                then (select time from clock) + interval '50 milliseconds'
                else (
                  select case when e.lease_id is null and e.next_attempt_at > (select time from clock)
                    then e.next_attempt_at else (select time from clock) + interval '500 milliseconds' end
                  from delivery e
                  where e.member_id = d.member_id and e.target_id = d.target_id
                  and e.state = 'queued' and e.sequence < d.sequence
                  and (not d.urgent or e.urgent and e.attempts < :stuck)
                  order by e.sequence limit 1) end as not_before
            from due d
            left join event n on n.member_id = d.member_id and n.sequence = d.sequence
          ), claimed as (
            update delivery d set
              state = case when j.pointless then 'abandoned' else d.state end,
              lease_id = case when j.pointless or j.not_before is not null then null
                else :lease::uuid end,
              next_attempt_at = coalesce(j.not_before,
                (select time from clock) + make_interval(secs => :leaseSeconds::double precision)),
              attempts = d.attempts
                + case when j.pointless or j.not_before is not null then 0 else 1 end
            from judged j where d.member_id = j.member_id and d.sequence = j.sequence
              and d.target_id = j.target_id
            returning d.*
          )
          select c.*, e.id, e.type, e.occurred_at, e.relationship_id, e.resource_type,
            e.resource_id, m.locale
          from claimed c
          join event e on e.member_id = c.member_id and e.sequence = c.sequence
          join member m on m.id = c.member_id
          where c.lease_id = :lease::uuid
          order by c.sequence
          """);

  /**
   * By whoever holds the lease; one who comes back after it changes nothing. What waited for it is
   * due at once, and so is the next rung where the last channel of this one has failed.
   */
  private static final NamedSql FINISH =
      NamedSql.of(
          """
          with clock as (
            select now() + make_interval(secs => :ahead::double precision) as time
          ), finished as (
            update delivery set state = :state, lease_id = null,
              next_attempt_at = (select time from clock)
                + make_interval(secs => :wait::double precision)
            where member_id = :member::uuid and sequence = :sequence and target_id = :target::uuid
            and lease_id = :lease::uuid
            returning state
          ), released as (
            update delivery d set next_attempt_at = (select time from clock)
            from finished f
            where f.state <> 'queued' and d.member_id = :member::uuid
            and d.target_id = :target::uuid and d.state = 'queued' and d.lease_id is null
            and d.attempts = 0 and d.next_attempt_at > (select time from clock)
            and d.sequence in (
              (select w.sequence from delivery w where w.member_id = :member::uuid
                and w.target_id = :target::uuid and w.state = 'queued' and w.urgent
                and w.sequence <> :sequence order by w.sequence limit 1)
              union
              (select w.sequence from delivery w where w.member_id = :member::uuid
                and w.target_id = :target::uuid and w.state = 'queued'
                and w.sequence <> :sequence order by w.sequence limit 1))
          )
          update notice n set next_look_at = (select time from clock)
          from finished f
          where f.state in ('failed', 'abandoned') and n.member_id = :member::uuid
          and n.sequence = :sequence and not exists (
            select from delivery o where o.member_id = :member::uuid and o.sequence = :sequence
            and o.target_id <> :target::uuid and o.channel <> 'webhook' and o.state = 'queued')
          """);

  private final AgroalDataSource database;
  private final DeliveryConfig config;
  private final NoticeTexts texts;
  private final Clock clock;
  private final boolean phones;

  DeliveryQueue(
      @DataSource("worker") AgroalDataSource database,
      DeliveryConfig config,
      NoticeTexts texts,
      Clock clock,
      SandboxPhones phones) {
    this.database = database;
    this.config = config;
    this.texts = texts;
    this.clock = clock;
    this.phones = phones.areOn();
  }

  /** Goes up the order of channels with the notices that are due; how many there were. */
  long climb(boolean urgent) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(CLIMB)) {
      statement.setBoolean(1, urgent);
      statement.setDouble(2, ahead());
      statement.setInt(3, MOST_NOTICES);
      statement.setBoolean(4, phones);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The notices can't be read", e);
    }
  }

  /**
   * Takes some of the deliveries that are due, in the order of each recipient's feed.
   *
   * @param busy the carriers that have enough to do
   */
  List<Delivery> claim(boolean urgent, int most, Collection<String> busy) {
    UUID lease = UUID.randomUUID();
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("urgent", urgent);
    values.put("ahead", ahead());
    values.put("most", Math.min(most, MOST_DELIVERIES));
    values.put("stuck", STUCK);
    values.put("lease", lease);
    values.put("leaseSeconds", seconds(config.lease()));
    try (Connection connection = database.getConnection()) {
      Array carriers = connection.createArrayOf("text", busy.toArray());
      values.put("busy", carriers);
      try (PreparedStatement statement = CLAIM.prepare(connection, values);
          ResultSet rows = statement.executeQuery()) {
        List<Delivery> claimed = new ArrayList<>();
        while (rows.next()) {
          claimed.add(claimed(rows, lease));
        }
        return claimed;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The outbox can't be read", e);
    }
  }

  private Delivery claimed(ResultSet row, UUID lease) throws SQLException {
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
    Locale locale = Locale.forLanguageTag(row.getString("locale"));
    return new Delivery(
        event,
        row.getString("channel"),
        row.getObject("target_id", UUID.class),
        row.getString("carrier"),
        row.getBoolean("urgent"),
        row.getInt("attempts"),
        () -> texts.of(event, locale),
        lease);
  }

  void handedOver(Delivery delivery) {
    finish(delivery, "handed_over", Duration.ZERO);
  }

  void failed(Delivery delivery) {
    finish(delivery, "failed", Duration.ZERO);
  }

  void abandoned(Delivery delivery) {
    finish(delivery, "abandoned", Duration.ZERO);
  }

  /** Queues it again for later. */
  void retry(Delivery delivery, Duration wait) {
    finish(delivery, "queued", wait);
  }

  /**
   * By how many seconds a sandbox's clock is ahead. The time itself is the database's: replicas
   * whose clocks differ, or jump, agree on who holds what.
   */
  private double ahead() {
    return seconds(Duration.between(Instant.now(), clock.instant()));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  private void finish(Delivery delivery, String state, Duration wait) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("state", state);
    values.put("wait", seconds(wait));
    values.put("ahead", ahead());
    values.put("member", delivery.event().recipient());
    values.put("target", delivery.targetId());
    values.put("sequence", delivery.event().sequence());
    values.put("lease", delivery.lease());
    try (Connection connection = database.getConnection();
        PreparedStatement statement = FINISH.prepare(connection, values)) {
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("The outbox can't be written", e);
    }
  }
}
