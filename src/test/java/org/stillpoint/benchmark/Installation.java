package org.stillpoint.benchmark;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.MasterKeyFile;
import org.stillpoint.process.Phone;
import org.stillpoint.process.Tokens;
import org.stillpoint.sandbox.SandboxKeys;

/**
 * The packaged application in a temporary folder, with its own database: as in production, or as a
 * sandbox.
 */
final class Installation implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final Path folder;
  private final @Nullable Tokens tokens;
  private final int port;
  private final int managementPort;
  private final Map<String, String> settings = new HashMap<>();
  private @Nullable Process process;

  /** As in production, for these logins. */
  Installation(Tokens tokens) throws IOException {
    this(tokens, Files.createTempDirectory("stillpoint-benchmark"));
    MasterKeyFile.create(folder.resolve("key.json"));
    tokens.publish(folder.resolve("jwks.json"));
    set("STILLPOINT_MASTER_KEY_FILE", folder.resolve("key.json").toString());
    set("STILLPOINT_TOKEN_ISSUER", Tokens.ISSUER);
    set("STILLPOINT_TOKEN_JWKS", folder.resolve("jwks.json").toUri().toString());
  }

  private Installation(@Nullable Tokens tokens, Path folder) throws IOException {
    this.folder = folder;
    this.tokens = tokens;
    this.port = freePort();
    this.managementPort = freePort();
  }

  /** A sandbox, which alone calls servers on this machine. */
  static Installation sandbox() throws IOException {
    Installation sandbox =
        new Installation(null, Files.createTempDirectory("stillpoint-benchmark"));
    sandbox.set("STILLPOINT_SANDBOX", "true");
    return sandbox;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  int managementPort() {
    return managementPort;
  }

  /** A setting of the application, from its next start on. */
  void set(String variable, String value) {
    settings.put(variable, value);
  }

  Path folder() {
    return folder;
  }

  /** When all whom a login service knows have logged in. */
  Instant login() {
    return Objects.requireNonNull(tokens).login();
  }

  String issuer() {
    return tokens == null ? SandboxKeys.ISSUER : Tokens.ISSUER;
  }

  /** What the member of this subject is known by. */
  String token(String subject) throws Exception {
    return tokens == null
        ? Phone.sandboxToken(
            server(),
            "{\"subject\":\"%s\",\"clientId\":\"%s\",\"expiresInSeconds\":7200}"
                .formatted(subject, Tokens.CLIENT))
        : tokens.of(subject);
  }

  URI server() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Makes the JVM's cache, as an operator does once after packaging. */
  void rehearse() throws IOException, InterruptedException {
    Process rehearsal =
        new ProcessBuilder(Path.of("mvnw").toAbsolutePath().toString(), "rehearse")
            .inheritIO()
            .start();
    if (!rehearsal.waitFor(5, TimeUnit.MINUTES)) {
      rehearsal.destroy();
      throw new IllegalStateException("The rehearsal of the start doesn't end");
    }
  }

  /** Starts the application as an operator does, and returns when it accepts connections. */
  void start() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(Path.of("mvnw").toAbsolutePath().toString(), "run")
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("application.log").toFile()));
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("STILLPOINT_"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("STILLPOINT_FOLDER", folder.resolve("data").toString());
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
    environment.putAll(settings);
    Process started = builder.start();
    process = started;
    long deadline = System.nanoTime() + START.toNanos();
    while (!accepts()) {
      if (!started.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "The application doesn't start:\n"
                + Files.readString(folder.resolve("application.log")));
      }
      Thread.sleep(5);
    }
  }

  private boolean accepts() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  void stop() throws InterruptedException {
    Process running = process;
    if (running == null) {
      return;
    }
    process = null;
    List<ProcessHandle> all = running.descendants().toList();
    running.destroy();
    if (!running.waitFor(60, TimeUnit.SECONDS)) {
      all.forEach(ProcessHandle::destroyForcibly);
      running.destroyForcibly().waitFor();
    }
  }

  /** The application's process, into which the script that starts it has turned. */
  ProcessHandle application() {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("The application doesn't run");
    }
    return running.toHandle();
  }

  ProcessHandle database() throws IOException {
    return ProcessHandle.of(Long.parseLong(postmaster().getFirst())).orElseThrow();
  }

  String databaseUrl() throws IOException {
    return "jdbc:postgresql://127.0.0.1:"
        + postmaster().get(3)
        + "/stillpoint?sslmode=disable&gssEncMode=disable";
  }

  private List<String> postmaster() throws IOException {
    return Files.readAllLines(folder.resolve("data/database/data/postmaster.pid"));
  }

  /** The limit's connections beside the application's own; in force at the next start. */
  void allowConnections(int connections) throws IOException {
    Files.writeString(
        folder.resolve("data/database/data/postgresql.auto.conf"),
        "max_connections = " + connections + "\n");
  }

  String password(String role) throws IOException {
    Properties passwords = new Properties();
    try (Reader reader =
        Files.newBufferedReader(folder.resolve("data/database/passwords.properties"))) {
      passwords.load(reader);
    }
    return passwords.getProperty(role);
  }

  Connection owner() throws IOException, SQLException {
    return DriverManager.getConnection(databaseUrl(), "stillpoint_owner", password("owner"));
  }

  /** Also called when the benchmark is ended from outside. */
  @Override
  public synchronized void close() throws IOException, InterruptedException {
    stop();
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
