package org.stillpoint.agreement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.stillpoint.relationship.Member;
import org.stillpoint.time.Ids;

/** A living agreement: what its participants have proposed to each other, version by version. */
@Entity
@IdClass(Agreement.Key.class)
public class Agreement {
  /** Begins with the relationship, like the key of all its rows. */
  public record Key(UUID relationshipId, UUID id) {}

  @Id
  @Column(updatable = false)
  private UUID relationshipId;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private UUID createdBy;

  @Column(updatable = false)
  @JdbcTypeCode(SqlTypes.ARRAY)
  private List<UUID> memberIds;

  @Column(updatable = false)
  @Enumerated(EnumType.STRING)
  private AgreementKind kind;

  @Column(updatable = false)
  private Instant createdAt;

  private int latestVersion;
  private long historyLength;
  private byte @Nullable [] historyHead;
  private @Nullable Instant endedAt;

  protected Agreement() {}

  /** Of these participants. */
  static Agreement create(AgreementKind kind, Member creator, List<UUID> memberIds, Instant now) {
    Agreement agreement = new Agreement();
    agreement.kind = kind;
    agreement.relationshipId = creator.relationshipId();
    agreement.id = Ids.next();
    agreement.createdBy = creator.memberId();
    agreement.memberIds = List.copyOf(memberIds);
    agreement.createdAt = now;
    return agreement;
  }

  UUID relationshipId() {
    return relationshipId;
  }

  UUID id() {
    return id;
  }

  UUID createdBy() {
    return createdBy;
  }

  Instant createdAt() {
    return createdAt;
  }

  /** Who takes part, and has to assent. */
  List<UUID> memberIds() {
    return List.copyOf(memberIds);
  }

  AgreementKind kind() {
    return kind;
  }

  int latestVersion() {
    return latestVersion;
  }

  int nextVersion() {
    return ++latestVersion;
  }

  long historyLength() {
    return historyLength;
  }

  byte @Nullable [] historyHead() {
    return historyHead == null ? null : historyHead.clone();
  }

  /** Makes the last entry's hash the one that the next entry holds. */
  void extendHistory(byte[] head) {
    historyLength++;
    historyHead = head.clone();
  }

  @Nullable Instant endedAt() {
    return endedAt;
  }

  boolean hasEnded() {
    return endedAt != null;
  }

  void end(Instant now) {
    endedAt = now;
  }
}
