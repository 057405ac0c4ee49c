package org.stillpoint.identity;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.ParseException;
import java.time.Instant;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;

/** A principal that carries the {@link Login} which its token tells. */
final class VerifiedToken extends DefaultJWTCallerPrincipal {
  private final Login login;

  VerifiedToken(String type, JwtClaims claims) throws ParseException {
    super(type, claims);
    try {
      this.login = login(claims);
    } catch (MalformedClaimException e) {
      throw new ParseException("A claim of the token is malformed", e);
    }
  }

  Login login() {
    return login;
  }

  private static Login login(JwtClaims claims) throws MalformedClaimException, ParseException {
    String client = claims.getStringClaimValue("azp");
    if (client == null) {
      client = claims.getStringClaimValue("client_id");
    }
    if (client == null || claims.getSubject() == null) {
      throw new ParseException("The token names no subject or no client");
    }
    var authenticated = claims.getNumericDateClaimValue("auth_time");
    var issued = claims.getIssuedAt();
    return new Login(
        claims.getIssuer(),
        claims.getSubject(),
        client,
        authenticated == null ? null : Instant.ofEpochSecond(authenticated.getValue()),
        issued == null ? null : Instant.ofEpochSecond(issued.getValue()),
        Instant.ofEpochSecond(claims.getExpirationTime().getValue()));
  }
}
