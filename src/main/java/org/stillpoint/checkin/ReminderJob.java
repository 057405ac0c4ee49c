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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.stillpoint.api.problem.ProblemException;
import org.stillpoint.checkin.Reminders.Due;
import org.stillpoint.event.NamedSql;
import org.stillpoint.time.Rounds;
import org.stillpoint.transaction.MemberTransactions;
import org.stillpoint.transaction.Storage;

/** Looks for reminders that are due. All replicas do; each is sent by the one that comes first. */
@Startup
@Singleton
class ReminderJob {
  private static final Logger LOG = Logger.getLogger(ReminderJob.class);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final int BATCH = 100;

  private static final NamedSql DUE =
      NamedSql.of("select * from due_check_in_reminders(:now::timestamptz, :most)");

  private final AgroalDataSource database;
  private final MemberTransactions members;
  private final Reminders reminders;
  private final Storage storage;
  private final Clock clock;
  private final Rounds rounds;

  ReminderJob(
      @DataSource("worker") AgroalDataSource database,
      MemberTransactions members,
      Reminders reminders,
      Storage storage,
      Clock clock,
      Rounds rounds) {
    this.database = database;
    this.members = members;
    this.reminders = reminders;
    this.storage = storage;
    this.clock = clock;
    this.rounds = rounds;
    rounds.every(LOOK, "reminders", this::round);
  }

  /**
   * Sends what is due. What fails, or has to wait for somebody who pauses just now, holds up none
   * of the others, and is tried again in the next round. All wait while there is no room for them.
   */
  void round() throws SQLException {
    Set<Due> left = new HashSet<>();
    List<String> failures = new ArrayList<>();
    List<Due> some = due(left);
    while (!some.isEmpty() && rounds.goOn()) {
      for (Due due : some) {
        if (!send(due, failures)) {
          left.add(due);
        }
      }
      some = due(left);
    }
    if (!failures.isEmpty()) {
      LOG.warnf("%d reminders wait: %s", failures.size(), Set.copyOf(failures));
    }
  }

  private boolean send(Due due, List<String> failures) {
    try {
      return members.call(due.memberId(), () -> reminders.send(due));
    } catch (ProblemException paused) {
      // Somebody has paused just now: nothing is stored.
      return false;
    } catch (RuntimeException e) {
      failures.add(e.getClass().getName());
      return false;
    }
  }

  /** The next of those that are due, without these. */
  private List<Due> due(Set<Due> left) throws SQLException {
    return storage.isFull()
        ? List.of()
        : due(BATCH + left.size()).stream().filter(due -> !left.contains(due)).toList();
  }

  private List<Due> due(int most) throws SQLException {
    List<Due> due = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            DUE.prepare(connection, Map.of("now", clock.instant().toString(), "most", most));
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        due.add(
            new Due(
                rows.getObject("relationship_id", UUID.class),
                rows.getObject("check_in_id", UUID.class),
                rows.getObject("member_id", UUID.class),
                rows.getString("leads")));
      }
    }
    return due;
  }
}
