package org.stillpoint.database;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever ended, and however: the next start needs no hand, and what was stored is there. */
class EmbeddedPostgresRestartTest {
  @TempDir static Path templates;
  @TempDir Path parent;
  private Path folder;
  private final List<Process> started = new ArrayList<>();

  /** Copying a database takes a tenth of the time of making one. */
  @BeforeAll
  static void makeTheTemplate() {
    EmbeddedPostgres.start(templates.resolve("database")).close();
  }

  @BeforeEach
  void copyTheTemplate() throws Exception {
    folder = parent.resolve("database");
    Process copy =
        new ProcessBuilder("cp", "-Rp", templates.resolve("database").toString(), folder.toString())
            .start();
    assertThat(copy.waitFor()).isZero();
  }

  @AfterEach
  void endWhatIsLeft() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void keepsDataAndPasswordsOverARestart() throws Exception {
    String password;
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
      password = postgres.appPassword();
      store(postgres, "one");
    }
    assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();

    try (EmbeddedPostgres again = EmbeddedPostgres.start(folder)) {
      assertThat(again.appPassword()).isEqualTo(password);
      assertThat(stored(again)).containsExactly("one");
    }
  }

  @Test
  void makesNewPasswordsWhenTheyAreLost() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
      store(postgres, "one");
    }
    Files.delete(folder.resolve("passwords.properties"));

    try (EmbeddedPostgres again = EmbeddedPostgres.start(folder)) {
      assertThat(stored(again)).containsExactly("one");
    }
  }

  @Test
  void startsAfterTheServerWasKilled() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
      store(postgres, "one");
      kill(serverPid());
    }

    try (EmbeddedPostgres again = EmbeddedPostgres.start(folder)) {
      assertThat(stored(again)).containsExactly("one");
    }
  }

  @Test
  void bringsBackAServerThatWasKilledAtTheSameAddress() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
      store(postgres, "one");
      String address = postgres.jdbcUrl();
      kill(serverPid());

      assertThat(storedOnceItIsBack(postgres)).containsExactly("one");
      assertThat(postgres.jdbcUrl()).isEqualTo(address);
    }
    assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
  }

  @Test
  void startsAfterTheServerWasKilledUnderASessionThatComputesOn() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder);
        Connection owner = Sql.connect(postgres, "owner", postgres.ownerPassword())) {
      store(postgres, "one");
      Thread.ofVirtual().start(() -> computeForAMinute(owner));
      Thread.sleep(300);
      kill(serverPid());
    }

    try (EmbeddedPostgres again = EmbeddedPostgres.start(folder)) {
      assertThat(stored(again)).containsExactly("one");
    }
  }

  @Test
  void leavesNoServerBehindAKilledJvm() throws Exception {
    Process jvm = fork("one");
    ProcessHandle server = ProcessHandle.of(serverPid()).orElseThrow();
    kill(jvm.pid());

    awaitEnd(server);
    try (EmbeddedPostgres again = EmbeddedPostgres.start(folder)) {
      assertThat(stored(again)).containsExactly("one");
    }
  }

  @Test
  void startsAtOnceAfterItsJvmWasKilled() throws Exception {
    kill(fork("one").pid());

    kill(fork("two").pid());

    try (EmbeddedPostgres again = EmbeddedPostgres.start(folder)) {
      assertThat(stored(again)).containsExactly("one", "two");
    }
  }

  @Test
  void stopsAServerWhoseSupervisorWasKilledToo() throws Exception {
    Process jvm = fork("one");
    ProcessHandle server = ProcessHandle.of(serverPid()).orElseThrow();
    ProcessHandle supervisor = server.parent().orElseThrow();
    supervisor
        .children()
        .filter(each -> !each.equals(server))
        .forEach(ProcessHandle::destroyForcibly);
    supervisor.destroyForcibly();
    kill(jvm.pid());
    assertThat(runs(server)).isTrue();

    try (EmbeddedPostgres again = EmbeddedPostgres.start(folder)) {
      assertThat(runs(server)).isFalse();
      assertThat(stored(again)).containsExactly("one");
    }
  }

  @Test
  void startsAfterEverythingWasKilled() throws Exception {
    Process jvm = fork("one");
    List<ProcessHandle> all = jvm.descendants().toList();
    kill(jvm.pid());
    all.forEach(ProcessHandle::destroyForcibly);

    try (EmbeddedPostgres again = EmbeddedPostgres.start(folder)) {
      assertThat(stored(again)).containsExactly("one");
    }
  }

  @Test
  void isNotFooledByAnotherProcessWithTheNumberOfItsOldServer() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
      store(postgres, "one");
    }
    Process stranger = new ProcessBuilder("sleep", "60").start();
    started.add(stranger);
    Files.writeString(
        folder.resolve("data/postmaster.pid"),
        "%d\n%s\n1700000000\n5432\n\n127.0.0.1\n  1234567  1234567\nready   \n"
            .formatted(stranger.pid(), folder.resolve("data")));

    try (EmbeddedPostgres again = EmbeddedPostgres.start(folder)) {
      assertThat(stored(again)).containsExactly("one");
      assertThat(stranger.isAlive()).isTrue();
    }
  }

  @Test
  void isNotStoppedByWhatAKilledFirstStartLeft() throws Exception {
    folder = parent.resolve("interrupted");
    Files.createDirectories(folder.resolve("data.new-half/base"));
    Files.writeString(folder.resolve("data.new-half/PG_VERSION"), "18\n");

    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder)) {
      store(postgres, "one");
      assertThat(folder.resolve("data.new-half")).doesNotExist();
    }
  }

  @Test
  void saysWhoHoldsTheFolder() throws Exception {
    Process jvm = fork("one");

    assertThatThrownBy(() -> EmbeddedPostgres.start(folder))
        .isInstanceOf(DatabaseStartException.class)
        .hasMessageContaining("Another Stillpoint (process " + jvm.pid() + ")");
  }

  @Test
  void saysThatADatabaseIsOfAnotherVersion() throws Exception {
    Files.writeString(folder.resolve("data/PG_VERSION"), "17\n");

    assertThatThrownBy(() -> EmbeddedPostgres.start(folder))
        .isInstanceOf(DatabaseStartException.class)
        .hasMessageContaining("made by PostgreSQL 17");
  }

  private Process fork(String text) throws IOException {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DatabaseHolder.class.getName(),
                folder.toString(),
                text)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    started.add(jvm);
    BufferedReader output = jvm.inputReader();
    assertThat(output.readLine()).isEqualTo("stored");
    return jvm;
  }

  private long serverPid() throws IOException {
    return PostmasterFile.in(folder.toRealPath().resolve("data")).orElseThrow().pid();
  }

  private static void kill(long pid) throws Exception {
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    process.destroyForcibly();
    awaitEnd(process);
  }

  private static void awaitEnd(ProcessHandle process) throws InterruptedException {
    long deadline = System.nanoTime() + SECONDS.toNanos(5);
    while (runs(process)) {
      assertThat(System.nanoTime()).as("still runs: %s", process.info()).isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  /** A process that ended has no command any more, even if nobody has taken note of its end. */
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  private static void store(EmbeddedPostgres postgres, String text) throws SQLException {
    try (Connection owner = Sql.connect(postgres, "owner", postgres.ownerPassword())) {
      Sql.run(owner, "CREATE TABLE IF NOT EXISTS kept (text text)");
      Sql.run(owner, "INSERT INTO kept VALUES ('" + text + "')");
    }
  }

  private static List<String> stored(EmbeddedPostgres postgres) throws SQLException {
    try (Connection owner = Sql.connect(postgres, "owner", postgres.ownerPassword())) {
      return Sql.query(owner, "SELECT text FROM kept ORDER BY text");
    }
  }

  private static List<String> storedOnceItIsBack(EmbeddedPostgres postgres) throws Exception {
    long deadline = System.nanoTime() + SECONDS.toNanos(10);
    while (true) {
      try {
        return stored(postgres);
      } catch (SQLException away) {
        if (System.nanoTime() > deadline) {
          throw away;
        }
        Thread.sleep(20);
      }
    }
  }

  private static void computeForAMinute(Connection connection) {
    try {
      Sql.run(
          connection,
          "DO $$ DECLARE t timestamptz := clock_timestamp() + '1 min';"
              + " BEGIN WHILE clock_timestamp() < t LOOP END LOOP; END $$");
    } catch (SQLException itsServerDied) {
      // That is the point.
    }
  }
}
