package org.stillpoint.api.language;

import java.util.Locale;

/** The languages that problems, prompts, templates and notices are written in. */
public enum Language {
  EN,
  DE,
  ES;

  private final Locale locale = Locale.of(name().toLowerCase(Locale.ROOT));

  /** The locale of this language, without a region. */
  public Locale locale() {
    return locale;
  }

  /** The language tag, as in {@code Content-Language}. */
  public String tag() {
    return locale.toLanguageTag();
  }
}
