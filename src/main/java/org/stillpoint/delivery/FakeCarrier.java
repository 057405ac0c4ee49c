package org.stillpoint.delivery;

/** Stands in a sandbox for all the carriers that aren't there. */
public interface FakeCarrier {
  /** Whether it takes this one; what isn't taken is really sent. */
  boolean takes(Parcel parcel);

  /** Keeps it for a test to read, or fails as a test has ordered. */
  Response send(Parcel parcel) throws UnreachableException, InterruptedException;
}
