package org.stillpoint.delivery;

import java.util.Set;

/** Takes parcels to where they are addressed. A carrier is a bean. */
public interface Carrier {
  /** The schemes of the addresses that it takes. */
  Set<String> schemes();

  /**
   * Sends it, and waits for the answer. Called on a virtual thread.
   *
   * @throws UnreachableException when no answer came in time
   */
  Response send(Parcel parcel) throws UnreachableException, InterruptedException;
}
