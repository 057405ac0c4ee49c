package org.stillpoint.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * A PostgreSQL of this application's own. Keep the object for as long as the database is needed:
 * the server stops when it is closed and when the JVM ends, however it ends. A server that ends
 * before is started again.
 *
 * <p>The folder holds {@code data} (the database), {@code passwords.properties}, {@code
 * postgres.log} (of this start; {@code postgres.log.1} of the one before) and {@code lock}.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  /**
   * A port that somebody snatched, or a dying session of a killed server: neither is there twice.
   */
  private static final int ATTEMPTS = 3;

  /** Between two attempts to bring back a server that has ended. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private static final Logger LOG = Logger.getLogger(EmbeddedPostgres.class);

  private final Path folder;
  private final FolderLock lock;
  private final Passwords passwords;
  private final Launcher launcher;
  private final int port;
  private final Thread watch;
  private volatile PostgresServer server;
  private boolean closed;

  private EmbeddedPostgres(
      Path folder, FolderLock lock, Passwords passwords, Launcher launcher, PostgresServer server) {
    this.folder = folder;
    this.lock = lock;
    this.passwords = passwords;
    this.launcher = launcher;
    this.port = server.port();
    this.server = server;
    this.watch = Thread.ofPlatform().daemon().name("embedded-postgres").unstarted(this::watch);
  }

  /** What it takes to start the server, for the first time and again. */
  private record Launcher(
      PostgresPrograms programs, Path data, DataFolder dataFolder, Passwords passwords) {
    PostgresServer launch(int port) throws IOException, InterruptedException {
      dataFolder.prepare(passwords);
      return PostgresServer.start(programs, data, port);
    }
  }

  /**
   * Opens the database in this folder, or creates one, and returns when it accepts connections.
   *
   * @throws DatabaseStartException with one sentence for the operator
   */
  public static EmbeddedPostgres start(Path folder) {
    try {
      Path real = Folders.createPrivate(folder);
      FolderLock lock = FolderLock.take(real);
      try {
        return start(real, lock);
      } catch (IOException | InterruptedException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new DatabaseStartException(
          "The embedded database in %s can't start: %s.".formatted(folder, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseStartException("The start of the embedded database was interrupted.", e);
    }
  }

  private static EmbeddedPostgres start(Path folder, FolderLock lock)
      throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    ServerAccount account = ServerAccount.of(folder, data);
    PostgresPrograms programs =
        new PostgresPrograms(PostgresBinaries.unpacked(folder, account), account, folder);
    keepOneOlder(programs.log());
    Passwords passwords = Passwords.in(folder);
    Launcher launcher = new Launcher(programs, data, new DataFolder(data, programs), passwords);
    for (int attempt = 1; ; attempt++) {
      try {
        PostgresServer server = launcher.launch(PostgresServer.freePort());
        var postgres = new EmbeddedPostgres(folder, lock, passwords, launcher, server);
        postgres.watch.start();
        return postgres;
      } catch (DatabaseStartException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Brings the server back if it ends unasked, on the port that its clients know. */
  private void watch() {
    try {
      while (true) {
        server.awaitEnd();
        LOG.error("The embedded database has ended; it is started again.");
        server = bringBack();
        LOG.info("The embedded database is back.");
      }
    } catch (InterruptedException closing) {
      // Whoever closes has the rest to do.
    }
  }

  private PostgresServer bringBack() throws InterruptedException {
    while (true) {
      try {
        return launcher.launch(port);
      } catch (IOException | RuntimeException e) {
        LOG.errorf("The embedded database can't start: %s", e.getMessage());
        Thread.sleep(PATIENCE);
      }
    }
  }

  private static void keepOneOlder(Path log) throws IOException {
    if (Files.exists(log)) {
      Files.move(log, log.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * The address, without user and password. The driver gives a password to nobody who merely asks:
   * after a crash another user of this machine could listen on the port.
   */
  public String jdbcUrl() {
    return jdbcUrl(port);
  }

  static String jdbcUrl(int port) {
    return "jdbc:postgresql://127.0.0.1:"
        + port
        + "/stillpoint?sslmode=disable&gssEncMode=disable&requireAuth=scram-sha-256";
  }

  /** The password of {@code stillpoint_owner}, who migrates. */
  public String ownerPassword() {
    return passwords.owner();
  }

  /** The password of {@code stillpoint_app}, who serves requests. */
  public String appPassword() {
    return passwords.app();
  }

  /** The password of {@code stillpoint_worker}, who delivers. */
  public String workerPassword() {
    return passwords.worker();
  }

  /** The folder, as a true and absolute path. */
  public Path folder() {
    return folder;
  }

  /** Stops the server: open transactions are rolled back, committed ones are on disk. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (lock) {
      watch.interrupt();
      watch.join();
      server.stop();
    } catch (IOException e) {
      throw new IllegalStateException("The embedded database in " + folder + " didn't stop.", e);
    } catch (InterruptedException e) {
      // The JVM is going; the supervisor sees to the rest.
      Thread.currentThread().interrupt();
    }
  }
}
