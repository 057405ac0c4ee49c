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
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.identity.VerifiedTokens;

/**
 * Lets an address that brings one bad token after the other wait, since verifying costs more than
 * anything else that a stranger can ask for. Tokens that were verified before pass, so that nobody
 * locks out those who share the address, and so does every tap (S1). A token with a key that isn't
 * known waits until the issuer was asked for it, and holds up no thread.
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
    String token = token(context);
    if (token.isEmpty() || verified.remembers(token)) {
      return verify(context, identities, network);
    }
    if (limits.hasFailedTooOften(network) && !isTap(context)) {
      return Uni.createFrom()
          .failure(HttpProblem.RATE_LIMITED.exception().withHeader("Retry-After", "1"));
    }
    @Nullable Context here = Vertx.currentContext();
    return Uni.createFrom()
        .completionStage(() -> verified.lookForKey(token))
        .emitOn(task -> continueOn(here, task))
        .chain(() -> verify(context, identities, network));
  }

  /** A request goes on where it came from, though its key was read elsewhere. */
  private static void continueOn(@Nullable Context here, Runnable task) {
    if (here == null || here == Vertx.currentContext()) {
      task.run();
    } else {
      here.runOnContext(nothing -> task.run());
    }
  }

  private Uni<SecurityIdentity> verify(
      RoutingContext context, IdentityProviderManager identities, String network) {
    return tokens
        .authenticate(context, identities)
        .onFailure(AuthenticationFailedException.class)
        .invoke(() -> limits.countFailedLogin(network));
  }

  private static String token(RoutingContext context) {
    @Nullable String header = context.request().getHeader(HttpHeaderNames.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? header.substring(BEARER.length())
        : "";
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
