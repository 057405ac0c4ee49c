package org.stillpoint.practitioner;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.stillpoint.relationship.GrantScope;

/** What a grant lets read, and for how many days. */
record GrantTerms(List<GrantScope> scopes, short lastsDays) {
  static final int FEWEST_DAYS = 7;
  static final int MOST_DAYS = 90;

  private static final int RENEWABLE_DAYS = 14;

  GrantTerms {
    scopes = scopes.stream().distinct().sorted().toList();
  }

  /** Its last two weeks, or its second half if that is shorter; as the database has it. */
  static Instant renewableFrom(Instant expiresAt, int lastsDays) {
    return expiresAt.minus(Duration.ofDays(Math.min(RENEWABLE_DAYS, lastsDays / 2)));
  }
}
