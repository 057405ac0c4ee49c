package org.stillpoint.reflection;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedTable;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.time.Ids;

/** An entry of a member's journal, which nobody else ever gets (S23). */
@Entity
@IdClass(Reflection.Key.class)
public class Reflection {
  /** Where its words are sealed, all of them anew with each change. */
  public static final SealedTable SEALED =
      new SealedTable(
          "reflection",
          List.of("member_id", "id"),
          "member_id",
          "changes",
          List.of("about", "text"));

  /** Begins with the member whose it is. */
  public record Key(UUID memberId, UUID id) {}

  @Id
  @Column(updatable = false)
  private UUID memberId;

  @Id
  @Column(updatable = false)
  private UUID id;

  private SealedText about;
  private SealedText text;

  @Column(updatable = false)
  private Instant createdAt;

  private Instant changedAt;
  private long changes;

  protected Reflection() {}

  static Reflection begin(UUID memberId, Instant now) {
    Reflection reflection = new Reflection();
    reflection.memberId = memberId;
    reflection.id = Ids.next();
    reflection.createdAt = now;
    reflection.changedAt = now;
    return reflection;
  }

  UUID memberId() {
    return memberId;
  }

  UUID id() {
    return id;
  }

  Instant createdAt() {
    return createdAt;
  }

  Instant changedAt() {
    return changedAt;
  }

  /** Grows with each change; the ETag. */
  long changes() {
    return changes;
  }

  SealedText about() {
    return about;
  }

  SealedText text() {
    return text;
  }

  /** What is sealed from now on can't be exchanged for what was sealed before. */
  void renew(Instant now) {
    changes++;
    changedAt = now;
  }

  void say(SealedText newAbout, SealedText newText) {
    about = newAbout;
    text = newText;
  }

  Place place(String column) {
    return place(memberId, id, changes, column);
  }

  static Place place(UUID memberId, UUID id, long changes, String column) {
    return SEALED.place(column, memberId, changes, memberId, id);
  }
}
