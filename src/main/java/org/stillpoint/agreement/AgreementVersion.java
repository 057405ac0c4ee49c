package org.stillpoint.agreement;

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
import org.stillpoint.time.Ids;

/** One whole text of an agreement; what it says never changes. */
@Entity
@Table(name = "agreement_version")
@IdClass(AgreementVersion.Key.class)
public class AgreementVersion {
  /** Where its title and the list of its terms are sealed: for its author, then for all. */
  public static final SealedTable SEALED =
      new SealedTable(
          "agreement_version",
          List.of("relationship_id", "id"),
          "sealed_for",
          null,
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
  private UUID agreementId;

  @Column(updatable = false)
  private int number;

  @Column(updatable = false)
  private UUID authorId;

  @Column(updatable = false)
  private Instant proposedAt;

  private UUID sealedFor;
  private SealedText content;

  @Column(updatable = false)
  private boolean actedAtOnce;

  protected AgreementVersion() {}

  static AgreementVersion create(Agreement agreement, UUID author, Instant now) {
    AgreementVersion version = new AgreementVersion();
    version.relationshipId = agreement.relationshipId();
    version.id = Ids.next();
    version.agreementId = agreement.id();
    version.number = agreement.nextVersion();
    version.authorId = author;
    version.sealedFor = author;
    version.proposedAt = now;
    return version;
  }

  UUID agreementId() {
    return agreementId;
  }

  int number() {
    return number;
  }

  UUID authorId() {
    return authorId;
  }

  Instant proposedAt() {
    return proposedAt;
  }

  /** Something of it needed nobody's assent: it tightened, or ended something. */
  void actedAtOnce() {
    actedAtOnce = true;
  }

  /** Under whose key it is: its author's, until all have said yes to a term that it brought. */
  UUID sealedFor() {
    return sealedFor;
  }

  /** Under the relationship's key from now on. */
  void sealForAll(SealedText sealed) {
    sealedFor = relationshipId;
    content = sealed;
  }

  SealedText content() {
    return content;
  }

  void content(SealedText sealed) {
    content = sealed;
  }

  Place place() {
    return place(sealedFor);
  }

  /** Where it is once it is sealed for all. */
  Place placeForAll() {
    return place(relationshipId);
  }

  private Place place(UUID owner) {
    return SEALED.place("content", owner, 0, relationshipId, id);
  }
}
