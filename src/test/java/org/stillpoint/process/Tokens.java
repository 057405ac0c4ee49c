package org.stillpoint.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.stillpoint.identity.Scopes;

/** An issuer of access tokens, as in production. */
public final class Tokens {
  public static final String ISSUER = "urn:stillpoint:benchmark";
  public static final String CLIENT = "benchmark";

  private final EllipticCurveJsonWebKey key;
  private final Map<String, String> minted = new ConcurrentHashMap<>();
  private final Instant login = Instant.ofEpochSecond(Instant.now().getEpochSecond());

  /** With a key of its own. */
  public Tokens() throws JoseException {
    key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    key.setKeyId("benchmark");
    key.setAlgorithm("ES256");
  }

  /** Writes its public key where the application reads it. */
  public void publish(Path file) throws IOException {
    Files.writeString(
        file, new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
  }

  /** When all of them logged in. */
  public Instant login() {
    return login;
  }

  /** The token of this subject, the same each time. */
  public String of(String subject) throws JoseException {
    String known = minted.get(subject);
    if (known == null) {
      known = mint(subject);
      minted.put(subject, known);
    }
    return known;
  }

  private String mint(String subject) throws JoseException {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setSubject(subject);
    claims.setAudience("stillpoint");
    claims.setStringClaim("client_id", CLIENT);
    claims.setStringClaim("scope", Scopes.ALL);
    claims.setClaim("auth_time", login.getEpochSecond());
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(120);
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setHeader("typ", "at+jwt");
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setAlgorithmHeaderValue("ES256");
    signature.setKey(key.getPrivateKey());
    return signature.getCompactSerialization();
  }
}
