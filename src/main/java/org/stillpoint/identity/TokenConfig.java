package org.stillpoint.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Set;

/** Which access tokens are accepted. */
@ConfigMapping(prefix = "stillpoint.token")
public interface TokenConfig {
  /** The issuer whose tokens are accepted, exactly as in their {@code iss}. */
  String issuer();

  /** The audience that a token must name. */
  @WithDefault("stillpoint")
  String audience();

  /** Where the issuer publishes its keys as a JWK set: an https address, or a file. */
  String jwks();

  /** The signature algorithms accepted; asymmetric ones only. */
  @WithDefault("ES256")
  Set<String> algorithms();

  /**
   * The header {@code typ} accepted, in lower case (RFC 9068). Add {@code jwt} for a provider that
   * doesn't mark its access tokens; what keeps an ID token out is then its audience, which is the
   * app: no app may be named like {@link #audience()}. Keycloak's are told apart by a claim too.
   */
  @WithDefault("at+jwt")
  Set<String> types();

  /**
   * How often the issuer's keys are read again. A key that the issuer has withdrawn is believed no
   * longer than that; a new key is known with the first token that names it.
   */
  @WithDefault("5M")
  Duration keysReadEvery();

  /**
   * How long a token lives at most. For so long it is known that a login ended with its member's
   * erasure; a token that is older introduces nobody.
   */
  @WithDefault("24h")
  Duration longestLife();

  /** How many verified tokens are remembered. */
  @WithDefault("100000")
  int remembered();
}
