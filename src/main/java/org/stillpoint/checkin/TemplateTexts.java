package org.stillpoint.checkin;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.stillpoint.api.language.Language;

/** The words of the templates in one language. */
final class TemplateTexts {
  private static final Map<Language, TemplateTexts> TEXTS =
      Arrays.stream(Language.values())
          .collect(Collectors.toUnmodifiableMap(language -> language, TemplateTexts::new));

  private final Language language;
  private final ResourceBundle texts;

  private TemplateTexts(Language language) {
    this.language = language;
    this.texts =
        ResourceBundle.getBundle(
            "check-in-templates",
            language.locale(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  static TemplateTexts in(Language language) {
    TemplateTexts found = TEXTS.get(language);
    if (found == null) {
      throw new IllegalStateException("No templates in " + language);
    }
    return found;
  }

  Language language() {
    return language;
  }

  Set<String> keys() {
    return texts.keySet();
  }

  /** What is said in every template alike. */
  String common(String key) {
    return texts.getString(key);
  }

  String of(Template template, String key) {
    return texts.getString(template.id() + "." + key);
  }

  String of(Template template, Template.Item item, String key) {
    return of(template, "item." + item.id() + "." + key);
  }

  List<String> questions(Template template, Template.Item item) {
    return numbered(item.questions()).map(n -> of(template, item, "question." + n)).toList();
  }

  List<String> readinessQuestions(Template template) {
    return numbered(Template.READINESS_QUESTIONS).map(n -> of(template, "readiness." + n)).toList();
  }

  private static Stream<Integer> numbered(int count) {
    return IntStream.rangeClosed(1, count).boxed();
  }
}
