package org.stillpoint.delivery;

import java.util.Locale;
import java.util.ResourceBundle;
import org.stillpoint.api.language.Languages;

/**
 * The neutral list: all that is ever shown where an app isn't opened, but for agreed signals (S30).
 */
public final class NoticeWords {
  private NoticeWords() {}

  /** The text of this key in the language of ours that is nearest. */
  public static String of(String key, Locale locale) {
    return ResourceBundle.getBundle(
            "notices",
            Languages.of(locale.toLanguageTag()).locale(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
        .getString(key);
  }
}
