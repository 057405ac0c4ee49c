package org.stillpoint.pause;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.stillpoint.event.Announced;
import org.stillpoint.event.Commit;
import org.stillpoint.event.Event;
import org.stillpoint.event.EventType;
import org.stillpoint.event.Outbox;
import org.stillpoint.time.Ids;

/**
 * Raises pauses: one statement, which is its own transaction, on connections that nothing else uses
 * (S1). When it returns, the pause is on disk (S5).
 */
@Singleton
class PauseRaiser {
  private static final int ATTEMPTS = 5;
  private static final String UNIQUE_VIOLATION = "23505";

  /** A deadlock, a serialization failure, a lock not to be had in time: another try may do. */
  private static final Set<String> PASSING = Set.of("40P01", "40001", "55P03");

  private final AgroalDataSource database;
  private final Outbox outbox;
  private final Timer timer;

  /** A storm of one member's taps takes one connection, not all of them. */
  private final LoadingCache<UUID, ReentrantLock> turns =
      Caffeine.newBuilder().weakValues().build(member -> new ReentrantLock());

  PauseRaiser(@DataSource("tap") AgroalDataSource database, Outbox outbox, MeterRegistry metrics) {
    this.database = database;
    this.outbox = outbox;
    this.timer =
        Timer.builder("stillpoint.tap")
            .description("From the tap's arrival in the service to its commit")
            .publishPercentileHistogram()
            .register(metrics);
  }

  /**
   * The pause that a tap led to.
   *
   * @param created false when it was there before
   */
  record Raised(Pause pause, boolean created) {}

  /** Raises, strengthens or finds again; empty when the tap isn't one of a current member. */
  Optional<Raised> raise(Tap tap) {
    ReentrantLock turn = turns.get(tap.memberId());
    turn.lock();
    try {
      return timer.recordCallable(() -> inOneStatement(tap));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("The pause can't be stored", e);
    } finally {
      turn.unlock();
    }
  }

  private Optional<Raised> inOneStatement(Tap tap) throws SQLException {
    UUID tapId = tap.name().id();
    UUID pauseId = tapId == null ? Ids.next() : tapId;
    for (int attempt = 1; ; attempt++) {
      try {
        return execute(tap, pauseId);
      } catch (SQLException e) {
        boolean passing = PASSING.contains(e.getSQLState());
        if (attempt == ATTEMPTS || (!passing && !UNIQUE_VIOLATION.equals(e.getSQLState()))) {
          throw e;
        }
        if (!passing) {
          // The id names somebody else's pause: this one gets another id, and the tap keeps its
          // own.
          pauseId = Ids.next();
        }
      }
    }
  }

  private Optional<Raised> execute(Tap tap, UUID pauseId) throws SQLException {
    UUID eventId = Ids.next();
    Optional<Told> told;
    try (Connection connection = database.getConnection()) {
      told =
          PauseSql.RAISE.query(
              connection,
              values(tap, pauseId, eventId),
              row ->
                  row.next()
                      ? Optional.of(new Told(raised(tap, row), commit(tap, eventId, row)))
                      : Optional.empty());
    }
    told.ifPresent(committed -> outbox.tell(committed.commit()));
    return told.map(Told::raised);
  }

  private record Told(Raised raised, Commit commit) {}

  private static Map<String, @Nullable Object> values(Tap tap, UUID pauseId, UUID eventId) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("relationship", tap.relationshipId());
    values.put("member", tap.memberId());
    values.put("client", tap.clientId());
    values.put("login", offset(tap.login()));
    values.put("tap", tap.name().id());
    values.put("rememberedSince", offset(tap.name().rememberedSince()));
    values.put("pause", pauseId);
    values.put("kind", tap.kind().strength());
    values.put("raisedAt", offset(tap.raisedAt()));
    values.put("now", offset(tap.receivedAt()));
    values.put("event", eventId);
    values.put("raisedType", EventType.PAUSE_RAISED.wireName());
    values.put("strengthenedType", EventType.PAUSE_STRENGTHENED.wireName());
    return values;
  }

  private static @Nullable OffsetDateTime offset(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }

  private static Raised raised(Tap tap, ResultSet row) throws SQLException {
    Instant endedAt = instant(row, "ended_at");
    row.getShort("previous_kind");
    boolean created = row.wasNull();
    Pause pause =
        Pause.told(
            tap.relationshipId(),
            row.getObject("id", UUID.class),
            tap.memberId(),
            PauseKind.of(row.getShort("kind")),
            row.getTimestamp("raised_at").toInstant(),
            row.getTimestamp("received_at").toInstant(),
            endedAt,
            row.getString("end_reason"));
    return new Raised(pause, created);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    var time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }

  private static Commit commit(Tap tap, UUID eventId, ResultSet row) throws SQLException {
    Array recipients = row.getArray("recipients");
    if (recipients == null) {
      return Commit.NOTHING;
    }
    UUID[] members = (UUID[]) recipients.getArray();
    Long[] sequences = (Long[]) row.getArray("sequences").getArray();
    Event.Resource pause = new Event.Resource("pause", row.getObject("id", UUID.class));
    String type = row.getString("event_type");
    return new Commit(
        IntStream.range(0, members.length)
            .mapToObj(
                i ->
                    new Announced(
                        members[i],
                        sequences[i],
                        eventId,
                        type,
                        tap.receivedAt(),
                        tap.relationshipId(),
                        pause))
            .toList(),
        row.getBoolean("queued"));
  }
}
