package org.stillpoint.model;

import java.util.Locale;

/** What values are called over the wire. */
final class Words {
  private Words() {}

  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
