package org.stillpoint.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.stillpoint.process.Phone;
import org.stillpoint.process.Receiver;
import org.stillpoint.process.Receiver.Arrival;
import org.stillpoint.process.Tokens;

/**
 * Two replicas on one PostgreSQL hand pauses over to phones while both, the database and the way
 * between them break, and while some phones never answer.
 */
final class Deliveries {
  private static final int COUPLES = 12;
  private static final int HANGING = 2;
  private static final int TAPS = 10_000;

  /** How many notices a push service refuses, of one. */
  private static final double ERRORS = 0.05;

  /**
   * A lease of a minute that somebody who is frozen or cut off holds, one after it, and the way.
   */
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Replicas replicas;
  private final Receiver push;
  private final Report report;
  private final Tokens tokens;

  /** A tap that was answered 200, and when, by {@link System#nanoTime}. */
  private record Tap(UUID id, long at) {}

  private final Map<String, Queue<Tap>> taps = new HashMap<>();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private volatile boolean on = true;

  private Deliveries(Replicas replicas, Receiver push, Report report, Tokens tokens) {
    this.replicas = replicas;
    this.push = push;
    this.report = report;
    this.tokens = tokens;
  }

  static void run(Path folder, Report report) throws Exception {
    Tokens tokens = new Tokens();
    try (Receiver push = new Receiver(ERRORS);
        Replicas replicas = new Replicas(folder, tokens, push.settings(Tokens.CLIENT, folder))) {
      new Deliveries(replicas, push, report, tokens).run();
    }
  }

  private void run() throws Exception {
    List<Thread> tapping = new ArrayList<>();
    for (int i = 0; i < COUPLES; i++) {
      String phone = phone(i);
      taps.put(phone, new ConcurrentLinkedQueue<>());
      Phone ana = couple(i, phone);
      tapping.add(Thread.ofVirtual().start(() -> tapOn(ana, taps.get(phone))));
    }
    breakThings();
    awaitTaps(TAPS);
    on = false;
    for (Thread thread : tapping) {
      thread.join();
    }
    awaitQuiet();
    check();
  }

  /** As long as a token of FCM must be. */
  private static String phone(int number) {
    return (number < HANGING ? Receiver.HANGING : "answering-phone-") + number;
  }

  private Phone couple(int number, String phone) throws Exception {
    List<Phone> couple =
        Phone.couple(replicas.any(), tokens.of("ana-" + number), tokens.of("ben-" + number));
    HttpResponse<String> response =
        couple
            .get(1)
            .send(
                replicas.any(),
                "POST",
                "/v1/me/devices",
                "{\"channel\":\"fcm\",\"token\":\"" + phone + "\"}");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return couple.getFirst();
  }

  private void tapOn(Phone ana, Queue<Tap> done) {
    while (on) {
      UUID pause = UUID.randomUUID();
      if (!repeat(() -> ana.tap(replicas.any(), pause).statusCode())) {
        return;
      }
      done.add(new Tap(pause, System.nanoTime()));
      acknowledged.incrementAndGet();
      if (!repeat(() -> ana.lift(replicas.any(), pause).statusCode())) {
        return;
      }
    }
  }

  private interface Request {
    int status() throws Exception;
  }

  /** As an app does: until it is answered. */
  private boolean repeat(Request request) {
    while (on) {
      try {
        if (request.status() == 200) {
          return true;
        }
        Thread.sleep(20);
      } catch (Exception noAnswer) {
        if (noAnswer instanceof InterruptedException) {
          return false;
        }
      }
    }
    return false;
  }

  private void breakThings() throws Exception {
    awaitTaps(TAPS / 10);
    replicas.killAndStart(0);
    awaitTaps(2 * TAPS / 10);
    replicas.killAndStart(1);
    awaitTaps(3 * TAPS / 10);
    replicas.killDatabase();
    awaitTaps(4 * TAPS / 10);
    replicas.way().cut();
    Thread.sleep(20_000);
    replicas.way().mend();
    awaitTaps(5 * TAPS / 10);
    replicas.freeze(0, 40);
    awaitTaps(6 * TAPS / 10);
    replicas.moveClock(Duration.ofHours(1).toMillis());
    awaitTaps(7 * TAPS / 10);
    replicas.moveClock(-Duration.ofHours(1).toMillis());
    awaitTaps(8 * TAPS / 10);
    replicas.moveClock(0);
    replicas.killDatabase();
    awaitTaps(9 * TAPS / 10);
    replicas.killAndStart(1);
  }

  private void awaitTaps(int wanted) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (acknowledged.get() < wanted) {
      assertThat(System.nanoTime()).as("taps stay away").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private Connection owner() throws SQLException {
    return DriverManager.getConnection(
        replicas.database().jdbcUrl(), "stillpoint_owner", replicas.database().ownerPassword());
  }

  /** Until nothing waits but what is for phones that never answer. */
  private void awaitQuiet() throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (Connection owner = owner();
        PreparedStatement waiting =
            owner.prepareStatement(
                "select count(*) from member m where m.subject like 'ben-%' and m.subject <> all (?)"
                    + " and (exists (select from notice n where n.member_id = m.id)"
                    + " or exists (select from delivery d where d.member_id = m.id"
                    + " and d.state = 'queued'))")) {
      waiting.setArray(1, owner.createArrayOf("text", hanging()));
      while (true) {
        try (ResultSet row = waiting.executeQuery()) {
          row.next();
          if (row.getLong(1) == 0 || System.nanoTime() > deadline) {
            return;
          }
        }
        Thread.sleep(500);
      }
    }
  }

  private static Object[] hanging() {
    return IntStream.range(0, HANGING).mapToObj(number -> "ben-" + number).toArray();
  }

  /** An event of a phone's owner. */
  private record Told(String phone, long sequence, boolean urgent, UUID pause) {}

  private Map<String, Told> told() throws SQLException {
    Map<String, Told> events = new HashMap<>();
    try (Connection owner = owner();
        PreparedStatement select =
            owner.prepareStatement(
                "select m.subject, e.id::text, e.sequence, e.type, e.resource_id from event e"
                    + " join member m on m.id = e.member_id"
                    + " where m.subject like 'ben-%' and e.type in ('pause.raised', 'pause.lifted')");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        int number = Integer.parseInt(row.getString(1).substring("ben-".length()));
        events.put(
            row.getString(2),
            new Told(
                phone(number),
                row.getLong(3),
                row.getString(4).equals("pause.raised"),
                row.getObject(5, UUID.class)));
      }
    }
    return events;
  }

  private void check() throws SQLException {
    Map<String, Told> told = told();
    Map<UUID, Long> firstAt = new HashMap<>();
    Map<String, List<Told>> came = new HashMap<>();
    Set<String> seen = new HashSet<>();
    int twice = 0;
    int unknown = 0;
    for (Arrival arrival : push.arrivals()) {
      Told event = told.get(arrival.id());
      if (event == null || !event.phone().equals(arrival.phone())) {
        unknown += arrival.id().isEmpty() || event != null ? 1 : 0;
      } else if (seen.add(arrival.id())) {
        came.computeIfAbsent(event.phone(), phone -> new ArrayList<>()).add(event);
        if (event.urgent()) {
          firstAt.put(event.pause(), arrival.at());
        }
      } else {
        twice++;
      }
    }
    int lost = 0;
    int undelivered = 0;
    Duration longest = Duration.ZERO;
    Set<UUID> stored = new HashSet<>();
    told.values().forEach(event -> stored.add(event.pause()));
    for (Map.Entry<String, Queue<Tap>> phone : taps.entrySet()) {
      for (Tap tap : phone.getValue()) {
        lost += stored.contains(tap.id()) ? 0 : 1;
        if (!phone.getKey().startsWith(Receiver.HANGING)) {
          Long at = firstAt.get(tap.id());
          undelivered += at == null ? 1 : 0;
          if (at != null && at - tap.at() > longest.toNanos()) {
            longest = Duration.ofNanos(at - tap.at());
          }
        }
      }
    }
    report.show("taps acknowledged by two replicas", acknowledged.get());
    report.show("kill -9 of a replica", 3);
    report.show("kill -9 of PostgreSQL beneath them", 2);
    report.show("a replica cut off from PostgreSQL, for 20 s", 1);
    report.show("a replica frozen, for 40 s", 1);
    report.show("the clock of one put an hour forward, and an hour back", 2);
    report.show("phones that never answer, of " + COUPLES, HANGING);
    report.exactly("acknowledged taps lost", lost, 0);
    report.exactly("taps never handed over to a phone that answers", undelivered, 0);
    report.exactly("notices handed over out of order", outOfOrder(came), 0);
    report.exactly("notices to the wrong phone, or without a known id", unknown, 0);
    report.show("notices handed over again, with the same id", twice);
    report.within(
        "longest time from a tap's answer to its phone, through all that", longest, LONGEST);
  }

  /** A pause overtakes what isn't one; nothing else overtakes anything. */
  private static int outOfOrder(Map<String, List<Told>> came) {
    int wrong = 0;
    for (List<Told> events : came.values()) {
      TreeMap<Long, Told> waiting = new TreeMap<>();
      events.forEach(event -> waiting.put(event.sequence(), event));
      for (Told event : events) {
        waiting.remove(event.sequence());
        wrong +=
            waiting.headMap(event.sequence()).values().stream()
                    .anyMatch(earlier -> !event.urgent() || earlier.urgent())
                ? 1
                : 0;
      }
    }
    return wrong;
  }
}
