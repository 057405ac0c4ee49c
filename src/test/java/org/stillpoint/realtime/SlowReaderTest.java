package org.stillpoint.realtime;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.EventStreamClient;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;
import org.stillpoint.testkit.Tables;

/** Who doesn't read, holds up nobody but themself. */
@StillpointTest
class SlowReaderTest {
  /** More than the buffers of the network take. */
  private static final int HISTORY = 30_000;

  private static final int MOST_WAITING = 1_000;
  private static final Duration AT_ONCE = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TestHTTPResource(value = "/metrics", management = true)
  @Nullable URI metrics;

  private Couple couple;
  private long first;

  @BeforeEach
  void aCoupleWithALongHistory() throws SQLException {
    couple = Couple.create();
    UUID ben = couple.ben().id();
    first = Tables.number("select last_sequence from feed where member_id = ?", ben);
    Tables.change(
        "insert into event (member_id, sequence, id, type, occurred_at, resource_type, resource_id)"
            + " select ?, ? + n, uuidv7(), 'trial.filling', now(), 'trial', uuidv7()"
            + " from generate_series(1, ?) n",
        ben,
        first,
        HISTORY);
    Tables.change(
        "update feed set last_sequence = last_sequence + ? where member_id = ?", HISTORY, ben);
  }

  /** Asks for the stream, and leaves it unread. */
  private Socket open(Person person) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(8 * 1024);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), RestAssured.port));
    socket.setSoTimeout((int) PATIENCE.toMillis());
    String request =
        "GET /v1/events/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + person.token()
            + "\r\nLast-Event-ID: "
            + first
            + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private int backlog() {
    String text = given().get(String.valueOf(metrics)).asString();
    return text.lines()
        .filter(line -> line.startsWith("stillpoint_stream_backlog"))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  /** Waits until nothing moves any more. */
  private int settledBacklog() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int last = -1;
    int now = backlog();
    while (now == 0 || now != last) {
      assertThat(System.nanoTime()).as("The backlog is %s", now).isLessThan(deadline);
      Thread.sleep(1_000);
      last = now;
      now = backlog();
    }
    return now;
  }

  @Test
  @Tag("S1")
  void aReaderThatDoesntReadHoldsUpNeitherATapNorAnotherStreamAndMissesNothing() throws Exception {
    try (Socket slow = open(couple.ben());
        EventStreamClient phone = EventStreamClient.open(couple.ben())) {
      assertThat(settledBacklog()).isBetween(1, MOST_WAITING);

      for (int i = 0; i < 3; i++) {
        long begun = System.nanoTime();
        UUID pause = couple.tap(couple.ana());
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_ONCE);
        assertThat(phone.next().type()).isEqualTo("pause.raised");
        couple.lift(couple.ana(), pause);
        assertThat(phone.next().type()).isEqualTo("pause.lifted");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_ONCE.multipliedBy(2));
      }
      assertThat(backlog()).isBetween(1, MOST_WAITING);

      assertThatAllComeInOrder(slow, first + HISTORY + 6);
    }
  }

  private void assertThatAllComeInOrder(Socket slow, long last) throws IOException {
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(slow.getInputStream(), StandardCharsets.UTF_8), 256 * 1024);
    long next = first + 1;
    while (next <= last) {
      String line = lines.readLine();
      assertThat(line).as("before %s", next).isNotNull();
      if (line.startsWith("id:")) {
        assertThat(Long.parseLong(line.substring(3).trim())).isEqualTo(next);
        next++;
      }
    }
  }
}
