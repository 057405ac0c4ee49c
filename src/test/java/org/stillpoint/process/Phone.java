package org.stillpoint.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with a relationship of their own, and a phone. */
final class Phone {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final String token;
  private final String relationship;

  private Phone(URI server, String subject) throws Exception {
    String minted =
        send(json(server, "/sandbox/tokens", "POST", "{\"subject\":\"" + subject + "\"}", ""))
            .body();
    token = member(minted, "accessToken");
    assertThat(call(server, "PUT", "/v1/me/adult-attestation").statusCode()).isEqualTo(200);
    relationship = member(call(server, "POST", "/v1/relationships").body(), "id");
  }

  static Phone of(URI server, String subject) throws Exception {
    return new Phone(server, subject);
  }

  HttpResponse<String> call(URI server, String method, String path) throws Exception {
    return send(json(server, path, method, "", token));
  }

  /** Says something of oneself. */
  void say(URI server, String body) throws Exception {
    assertThat(send(json(server, "/v1/me", "PATCH", body, token)).statusCode()).isEqualTo(200);
  }

  HttpResponse<String> tap(URI server, UUID pause) throws Exception {
    return call(server, "PUT", "/v1/relationships/" + relationship + "/pauses/" + pause);
  }

  HttpResponse<String> lift(URI server, UUID pause) throws Exception {
    return call(server, "POST", "/v1/relationships/" + relationship + "/pauses/" + pause + "/lift");
  }

  HttpResponse<String> pause(URI server, UUID pause) throws Exception {
    return call(server, "GET", "/v1/relationships/" + relationship + "/pauses/" + pause);
  }

  /** A tap as it goes over the wire. */
  String tapRequest(UUID pause) {
    return "PUT /v1/relationships/%s/pauses/%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nAuthorization: Bearer %s\r\n\r\n"
        .formatted(relationship, pause, token);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }

  private static HttpRequest json(
      URI server, String path, String method, String body, String token) {
    var request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(path.endsWith("/stream") ? PATIENCE.multipliedBy(3) : PATIENCE)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return request.build();
  }

  static String member(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
    assertThat(found.find()).as("%s in %s", name, json).isTrue();
    return found.group(1);
  }
}
