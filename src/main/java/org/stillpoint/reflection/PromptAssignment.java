package org.stillpoint.reflection;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedTable;
import org.stillpoint.crypto.SealedText;

/** A prompt that a practitioner has given a member to think about. The database alone makes one. */
@Entity
@IdClass(PromptAssignment.Key.class)
public class PromptAssignment {
  /** Where it is sealed which one: it tells what a practitioner thinks of somebody. */
  public static final SealedTable SEALED =
      new SealedTable(
          "prompt_assignment",
          List.of("member_id", "grant_id", "id"),
          "practitioner_id",
          null,
          List.of("prompt"));

  /** How long it is there. */
  static final Duration LIFETIME = Duration.ofDays(14);

  /** Begins with the member whose it is. */
  public record Key(UUID memberId, UUID grantId, UUID id) {}

  @Id
  @Column(updatable = false)
  private UUID memberId;

  @Id
  @Column(updatable = false)
  private UUID grantId;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private UUID practitionerId;

  @Column(updatable = false)
  private SealedText prompt;

  @Column(updatable = false)
  private Instant assignedAt;

  private @Nullable Instant hiddenAt;

  protected PromptAssignment() {}

  UUID grantId() {
    return grantId;
  }

  UUID id() {
    return id;
  }

  UUID practitionerId() {
    return practitionerId;
  }

  SealedText prompt() {
    return prompt;
  }

  Instant assignedAt() {
    return assignedAt;
  }

  Instant expiresAt() {
    return assignedAt.plus(LIFETIME);
  }

  Place place() {
    return place(memberId, grantId, id, practitionerId);
  }

  static Place place(UUID memberId, UUID grantId, UUID id, UUID practitionerId) {
    return SEALED.place("prompt", practitionerId, 0, memberId, grantId, id);
  }
}
