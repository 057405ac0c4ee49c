package org.stillpoint.relationship;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Members of a relationship that is in no database, for tests of what needs none. */
public final class Members {
  private static final UUID RELATIONSHIP = new UUID(0, 1);

  private Members() {}

  public static Member of(UUID memberId) {
    return new Member(RELATIONSHIP, memberId, Instant.EPOCH, List.of(memberId));
  }
}
