package org.stillpoint.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.stillpoint.process.PackagedApp;
import org.stillpoint.process.Phone;
import org.stillpoint.testkit.EventStreamClient;

/** The machine's clock is put an hour forward and back while people tap. */
final class ClockJumps {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int TAPS = 25;

  /** Of the machine's limit, so that it is reached soon. */
  private static final int REQUESTS_PER_MINUTE = 600;

  private final Path offset;
  private final PackagedApp app;
  private final Report report;
  private final Phone ana;
  private final Phone ben;
  private final Phone brief;
  private final List<UUID> taps = new ArrayList<>();
  private int refused;

  private ClockJumps(Path offset, PackagedApp app, Report report) throws Exception {
    this.offset = offset;
    this.app = app;
    this.report = report;
    this.ana = Phone.of(app.http(), "ana", HOUR.multipliedBy(4));
    this.ben = ana.partner(app.http(), "ben", HOUR.multipliedBy(4));
    this.brief = Phone.of(app.http(), "brief", HOUR.dividedBy(2));
  }

  static void run(Path folder, Report report) throws Exception {
    Path offset = Files.writeString(folder.resolve("offset"), "0");
    String option = ClockAgent.optionFor(folder.resolve("clock-agent.jar"), offset);
    Map<String, String> limit =
        Map.of("STILLPOINT_RATE_LIMIT_REQUESTS_PER_MINUTE", Integer.toString(REQUESTS_PER_MINUTE));
    try (PackagedApp app = Faults.start(folder, List.of(option), limit)) {
      new ClockJumps(offset, app, report).run();
    }
  }

  private void run() throws Exception {
    try (EventStreamClient stream = EventStreamClient.open(app.http(), ben.token());
        EventStreamClient briefStream = EventStreamClient.open(app.http(), brief.token())) {
      tap();
      moveTo(HOUR);
      tap();
      int expired = read(brief);
      briefStream.awaitEnd();
      String export = export();
      moveTo(Duration.ZERO);
      tap();
      int again = read(brief);
      Duration made = awaitExport(export);
      moveTo(HOUR.negated());
      tap();
      Duration letIn = exhaustTheLimit();
      moveTo(Duration.ZERO);
      tap();

      report.show("the clock put an hour forward and back", "4 times");
      report.show("taps meanwhile", taps.size() + refused);
      report.exactly("taps refused", refused, 0);
      report.exactly("an hour later: status for a token that has expired", expired, 401);
      report.exactly("an hour earlier: status for the same token", again, 200);
      report.exactly("streams that broke though their token holds", stream.isOpen() ? 0 : 1, 0);
      heardOnce(stream);
      report.within("an hour earlier: an export asked for before", made, Duration.ofSeconds(10));
      report.within(
          "an hour earlier: until a limit that is reached lets in again",
          letIn,
          Duration.ofSeconds(5));
    }
  }

  private void moveTo(Duration by) throws Exception {
    Path next = offset.resolveSibling("offset.next");
    Files.writeString(next, Long.toString(by.toMillis()));
    Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (productTime().minus(by).minus(Duration.ofMinutes(1)).isAfter(Instant.now())
        || productTime().minus(by).plus(Duration.ofMinutes(1)).isBefore(Instant.now())) {
      assertThat(System.nanoTime()).as("the clock doesn't move").isLessThan(deadline);
      Thread.sleep(10);
    }
  }

  private Instant productTime() throws Exception {
    return Instant.parse(
        JsonPath.from(brief.call(app.http(), "GET", "/sandbox/clock").body()).getString("now"));
  }

  private void tap() throws Exception {
    for (int i = 0; i < TAPS; i++) {
      UUID pause = UUID.randomUUID();
      if (ana.tap(app.http(), pause).statusCode() == 200) {
        taps.add(pause);
        assertThat(ana.lift(app.http(), pause).statusCode()).isEqualTo(200);
      } else {
        refused++;
      }
    }
  }

  private int read(Phone phone) throws Exception {
    return phone.call(app.http(), "GET", "/v1/me").statusCode();
  }

  private String export() throws Exception {
    String asked = ben.call(app.http(), "POST", "/v1/me/exports").body();
    return "/v1/me/exports/" + JsonPath.from(asked).getString("id");
  }

  private Duration awaitExport(String export) throws Exception {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < Duration.ofMinutes(1).toNanos()) {
      if (ben.call(app.http(), "GET", export).body().contains("\"ready\"")) {
        break;
      }
      Thread.sleep(50);
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** How long it takes from the first refusal until a request is let in. */
  private Duration exhaustTheLimit() throws Exception {
    int status = 200;
    for (int i = 0; i < 10 * REQUESTS_PER_MINUTE && status == 200; i++) {
      status = read(ben);
    }
    assertThat(status).as("the limit").isEqualTo(429);
    long begin = System.nanoTime();
    while (read(ben) != 200 && System.nanoTime() - begin < Duration.ofMinutes(1).toNanos()) {
      Thread.sleep(50);
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /** On the stream and on the phone: each tap once, neither never nor twice. */
  private void heardOnce(EventStreamClient stream) throws Exception {
    List<String> raised = new ArrayList<>();
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    List<String> notices = List.of();
    while (System.nanoTime() < deadline
        && (raised.size() < taps.size() || notices.size() < taps.size())) {
      Thread.sleep(100);
      stream.rest().stream()
          .filter(event -> event.type().equals("pause.raised"))
          .forEach(event -> raised.add(event.data().getString("resource.id")));
      notices = notices();
    }
    List<String> wanted = taps.stream().map(UUID::toString).toList();
    report.exactly("taps that the partner's stream didn't tell", without(wanted, raised), 0);
    report.exactly("taps that it told twice", twice(raised), 0);
    report.exactly("notices to the partner's phone", notices.size(), taps.size());
    report.exactly("notices that came twice", twice(notices), 0);
  }

  private List<String> notices() throws Exception {
    URI server = app.http();
    String me = JsonPath.from(ben.call(server, "GET", "/v1/me").body()).getString("id");
    return JsonPath.from(ben.call(server, "GET", "/sandbox/inbox/" + me).body())
        .getList("data.findAll { it.urgent }.id", String.class);
  }

  private static long without(List<String> wanted, List<String> there) {
    return wanted.stream().filter(each -> !there.contains(each)).count();
  }

  private static long twice(List<String> all) {
    return all.size() - new HashSet<>(all).size();
  }
}
