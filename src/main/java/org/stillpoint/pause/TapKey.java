package org.stillpoint.pause;

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
import org.stillpoint.relationship.Member;
import org.stillpoint.time.Ids;

/**
 * A key for a watch, a widget or an NFC tag: it raises its owner's pause in one relationship,
 * without a login, and can do nothing else.
 */
@Entity
@IdClass(TapKey.Key.class)
public class TapKey {
  /** Where its owner's name for it is sealed. */
  public static final SealedTable SEALED =
      new SealedTable(
          "tap_key", List.of("relationship_id", "id"), "member_id", null, List.of("label"));

  /** Begins with the relationship, like the key of all its rows. */
  public record Key(UUID relationshipId, UUID id) {}

  @Id
  @Column(updatable = false)
  private UUID relationshipId;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private UUID memberId;

  @Column(updatable = false)
  private String clientId;

  @Column(updatable = false)
  private @Nullable SealedText label;

  @Column(updatable = false)
  private short kind;

  @Column(updatable = false)
  private byte[] secretHash;

  @Column(updatable = false)
  private Instant createdAt;

  private @Nullable Instant revokedAt;

  protected TapKey() {}

  static TapKey create(Member member, String clientId, PauseKind kind, Instant now) {
    TapKey key = new TapKey();
    key.relationshipId = member.relationshipId();
    key.id = Ids.next();
    key.memberId = member.memberId();
    key.clientId = clientId;
    key.kind = kind.strength();
    key.createdAt = now;
    return key;
  }

  void secretHash(byte[] hash) {
    secretHash = hash;
  }

  UUID id() {
    return id;
  }

  UUID relationshipId() {
    return relationshipId;
  }

  UUID memberId() {
    return memberId;
  }

  @Nullable SealedText label() {
    return label;
  }

  void label(@Nullable SealedText sealed) {
    label = sealed;
  }

  Place place() {
    return SEALED.place("label", memberId, 0, relationshipId, id);
  }

  PauseKind kind() {
    return PauseKind.of(kind);
  }

  Instant createdAt() {
    return createdAt;
  }

  String clientId() {
    return clientId;
  }

  @Nullable Instant revokedAt() {
    return revokedAt;
  }

  void revoke(Instant now) {
    revokedAt = now;
  }
}
