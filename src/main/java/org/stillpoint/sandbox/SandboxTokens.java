package org.stillpoint.sandbox;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jspecify.annotations.Nullable;
import org.stillpoint.identity.TokenConfig;

/** Mints access tokens as a login service would (RFC 9068). */
@Singleton
class SandboxTokens {
  private final TokenConfig tokens;
  private final Path folder;
  private volatile @Nullable PublicJsonWebKey key;

  SandboxTokens(TokenConfig tokens, @ConfigProperty(name = "stillpoint.folder") Path folder) {
    this.tokens = tokens;
    this.folder = folder;
  }

  /**
   * A token as of now, of a login of that age: a refresh makes the token younger, not the login.
   */
  String mint(String subject, String clientId, String scope, Duration lifetime, Duration age) {
    Instant loggedInAt = Instant.now().minus(age);
    return sign(
        claims(subject, clientId, scope, lifetime).claim("auth_time", loggedInAt.getEpochSecond()));
  }

  /** A token of the app itself, by its client credentials: it tells of nobody's login. */
  String mintOfClient(String clientId, String scope, Duration lifetime) {
    return sign(claims(clientId, clientId, scope, lifetime));
  }

  private JwtClaimsBuilder claims(
      String subject, String clientId, String scope, Duration lifetime) {
    Instant now = Instant.now();
    return Jwt.issuer(SandboxKeys.ISSUER)
        .subject(subject)
        .audience(tokens.audience())
        .claim("client_id", clientId)
        .claim("scope", scope)
        .claim("jti", UUID.randomUUID().toString())
        .issuedAt(now)
        .expiresAt(now.plus(lifetime));
  }

  private String sign(JwtClaimsBuilder claims) {
    PublicJsonWebKey signing = key();
    return claims
        .jws()
        .header("typ", "at+jwt")
        .keyId(signing.getKeyId())
        .algorithm(SignatureAlgorithm.ES256)
        .sign(signing.getPrivateKey());
  }

  private PublicJsonWebKey key() {
    PublicJsonWebKey known = key;
    if (known == null) {
      known = SandboxKeys.privateKey(folder);
      key = known;
    }
    return known;
  }
}
