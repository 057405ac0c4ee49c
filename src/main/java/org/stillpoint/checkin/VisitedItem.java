package org.stillpoint.checkin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.Place;

/** An item as the database gives it to a guest: beside it the words, wherever they are stored. */
@Entity
@Immutable
@Table(name = "check_in_item")
@IdClass(CheckInItem.Key.class)
public class VisitedItem extends AgendaItem {
  @Id private UUID relationshipId;
  @Id private UUID checkInId;
  @Id private UUID id;

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

  boolean isSealed() {
    return answers() == AnswerKeeping.SEALED;
  }

  boolean isRevealed() {
    return revealedAt != null;
  }

  @Override
  Place place(UUID author) {
    return seriesItemId == null
        ? CheckInItem.SEALED.place("words", author, 0, relationshipId, checkInId, id)
        : CheckInSeriesItem.SEALED.place("words", author, 0, relationshipId, seriesItemId);
  }
}
