package org.stillpoint.contact;

import java.util.List;
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

  /** Between two dots before the @, in letters that every server takes. */
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+");

  /** Between two dots after it. */
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9-]{1,63}");

  private static final Pattern LAST_LABEL = Pattern.compile("[A-Za-z]{2,63}");

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
          case EMAIL -> isMailbox(letters);
        };
    return right ? Optional.of(new ContactAddress(letters)) : Optional.empty();
  }

  /** One mailbox: nothing that begins another, or a header. */
  private static boolean isMailbox(String letters) {
    String[] parts = letters.split("@", -1);
    if (parts.length != 2 || parts[0].length() > LONGEST_LOCAL_PART) {
      return false;
    }
    List<String> labels = parts(parts[1]);
    return parts(parts[0]).stream().allMatch(word -> WORD.matcher(word).matches())
        && labels.size() > 1
        && labels.stream().allMatch(ContactAddress::isLabel)
        && LAST_LABEL.matcher(labels.getLast()).matches();
  }

  private static List<String> parts(String dotted) {
    return List.of(dotted.split("\\.", -1));
  }

  private static boolean isLabel(String label) {
    return LABEL.matcher(label).matches() && !label.startsWith("-") && !label.endsWith("-");
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
