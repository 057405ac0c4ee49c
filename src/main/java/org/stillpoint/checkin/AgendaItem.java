package org.stillpoint.checkin;

import jakarta.persistence.Column;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.MappedSuperclass;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedText;

/**
 * One thing to talk about, once or in a series. Its words are a template's, or its author's for as
 * long as they stay; nothing of it changes.
 */
@MappedSuperclass
abstract class AgendaItem {
  @Column(updatable = false)
  private short position;

  @Column(updatable = false)
  private int seconds;

  @Column(updatable = false)
  private boolean turns;

  @Enumerated(EnumType.STRING)
  @Column(updatable = false)
  private AnswerKeeping answers;

  @Column(updatable = false)
  private @Nullable String templateItem;

  @Column(updatable = false)
  private @Nullable UUID authorId;

  @Column(updatable = false)
  private @Nullable SealedText words;

  protected AgendaItem() {}

  /** Takes over all but the words, which are sealed. */
  void plan(int place, Agenda.Item planned) {
    position = (short) place;
    seconds = planned.seconds();
    turns = planned.turns();
    answers = planned.answers();
    templateItem = planned.templateItem();
    authorId = planned.authorId();
  }

  int seconds() {
    return seconds;
  }

  boolean turns() {
    return turns;
  }

  AnswerKeeping answers() {
    return answers;
  }

  @Nullable String templateItem() {
    return templateItem;
  }

  /** Whose words it is in; null for those of a template, and for those that have gone. */
  @Nullable UUID authorId() {
    return authorId;
  }

  @Nullable SealedText words() {
    return words;
  }

  void words(SealedText sealed) {
    words = sealed;
  }

  /** Where its author's words are sealed. */
  abstract Place place(UUID author);
}
