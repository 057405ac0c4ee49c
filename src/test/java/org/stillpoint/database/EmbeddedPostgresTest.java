package org.stillpoint.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the embedded database promises while it runs. */
class EmbeddedPostgresTest {
  @TempDir static Path parent;
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = EmbeddedPostgres.start(parent.resolve("a folder, with spaces"));
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @Test
  void isAnOrdinaryPostgresThatLosesNothing() throws SQLException {
    try (Connection app = app()) {
      assertThat(show(app, "server_version")).startsWith("18");
      assertThat(show(app, "server_encoding")).isEqualTo("UTF8");
      assertThat(show(app, "data_checksums")).isEqualTo("on");
      assertThat(show(app, "fsync")).isEqualTo("on");
      assertThat(show(app, "synchronous_commit")).isEqualTo("on");
      assertThat(show(app, "full_page_writes")).isEqualTo("on");
      assertThat(
              Sql.query(
                  app,
                  "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname ="
                      + " 'stillpoint'"))
          .containsExactly("bC.UTF-8");
    }
  }

  @Test
  void listensOnThisMachineOnlyAndOnNoSocketInAFolder() throws SQLException {
    String port = postgres.jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1");
    try (Connection app = app()) {
      assertThat(show(app, "listen_addresses")).isEqualTo("127.0.0.1");
    }
    assertThat(Path.of("/tmp/.s.PGSQL." + port)).doesNotExist();
    assertThat(postgres.folder().resolve("data/.s.PGSQL." + port)).doesNotExist();
  }

  @Test
  void keepsItsFolderToItsOwner() throws IOException {
    assertThat(permissions(postgres.folder())).isEqualTo("rwx------");
    assertThat(permissions(postgres.folder().resolve("data"))).isEqualTo("rwx------");
    assertThat(permissions(postgres.folder().resolve("passwords.properties")))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"owner", "app", "worker", "bootstrap"})
  void refusesAWrongPassword(String role) {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> Sql.connect(postgres, role, "wrong"))
        .satisfies(e -> assertThat(e.getSQLState()).startsWith("28"));
  }

  @Test
  void refusesThePasswordOfAnotherRole() {
    assertThatThrownBy(() -> Sql.connect(postgres, "owner", postgres.appPassword()))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void theOwnerCreatesAndTheOthersUseOnlyWhatTheyAreGranted() throws SQLException {
    try (Connection owner = Sql.connect(postgres, "owner", postgres.ownerPassword())) {
      Sql.run(owner, "CREATE TABLE word (text text)");
      Sql.run(owner, "CREATE SCHEMA more");
      Sql.run(owner, "GRANT SELECT ON word TO stillpoint_app");
    }
    try (Connection app = app()) {
      assertThat(Sql.query(app, "SELECT text FROM word")).isEmpty();
      assertDenied(app, "DELETE FROM word");
    }
    try (Connection worker = worker()) {
      assertDenied(worker, "SELECT text FROM word");
    }
  }

  @Test
  void theAppAndTheWorkerCreateNothing() throws SQLException {
    try (Connection app = app();
        Connection worker = worker()) {
      for (Connection role : new Connection[] {app, worker}) {
        assertDenied(role, "CREATE TABLE public.mine (id int)");
        assertDenied(role, "CREATE TEMPORARY TABLE mine (id int)");
        assertDenied(role, "CREATE SCHEMA mine");
        assertDenied(role, "CREATE DATABASE mine");
        assertDenied(role, "CREATE ROLE mine");
        assertDenied(role, "SET ROLE stillpoint_owner");
      }
    }
  }

  @Test
  void noRoleThatCanLogInIsMoreThanItNeedsToBe() throws SQLException {
    try (Connection app = app()) {
      assertThat(
              Sql.query(
                  app,
                  """
                  SELECT rolname FROM pg_roles
                  WHERE rolname <> 'stillpoint_bootstrap'
                    AND (rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls)
                  """))
          .isEmpty();
    }
  }

  @Test
  void writesNoStatementAndNoRowIntoItsLog() throws SQLException, IOException {
    try (Connection owner = Sql.connect(postgres, "owner", postgres.ownerPassword())) {
      Sql.run(owner, "CREATE TABLE secret (text text UNIQUE)");
      Sql.run(owner, "INSERT INTO secret VALUES ('canary')");
      assertThatThrownBy(() -> Sql.run(owner, "INSERT INTO secret VALUES ('canary')"))
          .isInstanceOf(SQLException.class);
    }
    assertThat(Files.readString(postgres.folder().resolve("postgres.log")))
        .doesNotContain("canary", postgres.ownerPassword(), postgres.appPassword());
  }

  @Test
  void showsNoPasswordOnACommandLine() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      assertThat(all.map(process -> process.info().commandLine().orElse("")))
          .noneMatch(line -> line.contains(postgres.ownerPassword()));
    }
  }

  @Test
  void refusesASecondStartOnItsFolder() {
    assertThatExceptionOfType(DatabaseStartException.class)
        .isThrownBy(() -> EmbeddedPostgres.start(postgres.folder()))
        .withMessageContaining("Another Stillpoint")
        .withMessageContaining("process " + ProcessHandle.current().pid())
        .withMessageContaining(postgres.folder().toString());
  }

  private static Connection app() throws SQLException {
    return Sql.connect(postgres, "app", postgres.appPassword());
  }

  private static Connection worker() throws SQLException {
    return Sql.connect(postgres, "worker", postgres.workerPassword());
  }

  private static String show(Connection connection, String setting) throws SQLException {
    return Sql.query(connection, "SHOW " + setting).getFirst();
  }

  private static void assertDenied(Connection connection, String sql) {
    assertThatExceptionOfType(SQLException.class)
        .as(sql)
        .isThrownBy(() -> Sql.run(connection, sql))
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("42501"));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
