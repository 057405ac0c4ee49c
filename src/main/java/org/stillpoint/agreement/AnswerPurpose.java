package org.stillpoint.agreement;

import java.util.Locale;

/** What a member's answer to a term is about. */
enum AnswerPurpose {
  AGREE,
  RESUME,
  RENEW;

  String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  static AnswerPurpose of(String column) {
    return valueOf(column.toUpperCase(Locale.ROOT));
  }
}
