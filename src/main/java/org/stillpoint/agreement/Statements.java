package org.stillpoint.agreement;

import java.util.Arrays;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import org.stillpoint.api.language.Language;

/** What every agreement says of itself, in every language (S21). */
final class Statements {
  private static final Map<Language, String> TEXTS =
      Arrays.stream(Language.values())
          .collect(Collectors.toUnmodifiableMap(language -> language, Statements::read));

  private Statements() {}

  static String in(Language language) {
    return TEXTS.getOrDefault(language, AgreementViews.STATEMENT);
  }

  private static String read(Language language) {
    return ResourceBundle.getBundle(
            "agreements",
            language.locale(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
        .getString("statement");
  }
}
