package org.stillpoint.relationship;

import java.util.Locale;
import org.stillpoint.crypto.RandomSecret;

/**
 * The one-time code of an invitation: 80 random bits in Crockford's base 32, which can be read out
 * and typed. Only its hash is stored.
 */
public final class InvitationCode {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 16;
  private static final int GROUP = 4;

  private final String symbols;

  private InvitationCode(String symbols) {
    this.symbols = symbols;
  }

  /** A new one. */
  public static InvitationCode random() {
    StringBuilder symbols = new StringBuilder(LENGTH);
    for (byte random : RandomSecret.bytes(LENGTH)) {
      symbols.append(ALPHABET.charAt(random & 31));
    }
    return new InvitationCode(symbols.toString());
  }

  /** Whatever was typed: lower case, separators, and O, I and L for 0 and 1 are forgiven. */
  public static InvitationCode typed(String text) {
    return new InvitationCode(
        text.toUpperCase(Locale.ROOT)
            .replaceAll("[\\s-]", "")
            .replace('O', '0')
            .replace('I', '1')
            .replace('L', '1'));
  }

  byte[] hash() {
    return hashFor("invitation");
  }

  /** The hash under which it is stored; a code for one purpose opens nothing of another. */
  public byte[] hashFor(String purpose) {
    return RandomSecret.hash(purpose + ":" + symbols);
  }

  /** The code as it is shown, in groups of four. */
  public String shown() {
    return symbols.replaceAll("(.{" + GROUP + "})(?!$)", "$1-");
  }

  @Override
  public String toString() {
    return "[code]";
  }
}
