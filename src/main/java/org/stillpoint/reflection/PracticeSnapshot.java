package org.stillpoint.reflection;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedTable;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.time.Ids;

/**
 * A copy of a reflection for a practitioner. Apart from those for members, so that no partner is
 * ever near one. Recalled, it is gone (S23).
 */
@Entity
@IdClass(PracticeSnapshot.Key.class)
public class PracticeSnapshot {
  /** Where its words are sealed: under its author's key, so that they end with the author. */
  public static final SealedTable SEALED =
      new SealedTable(
          "practice_snapshot", List.of("member_id", "id"), "member_id", null, List.of("words"));

  /** That one author may have given under one grant. */
  static final int MOST = 200;

  /** Begins with the member whose it is. */
  public record Key(UUID memberId, UUID id) {}

  @Id
  @Column(updatable = false)
  private UUID memberId;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private UUID reflectionId;

  @Column(updatable = false)
  private @Nullable UUID relationshipId;

  @Column(updatable = false)
  private UUID grantId;

  @Column(updatable = false)
  private SealedText words;

  @Column(updatable = false)
  private Instant takenAt;

  protected PracticeSnapshot() {}

  static PracticeSnapshot take(
      UUID memberId, UUID reflectionId, @Nullable UUID relationshipId, UUID grantId, Instant now) {
    PracticeSnapshot snapshot = new PracticeSnapshot();
    snapshot.memberId = memberId;
    snapshot.id = Ids.next();
    snapshot.reflectionId = reflectionId;
    snapshot.relationshipId = relationshipId;
    snapshot.grantId = grantId;
    snapshot.takenAt = now;
    return snapshot;
  }

  /** Its author. */
  UUID memberId() {
    return memberId;
  }

  UUID id() {
    return id;
  }

  /** Its author's alone to know. */
  UUID reflectionId() {
    return reflectionId;
  }

  UUID grantId() {
    return grantId;
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
    return SEALED.place("words", memberId, 0, memberId, id);
  }
}
