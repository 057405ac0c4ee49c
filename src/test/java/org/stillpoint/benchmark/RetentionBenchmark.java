package org.stillpoint.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.stillpoint.benchmark.Load.Open;
import org.stillpoint.process.Tokens;

/**
 * Measures how the retention job of the packaged application deletes what is old, while people tap.
 */
final class RetentionBenchmark implements AutoCloseable {
  /** Rows that are too old, for each member: events, deliveries, pauses, the access log. */
  private static final int[] OLD = {250, 50, 130, 70};

  private static final int YOUNG = 10;
  private static final int TAPS_PER_SECOND = 50;
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(25);
  private static final Pattern LONGEST_BATCH =
      Pattern.compile("(?m)^stillpoint_retention_batch_seconds_max\\S* (\\S+)$");
  private static final Pattern BATCHES =
      Pattern.compile("(?m)^stillpoint_retention_batch_seconds_count\\S* (\\S+)$");

  private final int members;
  private final Installation installation;
  private final World world;
  private final Load load = new Load();
  private int firstTap;

  private RetentionBenchmark(long rows) throws Exception {
    int perMember = OLD[0] + OLD[1] + OLD[2] + OLD[3];
    this.members = Math.toIntExact(rows / perMember);
    this.installation = new Installation(new Tokens());
    this.world = new World(installation);
  }

  /** Stores so many old rows, and waits until they are gone. */
  static void run(long rows) throws Exception {
    try (RetentionBenchmark benchmark = new RetentionBenchmark(rows)) {
      Runtime.getRuntime().addShutdownHook(new Thread(benchmark::endInstallation));
      System.out.println(benchmark.measure());
    }
  }

  private String measure() throws Exception {
    installation.set("STILLPOINT_RETENTION_LOOK", "1s");
    installation.start();
    say("storing %,d old rows of %,d members".formatted(old(), members));
    world.seedOne();
    world.seed(members);
    try (Connection owner = installation.owner()) {
      nextRound(owner, "infinity");
      store(owner);
      long before = stored(owner);
      try (HttpTaps taps = new HttpTaps(installation, World.SENDERS)) {
        say("warming up");
        Histogram ignored = tap(taps);
        say("tapping without the job: p99 %.1f ms".formatted(millis(ignored, 99)));
        Histogram alone = tap(taps);
        say("tapping beside the job");
        Histogram beside = new Histogram(60_000_000_000L, 3);
        double longest = 0;
        long begin = System.nanoTime();
        long seconds = 0;
        nextRound(owner, "-infinity");
        while (isUnderWay(owner) && System.nanoTime() - begin < LONGEST.toNanos()) {
          beside.add(tap(taps));
          longest = Math.max(longest, metric(LONGEST_BATCH));
          seconds = (System.nanoTime() - begin) / 1_000_000_000L;
        }
        long left = stored(owner) - (long) members * 2 * YOUNG;
        Table table = new Table();
        table.show("old rows stored", before - (double) members * 2 * YOUNG, "");
        table.show("old rows left", left, "");
        table.show("rows deleted", (before - stored(owner)) / (double) Math.max(1, seconds), "/s");
        table.show("transactions", metric(BATCHES), "");
        table.show("the longest transaction", longest * 1000, "ms");
        table.show(
            "tap p50 without the job, %d/s".formatted(TAPS_PER_SECOND), millis(alone, 50), "ms");
        table.show("tap p99 without the job", millis(alone, 99), "ms");
        table.compare("tap p50 beside the job", millis(beside, 50), millis(alone, 50), "ms");
        table.compare("tap p99 beside the job", millis(beside, 99), millis(alone, 99), "ms");
        table.show("tap longest beside the job", beside.getMaxValue() / 1e6, "ms");
        return "%n%s".formatted(table);
      }
    }
  }

  private long old() {
    return (long) members * (OLD[0] + OLD[1] + OLD[2] + OLD[3]);
  }

  /** Two members share a relationship; each has paused in it and was told of it. */
  private void store(Connection owner) throws SQLException {
    run(
        owner,
        "create temporary table old_member as select id, row_number() over (order by id) as number"
            + " from member where id not in (select member_id from membership)");
    run(
        owner,
        "create temporary table old_relationship as"
            + " select uuidv7() as id, number from generate_series(0, "
            + members / 2
            + ") as number");
    run(owner, "insert into relationship (id, created_at) select id, now() from old_relationship");
    run(
        owner,
        """
        insert into membership (relationship_id, member_id, joined_at)
        select r.id, m.id, now() from old_member m join old_relationship r on r.number = m.number / 2
        """);
    run(
        owner,
        """
        insert into event (member_id, sequence, id, type, occurred_at, relationship_id,
          resource_type, resource_id)
        select m.id, n, uuidv7(), 'pause.raised',
          case when n <= %d then now() - interval '30 days' + n * interval '1 minute' else now() end,
          r.id, 'pause', uuidv7()
        from generate_series(1, %d) n cross join old_member m
        join old_relationship r on r.number = m.number / 2
        """
            .formatted(OLD[0], OLD[0] + YOUNG));
    run(
        owner,
        """
        insert into delivery (member_id, sequence, target_id, channel, carrier, urgent, state,
          next_attempt_at)
        select id, n, id, 'sandbox', 'sandbox', true, 'handed_over', now()
        from generate_series(1, %d) n cross join old_member
        """
            .formatted(OLD[1]));
    run(
        owner,
        """
        insert into pause (relationship_id, id, raiser_id, kind, raised_at, received_at, ended_at,
          end_reason)
        select r.id, uuidv7(), m.id, 2, at, at, at + interval '10 minutes', 'lifted'
        from (select n, case when n <= %d then now() - interval '200 days' + n * interval '1 hour'
            else now() end as at from generate_series(1, %d) n) t
        cross join old_member m join old_relationship r on r.number = m.number / 2
        """
            .formatted(OLD[2], OLD[2] + YOUNG));
    run(
        owner,
        """
        insert into access_log (member_id, id, occurred_at, hourly, kind, client_id)
        select id, uuidv7(), now() - interval '60 days' + n * interval '1 hour', true,
          'pauses:read', 'benchmark'
        from generate_series(1, %d) n cross join old_member
        """
            .formatted(OLD[3]));
    run(owner, "vacuum analyze");
  }

  private static void nextRound(Connection owner, String when) throws SQLException {
    run(
        owner,
        "update retention_walk set next_round = '"
            + when
            + "', after = '00000000-0000-0000-0000-000000000000'");
  }

  private static boolean isUnderWay(Connection owner) throws SQLException {
    return number(owner, "select count(*) from retention_walk where next_round <= now()") > 0;
  }

  /** Of those members only: taps store rows of their own. */
  private static long stored(Connection owner) throws SQLException {
    return number(
        owner,
        """
        select (select count(*) from event where member_id in (select id from old_member))
          + (select count(*) from delivery where member_id in (select id from old_member))
          + (select count(*) from pause where raiser_id in (select id from old_member))
          + (select count(*) from access_log where member_id in (select id from old_member))
        """);
  }

  private Histogram tap(HttpTaps taps) throws InterruptedException {
    Open done = load.open(taps, TAPS_PER_SECOND, WINDOW, firstTap);
    firstTap = (firstTap + done.due().length) % (World.SPREAD / 2);
    firstTap -= firstTap % World.SENDERS;
    Histogram delays = new Histogram(60_000_000_000L, 3);
    for (int i = 0; i < done.due().length; i++) {
      delays.recordValue(Math.max(0, done.accepted()[i] - done.due()[i]));
    }
    return delays;
  }

  private double metric(Pattern line) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String metrics =
          client
              .send(
                  HttpRequest.newBuilder(
                          URI.create(
                              "http://127.0.0.1:" + installation.managementPort() + "/metrics"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      Matcher found = line.matcher(metrics);
      return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }
  }

  private static double millis(Histogram delays, double percentile) {
    return delays.getValueAtPercentile(percentile) / 1e6;
  }

  private static long number(Connection owner, String query) throws SQLException {
    try (Statement statement = owner.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void run(Connection owner, String sql) throws SQLException {
    try (Statement statement = owner.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void say(String progress) {
    System.out.println("  " + progress);
  }

  private void endInstallation() {
    try {
      installation.close();
    } catch (IOException | InterruptedException e) {
      System.err.println("The temporary folder stays: " + e);
    }
  }

  @Override
  public void close() throws Exception {
    load.close();
    installation.close();
  }
}
