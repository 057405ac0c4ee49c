package org.stillpoint.delivery;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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
import org.stillpoint.event.EventType;
import org.stillpoint.event.NamedSql;
import org.stillpoint.time.ProductClock;

/** The rows of the outbox. No transaction is held while a channel works: a lease stands for it. */
@Singleton
class DeliveryQueue {
  /** How many are looked at in one statement. */
  static final int PAGE = 200;

  /** A pause that was tried so often holds no later one up. */
  private static final int STUCK = 5;

  /** How many pauses are under way to one target: those that are stuck share one place. */
  private static final int PER_TARGET = 2;

  private static final String CLIMB =
      "select climb_notices(?, now() + make_interval(secs => ?), ?, ?)";

  /**
   * Takes deliveries that are due, each only when no earlier one to its target waits. A pause waits
   * for earlier pauses only, and for none that was tried often or has to wait long: it overtakes
   * everything else. What has to wait is put off, the further the more is ahead of it, so that a
   * target with a long queue costs nobody else a look; it is due again as soon as its turn comes.
   * What stands behind one that isn't answered in time goes to the slow carrier too.
   *
   * <p>What asks something of a phone's owner is held back while a pause is active that was raised
   * after it (S9), and holds nothing else back meanwhile.
   *
   * <p>Abandons what has become pointless instead: what is for somebody who has left meanwhile, and
   * a phone's notice of a pause that a stronger one of the same pause has overtaken, or that has
   * ended since and was to be told of more than an hour ago; and what was tried too often.
   */
  private static final NamedSql CLAIM =
      NamedSql.of(
          """
          with clock as (
            select now() + make_interval(secs => :ahead::double precision) as time
          ), due as (
            select d.* from delivery d
            where d.state = 'queued' and d.urgent = :urgent
            and d.next_attempt_at <= (select time from clock)
            and d.carrier <> all (:busy::text[]) and (:webhooks or d.channel <> 'webhook')
            order by d.next_attempt_at limit :most for update skip locked
          ), judged as materialized (
            select d.member_id, d.sequence, d.target_id, n.id is null as orphaned,
              n.type <> 'relationship.left' and n.relationship_id is not null and not exists (
                  select from membership m where m.relationship_id = n.relationship_id
                  and m.member_id = n.member_id and m.left_at is null)
                or d.urgent and d.channel <> 'webhook' and exists (
                  select from (
                    select o.sequence, o.type, o.resource_id from event o
                    where o.member_id = d.member_id and o.sequence > d.sequence
                    order by o.sequence limit 20) o
                  where o.type = 'pause.strengthened' and o.resource_id = n.resource_id
                  and exists (
                    select from delivery l where l.member_id = d.member_id
                    and l.sequence = o.sequence and l.target_id = d.target_id
                    and l.state in ('queued', 'handed_over')))
                or d.urgent and d.channel <> 'webhook'
                  and d.queued_at < (select time from clock) - interval '1 hour'
                  and not exists (
                    select from pause p where p.relationship_id = n.relationship_id
                    and p.id = n.resource_id and p.ended_at is null)
                or d.channel <> 'webhook' and d.attempts >= :attempts as pointless,
              case
                when exists (
                  select from notice a where a.member_id = d.member_id and a.sequence < d.sequence
                  and a.rung = 0 and (a.urgent or not d.urgent))
                then (select time from clock) + interval '50 milliseconds'
                when d.urgent then (
                  select case when e.lease_id is null and e.next_attempt_at > (select time from clock)
                    then e.next_attempt_at
                    else (select time from clock) - interval '400 milliseconds'
                      + interval '500 milliseconds' * (
                        select count(*) from (
                          select from delivery b where b.member_id = d.member_id
                          and b.target_id = d.target_id and b.state = 'queued' and b.urgent
                          and b.sequence < d.sequence limit 60) b) end
                  from delivery e
                  where e.member_id = d.member_id and e.target_id = d.target_id
                  and e.state = 'queued' and e.urgent and e.sequence < d.sequence
                  and e.attempts < :stuck and (e.lease_id is not null
                    or e.next_attempt_at <= (select time from clock) + interval '10 seconds')
                  order by e.sequence limit 1)
                else (
                  select case when e.lease_id is null and e.next_attempt_at > (select time from clock)
                    then e.next_attempt_at
                    else (select time from clock) - interval '400 milliseconds'
                      + interval '500 milliseconds' * (
                        select count(*) from (
                          select from delivery b where b.member_id = d.member_id
                          and b.target_id = d.target_id and b.state = 'queued'
                          and b.sequence < d.sequence limit 60) b) end
                  from delivery e
                  where e.member_id = d.member_id and e.target_id = d.target_id
                  and e.state = 'queued' and e.sequence < d.sequence and not e.held
                  order by e.sequence limit 1)
                end as not_before,
              coalesce(n.type = any (:pressure::text[]), false) and d.channel <> 'webhook' and exists (
                select from pause p join event r on r.member_id = d.member_id
                  and r.sequence > d.sequence and r.type = 'pause.raised' and r.resource_id = p.id
                where p.relationship_id = n.relationship_id and p.ended_at is null) as held,
              d.carrier = :sharedCarrier and exists (
                select from (
                  select e.carrier from delivery e
                  where e.member_id = d.member_id and e.target_id = d.target_id
                  and e.state = 'queued' and e.sequence < d.sequence
                  order by e.sequence limit 1) e
                where e.carrier = :slowCarrier) as behind_slow,
              d.urgent and d.channel <> 'webhook' as bounded, d.attempts
            from due d
            left join event n on n.member_id = d.member_id and n.sequence = d.sequence
          ), placed as (
            select j.member_id, j.sequence, j.target_id, j.orphaned, j.pointless, j.behind_slow,
              j.held,
              case
                when j.held then (select time from clock) + interval '30 seconds'
                when j.not_before is not null then j.not_before
                when j.behind_slow then (select time from clock)
                when j.bounded and :perTarget < (
                    select count(*) from unnest(:underWay::uuid[]) u (target_id)
                    where u.target_id = j.target_id)
                  + row_number() over (
                    partition by j.target_id, j.not_before is null, j.behind_slow, j.pointless
                    order by j.attempts, j.sequence)
                then (select time from clock) + interval '1 second'
                end as not_before
            from judged j
          ), forgotten as (
            delete from delivery d using placed j
            where j.orphaned and d.member_id = j.member_id and d.sequence = j.sequence
              and d.target_id = j.target_id
          ), claimed as (
            update delivery d set
              state = case when j.pointless then 'abandoned' else d.state end,
              lease_id = case when j.pointless or j.not_before is not null then null
                else :lease::uuid end,
              next_attempt_at = coalesce(j.not_before,
                (select time from clock) + make_interval(secs => :leaseSeconds::double precision)),
              attempts = d.attempts
                + case when j.pointless or j.not_before is not null then 0 else 1 end,
              held = j.held,
              carrier = case when j.behind_slow then :slowCarrier else d.carrier end
            from placed j
            where not j.orphaned and d.member_id = j.member_id and d.sequence = j.sequence
              and d.target_id = j.target_id
            returning d.*
          )
          select l.looked, c.*
          from (select count(*) as looked from due) l
          left join (
            select c.member_id, c.sequence, c.channel, c.target_id, c.carrier, c.urgent, c.attempts,
              c.state = 'abandoned' as abandoned,
              e.id, e.type, e.occurred_at, e.relationship_id, e.resource_type, e.resource_id,
              m.locale
            from claimed c
            join event e on e.member_id = c.member_id and e.sequence = c.sequence
            join member m on m.id = c.member_id
            where c.lease_id = :lease::uuid or c.state = 'abandoned') c on true
          order by c.sequence
          """);

  /**
   * By whoever holds the lease; one who comes back after it changes nothing. What waited for it is
   * due at once, and so is the next rung where the last channel of this one has failed: for that,
   * {@link #NOTICE} is locked first, so that of two that fail at once the later one sees both.
   */
  private static final NamedSql FINISH =
      NamedSql.of(
          """
          with clock as (
            select now() + make_interval(secs => :ahead::double precision) as time
          ), finished as (
            update delivery set state = :state, lease_id = null,
              next_attempt_at = (select time from clock)
                + make_interval(secs => :wait::double precision),
              carrier = case when :slow and carrier = :sharedCarrier
                then :slowCarrier else carrier end
            where member_id = :member::uuid and sequence = :sequence and target_id = :target::uuid
            and lease_id = :lease::uuid
            returning state
          ), next as (
            select w.sequence from delivery w
            where w.member_id = :member::uuid and w.target_id = :target::uuid
            and w.state = 'queued' and w.lease_id is null and w.attempts = 0
            and w.next_attempt_at > (select time from clock)
            and w.sequence in (
              (select u.sequence from delivery u where u.member_id = :member::uuid
                and u.target_id = :target::uuid and u.state = 'queued' and u.urgent
                and u.sequence <> :sequence order by u.sequence limit 1)
              union
              (select o.sequence from delivery o where o.member_id = :member::uuid
                and o.target_id = :target::uuid and o.state = 'queued' and not o.held
                and o.sequence <> :sequence order by o.sequence limit 1))
            for no key update skip locked
          ), released as (
            update delivery d set next_attempt_at = (select time from clock)
            from finished f, next
            where f.state <> 'queued' and d.member_id = :member::uuid
            and d.target_id = :target::uuid and d.sequence = next.sequence
          )
          update notice n set next_look_at = (select time from clock)
          from finished f
          where f.state in ('failed', 'abandoned') and n.member_id = :member::uuid
          and n.sequence = :sequence and not exists (
            select from delivery o where o.member_id = :member::uuid and o.sequence = :sequence
            and o.target_id <> :target::uuid and o.channel <> 'webhook' and o.state = 'queued')
          """);

  private static final NamedSql NOTICE =
      NamedSql.of(
          "select from notice where member_id = :member::uuid and sequence = :sequence"
              + " for no key update");

  private final AgroalDataSource database;
  private final DeliveryConfig config;
  private final NoticeTexts texts;
  private final ProductClock clock;
  private final boolean phones;

  DeliveryQueue(
      @DataSource("delivery") AgroalDataSource database,
      DeliveryConfig config,
      NoticeTexts texts,
      ProductClock clock,
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
      statement.setInt(3, PAGE);
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
   * What a look at the outbox has brought.
   *
   * @param looked how many deliveries were due; most of them may have to wait
   * @param claimed those to hand over now, in the order of each recipient's feed
   * @param abandoned those that nothing more is done about
   */
  record Look(int looked, List<Delivery> claimed, List<Delivery> abandoned) {}

  /**
   * Takes some of the deliveries that are due.
   *
   * @param busy the carriers that have enough to do
   * @param webhooks whether there is room for webhooks
   * @param underWay the targets of what is under way on this replica
   */
  Look claim(
      boolean urgent,
      int most,
      Collection<String> busy,
      boolean webhooks,
      Collection<UUID> underWay) {
    UUID lease = UUID.randomUUID();
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("urgent", urgent);
    values.put("ahead", ahead());
    values.put("most", most);
    values.put("stuck", STUCK);
    values.put("webhooks", webhooks);
    values.put("perTarget", PER_TARGET);
    values.put("attempts", urgent ? config.pauseAttempts() : config.attempts());
    values.put("sharedCarrier", DeliveryChannel.SHARED_CARRIER);
    values.put("slowCarrier", DeliveryChannel.SLOW_CARRIER);
    values.put("lease", lease);
    values.put("leaseSeconds", seconds(config.lease()));
    try (Connection connection = database.getConnection()) {
      values.put("pressure", connection.createArrayOf("text", EventType.pressing().toArray()));
      values.put("busy", connection.createArrayOf("text", busy.toArray()));
      values.put("underWay", connection.createArrayOf("uuid", underWay.toArray()));
      try (PreparedStatement statement = CLAIM.prepare(connection, values);
          ResultSet rows = statement.executeQuery()) {
        List<Delivery> claimed = new ArrayList<>();
        List<Delivery> abandoned = new ArrayList<>();
        int looked = 0;
        while (rows.next()) {
          looked = rows.getInt("looked");
          if (rows.getObject("member_id") != null) {
            (rows.getBoolean("abandoned") ? abandoned : claimed).add(delivery(rows, lease));
          }
        }
        return new Look(looked, claimed, abandoned);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The outbox can't be read", e);
    }
  }

  private Delivery delivery(ResultSet row, UUID lease) throws SQLException {
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
    finish(delivery, "handed_over", Duration.ZERO, false);
  }

  void failed(Delivery delivery) {
    finish(delivery, "failed", Duration.ZERO, false);
  }

  void abandoned(Delivery delivery) {
    finish(delivery, "abandoned", Duration.ZERO, false);
  }

  /** Queues it again for later; with the slow ones, if it kept this one waiting. */
  void retry(Delivery delivery, Duration wait, boolean slow) {
    finish(delivery, "queued", wait, slow);
  }

  /**
   * By how many seconds a sandbox's clock is ahead. The time itself is the database's: replicas
   * whose clocks differ, or jump, agree on who holds what.
   */
  private double ahead() {
    return seconds(clock.ahead());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  private void finish(Delivery delivery, String state, Duration wait, boolean slow) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("state", state);
    values.put("wait", seconds(wait));
    values.put("slow", slow);
    values.put("sharedCarrier", DeliveryChannel.SHARED_CARRIER);
    values.put("slowCarrier", DeliveryChannel.SLOW_CARRIER);
    values.put("ahead", ahead());
    values.put("member", delivery.event().recipient());
    values.put("target", delivery.targetId());
    values.put("sequence", delivery.event().sequence());
    values.put("lease", delivery.lease());
    try (Connection connection = database.getConnection()) {
      if (state.equals("failed") || state.equals("abandoned")) {
        finishAfterNotice(connection, values);
      } else {
        execute(FINISH, connection, values);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The outbox can't be written", e);
    }
  }

  private static void finishAfterNotice(Connection connection, Map<String, @Nullable Object> values)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      execute(NOTICE, connection, values);
      execute(FINISH, connection, values);
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static void execute(
      NamedSql sql, Connection connection, Map<String, @Nullable Object> values)
      throws SQLException {
    try (PreparedStatement statement = sql.prepare(connection, values)) {
      statement.execute();
    }
  }
}
