package org.stillpoint.realtime;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.stillpoint.event.Announced;
import org.stillpoint.event.Event;
import org.stillpoint.event.NamedSql;

/** Reads feeds. Events of a relationship that the member has left are passed over. */
@Singleton
class FeedReader {
  private static final NamedSql AFTER =
      NamedSql.forMember(
          """
          select e.sequence, e.id, e.type, e.occurred_at, e.relationship_id, e.resource_type,
            e.resource_id
          from event e
          where e.member_id = :member and e.sequence > :sequence
            and (e.relationship_id is null or e.type = 'relationship.left' or exists (
              select from membership m where m.relationship_id = e.relationship_id
              and m.member_id = e.member_id and m.left_at is null))
          order by e.sequence limit :limit
          """);

  private static final NamedSql LAST =
      NamedSql.forMember(
          """
          select last_sequence from feed where member_id = :member
          """);

  private static final String GROWN =
      """
      select c.member_id, f.last_sequence from unnest(?::uuid[], ?::bigint[]) as c (member_id, seen)
      left join feed f on f.member_id = c.member_id
      where f.member_id is null or f.last_sequence > c.seen
      """;

  private final AgroalDataSource database;

  FeedReader(@DataSource("worker") AgroalDataSource database) {
    this.database = database;
  }

  /** The events that follow a number, in their order. */
  List<Announced> after(UUID memberId, long sequence, int limit) {
    try (Connection connection = database.getConnection()) {
      return AFTER.query(
          connection,
          Map.of("member", memberId, "sequence", sequence, "limit", limit),
          rows -> {
            List<Announced> events = new ArrayList<>();
            while (rows.next()) {
              events.add(event(memberId, rows));
            }
            return events;
          });
    } catch (SQLException e) {
      throw new IllegalStateException("The feed can't be read", e);
    }
  }

  /** The number of the newest event. */
  long lastSequence(UUID memberId) {
    try (Connection connection = database.getConnection()) {
      return LAST.query(
          connection, Map.of("member", memberId), row -> row.next() ? row.getLong(1) : 0L);
    } catch (SQLException e) {
      throw new IllegalStateException("The feed can't be read", e);
    }
  }

  /**
   * What has become of feeds.
   *
   * @param grown those that have grown beyond what was seen, with their last number
   * @param gone those whose members were erased
   */
  record Changes(Map<UUID, Long> grown, List<UUID> gone) {}

  /** What has become of these feeds since. */
  Changes changes(Map<UUID, Long> seen) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(GROWN)) {
      List<Map.Entry<UUID, Long>> entries = List.copyOf(seen.entrySet());
      Array members =
          connection.createArrayOf("uuid", entries.stream().map(Map.Entry::getKey).toArray());
      Array numbers =
          connection.createArrayOf("int8", entries.stream().map(Map.Entry::getValue).toArray());
      statement.setArray(1, members);
      statement.setArray(2, numbers);
      Map<UUID, Long> grown = new HashMap<>();
      List<UUID> gone = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          UUID member = rows.getObject(1, UUID.class);
          long last = rows.getLong(2);
          if (rows.wasNull()) {
            gone.add(member);
          } else {
            grown.put(member, last);
          }
        }
      }
      return new Changes(grown, gone);
    } catch (SQLException e) {
      throw new IllegalStateException("The feeds can't be read", e);
    }
  }

  private static Announced event(UUID memberId, ResultSet row) throws SQLException {
    return new Announced(
        memberId,
        row.getLong("sequence"),
        row.getObject("id", UUID.class),
        row.getString("type"),
        row.getTimestamp("occurred_at").toInstant(),
        row.getObject("relationship_id", UUID.class),
        new Event.Resource(
            row.getString("resource_type"), row.getObject("resource_id", UUID.class)));
  }
}
