package org.stillpoint.crypto;

import java.util.Arrays;

/**
 * Fills a short text up before it is encrypted: the length of a ciphertext would tell one label
 * from another. A byte marks the text's end (ISO/IEC 7816-4).
 */
final class Padding {
  private static final int BLOCK = 32;
  private static final byte END = (byte) 0x80;

  private Padding() {}

  static byte[] add(byte[] text) {
    byte[] padded = Arrays.copyOf(text, (text.length / BLOCK + 1) * BLOCK);
    padded[text.length] = END;
    return padded;
  }

  static byte[] remove(byte[] padded) {
    int end = padded.length - 1;
    while (padded[end] != END) {
      end--;
    }
    return Arrays.copyOf(padded, end);
  }
}
