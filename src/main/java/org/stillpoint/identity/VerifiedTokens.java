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
import org.jose4j.jwt.consumer.JwtContext;
import org.stillpoint.crypto.RandomSecret;

/**
 * Verifies access tokens and remembers those that passed, since a signature costs more than the
 * rest of a request. The key is the hash of the whole token, so a changed token is another one; the
 * expiry is looked at each time, and after a while the token is verified anew: its key may have
 * been withdrawn.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class VerifiedTokens extends JWTCallerPrincipalFactory {
  private static final int LONGEST_TOKEN = 8 * 1024;

  private final DefaultJWTTokenParser parser = new DefaultJWTTokenParser();
  private final Set<String> types;
  private final Cache<ByteBuffer, VerifiedToken> remembered;

  VerifiedTokens(TokenConfig config) {
    this.types = config.types();
    this.remembered =
        Caffeine.newBuilder()
            .maximumSize(config.remembered())
            .expireAfterWrite(config.rememberedFor())
            .build();
  }

  /** Whether this token was verified before. */
  public boolean remembers(String token) {
    return token.length() <= LONGEST_TOKEN && remembered.getIfPresent(key(token)) != null;
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
    VerifiedToken known = remembered.getIfPresent(key);
    if (known == null) {
      known = verify(token, context);
      remembered.put(key, known);
    } else if (known.getExpirationTime() * 1000 <= System.currentTimeMillis()) {
      remembered.invalidate(key);
      throw new ParseException("The token has expired");
    }
    return known;
  }

  /** RFC 9068, 4: an ID token or a refresh token of the same issuer is not an access token. */
  private VerifiedToken verify(String token, JWTAuthContextInfo context) throws ParseException {
    JwtContext verified = parser.parse(token, context);
    String type = verified.getJoseObjects().getFirst().getHeader("typ");
    if (type == null || !types.contains(type.toLowerCase(Locale.ROOT))) {
      throw new ParseException("The token is not an access token");
    }
    return new VerifiedToken(type, verified.getJwtClaims());
  }
}
