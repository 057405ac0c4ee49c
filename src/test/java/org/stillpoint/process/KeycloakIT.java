package org.stillpoint.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.process.Keycloak.OTHER_REALM;
import static org.stillpoint.process.Keycloak.REALM;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stillpoint.crypto.MasterKeyFile;

/** The tokens of a real provider, set up as README.md says, at the packaged application. */
@Tag("keycloak")
class KeycloakIT {
  private static final Duration KEYS_READ_EVERY = Duration.ofSeconds(20);
  private static final Duration SKEW = Duration.ofSeconds(5);

  /** Of the client that is named after it. */
  private static final Duration SHORT_LIFE = Duration.ofSeconds(20);

  @TempDir static Path folder;
  private static Keycloak keycloak;
  private static PackagedApp app;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() throws Exception {
    keycloak = Keycloak.start(folder);
    app = application("strict", Map.of());
  }

  @AfterAll
  static void end() throws Exception {
    if (app != null) {
      app.close();
    }
    if (keycloak != null) {
      keycloak.close();
    }
  }

  private static PackagedApp application(String name, Map<String, String> more) throws Exception {
    Path own = Files.createDirectory(folder.resolve(name));
    Path masterKey = own.resolve("key.json");
    MasterKeyFile.create(masterKey);
    var settings = new HashMap<>(more);
    settings.put("STILLPOINT_MASTER_KEY_FILE", masterKey.toString());
    settings.put("STILLPOINT_TOKEN_ISSUER", keycloak.issuer(REALM).toString());
    settings.put("STILLPOINT_TOKEN_JWKS", keycloak.keys().toString());
    settings.put("STILLPOINT_TOKEN_KEYS_READ_EVERY", KEYS_READ_EVERY.toSeconds() + "S");
    PackagedApp started =
        PackagedApp.start(
            own,
            Path.of("target", "quarkus-app"),
            List.of(
                "-Djavax.net.ssl.trustStore=" + keycloak.certificate(),
                "-Djavax.net.ssl.trustStorePassword=" + Keycloak.PASSWORD),
            settings);
    try {
      started.awaitStart();
      return started;
    } catch (InterruptedException | AssertionError e) {
      started.close();
      throw e;
    }
  }

  private static Login login(String client) throws Exception {
    return Login.at(keycloak, REALM, client, Login.ALL);
  }

  private static HttpResponse<String> call(
      PackagedApp server, String method, String path, String token) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(server.http().resolve(path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + token)
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  private static int status(String token) throws Exception {
    return status(app, token);
  }

  private static int status(PackagedApp server, String token) throws Exception {
    return call(server, "GET", "/v1/me", token).statusCode();
  }

  @Test
  @Tag("S1")
  @Tag("S4")
  void anAccessTokenMayWhatTheAppAskedFor_andTapsWhateverItAskedFor() throws Exception {
    String all = login("phone").access();
    assertThat(call(app, "PUT", "/v1/me/adult-attestation", all).statusCode()).isEqualTo(200);
    String relationship = Phone.member(call(app, "POST", "/v1/relationships", all).body(), "id");
    String nothing = Login.at(keycloak, REALM, "phone", "").access();

    assertThat(status(all)).isEqualTo(200);
    assertThat(status(nothing)).isEqualTo(403);
    assertThat(
            call(app, "POST", "/v1/relationships/" + relationship + "/pauses", nothing)
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void whatIsNoAccessTokenForUsIsRefused() throws Exception {
    Login login = login("phone");

    assertThat(status(login.id())).as("an ID token").isEqualTo(401);
    assertThat(status(login.refresh())).as("a refresh token").isEqualTo(401);
    assertThat(status(login("for-others").access())).as("another audience").isEqualTo(401);
    assertThat(status(login("unmarked").access())).as("not marked at+jwt").isEqualTo(401);
    assertThat(status(Login.at(keycloak, OTHER_REALM, "phone", Login.ALL).access()))
        .as("another realm of the same server")
        .isEqualTo(401);
    assertThat(status(login.access())).isEqualTo(200);
  }

  @Test
  void aProviderThatMarksNothingIsToldApartByAClaim() throws Exception {
    Login login = login(Keycloak.REALM);
    try (PackagedApp lenient =
        application("lenient", Map.of("STILLPOINT_TOKEN_TYPES", "at+jwt,jwt"))) {
      assertThat(status(lenient, login.access())).isEqualTo(200);
      assertThat(status(lenient, login.id())).as("its audience is the app's name").isEqualTo(401);
      assertThat(status(lenient, login.refresh())).isEqualTo(401);
    }
  }

  @Test
  void aTokenOfAKeyThatIsNotTheIssuersIsRefused() throws Exception {
    String access = login("phone").access();
    EllipticCurveJsonWebKey ours = EcJwkGenerator.generateJwk(EllipticCurves.P256);

    assertThat(status(forged(access, ours, keyId(access)))).as("a known name").isEqualTo(401);
    assertThat(status(forged(access, ours, "unknown"))).as("an unknown name").isEqualTo(401);
    assertThat(status(access)).isEqualTo(200);
  }

  private static String forged(String token, EllipticCurveJsonWebKey key, String keyId)
      throws Exception {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(part(token, 1));
    signature.setHeader("typ", "at+jwt");
    signature.setKeyIdHeaderValue(keyId);
    signature.setAlgorithmHeaderValue("ES256");
    signature.setKey(key.getPrivateKey());
    return signature.getCompactSerialization();
  }

  private static String keyId(String token) {
    return Phone.member(part(token, 0).replaceAll("\\s", ""), "kid");
  }

  private static String part(String token, int index) {
    String encoded = token.split("\\.", -1)[index];
    return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
  }

  @Test
  void aNewKeyIsKnownAtOnceAndAWithdrawnOneIsForgottenSoon() throws Exception {
    keycloak.signWithANewKey("first", 200);
    String old = login("phone").access();
    assertThat(status(old)).isEqualTo(200);
    keycloak.signWithANewKey("second", 300);
    Login renewed = login("phone");

    assertThat(keyId(renewed.access())).isNotEqualTo(keyId(old));
    assertThat(statusWithin(Duration.ofSeconds(3), renewed.access(), 200)).isEqualTo(200);
    assertThat(status(old)).as("still published").isEqualTo(200);

    keycloak.withdrawKey("first");
    assertThat(statusWithin(KEYS_READ_EVERY.plusSeconds(10), old, 401)).isEqualTo(401);
    assertThat(status(renewed.access())).isEqualTo(200);
  }

  private static int statusWithin(Duration patience, String token, int wanted) throws Exception {
    long deadline = System.nanoTime() + patience.toNanos();
    int status = status(token);
    while (status != wanted && System.nanoTime() < deadline) {
      Thread.sleep(250);
      status = status(token);
    }
    return status;
  }

  /** Nobody tells an API of a log-out: what ends a token is its own expiry. */
  @Test
  void aLoggedOutSessionsTokenHoldsUntilItExpiresAndIsNotRenewed() throws Exception {
    Login login = login("short-lived");
    long began = System.nanoTime();
    login.logOut();

    assertThat(status(login.access())).isEqualTo(200);
    assertThat(login.refreshed().statusCode()).isEqualTo(400);
    Thread.sleep(SHORT_LIFE.plus(SKEW).plusSeconds(2).minusNanos(System.nanoTime() - began));
    assertThat(status(login.access())).isEqualTo(401);
  }

  @Test
  void anAppThatIsCutOffIsOutAtOnceUntilThePersonLogsInAnew() throws Exception {
    String lost = login("short-lived").access();
    assertThat(status(lost)).isEqualTo(200);
    String other = login("phone").access();
    String apps = call(app, "GET", "/v1/me/clients", other).body();
    String entry = apps.substring(apps.lastIndexOf('{', apps.indexOf("\"short-lived\"")));
    String path = "/v1/me/clients/" + Phone.member(entry, "id");
    assertThat(call(app, "DELETE", path, other).statusCode()).isEqualTo(204);

    assertThat(status(lost)).isEqualTo(401);
    Thread.sleep(1_500);
    assertThat(status(login("short-lived").access())).isEqualTo(200);
  }
}
