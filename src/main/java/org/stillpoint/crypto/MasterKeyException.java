package org.stillpoint.crypto;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The master key is missing or is the wrong one. Stillpoint doesn't start, and changes nothing. */
public final class MasterKeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int DEEPEST_CAUSE = 10;

  /** With one sentence for the operator. */
  public MasterKeyException(String message) {
    super(message);
  }

  MasterKeyException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Finds it among the causes of a failed start. */
  public static Optional<MasterKeyException> in(@Nullable Throwable thrown) {
    @Nullable Throwable current = thrown;
    for (int depth = 0; current != null && depth < DEEPEST_CAUSE; depth++) {
      if (current instanceof MasterKeyException refusal) {
        return Optional.of(refusal);
      }
      current = current.getCause();
    }
    return Optional.empty();
  }
}
