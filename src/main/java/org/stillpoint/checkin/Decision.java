package org.stillpoint.checkin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedTable;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.relationship.Member;
import org.stillpoint.time.Ids;

/** Something that one proposes in a talk, and all decide or don't. Its text never changes. */
@Entity
@Table(name = "check_in_decision")
@IdClass(Decision.Key.class)
public class Decision {
  /** Where its text is sealed: under its author's key, and once recorded the relationship's. */
  public static final SealedTable SEALED =
      new SealedTable(
          "check_in_decision",
          List.of("relationship_id", "check_in_id", "id"),
          "sealed_for",
          null,
          List.of("text"));

  /** Begins with the relationship, like the key of all its rows. */
  public record Key(UUID relationshipId, UUID checkInId, UUID id) {}

  @Id
  @Column(updatable = false)
  private UUID relationshipId;

  @Id
  @Column(updatable = false)
  private UUID checkInId;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private @Nullable UUID authorId;

  // Changed with the text by the database alone, when it is recorded.
  @Column(updatable = false)
  private UUID sealedFor;

  @Column(updatable = false)
  private SealedText text;

  @Column(updatable = false)
  @JdbcTypeCode(SqlTypes.ARRAY)
  private List<UUID> agreementIds;

  @Column(updatable = false)
  @JdbcTypeCode(SqlTypes.ARRAY)
  private List<UUID> termIds;

  @Column(updatable = false)
  private Instant proposedAt;

  // Written by the database alone, once all have assented.
  @Column(insertable = false, updatable = false)
  private @Nullable Instant recordedAt;

  protected Decision() {}

  static Decision propose(
      Member author, CheckIn checkIn, List<UUID> agreementIds, List<UUID> termIds, Instant now) {
    Decision decision = new Decision();
    decision.relationshipId = checkIn.relationshipId();
    decision.checkInId = checkIn.id();
    decision.id = Ids.next();
    decision.authorId = author.memberId();
    decision.sealedFor = author.memberId();
    decision.agreementIds = List.copyOf(agreementIds);
    decision.termIds = List.copyOf(termIds);
    decision.proposedAt = now;
    return decision;
  }

  UUID relationshipId() {
    return relationshipId;
  }

  UUID checkInId() {
    return checkInId;
  }

  UUID id() {
    return id;
  }

  /** Who proposed it; null once that member has left. */
  @Nullable UUID authorId() {
    return authorId;
  }

  /** Under whose key its text is. */
  UUID sealedFor() {
    return sealedFor;
  }

  SealedText text() {
    return text;
  }

  void text(SealedText sealed) {
    text = sealed;
  }

  /** The agreements that it is about. */
  List<UUID> agreementIds() {
    return List.copyOf(agreementIds);
  }

  /** The terms that it is about. */
  List<UUID> termIds() {
    return List.copyOf(termIds);
  }

  /** When all had assented; null before. */
  @Nullable Instant recordedAt() {
    return recordedAt;
  }

  boolean isRecorded() {
    return recordedAt != null;
  }

  Place place() {
    return place(sealedFor);
  }

  /** Where its text is to be sealed when it is recorded. */
  Place recordedPlace() {
    return place(relationshipId);
  }

  private Place place(UUID owner) {
    return SEALED.place("text", owner, 0, relationshipId, checkInId, id);
  }
}
