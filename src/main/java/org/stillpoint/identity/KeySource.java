package org.stillpoint.identity;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Where the issuer publishes its keys. */
@FunctionalInterface
interface KeySource {
  /** The JWK set as it is now. */
  String read() throws IOException, InterruptedException;

  /** An address (https, which the start demands outside of tests), or a file: a path or a URI. */
  static KeySource at(String location) {
    if (location.startsWith("https://") || location.startsWith("http://")) {
      return new Web(URI.create(location));
    }
    Path file = location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
    return () -> Files.readString(file);
  }

  /** Follows no redirects, and reads no more than a key set can be. */
  final class Web implements KeySource {
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final long LARGEST = 256 * 1024L;

    private final HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final HttpRequest request;

    Web(URI address) {
      request =
          HttpRequest.newBuilder(address)
              .timeout(PATIENCE)
              .header("Accept", "application/jwk-set+json, application/json")
              .build();
    }

    @Override
    public String read() throws IOException, InterruptedException {
      HttpResponse<String> answer =
          client.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST));
      if (answer.statusCode() != 200) {
        throw new IOException("status " + answer.statusCode());
      }
      return answer.body();
    }
  }
}
