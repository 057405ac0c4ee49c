package org.stillpoint.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Phones that tap on connections that are kept open, and how each tap was answered. */
public final class OpenConnections implements AutoCloseable {
  /** How an answer begins that is as it should be. */
  public static final String OK = "HTTP/1.1 200 OK";

  /** How an answer begins to what came too late to be taken. */
  public static final String REFUSED = "HTTP/1.1 503 Service Unavailable";

  private final URI server;
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
  private final Queue<UUID> notAccepted = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean on = true;

  private OpenConnections(URI server) {
    this.server = server;
  }

  /** So many people begin to tap, each in a relationship of their own. */
  public static OpenConnections tapping(URI server, int senders) throws Exception {
    OpenConnections connections = new OpenConnections(server);
    for (int i = 0; i < senders; i++) {
      Phone phone = Phone.of(server, "sender-" + i);
      connections.threads.add(Thread.ofVirtual().start(() -> connections.tapOn(phone)));
    }
    return connections;
  }

  /** On sockets of its own, to see which connection ended with half an answer. */
  private void tapOn(Phone phone) {
    while (on) {
      try (Socket socket = new Socket(server.getHost(), server.getPort())) {
        socket.setSoTimeout(20_000);
        boolean open = true;
        while (open) {
          UUID tap = UUID.randomUUID();
          socket
              .getOutputStream()
              .write(phone.tapRequest(tap).getBytes(StandardCharsets.ISO_8859_1));
          String answer = answer(socket.getInputStream());
          String status = answer.lines().findFirst().orElse("");
          if (!status.isEmpty()) {
            answers.add(status);
          }
          if (status.isEmpty() || status.equals(REFUSED)) {
            notAccepted.add(tap);
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

  /** The first line of each answer, or that only half of it came. */
  public Collection<String> answers() {
    return List.copyOf(answers);
  }

  /** The taps that were refused, or whose connection ended before an answer began. */
  public Collection<UUID> notAccepted() {
    return List.copyOf(notAccepted);
  }

  @Override
  public void close() throws InterruptedException {
    on = false;
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
