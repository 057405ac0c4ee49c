package org.stillpoint.reflection;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.SensitiveText;

/** What a reflection says. */
record ReflectionContent(About about, SensitiveText text) {
  /**
   * All of it but the text: what a journal is searched by. It is sealed apart, so that a search
   * opens no texts.
   *
   * @param date the day that it is about
   * @param mood in the author's own word
   */
  record About(
      ReflectionKind kind,
      LocalDate date,
      @Nullable PromptUsed prompt,
      List<SensitiveText> tags,
      @Nullable SensitiveText mood) {
    About {
      tags = List.copyOf(tags);
    }
  }

  /** The prompt that it answers, as the author read it. */
  record PromptUsed(String id, int version) {}
}
