package org.stillpoint.reflection;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedTable;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.relationship.Member;
import org.stillpoint.time.Ids;

/**
 * A copy of a reflection as it was when its author shared it with some members. Recalled, it is
 * gone (S23).
 */
@Entity
@Table(name = "reflection_snapshot")
@IdClass(Snapshot.Key.class)
public class Snapshot {
  /** Where its words are sealed: under its author's key, so that they end with the author. */
  public static final SealedTable SEALED =
      new SealedTable(
          "reflection_snapshot", List.of("author_id", "id"), "author_id", null, List.of("words"));

  /** Begins with the member whose it is. */
  public record Key(UUID authorId, UUID id) {}

  @Id
  @Column(updatable = false)
  private UUID authorId;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private UUID reflectionId;

  @Column(updatable = false)
  private UUID relationshipId;

  @Column(updatable = false)
  private List<UUID> readerIds;

  @Column(updatable = false)
  private SealedText words;

  @Column(updatable = false)
  private Instant takenAt;

  protected Snapshot() {}

  static Snapshot take(Member author, UUID reflectionId, List<UUID> readerIds, Instant now) {
    Snapshot snapshot = new Snapshot();
    snapshot.authorId = author.memberId();
    snapshot.id = Ids.next();
    snapshot.reflectionId = reflectionId;
    snapshot.relationshipId = author.relationshipId();
    snapshot.readerIds = readerIds;
    snapshot.takenAt = now;
    return snapshot;
  }

  UUID authorId() {
    return authorId;
  }

  UUID id() {
    return id;
  }

  /** Its author's alone to know. */
  UUID reflectionId() {
    return reflectionId;
  }

  UUID relationshipId() {
    return relationshipId;
  }

  List<UUID> readerIds() {
    return readerIds;
  }

  SealedText words() {
    return words;
  }

  void words(SealedText sealed) {
    words = sealed;
  }

  Instant takenAt() {
    return takenAt;
  }

  Place place() {
    return SEALED.place("words", authorId, 0, authorId, id);
  }
}
