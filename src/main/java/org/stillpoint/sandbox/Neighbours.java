package org.stillpoint.sandbox;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * More sandboxes beside this one, for jobs that run at the same time. Each is the whole application
 * in a process of its own, with its own port, database, clock and folder: nothing of one is in
 * another. They end with this one, and by themselves when nobody uses them.
 */
@Singleton
class Neighbours {
  /** No request waits longer than its connection does. */
  private static final Duration START = Duration.ofSeconds(15);

  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration END = Duration.ofSeconds(10);

  private final SandboxConfig config;
  private final Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<UUID, Neighbour> open = new ConcurrentSkipListMap<>();

  /** Those that are known to serve: to be asked again, one would count as used. */
  private final Set<UUID> serving = ConcurrentHashMap.newKeySet();

  Neighbours(SandboxConfig config, @ConfigProperty(name = "stillpoint.folder") Path folder) {
    this.config = config;
    this.folder = folder.resolve("beside");
  }

  /**
   * One of them.
   *
   * @param url where it serves
   */
  record Neighbour(UUID id, URI url, @Nullable String seed, Process process) {}

  /** What a server that was killed has left. */
  void clear(@Observes StartupEvent start) {
    if (config.on() && Files.exists(folder)) {
      delete(folder);
    }
  }

  List<Neighbour> all() {
    return List.copyOf(open.values());
  }

  /**
   * Opens one, and returns when it serves, or, on a busy machine, before.
   *
   * @param host by which this one is reached
   * @param own the port on which this one listens
   */
  Neighbour open(@Nullable String seed, String host, int own) throws InterruptedException {
    Neighbour neighbour = start(seed, host, own);
    long deadline = System.nanoTime() + START.toNanos();
    while (!isReady(neighbour) && System.nanoTime() < deadline) {
      if (!neighbour.process().isAlive()) {
        throw SandboxProblem.SANDBOX_NOT_STARTED.exception();
      }
      Thread.sleep(LOOK);
    }
    return neighbour;
  }

  private synchronized Neighbour start(@Nullable String seed, String host, int own) {
    if (open.size() >= config.most()) {
      throw SandboxProblem.TOO_MANY_SANDBOXES.exception();
    }
    UUID id = UUID.randomUUID();
    int port = freePort(own);
    try {
      Path its = Files.createDirectories(folder.resolve(id.toString()));
      Process process =
          new ProcessBuilder(command(its, port, seed))
              .redirectErrorStream(true)
              .redirectOutput(its.resolve("log").toFile())
              .start();
      Neighbour neighbour = new Neighbour(id, SandboxResource.address(host, port), seed, process);
      open.put(id, neighbour);
      process.onExit().thenRun(() -> forget(neighbour));
      return neighbour;
    } catch (IOException e) {
      throw new UncheckedIOException("A sandbox can't be started", e);
    }
  }

  /** As this one was started, but for what is its own. */
  private List<String> command(Path its, int port, @Nullable String seed) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-Dquarkus.http.port=" + port);
    command.add("-Dquarkus.management.port=0");
    command.add("-Dstillpoint.sandbox=true");
    command.add("-Dstillpoint.folder=" + its.resolve("data").toAbsolutePath());
    command.add("-Dstillpoint.sandbox.seed=" + (seed == null ? "" : seed));
    command.add("-Dstillpoint.sandbox.opened-by=" + ProcessHandle.current().pid());
    command.add("-jar");
    command.add(System.getProperty("java.class.path"));
    return command;
  }

  /** The first after the own one that nobody listens on. */
  private int freePort(int own) {
    Set<Integer> taken =
        open.values().stream().map(other -> other.url().getPort()).collect(Collectors.toSet());
    for (int port = own + 1; port <= own + config.most(); port++) {
      if (taken.contains(port)) {
        continue;
      }
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException inUse) {
        // the next one, then
      }
    }
    throw SandboxProblem.TOO_MANY_SANDBOXES.exception();
  }

  /** Whether it serves, with its seed played. */
  boolean isReady(Neighbour neighbour) throws InterruptedException {
    if (serving.contains(neighbour.id()) || !neighbour.process().isAlive()) {
      return neighbour.process().isAlive();
    }
    String path = neighbour.seed() == null ? "/sandbox/clock" : "/sandbox/seed";
    URI itself = SandboxResource.address("127.0.0.1", neighbour.url().getPort());
    try {
      boolean ready =
          http.send(
                          HttpRequest.newBuilder(itself.resolve(path)).build(),
                          HttpResponse.BodyHandlers.discarding())
                      .statusCode()
                  == 200
              && neighbour.process().isAlive();
      if (ready) {
        serving.add(neighbour.id());
      }
      return ready;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Ends one, with all that is in it; false if there is none of this id. */
  boolean end(UUID id) throws InterruptedException {
    Neighbour neighbour = open.get(id);
    if (neighbour == null) {
      return false;
    }
    neighbour.process().destroy();
    if (!neighbour.process().waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
      neighbour.process().destroyForcibly().waitFor();
    }
    forget(neighbour);
    return true;
  }

  /** What one has said that never served stays until the next start. */
  private void forget(Neighbour neighbour) {
    if (open.remove(neighbour.id(), neighbour) && serving.remove(neighbour.id())) {
      delete(folder.resolve(neighbour.id().toString()));
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException stillInUse) {
      // the next start's
    }
  }
}
