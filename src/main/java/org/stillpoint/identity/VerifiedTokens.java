package org.stillpoint.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.jwt.auth.principal.DefaultJWTTokenParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.RandomSecret;

/**
 * Verifies access tokens and remembers those that passed, since a signature costs more than the
 * rest of a request. The key is the hash of the whole token, so a changed token is another one; the
 * expiry is looked at each time, and when the issuer's keys change, everything is verified anew.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class VerifiedTokens extends JWTCallerPrincipalFactory {
  private static final int LONGEST_TOKEN = 8 * 1024;

  private final IssuerKeys keys;
  private final DefaultJWTTokenParser parser;
  private final Set<String> types;
  private final Cache<ByteBuffer, Remembered> remembered;

  /** Verified with this generation of the issuer's keys. */
  private record Remembered(VerifiedToken token, int generation) {}

  VerifiedTokens(TokenConfig config, IssuerKeys keys) {
    this.keys = keys;
    this.parser =
        new DefaultJWTTokenParser() {
          @Override
          protected VerificationKeyResolver getVerificationKeyResolver(JWTAuthContextInfo context) {
            return keys;
          }
        };
    this.types = config.types();
    this.remembered = Caffeine.newBuilder().maximumSize(config.remembered()).build();
  }

  /** Whether this token was verified before, with the keys of now. */
  public boolean remembers(String token) {
    return token.length() <= LONGEST_TOKEN && recall(key(token)) != null;
  }

  /** Ends when the key that this token names is known, or was looked for at the issuer. */
  public CompletionStage<Void> lookForKey(String token) {
    return token.length() <= LONGEST_TOKEN
        ? keys.lookFor(token)
        : CompletableFuture.completedStage(null);
  }

  private @Nullable VerifiedToken recall(ByteBuffer key) {
    Remembered known = remembered.getIfPresent(key);
    return known == null || known.generation() != keys.generation() ? null : known.token();
  }

  private static ByteBuffer key(String token) {
    return ByteBuffer.wrap(RandomSecret.hash(token));
  }

  @Override
  public JWTCallerPrincipal parse(String token, JWTAuthContextInfo context) throws ParseException {
    if (token.length() > LONGEST_TOKEN) {
      throw new ParseException("The token is too long");
    }
    ByteBuffer key = key(token);
    VerifiedToken known = recall(key);
    if (known == null) {
      int generation = keys.generation();
      known = verify(token, context);
      remembered.put(key, new Remembered(known, generation));
    } else if (known.getExpirationTime() * 1000 <= System.currentTimeMillis()) {
      remembered.invalidate(key);
      throw new ParseException("The token has expired");
    }
    return known;
  }

  /**
   * RFC 9068, 4: an ID token or a refresh token of the same issuer is not an access token. Keycloak
   * gives all of them the same header, unless told, and tells them apart by a claim.
   */
  private VerifiedToken verify(String token, JWTAuthContextInfo context) throws ParseException {
    JwtContext verified = parser.parse(token, context);
    String type = verified.getJoseObjects().getFirst().getHeader("typ");
    Object kind = verified.getJwtClaims().getClaimValue("typ");
    if (type == null
        || !types.contains(type.toLowerCase(Locale.ROOT))
        || (kind != null && !"Bearer".equals(kind))) {
      throw new ParseException("The token is not an access token");
    }
    return new VerifiedToken(type, verified.getJwtClaims());
  }
}
