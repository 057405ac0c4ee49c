package org.stillpoint.reflection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Objects;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.crypto.Texts;
import org.stillpoint.reflection.ReflectionContent.About;

/** Seals and opens what a member keeps in the journal. */
@Singleton
class ReflectionTexts {
  private final Texts texts;
  private final ObjectMapper json;

  ReflectionTexts(Texts texts, ObjectMapper json) {
    this.texts = texts;
    this.json = json;
  }

  /** As the next state of the reflection. */
  void seal(Reflection reflection, ReflectionContent content) {
    reflection.say(
        seal(content.about(), reflection.place("about")),
        Objects.requireNonNull(texts.seal(content.text(), reflection.place("text"))));
  }

  ReflectionContent open(Reflection reflection) {
    return new ReflectionContent(
        open(reflection.about(), reflection.place("about"), About.class), text(reflection));
  }

  SensitiveText text(Reflection reflection) {
    return Objects.requireNonNull(texts.open(reflection.text(), reflection.place("text")));
  }

  SealedText seal(Object document, Place place) {
    try {
      return texts.sealPadded(json.writeValueAsBytes(document), place);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A document can't be written: " + e.getClass().getName());
    }
  }

  <T> T open(SealedText sealed, Place place, Class<T> type) {
    try {
      return json.readValue(texts.openPadded(sealed, place), type);
    } catch (IOException e) {
      // Its message quotes what people wrote.
      throw new IllegalStateException("A document can't be read: " + e.getClass().getName());
    }
  }
}
