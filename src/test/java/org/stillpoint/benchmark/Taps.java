package org.stillpoint.benchmark;

/** A way in which senders tap. */
interface Taps extends AutoCloseable {
  /** One tap by this sender in the relationship of this number; returns when it is accepted. */
  void tap(int sender, int relationship) throws Exception;

  @Override
  void close() throws Exception;
}
