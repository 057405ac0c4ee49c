package org.stillpoint.database;

import org.jspecify.annotations.Nullable;

/** The embedded database can't start; the message is one sentence for the operator. */
public final class DatabaseStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseStartException(String message) {
    super(message);
  }

  DatabaseStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
