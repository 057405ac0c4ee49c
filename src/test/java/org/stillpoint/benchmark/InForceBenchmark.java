package org.stillpoint.benchmark;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.stillpoint.database.RunningPostgres;
import org.stillpoint.process.PackagedApp;
import org.stillpoint.process.Phone;
import org.stillpoint.testkit.BigAgreement;

/** How long it takes to say what is in force, after little and after much was agreed. */
final class InForceBenchmark {
  private static final int WARM_UP = 1_500;
  private static final int CALLS = 500;
  private static final Pattern TERM =
      Pattern.compile("\"id\":\"([^\"]+)\",\"agreementId.*?\"hash\":\"([0-9a-f]{64})\"");

  private InForceBenchmark() {}

  static void run() throws Exception {
    Path folder = Files.createTempDirectory("stillpoint-in-force");
    Map<String, String> settings =
        Map.of(
            "STILLPOINT_SANDBOX", "true", "STILLPOINT_RATE_LIMIT_REQUESTS_PER_MINUTE", "1000000");
    try (PackagedApp app = PackagedApp.start(folder, settings)) {
      app.awaitStart();
      System.out.println("| in force | p50 ms | p99 ms |");
      System.out.println("|---|---|---|");
      Phone[] few = couple(app.http(), "few", 3);
      Phone[] many = couple(app.http(), "many", 300);
      measure(app.http(), many, WARM_UP);
      print("3 terms, 1 version", measure(app.http(), few, CALLS));
      print("300 terms, 1 version", measure(app.http(), many, CALLS));
      addPast(folder, UUID.fromString(many[0].path("").split("/")[3]));
      print("300 terms, 200 versions", measure(app.http(), many, CALLS));
    }
  }

  private static void addPast(Path folder, UUID relationship) throws Exception {
    RunningPostgres database = RunningPostgres.in(folder.resolve(".stillpoint/database"));
    try (Connection owner =
        DriverManager.getConnection(
            database.jdbcUrl(), "stillpoint_owner", database.ownerPassword())) {
      BigAgreement.addPast(owner, relationship, 199);
    }
  }

  /** Two who have agreed on so many terms, all of them in force. */
  private static Phone[] couple(URI server, String name, int terms) throws Exception {
    Duration login = Duration.ofHours(1);
    Phone one = Phone.of(server, name + "-one", login);
    Phone other = one.partner(server, name + "-other", login);
    String members =
        "[\""
            + id(one.call(server, "GET", "/v1/me").body())
            + "\",\""
            + id(other.call(server, "GET", "/v1/me").body())
            + "\"]";
    String clauses =
        IntStream.range(0, terms)
            .mapToObj(
                i ->
                    "{\"kind\":\"consent\",\"polarity\":\"permits\",\"domain\":\"touch\",\"memberIds\":%s,\"activities\":[\"way-%d\"],\"text\":\"We may, when both of us feel like it.\"}"
                        .formatted(members, i))
            .collect(Collectors.joining(","));
    String draft =
        id(
            one.send(
                    server,
                    "POST",
                    one.path("/agreement-drafts"),
                    "{\"title\":\"How we are\",\"terms\":[" + clauses + "]}")
                .body());
    String version =
        one.call(server, "POST", one.path("/agreement-drafts/" + draft + "/proposal")).body();
    Matcher term = TERM.matcher(version);
    while (term.find()) {
      other.send(
          server,
          "PUT",
          other.path("/terms/" + term.group(1) + "/assents/me"),
          "{\"hash\":\"" + term.group(2) + "\"}");
    }
    one.send(server, "POST", "/sandbox/clock/advance", "{\"seconds\":90000}");
    return new Phone[] {one, other};
  }

  private static String id(String json) {
    return Phone.member(json, "id");
  }

  /** In nanoseconds, sorted. */
  private static long[] measure(URI server, Phone[] couple, int calls) throws Exception {
    long[] took = new long[calls];
    for (int i = 0; i < calls; i++) {
      long begin = System.nanoTime();
      int status = couple[1].call(server, "GET", couple[1].path("/in-force")).statusCode();
      took[i] = System.nanoTime() - begin;
      if (status != 200) {
        throw new IllegalStateException("in force: " + status);
      }
    }
    Arrays.sort(took);
    return took;
  }

  private static void print(String what, long[] took) {
    System.out.printf(
        "| %s | %.1f | %.1f |%n",
        what, took[took.length / 2] / 1e6, took[took.length * 99 / 100] / 1e6);
  }
}
