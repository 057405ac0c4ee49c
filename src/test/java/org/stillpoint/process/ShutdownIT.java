package org.stillpoint.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
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
      assertThat(senders.answers()).hasSizeGreaterThan(100).containsOnly(OpenConnections.OK);
      assertThat(answers).containsExactly("stream ended");
      assertThat(app.lines()).noneMatch(line -> line.contains("\"level\":\"ERROR\""));
      assertThat(Files.readString(folder.resolve(".stillpoint/database/postgres.log")))
          .contains("database system is shut down");
    }
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
