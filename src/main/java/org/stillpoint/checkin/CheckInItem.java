package org.stillpoint.checkin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedTable;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.time.Ids;

/** What one check-in is about; the words of its author may be those of its series. */
@Entity
@Table(name = "check_in_item")
@IdClass(CheckInItem.Key.class)
public class CheckInItem extends AgendaItem {
  /** Where an author's words are sealed; they never change. */
  public static final SealedTable SEALED =
      new SealedTable(
          "check_in_item",
          List.of("relationship_id", "check_in_id", "id"),
          "author_id",
          null,
          List.of("words"));

  /** Begins with the relationship, like the key of all its rows. */
  public record Key(UUID relationshipId, UUID checkInId, UUID id) {}

  @Id
  @Column(updatable = false)
  private UUID relationshipId;

  @Id
  @Column(updatable = false)
  private UUID checkInId;

  @Id
  @Column(updatable = false)
  private UUID id;

  // Where its author's words are, if it is of a series; made in the database.
  @ManyToOne
  @JoinColumn(
      name = "relationshipId",
      referencedColumnName = "relationshipId",
      insertable = false,
      updatable = false)
  @JoinColumn(
      name = "series_item_id",
      referencedColumnName = "id",
      insertable = false,
      updatable = false)
  private @Nullable CheckInSeriesItem seriesItem;

  // Written by the database alone, once all have answered.
  @Column(insertable = false, updatable = false)
  private @Nullable Instant revealedAt;

  protected CheckInItem() {}

  static CheckInItem of(CheckIn checkIn, int position, Agenda.Item planned) {
    CheckInItem item = new CheckInItem();
    item.relationshipId = checkIn.relationshipId();
    item.checkInId = checkIn.id();
    item.id = Ids.next();
    item.plan(position, planned);
    return item;
  }

  UUID checkInId() {
    return checkInId;
  }

  UUID id() {
    return id;
  }

  @Override
  @Nullable UUID authorId() {
    return seriesItem == null ? super.authorId() : seriesItem.authorId();
  }

  @Override
  @Nullable SealedText words() {
    return seriesItem == null ? super.words() : seriesItem.words();
  }

  /** Whether its author's words are those of a series. */
  boolean isOfSeries() {
    return seriesItem != null;
  }

  boolean isRevealed() {
    return revealedAt != null;
  }

  /** Whether those who take part can read what was submitted to it. */
  boolean isShown() {
    return answers() == AnswerKeeping.OPEN || isRevealed();
  }

  @Override
  Place place(UUID author) {
    return seriesItem != null
        ? seriesItem.place(author)
        : SEALED.place("words", author, 0, relationshipId, checkInId, id);
  }
}
