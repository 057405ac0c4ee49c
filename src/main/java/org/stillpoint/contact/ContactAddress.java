package org.stillpoint.contact;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.stillpoint.crypto.SensitiveText;

/**
 * A number or an e-mail address. Here alone its letters are looked at, and given to what is sent
 * there.
 */
final class ContactAddress {
  private static final int LONGEST_LOCAL_PART = 64;

  /** As E.164 writes it. */
  private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{6,14}");

  /** One mailbox, in letters that every server takes: nothing that begins another, or a header. */
  private static final Pattern MAILBOX =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+)*"
              + "@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]{2,63}");

  private final String letters;

  private ContactAddress(String letters) {
    this.letters = letters;
  }

  /** Empty when it isn't written like one. */
  static Optional<ContactAddress> of(Medium medium, SensitiveText written) {
    String letters = written.reveal();
    boolean right =
        switch (medium) {
          case SMS -> NUMBER.matcher(letters).matches();
          case EMAIL ->
              letters.indexOf('@') <= LONGEST_LOCAL_PART && MAILBOX.matcher(letters).matches();
        };
    return right ? Optional.of(new ContactAddress(letters)) : Optional.empty();
  }

  /** One that was stored. */
  static ContactAddress stored(SensitiveText written) {
    return new ContactAddress(written.reveal());
  }

  /** For what is sent there. */
  String letters() {
    return letters;
  }

  /** The same for an address, whether in capitals or not. */
  String key() {
    return letters.toLowerCase(Locale.ROOT);
  }

  /** The same for all addresses that are likely to end up on one screen. */
  String screen() {
    String key = key();
    int at = key.indexOf('@');
    if (at < 0) {
      return key;
    }
    String name = key.substring(0, at).replace(".", "");
    int tag = name.indexOf('+');
    return (tag > 0 ? name.substring(0, tag) : name) + key.substring(at);
  }

  @Override
  public String toString() {
    return "[sensitive]";
  }
}
