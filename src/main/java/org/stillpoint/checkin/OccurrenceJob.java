package org.stillpoint.checkin;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.stillpoint.checkin.Recurrence.Due;
import org.stillpoint.checkin.Recurrence.Start;
import org.stillpoint.event.NamedSql;
import org.stillpoint.time.Rounds;
import org.stillpoint.transaction.Storage;

/**
 * Makes the check-ins of series as they come near. Each series is locked while its are made, by one
 * replica; one that has ended, also since somebody has left, is passed over.
 */
@Startup
@Singleton
class OccurrenceJob {
  private static final Logger LOG = Logger.getLogger(OccurrenceJob.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofDays(1);

  /** For so long one that has failed is left alone, by this replica. */
  static final Duration REST = Duration.ofMinutes(10);

  private static final NamedSql CLAIM =
      NamedSql.of(
          """
          select relationship_id, id, local_start, time_zone, rule, next_start, next_at::text as place
          from check_in_series
          where ended_at is null and next_at < :horizon::timestamptz
            and (next_at, id) > (:at::timestamptz, :id::uuid)
          order by next_at, id limit 1 for no key update skip locked
          """);

  /** Where a round stands. */
  private record Place(String at, UUID id) {
    static final Place START = new Place("-infinity", new UUID(0, 0));
  }

  private final AgroalDataSource database;
  private final Storage storage;
  private final Clock clock;
  private final Rounds rounds;

  /** Until when those that have failed are left alone. */
  private final Map<UUID, Instant> resting = new HashMap<>();

  OccurrenceJob(
      @DataSource("worker") AgroalDataSource database,
      Storage storage,
      Clock clock,
      Rounds rounds) {
    this.database = database;
    this.storage = storage;
    this.clock = clock;
    this.rounds = rounds;
    rounds.every(LOOK, "occurrences", this::round);
  }

  private void round() throws SQLException {
    Instant now = clock.instant();
    resting.values().removeIf(until -> !now.isBefore(until));
    Place place = Place.START;
    while (place != null && rounds.goOn() && !storage.isFull()) {
      place = step(place);
    }
  }

  /** Makes those of the next series that is due; null when there is none. */
  private @Nullable Place step(Place after) throws SQLException {
    Instant now = clock.instant();
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement claim = CLAIM.prepare(connection, values(after, now));
          ResultSet row = claim.executeQuery()) {
        Place place = row.next() ? place(row) : null;
        if (place != null && !resting.containsKey(place.id())) {
          makeAll(connection, row, place, now);
        }
        return place;
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  private static Map<String, @Nullable Object> values(Place after, Instant now) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("horizon", now.plus(Recurrence.AHEAD).toString());
    values.put("at", after.at());
    values.put("id", after.id());
    return values;
  }

  private static Place place(ResultSet row) throws SQLException {
    return new Place(row.getString("place"), row.getObject("id", UUID.class));
  }

  /** One that fails holds up none of the others, and is looked at again after a rest. */
  private void makeAll(Connection connection, ResultSet row, Place place, Instant now) {
    try {
      make(connection, row, now);
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      resting.put(place.id(), now.plus(REST));
      LOG.warnf("A series waits: %s", e.getClass().getName());
    }
  }

  private static void make(Connection connection, ResultSet row, Instant now) throws SQLException {
    Occurrences.make(
        connection,
        row.getObject("relationship_id", UUID.class),
        row.getObject("id", UUID.class),
        due(row, now),
        now);
  }

  private static Due due(ResultSet row, Instant now) throws SQLException {
    LocalDateTime next = row.getObject("next_start", LocalDateTime.class);
    try {
      return Recurrence.stored(
              row.getObject("local_start", LocalDateTime.class),
              ZoneId.of(row.getString("time_zone")),
              row.getString("rule"))
          .due(next, now);
    } catch (RuntimeException e) {
      // A zone that was given up, perhaps. It is looked at again after a day.
      LOG.errorf("A series can't go on: %s", e.getClass().getName());
      return new Due(List.of(), new Start(next, now.plus(Recurrence.AHEAD).plus(AGAIN)));
    }
  }
}
