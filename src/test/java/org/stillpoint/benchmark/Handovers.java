package org.stillpoint.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.stillpoint.benchmark.Load.Open;
import org.stillpoint.process.Phone;
import org.stillpoint.process.Receiver;
import org.stillpoint.process.Receiver.Arrival;
import org.stillpoint.process.Tokens;

/** How long a tap takes to a push service and to the server of an app, both on this machine. */
final class Handovers implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration WARM_UP = Duration.ofSeconds(40);

  private final Plan plan;
  private final Load load;
  private final Receiver receiver = new Receiver(0);
  private final Installation sandbox = Installation.sandbox();
  private final World world = new World(sandbox);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Handovers(Plan plan, Load load) throws IOException {
    this.plan = plan;
    this.load = load;
  }

  /** Measures taps whose partners have one, and then the other. */
  void measure(int[] rates, Measurements push, Measurements webhook) throws Exception {
    receiver.settings(Tokens.CLIENT, sandbox.folder()).forEach(sandbox::set);
    sandbox.start();
    world.seedOne();
    world.seed(0);
    List<String> devices = new ArrayList<>();
    for (int i = 0; i < World.PARTNERS; i++) {
      String body = "{\"channel\":\"fcm\",\"token\":\"phone-of-partner-%d\"}".formatted(i);
      devices.add(Phone.member(ask(partner(i), "POST", "/v1/me/devices", body, 201), "id"));
    }
    measure("push", rates, push);
    for (int i = 0; i < World.PARTNERS; i++) {
      ask(partner(i), "DELETE", "/v1/me/devices/" + devices.get(i), "", 204);
    }
    String app =
        Phone.sandboxToken(
            sandbox.server(), "{\"clientId\":\"%s\",\"ofClient\":true}".formatted(Tokens.CLIENT));
    String hooks = "{\"url\":\"%s/hooks\"}".formatted(receiver.address());
    ask(app, "POST", "/v1/webhook-endpoints", hooks, 201);
    for (int i = 0; i < World.PARTNERS; i++) {
      ask(partner(i), "PUT", "/v1/me/webhook-subscription", "", 200);
    }
    measure("webhook", rates, webhook);
  }

  private String partner(int number) throws Exception {
    return sandbox.token(World.subject(World.partner(number)));
  }

  private String ask(String token, String method, String path, String body, int expected)
      throws Exception {
    HttpResponse<String> response =
        client.send(
            Phone.json(sandbox.server(), path, method, body, token), BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(expected);
    return response.body();
  }

  private void measure(String to, int[] rates, Measurements into) throws Exception {
    window(50, WARM_UP);
    for (int round = 0; round < plan.openRounds(); round++) {
      for (int rate : rates) {
        Histogram window = window(rate, plan.open());
        into.open(rate, World.PARTNERS, window);
        System.out.printf(
            "  to %s, %d taps/s: p50 %.2f ms, p99 %.2f ms%n",
            to, rate, window.getValueAtPercentile(50) / 1e6, window.getValueAtPercentile(99) / 1e6);
      }
    }
  }

  private Histogram window(int perSecond, Duration length) throws Exception {
    world.clear();
    System.gc(); // A pause of this process would be taken for the server's.
    Open done;
    try (HttpTaps taps = new HttpTaps(sandbox, World.SENDERS)) {
      done = load.open(taps, perSecond, length, 0);
    }
    long[] arrived = awaitAll(done.due().length);
    Histogram window = new Histogram(600_000_000_000L, 3);
    for (int i = 0; i < arrived.length; i++) {
      window.recordValue(Math.max(0, arrived[i] - done.due()[i]));
    }
    return window;
  }

  /** When the pause of each relationship came. */
  private long[] awaitAll(int count) throws Exception {
    Map<String, Integer> relationships = relationshipsOfEvents();
    assertThat(relationships).hasSize(count);
    long[] arrived = new long[count];
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (Arrays.stream(arrived).anyMatch(at -> at == 0)) {
      assertThat(System.nanoTime())
          .as("%d came", Arrays.stream(arrived).filter(at -> at > 0).count())
          .isLessThan(deadline);
      Thread.sleep(50);
      for (Arrival arrival : receiver.arrivals()) {
        Integer relationship = relationships.get(arrival.id());
        if (relationship != null && arrived[relationship] == 0) {
          arrived[relationship] = arrival.at();
        }
      }
    }
    return arrived;
  }

  /** By the ids of the events that partners were told. */
  private Map<String, Integer> relationshipsOfEvents() throws IOException, SQLException {
    Map<String, Integer> relationships = new HashMap<>();
    try (Connection owner = sandbox.owner();
        Statement statement = owner.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select e.id::text, e.relationship_id::text from event e"
                    + " join pause p on p.id = e.resource_id and p.raiser_id <> e.member_id"
                    + " where e.type = 'pause.raised'")) {
      while (row.next()) {
        relationships.put(row.getString(1), World.number(row.getString(2)));
      }
    }
    return relationships;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    sandbox.close();
    receiver.close();
  }
}
