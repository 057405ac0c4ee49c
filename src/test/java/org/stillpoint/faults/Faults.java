package org.stillpoint.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.stillpoint.process.PackagedApp;

/** Tries the packaged application against faults and prints one table. */
final class Faults {
  /** Set where mounting is ours alone, and ends with this process. */
  private static final String OWN_MOUNTS = "FAULTS_OWN_MOUNTS";

  /** The limits for each person would only slow the faults down. */
  private static final Map<String, String> SANDBOX =
      Map.of(
          "STILLPOINT_SANDBOX", "true",
          "STILLPOINT_RATE_LIMIT_LIFTS_PER_HOUR", "1000000",
          "STILLPOINT_RATE_LIMIT_REQUESTS_PER_MINUTE", "1000000");

  private interface Fault {
    void run(Path folder, Report report) throws Exception;
  }

  private Faults() {}

  /**
   * Runs all, or the one that is named: {@code kills}, {@code disk}, {@code ends}, {@code clock},
   * {@code deliveries}.
   */
  public static void main(String[] arguments) throws Exception {
    String plan = arguments.length > 0 ? arguments[0] : "all";
    if (System.getenv(OWN_MOUNTS) == null) {
      for (List<String> unshare : List.of(List.of("unshare", "-m"), List.of("unshare", "-rm"))) {
        if (succeeds(unshare, "true")) {
          System.exit(again(unshare, plan));
        }
      }
    }
    Report report = new Report();
    run("kills", Kills::run, plan, report);
    run("disk", FullDisk::run, plan, report);
    run("ends", Endings::run, plan, report);
    run("clock", ClockJumps::run, plan, report);
    run("deliveries", Deliveries::run, plan, report);
    run("streams", IdleStreams::run, plan, report);
    System.out.printf("%n%s%n", report);
    System.exit(report.isBroken() ? 1 : 0);
  }

  private static void run(String name, Fault fault, String plan, Report report)
      throws IOException, InterruptedException {
    if (!plan.equals("all") && !plan.equals(name)) {
      return;
    }
    System.out.println("  " + name);
    Path folder = Files.createTempDirectory("stillpoint-faults");
    try {
      fault.run(folder, report);
    } catch (Exception | AssertionError e) {
      report.failed(name, e);
    } finally {
      deleteAll(folder);
    }
  }

  /** The same in a place of its own, where a disk can be mounted. */
  private static int again(List<String> unshare, String plan)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(unshare);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-classpath"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(Faults.class.getName(), plan));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put(OWN_MOUNTS, "yes");
    return builder.start().waitFor();
  }

  /** Whether this process may mount. */
  static boolean hasOwnMounts() {
    return System.getenv(OWN_MOUNTS) != null;
  }

  static boolean succeeds(List<String> prefix, String... command) throws InterruptedException {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(List.of(command));
    try {
      return new ProcessBuilder(all)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notThere) {
      return false;
    }
  }

  /** A sandbox in this folder that listens. */
  static PackagedApp start(Path folder) throws Exception {
    return start(folder, List.of(), Map.of());
  }

  static PackagedApp start(Path folder, List<String> jvmOptions, Map<String, String> settings)
      throws Exception {
    Map<String, String> environment = new HashMap<>(SANDBOX);
    environment.putAll(settings);
    PackagedApp app = PackagedApp.start(folder, PackagedApp.PACKAGED, jvmOptions, environment);
    app.awaitStart();
    return app;
  }

  /** A database that was killed a moment ago may still write. */
  private static void deleteAll(Path folder) throws IOException, InterruptedException {
    for (int attempt = 0; attempt < 20 && Files.exists(folder); attempt++) {
      try (Stream<Path> found = Files.walk(folder)) {
        for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      } catch (FileSystemException | UncheckedIOException inUse) {
        Thread.sleep(500);
      }
    }
  }
}
