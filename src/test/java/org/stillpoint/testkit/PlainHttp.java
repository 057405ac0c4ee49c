package org.stillpoint.testkit;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The API with nothing in between: what is sent is what is written, and so is what comes back. */
public final class PlainHttp {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private PlainHttp() {}

  /** What is sent. */
  public record Call(
      String method, String path, Map<String, String> headers, @Nullable String body) {
    /** Without a body. */
    public Call(String method, String path, Map<String, String> headers) {
      this(method, path, headers, null);
    }
  }

  /** What comes back; of a stream, only how it begins. */
  public record Answer(int status, Map<String, List<String>> headers, String body) {
    /** The first value of this header; empty without one. */
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().getFirst())
          .findFirst()
          .orElse("");
    }

    /** Whether it is a stream, of which nothing was read. */
    public boolean isStream() {
      return header("Content-Type").startsWith("text/event-stream");
    }
  }

  /**
   * Sends what is answered with 200 and JSON: for what is done so often that it has to be quick.
   */
  public static Json ok(Call call) {
    Answer answer = send(call);
    if (answer.status() != 200) {
      throw new AssertionError(
          call.method() + " " + call.path() + " was answered " + answer.status());
    }
    return new Json(answer.body());
  }

  /** Sends it. */
  public static Answer send(Call call) {
    URI uri = URI.create("http://localhost:" + RestAssured.port + call.path());
    String body = call.body();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(
                call.method(),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    call.headers().forEach(request::header);
    try {
      HttpResponse<InputStream> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream content = response.body()) {
        boolean stream =
            response
                .headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("text/event-stream"))
                .isPresent();
        String text = stream ? "" : new String(content.readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(response.statusCode(), new TreeMap<>(response.headers().map()), text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
