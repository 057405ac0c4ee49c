package org.stillpoint.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShutdownIT {
  @TempDir Path folder;
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();

  @Test
  void itSaysWhereItListensAndEndsWithoutFailingAnybody() throws Exception {
    try (PackagedApp app = PackagedApp.sandbox(folder)) {
      saysWhereItIsAndWhatIsNext(app);
      Phone phone = Phone.of(app.http(), "ana");
      OpenConnections senders = OpenConnections.tapping(app.http(), 8);
      var stream = Thread.ofVirtual().unstarted(() -> listen(phone, app.http()));
      stream.start();
      Thread.sleep(1_000);
      assertThat(get(app, "/health/ready")).isEqualTo(200);

      app.terminate();
      Thread.sleep(400);
      assertThat(get(app, "/health/ready")).isEqualTo(503);
      assertThat(get(app, "/health/live")).isEqualTo(200);
      int code = app.awaitEnd(Duration.ofSeconds(25));

      senders.close();
      stream.join();
      assertThat(code).isIn(0, 143);
      assertThat(senders.answers())
          .hasSizeGreaterThan(100)
          .contains(OpenConnections.OK)
          .isSubsetOf(OpenConnections.OK, OpenConnections.REFUSED);
      assertThat(answers).containsExactly("stream ended");
      assertThat(app.lines()).noneMatch(line -> line.contains("\"level\":\"ERROR\""));
      assertThat(Files.readString(folder.resolve(".stillpoint/database/postgres.log")))
          .contains("database system is shut down");
    }
  }

  @Test
  void whatCameInTimeIsAnsweredAndWhatComesLateIsRefused() throws Exception {
    try (PackagedApp app = PackagedApp.sandbox(folder)) {
      Phone phone = Phone.of(app.http(), "ana");
      try (Socket slow = new Socket(app.http().getHost(), app.http().getPort())) {
        slow.setSoTimeout(20_000);
        String tap = phone.tapRequest(UUID.randomUUID());
        send(slow, tap.replace("Length: 0", "Length: 2\r\nContent-Type: application/json") + "{");
        app.terminate();
        Thread.sleep(1_500);

        HttpResponse<String> late = phone.tap(app.http(), UUID.randomUUID());
        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(late.headers().firstValue("Retry-After")).contains("1");
        assertThat(late.headers().firstValue("Connection")).contains("close");

        send(slow, "}");
        var answer = new BufferedReader(new InputStreamReader(slow.getInputStream(), UTF_8));
        assertThat(answer.readLine()).isEqualTo(OpenConnections.OK);
      }
      assertThat(app.awaitEnd(Duration.ofSeconds(25))).isIn(0, 143);
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  private void saysWhereItIsAndWhatIsNext(PackagedApp app) throws IOException {
    assertThat(app.lines())
        .filteredOn(line -> line.contains("listens on"))
        .singleElement()
        .asString()
        .contains(app.http().toString())
        .contains(folder.toRealPath().resolve(".stillpoint").toString())
        .contains("First tap");
  }

  private static int get(PackagedApp app, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(app.management().resolve(path)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private void listen(Phone phone, URI server) {
    try {
      String all = phone.call(server, "GET", "/v1/events/stream").body();
      answers.add(all.contains("retry:") ? "stream ended" : "stream without a hint: " + all);
    } catch (Exception broken) {
      answers.add("stream broken: " + broken);
    }
  }
}
