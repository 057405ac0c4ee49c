package org.stillpoint.checkin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.language.Language;
import org.stillpoint.checkin.Agenda.Words;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.crypto.Texts;

/** The words of items: a template's in the reader's language, or their author's. */
@Singleton
class AgendaTexts {
  private final Texts texts;
  private final ObjectMapper json;

  AgendaTexts(Texts texts, ObjectMapper json) {
    this.texts = texts;
    this.json = json;
  }

  /** Gets the keys of all authors in one go. */
  void prepare(Collection<CheckInItem> items) {
    texts.prepare(items.stream().map(CheckInItem::authorId).filter(Objects::nonNull).toList());
  }

  void seal(CheckInItem item, Words words) {
    UUID author = Objects.requireNonNull(item.authorId());
    try {
      item.words(texts.sealDocument(json.writeValueAsBytes(words), item.place(author)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Words can't be written: " + e.getClass().getName());
    }
  }

  /** What its author wrote; null where it is a template's, or has gone with its author. */
  @Nullable Words own(CheckInItem item) {
    UUID author = item.authorId();
    SealedText sealed = item.words();
    if (author == null || sealed == null) {
      return null;
    }
    try {
      return json.readValue(texts.openDocument(sealed, item.place(author)), Words.class);
    } catch (IOException e) {
      // Its message quotes what people wrote.
      throw new IllegalStateException("Words can't be read: " + e.getClass().getName());
    }
  }

  /** What a reader of this language sees; null where the words have gone. */
  @Nullable Words of(CheckIn checkIn, CheckInItem item, Language language) {
    String templateItem = item.templateItem();
    return templateItem == null ? own(item) : suggested(checkIn, templateItem, language);
  }

  /** Of the version that the check-in was made after; another one may ask something else. */
  private static @Nullable Words suggested(
      CheckIn checkIn, String templateItem, Language language) {
    Template template =
        TemplateCatalogue.find(Objects.requireNonNull(checkIn.templateId())).orElse(null);
    if (template == null
        || !Integer.valueOf(template.version()).equals(checkIn.templateVersion())) {
      return null;
    }
    TemplateTexts said = TemplateTexts.in(language);
    for (Template.Item item : template.items()) {
      if (item.id().equals(templateItem)) {
        List<SensitiveText> questions =
            said.questions(template, item).stream().map(SensitiveText::of).toList();
        return new Words(SensitiveText.of(said.of(template, item, "title")), questions);
      }
    }
    return null;
  }
}
