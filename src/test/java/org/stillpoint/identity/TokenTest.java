package org.stillpoint.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stillpoint.testkit.Json;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.StillpointTest;

/** Only an access token of the issuer, for us, still valid, gets in. */
@StillpointTest
class TokenTest {
  private static final Path FOLDER = Path.of("target", "test-stillpoint");
  private static PublicJsonWebKey key;

  @BeforeAll
  static void theIssuersKey() throws Exception {
    key =
        PublicJsonWebKey.Factory.newPublicJwk(Files.readString(FOLDER.resolve("sandbox-key.json")));
  }

  private static JwtClaims claims() {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer("urn:stillpoint:sandbox");
    claims.setSubject("token-test-" + UUID.randomUUID());
    claims.setAudience("stillpoint");
    claims.setClaim("client_id", "token-test");
    claims.setClaim("scope", Scopes.ALL);
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(5);
    return claims;
  }

  private static String signed(JwtClaims claims, Consumer<JsonWebSignature> change)
      throws Exception {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setPayload(claims.toJson());
    jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    jws.setAlgorithmHeaderValue("ES256");
    jws.setHeader("typ", "at+jwt");
    jws.setKeyIdHeaderValue(key.getKeyId());
    jws.setKey(key.getPrivateKey());
    change.accept(jws);
    return jws.getCompactSerialization();
  }

  private static void refused(String token) {
    given()
        .auth()
        .oauth2(token)
        .get("/v1/me")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .header("WWW-Authenticate", containsString("invalid_token"))
        .body("code", is("unauthenticated"));
  }

  private static void accepted(String token) {
    given().auth().oauth2(token).get("/v1/me").then().statusCode(200);
  }

  @Test
  void theProperTokenGetsIn() throws Exception {
    accepted(signed(claims(), jws -> {}));
  }

  @Test
  void anExpiredTokenIsRefused() throws Exception {
    JwtClaims claims = claims();
    claims.setExpirationTime(NumericDate.fromSeconds(Instant.now().getEpochSecond() - 60));
    claims.setIssuedAt(NumericDate.fromSeconds(Instant.now().getEpochSecond() - 120));
    refused(signed(claims, jws -> {}));
  }

  @Test
  void aRememberedTokenIsRefusedOnceItHasExpired() throws Exception {
    JwtClaims claims = claims();
    claims.setExpirationTime(NumericDate.fromSeconds(Instant.now().getEpochSecond() + 3));
    String token = signed(claims, jws -> {});
    accepted(token);
    Thread.sleep(3_500);

    refused(token);
  }

  @Test
  void aTokenOfAnotherIssuerIsRefused() throws Exception {
    JwtClaims claims = claims();
    claims.setIssuer("https://elsewhere.example");
    refused(signed(claims, jws -> {}));
  }

  @Test
  void aTokenForAnotherAudienceIsRefused() throws Exception {
    JwtClaims claims = claims();
    claims.setAudience("another-service");
    refused(signed(claims, jws -> {}));
  }

  @Test
  void aTokenForNobodyIsRefused() throws Exception {
    JwtClaims claims = claims();
    claims.unsetClaim("aud");
    refused(signed(claims, jws -> {}));
  }

  @Test
  void anIdTokenIsRefused() throws Exception {
    refused(signed(claims(), jws -> jws.setHeader("typ", "JWT")));
  }

  /** As Keycloak tells its kinds apart, whatever the header says. */
  @Test
  void aTokenWhoseClaimSaysThatItIsOfAnotherKindIsRefused() throws Exception {
    JwtClaims claims = claims();
    claims.setClaim("typ", "ID");
    refused(signed(claims, jws -> {}));

    claims.setClaim("typ", "Bearer");
    accepted(signed(claims, jws -> {}));
  }

  @Test
  void aTokenWithoutATypeIsRefused() throws Exception {
    refused(signed(claims(), jws -> jws.getHeaders().setObjectHeaderValue("typ", null)));
  }

  @Test
  void anUnsignedTokenIsRefused() throws Exception {
    refused(
        signed(
            claims(),
            jws -> {
              jws.setAlgorithmHeaderValue("none");
              jws.setKey(null);
            }));
  }

  @Test
  void aTokenSignedWithThePublicKeyAsASecretIsRefused() throws Exception {
    Key secret = new HmacKey(key.getPublicKey().getEncoded());
    refused(
        signed(
            claims(),
            jws -> {
              jws.setAlgorithmHeaderValue("HS256");
              jws.setDoKeyValidation(false);
              jws.setKey(secret);
            }));
  }

  @Test
  void aTokenSignedByAnotherKeyIsRefused() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair stranger = generator.generateKeyPair();
    refused(signed(claims(), jws -> jws.setKey(stranger.getPrivate())));
  }

  @Test
  void aTokenThatNamesAnUnknownKeyIsRefused() throws Exception {
    refused(signed(claims(), jws -> jws.setKeyIdHeaderValue("unknown")));
  }

  @Test
  void aChangedTokenIsRefusedAlsoWhenTheOriginalIsRemembered() throws Exception {
    String token = signed(claims(), jws -> {});
    accepted(token);
    int last = token.length() - 10;
    char other = token.charAt(last) == 'A' ? 'B' : 'A';

    refused(token.substring(0, last) + other + token.substring(last + 1));
  }

  @Test
  void aTokenThatNamesNoAppIsRefused() throws Exception {
    JwtClaims claims = claims();
    claims.unsetClaim("client_id");
    refused(signed(claims, jws -> {}));
  }

  @Test
  void whatIsNoTokenIsRefused() {
    refused("not.a.token");
    refused("x".repeat(9_000));
    given().get("/v1/me").then().statusCode(401).header("WWW-Authenticate", is("Bearer"));
  }

  @Test
  void theSameSubjectOfTheSameIssuerIsTheSamePersonThroughEveryApp() {
    Person person = Person.stranger("twice");

    given()
        .auth()
        .oauth2(person.through("another-app").token())
        .get("/v1/me")
        .then()
        .body("id", is(person.id().toString()));
  }

  @Test
  void anAppThatWasCutOffIsOutAtOnceUntilANewLogin() throws Exception {
    Person person = Person.stranger("cutting");
    JwtClaims claims = claims();
    claims.setSubject(person.subject());
    claims.setClaim("client_id", "cut-app");
    claims.setClaim("auth_time", Instant.now().getEpochSecond() - 10);
    String old = signed(claims, jws -> {});
    accepted(old);
    String id = clientId(person, "cut-app");
    given().auth().oauth2(person.token()).delete("/v1/me/clients/" + id).then().statusCode(204);

    given()
        .auth()
        .oauth2(old)
        .get("/v1/me")
        .then()
        .statusCode(401)
        .body("code", is("client-cut-off"));
    claims.setIssuedAtToNow();
    claims.setClaim("jti", "refreshed");
    given().auth().oauth2(signed(claims, jws -> {})).get("/v1/me").then().statusCode(401);

    claims.setClaim("auth_time", Instant.now().getEpochSecond() + 2);
    accepted(signed(claims, jws -> {}));
  }

  @Test
  void whoIsOutIsCutOffOnceAndWhoCameBackOnceMore() throws Exception {
    Person person = Person.stranger("cutting-twice");
    JwtClaims claims = claims();
    claims.setSubject(person.subject());
    claims.setClaim("client_id", "returning-app");
    claims.setClaim("auth_time", Instant.now().getEpochSecond() - 10);
    accepted(signed(claims, jws -> {}));
    String id = clientId(person, "returning-app");
    for (int i = 0; i < 3; i++) {
      given().auth().oauth2(person.token()).delete("/v1/me/clients/" + id).then().statusCode(204);
    }
    assertThat(events(person)).containsExactly("client.cutOff");
    assertThat(state(person, "returning-app")).isEqualTo("cutOff");

    // A login's time has whole seconds.
    Thread.sleep(1_100);
    claims.setClaim("auth_time", Instant.now().getEpochSecond());
    String back = signed(claims, jws -> {});
    accepted(back);
    assertThat(state(person, "returning-app")).isEqualTo("active");

    given().auth().oauth2(person.token()).delete("/v1/me/clients/" + id).then().statusCode(204);
    given().auth().oauth2(back).get("/v1/me").then().statusCode(401);
    assertThat(events(person)).containsExactly("client.cutOff", "client.cutOff");
  }

  private static List<String> events(Person person) {
    return given()
        .auth()
        .oauth2(person.token())
        .get("/v1/events")
        .as(Json.class, Json.READER)
        .get("data.type");
  }

  private static String state(Person person, String app) {
    return given()
        .auth()
        .oauth2(person.token())
        .get("/v1/me/clients")
        .as(Json.class, Json.READER)
        .get("data.find { it.clientId == '" + app + "' }.state");
  }

  @Test
  void anAppWhoseLoginsHaveNoTimeStaysOutUntilItIsReadmitted() throws Exception {
    Person person = Person.stranger("readmitting");
    JwtClaims claims = claims();
    claims.setSubject(person.subject());
    claims.setClaim("client_id", "timeless-app");
    accepted(signed(claims, jws -> {}));
    String id = clientId(person, "timeless-app");
    given().auth().oauth2(person.token()).delete("/v1/me/clients/" + id).then().statusCode(204);
    claims.setIssuedAt(NumericDate.fromSeconds(Instant.now().getEpochSecond() + 2));

    given().auth().oauth2(signed(claims, jws -> {})).get("/v1/me").then().statusCode(401);

    given()
        .auth()
        .oauth2(person.token())
        .post("/v1/me/clients/" + id + "/readmission")
        .then()
        .statusCode(200)
        .body("state", is("active"));
    accepted(signed(claims, jws -> {}));
  }

  private static String clientId(Person person, String app) {
    Map<String, String> client =
        given()
            .auth()
            .oauth2(person.token())
            .get("/v1/me/clients")
            .then()
            .extract()
            .as(Json.class, Json.READER)
            .get("data.find { it.clientId == '" + app + "' }");
    return String.valueOf(client.get("id"));
  }

  @Test
  void aTapOfAnAppThatWasCutOffIsRefusedToo() throws Exception {
    Person person = Person.adult("tapping");
    Person phone = person.through("stolen-phone");
    UUID relationship = org.stillpoint.testkit.Couple.begin(person);
    String path = "/v1/relationships/" + relationship + "/pauses";
    given().auth().oauth2(phone.token()).post(path).then().statusCode(200);
    String id = clientId(person, "stolen-phone");
    given().auth().oauth2(person.token()).delete("/v1/me/clients/" + id).then().statusCode(204);

    given().auth().oauth2(phone.token()).post(path).then().statusCode(401);
  }
}
