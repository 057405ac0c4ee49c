package org.stillpoint.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.stillpoint.benchmark.Load.Closed;
import org.stillpoint.benchmark.Load.Open;
import org.stillpoint.benchmark.Measurements.Cpu;
import org.stillpoint.process.Tokens;

/** Measures the packaged application and prints one table. */
final class Benchmark implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(30);

  /** The JVM compiles by calls, not by time: on a busy machine the minute isn't enough. */
  private static final int WARM_AFTER_TAPS = 40_000;

  private static final int[] SENDERS = {16, 64};
  private static final int[] RATES = {20, 200};
  private static final int[] PARTNERS = {1, World.PARTNERS};

  private final Plan plan;
  private final Installation installation;
  private final World world;
  private final Load load = new Load();
  private final Results results = new Results();

  private Benchmark(Plan plan) throws IOException, JoseException {
    this.plan = plan;
    this.installation = new Installation(new Tokens());
    this.world = new World(installation);
  }

  /**
   * Runs as it says, or {@code quick}, {@code handovers}, {@code retention}, {@code
   * retention-quick} or {@code in-force}.
   */
  public static void main(String[] arguments) throws Exception {
    String plan = arguments.length > 0 ? arguments[0] : "";
    if (plan.equals("in-force")) {
      InForceBenchmark.run();
    } else if (plan.equals("handovers")) {
      try (Load load = new Load();
          Handovers handovers = new Handovers(Plan.QUICK, load)) {
        handovers.measure(RATES, new Measurements(), new Measurements());
      }
    } else if (plan.startsWith("retention")) {
      RetentionBenchmark.run(plan.equals("retention") ? 10_000_000 : 200_000);
    } else {
      taps(plan.equals("quick"));
    }
  }

  private static void taps(boolean quick) throws Exception {
    try (Benchmark benchmark = new Benchmark(quick ? Plan.QUICK : Plan.FULL)) {
      Runtime.getRuntime().addShutdownHook(new Thread(benchmark::endInstallation));
      Thread main = Thread.currentThread();
      Thread.ofPlatform().daemon().start(() -> benchmark.endLate(main));
      System.out.println(benchmark.run());
    }
  }

  private void endInstallation() {
    try {
      installation.close();
    } catch (IOException | InterruptedException e) {
      System.err.println("The temporary folder stays: " + e);
    }
  }

  private void endLate(Thread main) {
    try {
      Thread.sleep(LONGEST);
      main.interrupt();
    } catch (InterruptedException ended) {
      // Nothing to end any more.
    }
  }

  private String run() throws Exception {
    double loadBefore = load();
    starts();
    world.seed(plan.idleStreams());
    say("warming up");
    warmUp();
    say("measuring beside the limit");
    besideLimit();
    results.loadedMegabytes = Processes.megabytes(installation.application());
    say("storing %,d pauses".formatted(plan.storedPauses()));
    world.store(plan.storedPauses());
    say("measuring with %,d idle streams".formatted(plan.idleStreams()));
    full();
    String databaseVersion = world.databaseVersion();
    installation.stop();
    say("measuring what is handed over");
    try (Handovers handovers = new Handovers(plan, load)) {
      handovers.measure(RATES, results.push, results.webhook);
    }
    return results.print(plan, databaseVersion)
        + ", load average %.1f before and %.1f after".formatted(loadBefore, load());
  }

  private void starts() throws Exception {
    say("rehearsing the start");
    installation.rehearse();
    say("starting");
    long begin = System.nanoTime();
    installation.start();
    world.seedOne();
    firstTap();
    results.coldSeconds = (System.nanoTime() - begin) / 1e9;
    installation.allowConnections(64);
    for (int i = 0; i < plan.starts(); i++) {
      installation.stop();
      begin = System.nanoTime();
      installation.start();
      firstTap();
      results.warmSeconds.add((System.nanoTime() - begin) / 1e9);
    }
    results.startedMegabytes = Processes.megabytes(installation.application());
    results.databaseMegabytes = Processes.megabytesOfTree(installation.database());
  }

  private void firstTap() throws Exception {
    try (HttpTaps taps = new HttpTaps(installation, 1)) {
      taps.tap(0, 0);
    }
  }

  private void warmUp() throws Exception {
    try (HttpTaps taps = new HttpTaps(installation, World.SENDERS);
        SqlTaps limit = new SqlTaps(installation);
        Streams streams = partners(World.PARTNERS)) {
      long begin = System.nanoTime();
      long end = begin + plan.warmUp().toNanos();
      long latest = begin + 3 * plan.warmUp().toNanos();
      int done = 0;
      for (int turn = 0;
          System.nanoTime() < end || (done < WARM_AFTER_TAPS && System.nanoTime() < latest);
          turn++) {
        world.clear();
        boolean ours = turn % 4 != 3;
        done += load.closed(ours ? taps : limit, 64, Duration.ofSeconds(5)).taps() * (ours ? 1 : 0);
      }
      say("warm after %,d taps".formatted(done));
      world.clear();
      load.open(taps, 200, Duration.ofSeconds(3), 0);
      world.clear();
      say(streams.size() + " partners connected");
    }
  }

  private void besideLimit() throws Exception {
    try (SqlTaps limit = new SqlTaps(installation)) {
      try (Streams streams = partners(World.PARTNERS)) {
        for (int round = 0; round < plan.rounds(); round++) {
          for (int senders : SENDERS) {
            world.clear();
            closed(results.limit, limit, senders);
            closedOverHttp(results.server, senders);
            world.walls(false);
            closedOverHttp(results.withoutWalls, senders);
            world.walls(true);
          }
        }
        say(streams.size() + " partners connected");
      }
      try (HttpTaps taps = new HttpTaps(installation, World.SENDERS)) {
        for (int round = 0; round < plan.openRounds(); round++) {
          openBesideLimit(taps, limit);
        }
      }
    }
  }

  private void openBesideLimit(HttpTaps taps, SqlTaps limit) throws Exception {
    for (int partners : PARTNERS) {
      try (Streams streams = partners(partners)) {
        for (int rate : RATES) {
          world.clear();
          open(results.limit, limit, null, rate, partners);
          world.clear();
          open(results.server, taps, streams, rate, partners);
        }
      }
    }
  }

  private void full() throws Exception {
    try (HttpTaps taps = new HttpTaps(installation, World.SENDERS);
        Streams idle = new Streams(installation)) {
      for (int i = 0; i < plan.idleStreams(); i++) {
        idle.open(World.idle(i));
      }
      idle.awaitOpen();
      try (Streams streams = partners(World.PARTNERS)) {
        load.closed(taps, 64, Duration.ofSeconds(5));
        for (int round = 0; round < plan.rounds(); round++) {
          for (int senders : SENDERS) {
            world.lift();
            closed(results.full, taps, senders);
          }
        }
        say(streams.size() + " partners connected");
      }
      for (int round = 0; round < plan.openRounds(); round++) {
        for (int partners : PARTNERS) {
          try (Streams streams = partners(partners)) {
            for (int rate : RATES) {
              world.lift();
              open(results.full, taps, streams, rate, partners);
            }
          }
        }
      }
      results.fullMegabytes = Processes.megabytes(installation.application());
    }
  }

  private Streams partners(int count) throws Exception {
    Streams streams = new Streams(installation);
    for (int i = 0; i < count; i++) {
      streams.open(World.partner(i));
    }
    streams.awaitOpen();
    return streams;
  }

  /** On new connections: the server closes those that rest during the other windows. */
  private void closedOverHttp(Measurements into, int senders) throws Exception {
    world.clear();
    try (HttpTaps taps = new HttpTaps(installation, senders)) {
      closed(into, taps, senders);
    }
  }

  private void closed(Measurements into, Taps taps, int senders) throws Exception {
    double server = Processes.cpuSeconds(installation.application());
    double database = Processes.cpuSecondsOfTree(installation.database());
    Closed done = load.closed(taps, senders, plan.closed());
    Cpu used =
        new Cpu(
            (Processes.cpuSeconds(installation.application()) - server) * 1000 / done.taps(),
            (Processes.cpuSecondsOfTree(installation.database()) - database) * 1000 / done.taps());
    into.closed(senders, done.perSecond(), used);
    check(done.taps());
    say(
        "%s, %d senders: %,.0f taps/s"
            .formatted(taps.getClass().getSimpleName(), senders, done.perSecond()));
  }

  /** Without streams, the delay ends with the commit. */
  private void open(
      Measurements into, Taps taps, @Nullable Streams streams, int perSecond, int partners)
      throws Exception {
    if (streams != null) {
      streams.clear();
    }
    System.gc(); // A pause of this process would be taken for the server's.
    Open done = load.open(taps, perSecond, plan.open(), partners == 1 ? World.SPREAD : 0);
    Histogram window = new Histogram(60_000_000_000L, 3);
    for (int i = 0; i < done.due().length; i++) {
      long end = streams == null ? done.accepted()[i] : streams.heard(done.first() + i);
      window.recordValue(Math.max(0, end - done.due()[i]));
    }
    into.open(perSecond, partners, window);
    check(done.due().length);
    say(
        "%s, %d taps/s, %d partners: p50 %.2f ms, p99 %.2f ms"
            .formatted(
                taps.getClass().getSimpleName(),
                perSecond,
                partners,
                window.getValueAtPercentile(50) / 1e6,
                window.getValueAtPercentile(99) / 1e6));
  }

  private void check(int taps) throws IOException, SQLException {
    int active = world.activePauses();
    if (active != taps) {
      throw new IllegalStateException(
          "Of %d accepted taps, %d pauses are stored".formatted(taps, active));
    }
  }

  /** How many threads wanted to run in the last minute: other work on the machine falsifies all. */
  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static void say(String progress) {
    System.out.println("  " + progress);
  }

  @Override
  public void close() throws Exception {
    load.close();
    installation.close();
  }

  /** Everything measured. */
  private static final class Results {
    private final Measurements server = new Measurements();
    private final Measurements limit = new Measurements();
    private final Measurements withoutWalls = new Measurements();
    private final Measurements full = new Measurements();
    private final Measurements push = new Measurements();
    private final Measurements webhook = new Measurements();
    private final List<Double> warmSeconds = new ArrayList<>();
    private double coldSeconds;
    private double startedMegabytes;
    private double databaseMegabytes;
    private double loadedMegabytes;
    private double fullMegabytes;

    /** Beside the same taps on their way to a stream. */
    private void handovers(Table table, String to, Measurements measurements) {
      for (int rate : RATES) {
        for (double percentile : new double[] {50, 99}) {
          table.compare(
              "tap to %s, %d/s, %d to be told, p%.0f"
                  .formatted(to, rate, World.PARTNERS, percentile),
              measurements.milliseconds(rate, World.PARTNERS, percentile),
              server.milliseconds(rate, World.PARTNERS, percentile),
              "ms");
        }
      }
    }

    String print(Plan plan, String databaseVersion) {
      Table table = new Table();
      for (int senders : SENDERS) {
        String measure = "taps, %d senders".formatted(senders);
        if (senders == 64) {
          table.atLeast(measure, server.tapsPerSecond(64), limit.tapsPerSecond(64), "/s", 0.55);
        } else {
          table.compare(measure, server.tapsPerSecond(senders), limit.tapsPerSecond(senders), "/s");
        }
      }
      for (int senders : SENDERS) {
        table.atLeast(
            "taps, %d senders, to those without row-level security".formatted(senders),
            server.tapsPerSecond(senders),
            withoutWalls.tapsPerSecond(senders),
            "/s",
            0.8);
      }
      for (int partners : PARTNERS) {
        for (int rate : RATES) {
          String measure = "tap to stream, %d/s, %d connected, ".formatted(rate, partners);
          table.compare(
              measure + "p50",
              server.milliseconds(rate, partners, 50),
              limit.milliseconds(rate, partners, 50),
              "ms");
          if (rate == 200) {
            table.atMost(
                measure + "p99",
                server.milliseconds(rate, partners, 99),
                limit.milliseconds(rate, partners, 99),
                "ms",
                3);
          } else {
            table.compare(
                measure + "p99",
                server.milliseconds(rate, partners, 99),
                limit.milliseconds(rate, partners, 99),
                "ms");
          }
        }
      }
      handovers(table, "push", push);
      handovers(table, "webhook", webhook);
      Cpu cpu = server.cpu(64);
      table.show("CPU of server per 1,000 taps, 64 senders", cpu.server(), "s");
      table.compare(
          "CPU of database per 1,000 taps, 64 senders",
          cpu.database(),
          limit.cpu(64).database(),
          "s");
      String with =
          "with %,d pauses, %,d idle streams: ".formatted(plan.storedPauses(), plan.idleStreams());
      for (int senders : SENDERS) {
        table.atMost(
            with + "time per tap, %d senders".formatted(senders),
            1000 / full.tapsPerSecond(senders),
            1000 / server.tapsPerSecond(senders),
            "ms",
            1.2);
      }
      for (int partners : PARTNERS) {
        for (int rate : RATES) {
          for (double percentile : new double[] {50, 99}) {
            table.atMost(
                with + "%d/s, %d connected, p%.0f".formatted(rate, partners, percentile),
                full.milliseconds(rate, partners, percentile),
                server.milliseconds(rate, partners, percentile),
                "ms",
                1.2);
          }
        }
      }
      Cpu fullCpu = full.cpu(64);
      table.atMost(with + "CPU of server", fullCpu.server(), cpu.server(), "s", 1.2);
      table.atMost(with + "CPU of database", fullCpu.database(), cpu.database(), "s", 1.2);
      table.show("start to first tap, cold", coldSeconds, "s");
      table.below(
          "start to first tap, warm",
          warmSeconds.stream().mapToDouble(Double::doubleValue).max().orElse(0),
          "s",
          3);
      table.show("resident, server, started", startedMegabytes, "MB");
      table.show("resident, server, after load", loadedMegabytes, "MB");
      table.show(with + "resident, server", fullMegabytes, "MB");
      table.show("resident, database, started", databaseMegabytes, "MB");
      return "%n%s%n%n%d cores, Java %s, PostgreSQL %s, %s %s"
          .formatted(
              table,
              Runtime.getRuntime().availableProcessors(),
              Runtime.version(),
              databaseVersion,
              System.getProperty("os.name"),
              System.getProperty("os.version"));
    }
  }
}
