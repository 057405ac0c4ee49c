package org.stillpoint.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.MasterKeyFile;
import org.stillpoint.database.EmbeddedPostgres;
import org.stillpoint.process.PackagedApp;
import org.stillpoint.process.Tokens;

/**
 * Two servers as in production, on one PostgreSQL. The first reaches it by a way that can be cut;
 * the clock of the second can be moved.
 */
final class Replicas implements AutoCloseable {
  private final Path folder;
  private final EmbeddedPostgres database;
  private final TcpProxy way;
  private final Path offset;
  private final Map<String, String> settings = new HashMap<>();
  private final List<@Nullable PackagedApp> running = new ArrayList<>();

  Replicas(Path folder, Tokens tokens, Map<String, String> more) throws Exception {
    this.folder = folder;
    this.database = EmbeddedPostgres.start(folder.resolve("database"));
    this.way = new TcpProxy(URI.create(database.jdbcUrl().substring("jdbc:".length())).getPort());
    this.offset = Files.writeString(folder.resolve("offset"), "0");
    MasterKeyFile.create(folder.resolve("key.json"));
    tokens.publish(folder.resolve("jwks.json"));
    settings.put("STILLPOINT_DATABASE_OWNER_PASSWORD", database.ownerPassword());
    settings.put("STILLPOINT_DATABASE_APP_PASSWORD", database.appPassword());
    settings.put("STILLPOINT_DATABASE_WORKER_PASSWORD", database.workerPassword());
    settings.put("STILLPOINT_MASTER_KEY_FILE", folder.resolve("key.json").toString());
    settings.put("STILLPOINT_TOKEN_ISSUER", Tokens.ISSUER);
    settings.put("STILLPOINT_TOKEN_JWKS", folder.resolve("jwks.json").toUri().toString());
    settings.put("STILLPOINT_RATE_LIMIT_LIFTS_PER_HOUR", "1000000");
    settings.put("STILLPOINT_RATE_LIMIT_REQUESTS_PER_MINUTE", "1000000");
    // The embedded database is made for one server.
    settings.put("QUARKUS_DATASOURCE_JDBC_MAX_SIZE", "6");
    settings.put("QUARKUS_DATASOURCE_TAP_JDBC_MIN_SIZE", "4");
    settings.put("QUARKUS_DATASOURCE_TAP_JDBC_MAX_SIZE", "4");
    settings.put("QUARKUS_DATASOURCE_WORKER_JDBC_MAX_SIZE", "2");
    settings.put("QUARKUS_DATASOURCE_DELIVERY_JDBC_MAX_SIZE", "4");
    settings.putAll(more);
    // One after the other: the first migrates the database.
    running.add(start(0));
    running.add(start(1));
  }

  private PackagedApp start(int number) throws Exception {
    Map<String, String> environment = new HashMap<>(settings);
    String url = database.jdbcUrl();
    int port = URI.create(url.substring("jdbc:".length())).getPort();
    environment.put(
        "STILLPOINT_DATABASE_URL",
        number == 0 ? url.replace(":" + port + "/", ":" + way.port() + "/") : url);
    List<String> options =
        number == 0
            ? List.of()
            : List.of(ClockAgent.optionFor(folder.resolve("clock-agent.jar"), offset));
    PackagedApp app = PackagedApp.start(folder, PackagedApp.PACKAGED, options, environment);
    app.awaitStart();
    return app;
  }

  EmbeddedPostgres database() {
    return database;
  }

  TcpProxy way() {
    return way;
  }

  /** One of them, which runs. */
  synchronized URI http(int number) {
    return Objects.requireNonNull(running.get(number)).http();
  }

  /** Either of them, as far as it runs. */
  synchronized URI any() {
    int number = ThreadLocalRandom.current().nextInt(running.size());
    PackagedApp app = running.get(number);
    PackagedApp other = running.get(1 - number);
    if (app == null && other == null) {
      throw new IllegalStateException("None runs");
    }
    return (app == null ? other : app).http();
  }

  /** Kills one without a warning, and starts it again. */
  void killAndStart(int number) throws Exception {
    PackagedApp app;
    synchronized (this) {
      app = running.set(number, null);
    }
    assertThat(app).isNotNull();
    app.kill();
    PackagedApp next = start(number);
    synchronized (this) {
      running.set(number, next);
    }
  }

  /** Stops one in its tracks for so long; it doesn't notice. */
  void freeze(int number, long seconds) throws Exception {
    PackagedApp app;
    synchronized (this) {
      app = running.get(number);
    }
    assertThat(app).isNotNull();
    signal("STOP", app);
    try {
      Thread.sleep(seconds * 1_000);
    } finally {
      signal("CONT", app);
    }
  }

  private static void signal(String name, PackagedApp app) throws Exception {
    int done =
        new ProcessBuilder("kill", "-" + name, Long.toString(app.handle().pid())).start().waitFor();
    assertThat(done).isZero();
  }

  /** Moves the clock of the second. */
  void moveClock(long millis) throws IOException {
    Files.writeString(offset, Long.toString(millis));
  }

  /** Kills PostgreSQL itself; it is started again by whoever keeps it. */
  void killDatabase() throws IOException {
    Path pid = folder.resolve("database/data/postmaster.pid");
    ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).getFirst()))
        .orElseThrow()
        .destroyForcibly();
  }

  @Override
  public void close() throws InterruptedException {
    for (PackagedApp app : running) {
      if (app != null) {
        app.close();
      }
    }
    try {
      way.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    database.close();
  }
}
