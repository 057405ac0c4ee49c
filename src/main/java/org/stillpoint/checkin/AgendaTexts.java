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
import org.stillpoint.checkin.AgendaProposalResource.ProposeRequest;
import org.stillpoint.crypto.Place;
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
  void prepare(Collection<? extends AgendaItem> items) {
    texts.prepare(items.stream().map(AgendaItem::authorId).filter(Objects::nonNull).toList());
  }

  /** Gives an item the words that it was planned with; a template's are not copied. */
  void seal(AgendaItem item, Agenda.Item planned) {
    if (planned.says() != null) {
      item.words(sealed(planned.says(), item.place(Objects.requireNonNull(item.authorId()))));
    }
  }

  private SealedText sealed(Words words, Place place) {
    try {
      return texts.sealDocument(json.writeValueAsBytes(words), place);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Words can't be written: " + e.getClass().getName());
    }
  }

  /** What a practitioner proposes, as the bytes that a function of the database stores. */
  byte[] stored(ProposeRequest says, Place place) {
    try {
      return texts.stored(json.writeValueAsBytes(says), place);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Words can't be written: " + e.getClass().getName());
    }
  }

  ProposeRequest proposed(SealedText sealed, Place place) {
    try {
      return json.readValue(texts.openPadded(sealed, place), ProposeRequest.class);
    } catch (IOException e) {
      // Its message quotes what people wrote.
      throw new IllegalStateException("Words can't be read: " + e.getClass().getName());
    }
  }

  /** What its author wrote; null where it is a template's, or has gone with its author. */
  @Nullable Words own(AgendaItem item) {
    UUID author = item.authorId();
    return author == null ? null : opened(item.words(), item.place(author));
  }

  private @Nullable Words opened(@Nullable SealedText sealed, Place place) {
    if (sealed == null) {
      return null;
    }
    try {
      return json.readValue(texts.openDocument(sealed, place), Words.class);
    } catch (IOException e) {
      // Its message quotes what people wrote.
      throw new IllegalStateException("Words can't be read: " + e.getClass().getName());
    }
  }

  /** What a reader of this language sees; null where the words have gone. */
  @Nullable Words of(CheckIn checkIn, CheckInItem item, Language language) {
    return of(checkIn.templateId(), checkIn.templateVersion(), item, language);
  }

  /** The same of a series. */
  @Nullable Words of(CheckInSeries series, CheckInSeriesItem item, Language language) {
    return of(series.templateId(), series.templateVersion(), item, language);
  }

  private @Nullable Words of(
      @Nullable String templateId, @Nullable Integer version, AgendaItem item, Language language) {
    String templateItem = item.templateItem();
    return templateItem == null
        ? own(item)
        : suggested(Objects.requireNonNull(templateId), version, templateItem, language);
  }

  /** The same for a guest. */
  @Nullable Words of(GuestVisit visit, VisitedItem item, Language language) {
    return of(visit.templateId(), visit.templateVersion(), item, language);
  }

  /** The same for a practitioner. */
  @Nullable Words of(CheckIn checkIn, VisitedItem item, Language language) {
    return of(checkIn.templateId(), checkIn.templateVersion(), item, language);
  }

  /** Of the version that it was made after; another one may ask something else. */
  private static @Nullable Words suggested(
      String templateId, @Nullable Integer version, String templateItem, Language language) {
    Template template = TemplateCatalogue.find(templateId).orElse(null);
    if (template == null || !Integer.valueOf(template.version()).equals(version)) {
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
