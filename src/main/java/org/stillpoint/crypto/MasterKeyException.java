package org.stillpoint.crypto;

/** The master key is missing or is the wrong one. Stillpoint doesn't start, and changes nothing. */
public final class MasterKeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With one sentence for the operator. */
  public MasterKeyException(String message) {
    super(message);
  }

  MasterKeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
