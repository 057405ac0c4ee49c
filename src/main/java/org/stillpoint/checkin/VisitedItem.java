package org.stillpoint.checkin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedText;

/** An item as the database gives it to a guest: beside it the words, wherever they are stored. */
@Entity
@Immutable
@Table(name = "check_in_item")
@IdClass(CheckInItem.Key.class)
public class VisitedItem {
  @Id private UUID relationshipId;
  @Id private UUID checkInId;
  @Id private UUID id;
  private int seconds;
  private boolean turns;

  @Enumerated(EnumType.STRING)
  private AnswerKeeping answers;

  private @Nullable String templateItem;
  private @Nullable UUID authorId;
  private @Nullable SealedText words;

  @Column(name = "series_item_id")
  private @Nullable UUID seriesItemId;

  private @Nullable Instant revealedAt;

  protected VisitedItem() {}

  UUID checkInId() {
    return checkInId;
  }

  UUID id() {
    return id;
  }

  int seconds() {
    return seconds;
  }

  boolean turns() {
    return turns;
  }

  boolean isSealed() {
    return answers == AnswerKeeping.SEALED;
  }

  boolean isRevealed() {
    return revealedAt != null;
  }

  @Nullable String templateItem() {
    return templateItem;
  }

  @Nullable UUID authorId() {
    return authorId;
  }

  @Nullable SealedText words() {
    return words;
  }

  Place place(UUID author) {
    return seriesItemId == null
        ? CheckInItem.SEALED.place("words", author, 0, relationshipId, checkInId, id)
        : CheckInSeriesItem.SEALED.place("words", author, 0, relationshipId, seriesItemId);
  }
}
