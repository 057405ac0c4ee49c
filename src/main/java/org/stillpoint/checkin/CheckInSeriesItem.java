package org.stillpoint.checkin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.List;
import java.util.UUID;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedTable;
import org.stillpoint.time.Ids;

/**
 * What all check-ins of a series are about. They don't copy its author's words, which are sealed
 * here and for this row alone.
 */
@Entity
@Table(name = "check_in_series_item")
@IdClass(CheckInSeriesItem.Key.class)
public class CheckInSeriesItem extends AgendaItem {
  /** Where an author's words are sealed; they never change. */
  public static final SealedTable SEALED =
      new SealedTable(
          "check_in_series_item",
          List.of("relationship_id", "id"),
          "author_id",
          null,
          List.of("words"));

  /** Begins with the relationship, like the key of all its rows. */
  public record Key(UUID relationshipId, UUID id) {}

  @Id
  @Column(updatable = false)
  private UUID relationshipId;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private UUID seriesId;

  protected CheckInSeriesItem() {}

  static CheckInSeriesItem of(CheckInSeries series, int position, Agenda.Item planned) {
    CheckInSeriesItem item = new CheckInSeriesItem();
    item.relationshipId = series.relationshipId();
    item.seriesId = series.id();
    item.id = Ids.next();
    item.plan(position, planned);
    return item;
  }

  UUID seriesId() {
    return seriesId;
  }

  UUID id() {
    return id;
  }

  @Override
  Place place(UUID author) {
    return SEALED.place("words", author, 0, relationshipId, id);
  }
}
