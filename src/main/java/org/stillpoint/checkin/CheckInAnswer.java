package org.stillpoint.checkin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedTable;
import org.stillpoint.crypto.SealedText;

/** What a member has written to an item: a note of one's own, until it is submitted. */
@Entity
@Table(name = "check_in_answer")
@IdClass(CheckInAnswer.Key.class)
public class CheckInAnswer {
  /** Where its words are sealed, anew with each change. */
  public static final SealedTable SEALED =
      new SealedTable(
          "check_in_answer",
          List.of("relationship_id", "check_in_id", "item_id", "member_id"),
          "member_id",
          "changes",
          List.of("text"));

  /** Begins with the relationship, like the key of all its rows. */
  public record Key(UUID relationshipId, UUID checkInId, UUID itemId, UUID memberId) {}

  @Id
  @Column(updatable = false)
  private UUID relationshipId;

  @Id
  @Column(updatable = false)
  private UUID checkInId;

  @Id
  @Column(updatable = false)
  private UUID itemId;

  @Id
  @Column(updatable = false)
  private UUID memberId;

  private @Nullable SealedText text;
  private boolean passes;
  private boolean onlyForMe;
  private @Nullable Instant submittedAt;
  private long changes;
  private Instant keptSince;

  protected CheckInAnswer() {}

  UUID relationshipId() {
    return relationshipId;
  }

  UUID checkInId() {
    return checkInId;
  }

  UUID itemId() {
    return itemId;
  }

  UUID memberId() {
    return memberId;
  }

  @Nullable SealedText text() {
    return text;
  }

  /** Whether the member would rather not say, which is an answer too. */
  boolean passes() {
    return passes;
  }

  /** Whether it is kept from all others, whatever the item says. */
  boolean isOnlyForMe() {
    return onlyForMe;
  }

  /** Its version: what is written anew is another. */
  long changes() {
    return changes;
  }

  boolean isEmpty() {
    return text == null && !passes;
  }

  boolean isSubmitted() {
    return submittedAt != null;
  }

  /** Begins a write: what was submitted is so no more, and words are to be sealed anew. */
  void renew(boolean passing, boolean forMeAlone, Instant now) {
    changes++;
    text = null;
    passes = passing;
    onlyForMe = forMeAlone;
    submittedAt = null;
    keptSince = now;
  }

  void text(@Nullable SealedText sealed) {
    text = sealed;
  }

  void submit(Instant now) {
    submittedAt = now;
  }

  void takeBack() {
    submittedAt = null;
  }

  Place place() {
    return SEALED.place("text", memberId, changes, relationshipId, checkInId, itemId, memberId);
  }
}
