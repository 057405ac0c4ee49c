package org.stillpoint.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A packaged application that runs, or ran, as a process. */
public final class PackagedApp implements AutoCloseable {
  /** Where packaging puts it. */
  public static final Path PACKAGED = Path.of("target", "quarkus-app");

  private static final Pattern LISTENS = Pattern.compile("listens on (http://[^ ]+)");

  /** A machine that builds something else at the same time is ten times as slow. */
  private static final Duration START = Duration.ofMinutes(3);

  private final Process process;
  private final int managementPort;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<Thread> readers = new ArrayList<>();

  private PackagedApp(Process process, int managementPort) {
    this.process = process;
    this.managementPort = managementPort;
    // A pipe that is read keeps a processor from other virtual threads: two, with few processors.
    readers.add(Thread.ofPlatform().daemon().start(() -> read(process.inputReader())));
    readers.add(Thread.ofPlatform().daemon().start(() -> read(process.errorReader())));
  }

  /** Starts it in this folder with these environment variables, on free ports. */
  public static PackagedApp start(Path folder, Map<String, String> environment) throws IOException {
    return start(folder, PACKAGED, List.of(), environment);
  }

  /** Starts this packaging of it, with options for its JVM. */
  public static PackagedApp start(
      Path folder,
      Path app,
      List<String> jvmOptions,
      Map<String, String> environment,
      String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-Xmx512m", "-jar"));
    command.add(app.resolve("quarkus-run.jar").toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(STILLPOINT|QUARKUS)_.*"));
    int managementPort = freePort();
    builder.environment().put("QUARKUS_HTTP_PORT", "0");
    builder.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
    builder.environment().putAll(environment);
    return new PackagedApp(builder.start(), managementPort);
  }

  /** A sandbox that has said where it listens. */
  public static PackagedApp sandbox(Path folder) throws Exception {
    PackagedApp app = start(folder, Map.of("STILLPOINT_SANDBOX", "true"));
    app.awaitStart();
    return app;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void read(BufferedReader output) {
    try (output) {
      output.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException ended) {
      // Killed while it spoke.
    }
  }

  /** Waits until it has said where it listens. */
  public void awaitStart() throws InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (lines.stream().noneMatch(line -> LISTENS.matcher(line).find())) {
      assertThat(process.isAlive()).as("Ended: %s", lines).isTrue();
      assertThat(System.nanoTime()).as("Didn't start: %s", lines).isLessThan(deadline);
      Thread.sleep(10);
    }
  }

  /** Where it serves. */
  public URI http() {
    return lines.stream()
        .map(LISTENS::matcher)
        .filter(Matcher::find)
        .map(found -> URI.create(found.group(1)))
        .findFirst()
        .orElseThrow();
  }

  /** Where it answers its operator. */
  public URI management() {
    return URI.create("http://127.0.0.1:" + managementPort);
  }

  /** What it has written, to either stream. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** The first process of its database. */
  public ProcessHandle postmaster() {
    return process
        .descendants()
        .filter(
            each ->
                each.info().command().orElse("").endsWith("/postgres")
                    && !each.parent()
                        .orElseThrow()
                        .info()
                        .command()
                        .orElse("")
                        .endsWith("/postgres"))
        .findFirst()
        .orElseThrow();
  }

  /** Its process. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Asks it to end. */
  public void terminate() {
    process.destroy();
  }

  /** Leaves it no time to do anything. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits for its end, and gives its exit code. */
  public int awaitEnd(Duration patience) throws InterruptedException {
    assertThat(process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
        .as("still runs: %s", lines)
        .isTrue();
    for (Thread reader : readers) {
      reader.join(1_000);
    }
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    // The embedded database ends by itself when its JVM is gone.
    kill();
  }
}
