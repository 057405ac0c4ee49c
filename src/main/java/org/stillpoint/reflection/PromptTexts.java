package org.stillpoint.reflection;

import java.util.Arrays;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Collectors;
import org.stillpoint.api.language.Language;

/** The words of the prompts in one language. */
final class PromptTexts {
  private static final Map<Language, PromptTexts> TEXTS =
      Arrays.stream(Language.values())
          .collect(Collectors.toUnmodifiableMap(language -> language, PromptTexts::new));

  private final Language language;
  private final ResourceBundle texts;

  private PromptTexts(Language language) {
    this.language = language;
    this.texts =
        ResourceBundle.getBundle(
            "prompts",
            language.locale(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  static PromptTexts in(Language language) {
    PromptTexts found = TEXTS.get(language);
    if (found == null) {
      throw new IllegalStateException("No prompts in " + language);
    }
    return found;
  }

  Language language() {
    return language;
  }

  Set<String> keys() {
    return texts.keySet();
  }

  /** What it asks. */
  String text(Prompt prompt) {
    return texts.getString(prompt.id() + ".text");
  }

  /** What it is not for. */
  String notFor(Prompt prompt) {
    return texts.getString(prompt.id() + ".not-for");
  }
}
