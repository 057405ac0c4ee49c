package org.stillpoint.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A person who has logged in through a browser, and the app that got the tokens: the code grant
 * with PKCE.
 */
record Login(
    HttpClient http, URI endpoints, String client, String access, String refresh, String id) {
  static final String ALL =
      "profile:read profile:write relationships:read relationships:write pauses:read pauses:write"
          + " events:read";

  private static final String CALLBACK = "https://app.example/callback";
  private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");
  private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

  static Login at(Keycloak keycloak, String realm, String client, String scopes) throws Exception {
    URI endpoints = URI.create(keycloak.issuer(realm) + "/protocol/openid-connect/");
    HttpClient browser = keycloak.client().cookieHandler(new CookieManager()).build();
    String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
    URI page =
        endpoints.resolve(
            "auth?response_type=code&code_challenge_method=S256&client_id="
                + client
                + "&redirect_uri="
                + encoded(CALLBACK)
                + "&scope="
                + encoded("openid " + scopes)
                + "&code_challenge="
                + challenge(verifier));
    String form = get(browser, page);
    HttpResponse<String> answer =
        post(
            browser,
            URI.create(found(FORM, form).replace("&amp;", "&")),
            List.of("username=ana", "password=ana-knows"));
    String callback = answer.headers().firstValue("Location").orElse(answer.body());
    HttpResponse<String> tokens =
        post(
            browser,
            endpoints.resolve("token"),
            List.of(
                "grant_type=authorization_code",
                "client_id=" + client,
                "redirect_uri=" + encoded(CALLBACK),
                "code=" + found(CODE, callback),
                "code_verifier=" + verifier));
    assertThat(tokens.statusCode()).as(tokens.body()).isEqualTo(200);
    return new Login(
        browser,
        endpoints,
        client,
        Phone.member(tokens.body(), "access_token"),
        Phone.member(tokens.body(), "refresh_token"),
        Phone.member(tokens.body(), "id_token"));
  }

  /** What the provider answers to an app that wants a younger token. */
  HttpResponse<String> refreshed() throws Exception {
    return post(
        http,
        endpoints.resolve("token"),
        List.of("grant_type=refresh_token", "client_id=" + client, "refresh_token=" + refresh));
  }

  void logOut() throws Exception {
    HttpResponse<String> answer =
        post(
            http,
            endpoints.resolve("logout"),
            List.of("client_id=" + client, "refresh_token=" + refresh));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
  }

  static HttpResponse<String> post(HttpClient http, URI address, List<String> form)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(String.join("&", form)))
            .build(),
        BodyHandlers.ofString());
  }

  private static String get(HttpClient http, URI address) throws Exception {
    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
  }

  private static String found(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    assertThat(found.find()).as("%s in %s", pattern, text).isTrue();
    return found.group(1);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String challenge(String verifier) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }
}
