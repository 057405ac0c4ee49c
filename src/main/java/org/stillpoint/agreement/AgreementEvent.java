package org.stillpoint.agreement;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.json.CanonicalJson;

/** An entry of an agreement's history; never changed. */
@Entity
@Immutable
@Table(name = "agreement_history")
@IdClass(AgreementEvent.Key.class)
public class AgreementEvent {
  /** Begins with the relationship, like the key of all its rows. */
  public record Key(UUID relationshipId, UUID agreementId, long sequence) {}

  @Id private UUID relationshipId;
  @Id private UUID agreementId;
  @Id private long sequence;
  private String type;
  private @Nullable UUID actorId;
  private Instant occurredAt;
  private @Nullable UUID termId;
  private byte @Nullable [] contentHash;
  private byte @Nullable [] previousHash;
  private byte[] hash;

  protected AgreementEvent() {}

  static AgreementEvent of(
      Agreement agreement,
      long sequence,
      String type,
      @Nullable UUID actor,
      Instant at,
      @Nullable Term term,
      byte @Nullable [] previous) {
    AgreementEvent event = new AgreementEvent();
    event.relationshipId = agreement.relationshipId();
    event.agreementId = agreement.id();
    event.sequence = sequence;
    event.type = type;
    event.actorId = actor;
    event.occurredAt = at;
    event.termId = term == null ? null : term.id();
    event.contentHash = term == null ? null : term.hash();
    event.previousHash = previous;
    event.hash = CanonicalJson.hash(event.hashed());
    return event;
  }

  /** What its hash is made of: the entry as it is on the wire, without the hash itself. */
  Hashed hashed() {
    return new Hashed(
        sequence,
        type,
        actorId,
        occurredAt,
        termId,
        AgreementHistory.hex(contentHash),
        AgreementHistory.hex(previousHash));
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Hashed(
      long sequence,
      String type,
      @Nullable UUID actorId,
      Instant occurredAt,
      @Nullable UUID termId,
      @Nullable String contentHash,
      @Nullable String previousHash) {}

  long sequence() {
    return sequence;
  }

  String type() {
    return type;
  }

  @Nullable UUID actorId() {
    return actorId;
  }

  Instant occurredAt() {
    return occurredAt;
  }

  @Nullable UUID termId() {
    return termId;
  }

  byte @Nullable [] contentHash() {
    return contentHash == null ? null : contentHash.clone();
  }

  byte @Nullable [] previousHash() {
    return previousHash == null ? null : previousHash.clone();
  }

  byte[] hash() {
    return hash.clone();
  }
}
