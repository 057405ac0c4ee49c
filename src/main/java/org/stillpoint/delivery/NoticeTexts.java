package org.stillpoint.delivery;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.stillpoint.api.language.Languages;
import org.stillpoint.event.Announced;
import org.stillpoint.event.NoticeText;

/** What a phone shows: a feature's own text, or the one of the neutral list (S30). */
@Singleton
class NoticeTexts {
  private final List<NoticeText> sources;

  NoticeTexts(@All List<NoticeText> sources) {
    this.sources = sources;
  }

  /** The text of this event for a recipient of this language. */
  String of(Announced event, Locale locale) {
    Locale ours = Languages.of(locale.toLanguageTag()).locale();
    for (NoticeText source : sources) {
      Optional<String> text = source.of(event, ours);
      if (text.isPresent()) {
        return text.get();
      }
    }
    return NoticeWords.of("notice", ours);
  }
}
