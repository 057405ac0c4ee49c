package org.stillpoint.database;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A running server. It stops when this JVM closes the pipe to its supervisor, or dies. */
final class PostgresServer {
  /**
   * Holds the pipe's other end. The server gets a session of its own, so that Ctrl-C reaches the
   * application first. The signal is repeated because one sent before the server listens for it is
   * lost.
   */
  private static final String SUPERVISOR =
      """
      trap '' HUP INT TERM
      exec 3<&0 </dev/null
      if command -v setsid >/dev/null; then set -- setsid "$@"; else set -m; fi
      "$@" 3<&- &
      server=$!
      (
        while read -r _ <&3; do :; done
        while kill -INT "$server"; do sleep 1; done
      ) >/dev/null 2>&1 &
      watcher=$!
      wait "$server"
      code=$?
      kill -KILL "$watcher"
      exit "$code"
      """;

  /** Recovery after a crash reads the log once, and the settings keep the log short. */
  private static final Duration RECOVERY = Duration.ofMinutes(5);

  private static final Duration FAST_STOP = Duration.ofSeconds(60);

  private final Process supervisor;
  private final Path data;
  private final int port;

  private PostgresServer(Process supervisor, Path data, int port) {
    this.supervisor = supervisor;
    this.data = data;
    this.port = port;
  }

  static PostgresServer start(PostgresPrograms programs, Path data, int port)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of("-D", data.toString(), "-p", Integer.toString(port)));
    if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")) {
      // Elsewhere the default reaches the disk; here it would reach the disk's cache.
      arguments.addAll(List.of("-c", "wal_sync_method=fsync_writethrough"));
    }
    List<String> command = new ArrayList<>(List.of("sh", "-c", SUPERVISOR, "stillpoint-postgres"));
    command.addAll(programs.command("postgres", arguments));
    ProcessBuilder builder = programs.builder(command);
    programs.forgive(data, builder);
    PostgresServer server = new PostgresServer(builder.start(), data, port);
    try {
      server.awaitReady(programs);
      return server;
    } catch (IOException | InterruptedException | RuntimeException e) {
      server.stop();
      throw e;
    }
  }

  /** Somebody may take it before the server does; then the start fails, and is tried again. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady(PostgresPrograms programs) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + RECOVERY.toNanos();
    while (!isReady()) {
      if (supervisor.waitFor(5, MILLISECONDS)) {
        throw programs.failed("server", supervisor.exitValue());
      }
      if (System.nanoTime() > deadline) {
        throw new DatabaseStartException(
            "PostgreSQL wasn't ready after %d minutes; see %s."
                .formatted(RECOVERY.toMinutes(), programs.log()));
      }
    }
  }

  private boolean isReady() throws IOException {
    return PostmasterFile.in(data)
        .filter(file -> file.ready() && file.port() == port)
        // A server that was killed may have left the file, even with this port.
        .filter(file -> supervisor.descendants().anyMatch(child -> child.pid() == file.pid()))
        .isPresent();
  }

  int port() {
    return port;
  }

  /** Returns when the server has ended, whoever ended it. */
  void awaitEnd() throws InterruptedException {
    supervisor.waitFor();
  }

  void stop() throws IOException, InterruptedException {
    supervisor.getOutputStream().close();
    if (!supervisor.waitFor(FAST_STOP.toSeconds(), SECONDS)) {
      supervisor.descendants().forEach(ProcessHandle::destroyForcibly);
      supervisor.destroyForcibly().waitFor();
    }
    // Left only by a server that was killed, or whose supervisor was.
    LeftoverServer.stop(data);
  }
}
