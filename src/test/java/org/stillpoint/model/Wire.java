package org.stillpoint.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API as any client calls it. */
final class Wire {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI server;
  private @Nullable Object clockOwner;

  Wire(URI server) {
    this.server = server;
  }

  /** From now on the time is this one's. */
  synchronized void begin(Object owner) {
    clockOwner = owner;
  }

  /**
   * Moves the time of all. When shrinking takes too long, jqwik turns to something else while its
   * last try still runs, which may move it no more.
   */
  synchronized void pass(Object owner, long seconds) {
    if (clockOwner != owner) {
      throw new IllegalStateException("Others have begun since");
    }
    call(null, "POST", "/sandbox/clock/advance", Map.of("seconds", seconds)).done();
  }

  /** What came back. */
  record Answer(int status, String body, String etag) {
    JsonNode json() {
      try {
        return body.isEmpty() ? MissingNode.getInstance() : JSON.readTree(body);
      } catch (JsonProcessingException e) {
        throw new AssertionError("Not JSON: " + body, e);
      }
    }

    boolean isDone() {
      return status / 100 == 2;
    }

    /** The permanent name of a problem. */
    String code() {
      return isDone() ? "" : json().path("code").asText("status " + status);
    }

    /** The same, which has to have succeeded. */
    Answer done() {
      if (!isDone()) {
        throw new AssertionError("Refused: " + status + " " + body);
      }
      return this;
    }
  }

  Answer call(@Nullable String token, String method, String path) {
    return call(token, method, path, null, null);
  }

  Answer call(@Nullable String token, String method, String path, @Nullable Map<String, ?> body) {
    return call(token, method, path, body, null);
  }

  Answer call(
      @Nullable String token,
      String method,
      String path,
      @Nullable Map<String, ?> body,
      @Nullable String ifMatch) {
    var request = HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (ifMatch != null) {
      request.header("If-Match", ifMatch);
    }
    try {
      if (body == null) {
        request.method(method, BodyPublishers.noBody());
      } else {
        request.header("Content-Type", "application/json");
        request.method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)));
      }
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(
          response.statusCode(), response.body(), response.headers().firstValue("ETag").orElse(""));
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(method + " " + path, e);
    }
  }
}
