package org.stillpoint.privacy.spi;

import java.util.UUID;

/**
 * The end of one thing that a member takes part in. All are done in the order of their places,
 * whatever feature they are of, so that two who end at once don't wait for each other.
 *
 * @param place where it locks what others lock too
 */
public record Ending(String place, Runnable work) {
  /** Of what is the member's alone. */
  public static Ending own(Runnable work) {
    return new Ending("", work);
  }

  /** Of all that the member has in a relationship. */
  public static Ending of(UUID relationshipId, Runnable work) {
    return new Ending(relationshipId.toString(), work);
  }

  /** Of one thing in a relationship; after all that the member has there. */
  public static Ending within(UUID relationshipId, UUID id, Runnable work) {
    return new Ending(relationshipId + "/" + id, work);
  }
}
