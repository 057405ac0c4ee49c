package org.stillpoint.crypto;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A person's words as they are stored: encrypted for their place by {@link Texts}. */
public final class SealedText {
  private final byte[] bytes;

  private SealedText(byte[] bytes) {
    this.bytes = bytes;
  }

  static SealedText of(byte[] bytes) {
    return new SealedText(bytes.clone());
  }

  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SealedText text && Arrays.equals(bytes, text.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "[sealed]";
  }
}
