package org.stillpoint.delivery;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Browser;
import org.stillpoint.testkit.Channels;
import org.stillpoint.testkit.StillpointTest;

/** Outside of a sandbox, nobody is promised what the operator can't send. */
@StillpointTest
@TestProfile(NothingSetUpTest.Settings.class)
class NothingSetUpTest {
  /** A server with a database of the operator's and nothing about how to reach people. */
  public static class Settings implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("stillpoint.sandbox", "false", "stillpoint.database.folder", "");
    }
  }

  private static String token() throws Exception {
    String folder = ConfigProvider.getConfig().getValue("stillpoint.folder", String.class);
    PublicJsonWebKey key =
        PublicJsonWebKey.Factory.newPublicJwk(
            Files.readString(Path.of(folder, "sandbox-key.json")));
    return Jwt.issuer("urn:stillpoint:sandbox")
        .subject("ana-" + UUID.randomUUID())
        .audience("stillpoint")
        .claim("client_id", "an-app")
        .claim("scope", "events:read profile:read profile:write")
        .jws()
        .header("typ", "at+jwt")
        .keyId(key.getKeyId())
        .algorithm(SignatureAlgorithm.ES256)
        .sign(key.getPrivateKey());
  }

  @Test
  void noDeviceIsRegisteredThatNobodyCanTell() throws Exception {
    String token = token();
    for (Map<String, String> address :
        List.of(
            Browser.subscribe().registration(),
            Map.of("channel", "apns", "token", "0a1b".repeat(16)),
            Map.of("channel", "fcm", "token", "cYh3:APA91b" + "x-_".repeat(45)))) {
      given()
          .auth()
          .oauth2(token)
          .contentType(ContentType.JSON)
          .body(address)
          .post("/v1/me/devices")
          .then()
          .statusCode(409)
          .body("code", is("push-not-set-up"));
    }
    given()
        .auth()
        .oauth2(token)
        .get("/v1/web-push-key")
        .then()
        .statusCode(409)
        .body("code", is("push-not-set-up"));
  }

  @Test
  void nobodyWaitsForACodeThatNobodySends() throws Exception {
    String token = token();
    for (Map<String, String> channel :
        List.of(
            Map.of("channel", "sms", "to", Channels.number()),
            Map.of("channel", "email", "to", Channels.mailbox()))) {
      given()
          .auth()
          .oauth2(token)
          .contentType(ContentType.JSON)
          .body(channel)
          .post(Channels.PATH)
          .then()
          .statusCode(409)
          .body("code", is("channel-not-offered"));
    }
    given().auth().oauth2(token).get(Channels.PATH).then().statusCode(200).body("data", empty());
  }
}
