package org.stillpoint.transaction;

import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;
import org.stillpoint.identity.Caller;

/** The caller of the current request, known once its transaction is open. */
@RequestScoped
public class Callers {
  private @Nullable Caller caller;

  /** The caller; to ask outside a caller's transaction is a programming error. */
  public Caller current() {
    if (caller == null) {
      throw new IllegalStateException("No transaction of a caller is open");
    }
    return caller;
  }

  void current(Caller admitted) {
    caller = admitted;
  }
}
