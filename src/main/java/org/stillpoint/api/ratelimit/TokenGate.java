package org.stillpoint.api.ratelimit;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.smallrye.jwt.runtime.auth.JWTAuthMechanism;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.identity.VerifiedTokens;

/**
 * Lets an address that brings one bad token after the other wait, since verifying costs more than
 * anything else that a stranger can ask for. Tokens that were verified before pass, so that nobody
 * locks out those who share the address, and so does every tap (S1).
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class TokenGate implements HttpAuthenticationMechanism {
  private static final String BEARER = "bearer ";
  private static final Pattern PAUSES = Pattern.compile("/v1/relationships/[^/]+/pauses/?");
  private static final Pattern PAUSE = Pattern.compile("/v1/relationships/[^/]+/pauses/[^/]+/?");

  private final JWTAuthMechanism tokens;
  private final VerifiedTokens verified;
  private final RateLimits limits;

  TokenGate(JWTAuthMechanism tokens, VerifiedTokens verified, RateLimits limits) {
    this.tokens = tokens;
    this.verified = verified;
    this.limits = limits;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identities) {
    String network = Networks.of(context.request().remoteAddress());
    if (limits.hasFailedTooOften(network) && isUnknownToken(context) && !isTap(context)) {
      return Uni.createFrom()
          .failure(HttpProblem.RATE_LIMITED.exception().withHeader("Retry-After", "1"));
    }
    return tokens
        .authenticate(context, identities)
        .onFailure(AuthenticationFailedException.class)
        .invoke(() -> limits.countFailedLogin(network));
  }

  private boolean isUnknownToken(RoutingContext context) {
    @Nullable String header = context.request().getHeader(HttpHeaderNames.AUTHORIZATION);
    return header != null
        && header.toLowerCase(Locale.ROOT).startsWith(BEARER)
        && !verified.remembers(header.substring(BEARER.length()));
  }

  private static boolean isTap(RoutingContext context) {
    HttpMethod method = context.request().method();
    String path = context.normalizedPath();
    return (method.equals(HttpMethod.POST) && PAUSES.matcher(path).matches())
        || (method.equals(HttpMethod.PUT) && PAUSE.matcher(path).matches());
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return tokens.getChallenge(context);
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return tokens.getCredentialTypes();
  }

  @Override
  public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
    return tokens.getCredentialTransport(context);
  }
}
