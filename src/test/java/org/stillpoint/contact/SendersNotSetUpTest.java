package org.stillpoint.contact;

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
import org.stillpoint.testkit.Channels;
import org.stillpoint.testkit.StillpointTest;

/** Outside of a sandbox, nobody waits for a code that nobody sends. */
@StillpointTest
@TestProfile(SendersNotSetUpTest.Settings.class)
class SendersNotSetUpTest {
  /** A server about whose senders nothing is set. */
  public static class Settings implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("stillpoint.sandbox", "false");
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
        .claim("scope", "profile:read profile:write")
        .jws()
        .header("typ", "at+jwt")
        .keyId(key.getKeyId())
        .algorithm(SignatureAlgorithm.ES256)
        .sign(key.getPrivateKey());
  }

  @Test
  void whatNobodySendsIsRefused() throws Exception {
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
