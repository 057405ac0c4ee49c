package org.stillpoint.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.StillpointTest;

/** A login service changes its keys, and can be away. */
@StillpointTest
@WithTestResource(value = KeyPage.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class KeyRotationTest {
  private static final int AN_HOUR = 3_600;
  private static final int MANY = 60;

  /** Longer than it takes until the page is read again. */
  private static final Duration FORGOTTEN = Duration.ofMillis(2_500);

  @SuppressWarnings("NullAway.Init")
  KeyPage page;

  private static PublicJsonWebKey key(String id) throws JoseException {
    PublicJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    key.setKeyId(id + "-" + UUID.randomUUID());
    key.setAlgorithm("ES256");
    return key;
  }

  private static String token(PublicJsonWebKey key) {
    Instant now = Instant.now();
    return Jwt.issuer("urn:stillpoint:sandbox")
        .subject("rotation-" + UUID.randomUUID())
        .audience("stillpoint")
        .claim("client_id", "rotation-test")
        .claim("scope", Scopes.ALL)
        .issuedAt(now)
        .expiresAt(now.plusSeconds(AN_HOUR))
        .jws()
        .header("typ", "at+jwt")
        .keyId(key.getKeyId())
        .algorithm(SignatureAlgorithm.ES256)
        .sign(key.getPrivateKey());
  }

  private static int status(String token) {
    return given().auth().oauth2(token).get("/v1/me").statusCode();
  }

  @Test
  @Tag("S1")
  void keysComeAndGoNobodyMakesUsAskForThemAndTheirPageMayBeAway() throws Exception {
    PublicJsonWebKey kept = key("kept");
    PublicJsonWebKey withdrawn = key("withdrawn");
    page.publish(AN_HOUR, kept, withdrawn);
    Thread.sleep(FORGOTTEN);
    String remembered = token(withdrawn);
    assertThat(status(remembered)).isEqualTo(200);

    PublicJsonWebKey fresh = key("fresh");
    page.publish(1, kept, fresh);
    int before = page.asked();
    assertThat(status(token(fresh))).as("by a key that is new").isEqualTo(200);
    assertThat(page.asked()).isGreaterThan(before);
    assertThat(status(token(withdrawn))).as("by a key that is gone").isEqualTo(401);

    inventedKeysAskForNothing();
    Thread.sleep(FORGOTTEN);
    assertThat(status(remembered)).as("accepted before its key was gone").isEqualTo(401);

    int presentUntil = page.asked();
    page.away(true);
    Thread.sleep(FORGOTTEN);
    assertThat(status(token(kept))).as("while the page is away").isEqualTo(200);
    assertThat(page.asked()).isGreaterThan(presentUntil);
  }

  /** What is fetched meanwhile is fetched because its time has come, once a second here. */
  private void inventedKeysAskForNothing() throws JoseException {
    int before = page.asked();
    Instant begun = Instant.now();
    for (int i = 0; i < MANY; i++) {
      assertThat(status(token(key("invented")))).isEqualTo(401);
    }
    long seconds = Duration.between(begun, Instant.now()).toSeconds();
    assertThat(page.asked() - before).isLessThanOrEqualTo(2 * (int) seconds + 3);
  }
}
