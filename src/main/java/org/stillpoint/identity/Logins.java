package org.stillpoint.identity;

import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;

/** The login of the current request. */
@Singleton
public class Logins {
  private final SecurityIdentity identity;

  Logins(SecurityIdentity identity) {
    this.identity = identity;
  }

  /** The verified login; a request without one is answered 401. */
  public Login current() {
    if (identity.isAnonymous() || !(identity.getPrincipal() instanceof VerifiedToken token)) {
      throw new UnauthorizedException();
    }
    return token.login();
  }
}
