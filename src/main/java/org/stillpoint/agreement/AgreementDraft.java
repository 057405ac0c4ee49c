package org.stillpoint.agreement;

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
import org.stillpoint.relationship.Member;
import org.stillpoint.time.Ids;

/** What somebody writes before proposing it: nobody else sees it, or that it is there. */
@Entity
@Table(name = "agreement_draft")
@IdClass(AgreementDraft.Key.class)
public class AgreementDraft {
  /** Where it is sealed, under its author's key. */
  public static final SealedTable SEALED =
      new SealedTable(
          "agreement_draft",
          List.of("relationship_id", "id"),
          "author_id",
          "version",
          List.of("content"));

  /** Begins with the relationship, like the key of all its rows. */
  public record Key(UUID relationshipId, UUID id) {}

  @Id
  @Column(updatable = false)
  private UUID relationshipId;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private UUID authorId;

  @Column(updatable = false)
  private @Nullable UUID agreementId;

  private int basedOn;
  private SealedText content;
  private long version;

  @Column(updatable = false)
  private Instant createdAt;

  protected AgreementDraft() {}

  /** For a new agreement, or, with its id, for the next version of one. */
  static AgreementDraft create(Member author, @Nullable UUID agreementId, Instant now) {
    AgreementDraft draft = new AgreementDraft();
    draft.relationshipId = author.relationshipId();
    draft.id = Ids.next();
    draft.authorId = author.memberId();
    draft.agreementId = agreementId;
    draft.createdAt = now;
    return draft;
  }

  UUID relationshipId() {
    return relationshipId;
  }

  UUID id() {
    return id;
  }

  @Nullable UUID agreementId() {
    return agreementId;
  }

  /** The version of the agreement that its author had read; 0 for a new one. */
  int basedOn() {
    return basedOn;
  }

  long version() {
    return version;
  }

  Instant createdAt() {
    return createdAt;
  }

  SealedText content() {
    return content;
  }

  /** What is sealed from now on can't be exchanged for what was sealed before. */
  void renew(int onVersion) {
    version++;
    basedOn = onVersion;
  }

  void content(SealedText sealed) {
    content = sealed;
  }

  Place place() {
    return SEALED.place("content", authorId, version, relationshipId, id);
  }
}
