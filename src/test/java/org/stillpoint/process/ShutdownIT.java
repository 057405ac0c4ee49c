package org.stillpoint.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
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
      AtomicBoolean on = new AtomicBoolean(true);
      List<Thread> senders = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Phone own = Phone.of(app.http(), "sender-" + i);
        senders.add(Thread.ofVirtual().start(() -> tapOn(own, app.http(), on)));
      }
      var stream = Thread.ofVirtual().unstarted(() -> listen(phone, app.http()));
      stream.start();
      Thread.sleep(1_000);
      assertThat(get(app, "/health/ready")).isEqualTo(200);

      app.terminate();
      Thread.sleep(400);
      assertThat(get(app, "/health/ready")).isEqualTo(503);
      assertThat(get(app, "/health/live")).isEqualTo(200);
      int code = app.awaitEnd(Duration.ofSeconds(25));

      on.set(false);
      for (Thread sender : senders) {
        sender.join();
      }
      stream.join();
      assertThat(code).isIn(0, 143);
      assertThat(answers).hasSizeGreaterThan(100).containsOnly("HTTP/1.1 200 OK", "stream ended");
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

  /** On sockets of its own, to see which connection ended with half an answer. */
  private void tapOn(Phone phone, URI server, AtomicBoolean on) {
    while (on.get()) {
      try (Socket socket = new Socket(server.getHost(), server.getPort())) {
        socket.setSoTimeout(20_000);
        boolean open = true;
        while (open) {
          socket
              .getOutputStream()
              .write(phone.tapRequest(UUID.randomUUID()).getBytes(StandardCharsets.ISO_8859_1));
          String answer = answer(socket.getInputStream());
          if (!answer.isEmpty()) {
            answers.add(answer.lines().findFirst().orElseThrow());
          }
          open =
              !answer.isEmpty() && !answer.toLowerCase(Locale.ROOT).contains("connection: close");
        }
      } catch (IOException refused) {
        // Not accepted.
      }
    }
  }

  /** One whole answer, or nothing when the connection ended before its first byte. */
  private static String answer(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int read;
      try {
        read = in.read();
      } catch (IOException reset) {
        read = -1;
      }
      if (read < 0) {
        return head.size() == 0 ? "" : "half an answer";
      }
      head.write(read);
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    int length =
        text.lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElse(0);
    return in.readNBytes(length).length == length ? text : "half an answer";
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
