package org.stillpoint.event;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction has to tell: collected while it works, stored at its end, told after commit.
 */
@ApplicationScoped
public class Outbox {
  private static final NamedSql STORE =
      NamedSql.of(
          """
          with notified as (
            select * from unnest(:members::uuid[], :ordinals::int[], :ids::uuid[], :types::text[],
              :times::timestamptz[], :relationships::uuid[], :resourceTypes::text[],
              :resourceIds::uuid[], :urgent::boolean[], :noticed::boolean[])
            as n (member_id, ordinal, id, type, occurred_at, relationship_id, resource_type,
              resource_id, urgent, noticed)
          ),\s"""
              + AnnounceSql.FROM_NOTIFIED
              + """
              select member_id, sequence, id, exists (select from queued) as queued from numbered
              order by member_id, sequence
              """);

  private static final Logger LOG = Logger.getLogger(Outbox.class);

  private final DataSource database;
  private final Pending pending;
  private final Feeds feeds;
  private final jakarta.enterprise.event.Event<Commit> commits;

  Outbox(
      DataSource database,
      Pending pending,
      Feeds feeds,
      jakarta.enterprise.event.Event<Commit> commits) {
    this.database = database;
    this.pending = pending;
    this.feeds = feeds;
    this.commits = commits;
  }

  /** The events of the current transaction, in the order in which they came. */
  @TransactionScoped
  static class Pending {
    private final List<Event> events = new ArrayList<>();
    private final List<Runnable> afterwards = new ArrayList<>();

    List<Event> events() {
      return events;
    }

    List<Runnable> afterwards() {
      return afterwards;
    }
  }

  /** MANDATORY: an event stored apart from the change that it reports could announce a rollback. */
  @Transactional(TxType.MANDATORY)
  public void add(Event event) {
    pending.events().add(event);
  }

  /**
   * Does something once the events of this transaction are stored: what locks a feed must wait
   * until all feeds are locked in their order.
   */
  @Transactional(TxType.MANDATORY)
  public void afterwards(Runnable work) {
    pending.afterwards().add(work);
  }

  /**
   * Stores what was added; the last thing that a transaction does, because of the feeds' locks.
   *
   * @return what to {@link #tell} after the commit
   */
  @Transactional(TxType.MANDATORY)
  public Commit store() {
    Commit commit = storeEvents();
    pending.afterwards().forEach(Runnable::run);
    return commit;
  }

  private Commit storeEvents() {
    List<Event> events = pending.events();
    if (events.stream().allMatch(event -> event.recipients().isEmpty())) {
      return Commit.NOTHING;
    }
    confirmPermits(events);
    try (Connection connection = database.getConnection();
        PreparedStatement statement = STORE.prepare(connection, values(connection, events))) {
      return read(statement, events);
    } catch (SQLException e) {
      throw new IllegalStateException("The outbox can't be written", e);
    }
  }

  private void confirmPermits(List<Event> events) {
    List<PressurePermit> permits =
        events.stream().map(Event::permit).filter(Objects::nonNull).toList();
    if (permits.isEmpty()) {
      return;
    }
    feeds.lock(events.stream().flatMap(event -> event.recipients().stream()).distinct().toList());
    permits.forEach(permit -> permit.confirm().run());
  }

  /** Wakes this replica's streams and workers. */
  public void tell(Commit commit) {
    if (commit.events().isEmpty()) {
      return;
    }
    try {
      commits.fire(commit);
    } catch (RuntimeException e) {
      // It is stored, and is found by looking: whoever tapped must not be told otherwise.
      LOG.warnf("Told later: %s", e.getClass().getName());
    }
  }

  private record Line(UUID member, int ordinal, Event event) {
    boolean noticed() {
      return event.isNoticed() && !member.equals(event.actor());
    }
  }

  private Map<String, @Nullable Object> values(Connection connection, List<Event> events)
      throws SQLException {
    List<Line> lines = new ArrayList<>();
    for (int ordinal = 0; ordinal < events.size(); ordinal++) {
      for (UUID member : events.get(ordinal).recipients()) {
        lines.add(new Line(member, ordinal, events.get(ordinal)));
      }
    }
    Columns columns = new Columns(connection, lines);
    columns.add("members", "uuid", Line::member);
    columns.add("ordinals", "int4", Line::ordinal);
    columns.add("ids", "uuid", line -> line.event().id());
    columns.add("types", "text", line -> line.event().type().wireName());
    columns.add("times", "timestamptz", line -> Timestamp.from(line.event().occurredAt()));
    columns.add("relationships", "uuid", line -> line.event().relationshipId());
    columns.add("resourceTypes", "text", line -> line.event().resource().type());
    columns.add("resourceIds", "uuid", line -> line.event().resource().id());
    columns.add("urgent", "bool", line -> line.event().type().isUrgent());
    columns.add("noticed", "bool", Line::noticed);
    return columns.values();
  }

  private record Columns(
      Connection connection, List<Line> lines, Map<String, @Nullable Object> values) {
    Columns(Connection connection, List<Line> lines) {
      this(connection, lines, new HashMap<>());
    }

    void add(String name, String type, Function<Line, @Nullable Object> value) throws SQLException {
      values.put(name, connection.createArrayOf(type, lines.stream().map(value).toArray()));
    }
  }

  private static Commit read(PreparedStatement statement, List<Event> events) throws SQLException {
    Map<UUID, Event> byId = events.stream().collect(Collectors.toMap(Event::id, e -> e));
    List<Announced> announced = new ArrayList<>();
    boolean queued = false;
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        Event event = byId.get(rows.getObject(3, UUID.class));
        announced.add(
            Announced.of(
                Objects.requireNonNull(event), rows.getObject(1, UUID.class), rows.getLong(2)));
        queued = rows.getBoolean(4);
      }
    }
    return new Commit(announced, queued);
  }
}
