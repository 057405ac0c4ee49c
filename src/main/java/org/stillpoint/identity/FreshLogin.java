package org.stillpoint.identity;

import java.time.Duration;
import java.time.Instant;

/**
 * What can't be taken back, or gives everything away at once, needs the person and not just an app
 * that holds a token: a login of a moment ago.
 */
public final class FreshLogin {
  static final Duration LONGEST = Duration.ofMinutes(5);

  private FreshLogin() {}

  /**
   * Refuses a login that is older, or doesn't tell its time, with the challenge of RFC 9470. The
   * time is the real one, as in tokens.
   */
  public static void require(Login login) {
    Instant at = login.at();
    if (at == null || at.isBefore(Instant.now().minus(LONGEST))) {
      throw IdentityProblem.FRESH_LOGIN_REQUIRED
          .exception()
          .withHeader(
              "WWW-Authenticate",
              "Bearer error=\"insufficient_user_authentication\","
                  + " error_description=\"A more recent login is required\", max_age=\""
                  + LONGEST.toSeconds()
                  + "\"");
    }
  }
}
