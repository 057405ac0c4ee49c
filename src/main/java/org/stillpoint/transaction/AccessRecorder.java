package org.stillpoint.transaction;

import org.stillpoint.identity.Caller;

/** Lets each use of a member's login be recorded without this package knowing how. */
public interface AccessRecorder {
  /**
   * Told within the transaction of the caller, which may still fail.
   *
   * @param scope the scope that lets the app do what it does
   * @return what is left to do once it is committed
   */
  Runnable record(Caller caller, String scope);
}
