package org.stillpoint.checkin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedTable;
import org.stillpoint.crypto.SealedText;

/**
 * What a practitioner proposes to talk about. The database alone makes one; nothing refers to it.
 */
@Entity
@IdClass(AgendaProposal.Key.class)
public class AgendaProposal {
  /** Where its words are sealed: under the practitioner's key, so that they end with them. */
  public static final SealedTable SEALED =
      new SealedTable(
          "agenda_proposal",
          List.of("relationship_id", "grant_id", "id"),
          "practitioner_id",
          null,
          List.of("words"));

  /** How long it is there. */
  static final Duration LIFETIME = Duration.ofDays(14);

  /** Begins with the relationship, like the key of all its rows. */
  public record Key(UUID relationshipId, UUID grantId, UUID id) {}

  @Id
  @Column(updatable = false)
  private UUID relationshipId;

  @Id
  @Column(updatable = false)
  private UUID grantId;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private UUID practitionerId;

  @Column(updatable = false)
  private SealedText words;

  @Column(updatable = false)
  private Instant proposedAt;

  protected AgendaProposal() {}

  UUID grantId() {
    return grantId;
  }

  UUID id() {
    return id;
  }

  UUID practitionerId() {
    return practitionerId;
  }

  SealedText words() {
    return words;
  }

  Instant proposedAt() {
    return proposedAt;
  }

  Instant expiresAt() {
    return proposedAt.plus(LIFETIME);
  }

  Place place() {
    return place(relationshipId, grantId, id, practitionerId);
  }

  static Place place(UUID relationshipId, UUID grantId, UUID id, UUID practitionerId) {
    return SEALED.place("words", practitionerId, 0, relationshipId, grantId, id);
  }
}
