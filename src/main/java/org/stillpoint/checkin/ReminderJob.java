package org.stillpoint.checkin;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.stillpoint.api.problem.ProblemException;
import org.stillpoint.checkin.Reminders.Due;
import org.stillpoint.event.NamedSql;
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
  private final CountDownLatch ended = new CountDownLatch(1);

  ReminderJob(
      @DataSource("worker") AgroalDataSource database,
      MemberTransactions members,
      Reminders reminders,
      Storage storage,
      Clock clock) {
    this.database = database;
    this.members = members;
    this.reminders = reminders;
    this.storage = storage;
    this.clock = clock;
    Thread.ofVirtual().name("reminders").start(this::run);
  }

  private void run() {
    try {
      while (!ended.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        sendAll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendAll() {
    try {
      while (step() == BATCH && ended.getCount() > 0) {
        // there may be more
      }
    } catch (SQLException | RuntimeException e) {
      // The database is away: the next look finds what is due by then.
      LOG.warnf("Reminders wait: %s", e.getClass().getName());
    }
  }

  /** Sends some of those that are due; how many. They wait while there is no room for them. */
  int step() throws SQLException {
    int sent = 0;
    for (Due due : storage.isFull() ? List.<Due>of() : due()) {
      sent += send(due) ? 1 : 0;
    }
    return sent;
  }

  private boolean send(Due due) {
    try {
      return members.call(due.memberId(), () -> reminders.send(due));
    } catch (ProblemException paused) {
      // Somebody has paused just now: nothing is stored, and it waits.
      return false;
    }
  }

  private List<Due> due() throws SQLException {
    List<Due> due = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            DUE.prepare(connection, Map.of("now", clock.instant().toString(), "most", BATCH));
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

  void onShutdown(@Observes ShutdownEvent event) {
    ended.countDown();
  }
}
