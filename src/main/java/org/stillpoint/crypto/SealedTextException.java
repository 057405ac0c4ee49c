package org.stillpoint.crypto;

/** What is stored at a place was not sealed for it: somebody moved it, or its key is gone. */
public final class SealedTextException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SealedTextException() {
    super("What is stored here was not sealed for this place");
  }
}
