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
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Somebody with a relationship of their own, and a phone. */
public final class Phone {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final String token;
  private final String relationship;

  private Phone(URI server, String subject, Duration login, @Nullable Phone partner)
      throws Exception {
    this(server, sandboxToken(server, subject, login), partner);
  }

  private Phone(URI server, String token, @Nullable Phone partner) throws Exception {
    this.token = token;
    assertThat(call(server, "PUT", "/v1/me/adult-attestation").statusCode()).isEqualTo(200);
    relationship =
        partner == null
            ? member(call(server, "POST", "/v1/relationships").body(), "id")
            : join(server, partner);
  }

  private static String sandboxToken(URI server, String subject, Duration login) throws Exception {
    return sandboxToken(
        server,
        "{\"subject\":\"%s\",\"expiresInSeconds\":%d}".formatted(subject, login.toSeconds()));
  }

  /** The token that a sandbox makes when asked so. */
  public static String sandboxToken(URI server, String asked) throws Exception {
    HttpResponse<String> minted =
        HttpClient.newHttpClient()
            .send(json(server, "/sandbox/tokens", "POST", asked, ""), BodyHandlers.ofString());
    return member(minted.body(), "accessToken");
  }

  /** Two who share a relationship, with tokens of a login service. */
  public static List<Phone> couple(URI server, String token, String partnersToken)
      throws Exception {
    Phone one = new Phone(server, token, null);
    return List.of(one, new Phone(server, partnersToken, one));
  }

  /** Somebody who begins a relationship, with a login of an hour. */
  public static Phone of(URI server, String subject) throws Exception {
    return of(server, subject, Duration.ofHours(1));
  }

  /** Somebody who begins a relationship, with a login of this length. */
  public static Phone of(URI server, String subject, Duration login) throws Exception {
    return new Phone(server, subject, login, null);
  }

  /** Somebody who joins this one, with a login of the same length. */
  public Phone partner(URI server, String subject, Duration login) throws Exception {
    return new Phone(server, subject, login, this);
  }

  private String join(URI server, Phone inviter) throws Exception {
    String invitations = "/v1/relationships/" + inviter.relationship + "/invitations";
    String invitation =
        "/v1/invitations/" + member(inviter.call(server, "POST", invitations).body(), "code");
    String seen = call(server, "GET", invitation).headers().firstValue("ETag").orElseThrow();
    HttpRequest acceptance =
        HttpRequest.newBuilder(
                json(server, invitation + "/acceptance", "POST", "", token), (name, value) -> true)
            .header("If-Match", seen)
            .build();
    assertThat(send(acceptance).statusCode()).isEqualTo(200);
    return inviter.relationship;
  }

  /** What this person is known by. */
  public String token() {
    return token;
  }

  /** An address below the relationship. */
  public String path(String rest) {
    return "/v1/relationships/" + relationship + rest;
  }

  /** A call without a body. */
  public HttpResponse<String> call(URI server, String method, String path) throws Exception {
    return send(json(server, path, method, "", token));
  }

  /** A call with a body. */
  public HttpResponse<String> send(URI server, String method, String path, String body)
      throws Exception {
    return send(json(server, path, method, body, token));
  }

  /** Says something of oneself. */
  public HttpResponse<String> say(URI server, String body) throws Exception {
    return send(server, "PATCH", "/v1/me", body);
  }

  /** Taps. */
  public HttpResponse<String> tap(URI server, UUID pause) throws Exception {
    return call(server, "PUT", path("/pauses/" + pause));
  }

  /** Takes a tap back. */
  public HttpResponse<String> lift(URI server, UUID pause) throws Exception {
    return call(server, "POST", path("/pauses/" + pause + "/lift"));
  }

  /** Reads a pause. */
  public HttpResponse<String> pause(URI server, UUID pause) throws Exception {
    return call(server, "GET", path("/pauses/" + pause));
  }

  /** A tap as it goes over the wire. */
  public String tapRequest(UUID pause) {
    return "PUT /v1/relationships/%s/pauses/%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nAuthorization: Bearer %s\r\n\r\n"
        .formatted(relationship, pause, token);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }

  /** A request as an app makes it; without a body, or without a token, where that is empty. */
  public static HttpRequest json(
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

  /** A text in an object of JSON. */
  public static String member(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
    assertThat(found.find()).as("%s in %s", name, json).isTrue();
    return found.group(1);
  }
}
