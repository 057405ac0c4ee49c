package org.stillpoint.api.problem;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.language.Language;

/** The sentences of problems in each language. */
final class Translations {
  private static final Map<Language, Properties> TEXTS = load();

  private Translations() {}

  /** The sentence in this language, or in English while it has no translation. */
  static String of(Worded worded, Language language) {
    @Nullable String text = find(worded, language);
    return text == null ? worded.english() : text;
  }

  static @Nullable String find(Worded worded, Language language) {
    @Nullable Properties texts = TEXTS.get(language);
    return texts == null ? null : texts.getProperty(worded.key());
  }

  static Set<String> keys(Language language) {
    @Nullable Properties texts = TEXTS.get(language);
    return texts == null ? Set.of() : texts.stringPropertyNames();
  }

  private static Map<Language, Properties> load() {
    var all = new EnumMap<Language, Properties>(Language.class);
    for (Language language : Language.values()) {
      if (language != Language.EN) {
        all.put(language, read("/problems_" + language.tag() + ".properties"));
      }
    }
    return all;
  }

  private static Properties read(String resource) {
    try (@Nullable InputStream in = Translations.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing");
      }
      var texts = new Properties();
      texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
