package org.stillpoint.testkit;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An app that listens to its stream of events. */
public final class EventStreamClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);
  private volatile @Nullable String retry;

  /** One event of the stream. */
  public record Received(long sequence, String type, JsonPath data) {}

  private EventStreamClient(HttpRequest request) {
    HttpResponse<Stream<String>> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofLines());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (response.statusCode() != 200) {
      throw new AssertionError("The stream was answered " + response.statusCode());
    }
    Thread.ofVirtual().start(() -> read(response.body()));
    await(opened, "The stream doesn't open");
  }

  /** From now on. */
  public static EventStreamClient open(Person person) {
    return new EventStreamClient(request(person).build());
  }

  /** From now on, of any server. */
  public static EventStreamClient open(URI server, String token) {
    return new EventStreamClient(request(server, token).build());
  }

  /** From where another stream broke off. */
  public static EventStreamClient resume(Person person, long lastEventId) {
    return new EventStreamClient(
        request(person).header("Last-Event-ID", Long.toString(lastEventId)).build());
  }

  private static HttpRequest.Builder request(Person person) {
    return request(URI.create("http://localhost:" + RestAssured.port), person.token());
  }

  private static HttpRequest.Builder request(URI server, String token) {
    return HttpRequest.newBuilder(server.resolve("/v1/events/stream"))
        .header("Authorization", "Bearer " + token);
  }

  private void read(Stream<String> lines) {
    try {
      List<String> block = new ArrayList<>();
      lines.forEach(
          line -> {
            if (line.isEmpty()) {
              take(block);
              block.clear();
            } else {
              block.add(line);
            }
          });
    } catch (UncheckedIOException broken) {
      // ended from the other side, or closed here
    } finally {
      ended.countDown();
    }
  }

  private void take(List<String> block) {
    String id = field(block, "id:");
    if (field(block, "retry:") != null) {
      retry = field(block, "retry:");
      opened.countDown();
    }
    if (id != null) {
      received.add(
          new Received(
              Long.parseLong(id),
              String.valueOf(field(block, "event:")),
              JsonPath.from(String.valueOf(field(block, "data:")))));
    }
  }

  private static @Nullable String field(List<String> block, String name) {
    return block.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).trim())
        .findFirst()
        .orElse(null);
  }

  /** The next event; a failure if none comes. */
  public Received next() {
    try {
      Received next = received.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        throw new AssertionError("No event came");
      }
      return next;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What has come and was not yet taken. */
  public List<Received> rest() {
    List<Received> rest = new ArrayList<>();
    received.drainTo(rest);
    return rest;
  }

  /** Waits until the server ends the stream. */
  public void awaitEnd() {
    await(ended, "The stream doesn't end");
  }

  /** Whether the server has ended it. */
  public boolean isOpen() {
    return ended.getCount() > 0;
  }

  /** The hint for coming again, in milliseconds. */
  public @Nullable String retry() {
    return retry;
  }

  private static void await(CountDownLatch latch, String otherwise) {
    try {
      if (!latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(otherwise);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
