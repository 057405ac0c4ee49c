package org.stillpoint.agreement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedTable;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.time.Ids;

/**
 * One text of a clause, or the proposal that one goes. Nothing changes it when a time comes: where
 * it stands follows from its times.
 */
@Entity
@IdClass(Term.Key.class)
public class Term {
  /** Where its text is sealed: for a member, and once all have said yes for all. */
  public static final SealedTable SEALED =
      new SealedTable(
          "term", List.of("relationship_id", "id"), "sealed_for", null, List.of("content"));

  /** How long a term of openness holds at most (S19). */
  static final Duration OPENNESS = Duration.ofDays(30);

  /** Begins with the relationship, like the key of all its rows. */
  public record Key(UUID relationshipId, UUID id) {}

  /**
   * A text and its place among the texts of its clause.
   *
   * @param lineageId the same for all texts that came after each other
   * @param replacesId the text that this one takes the place of, when it becomes active
   * @param removal whether it only says that the other goes
   * @param sealedFor whose words it says
   */
  record Descent(UUID lineageId, @Nullable UUID replacesId, boolean removal, UUID sealedFor) {}

  @Id
  @Column(updatable = false)
  private UUID relationshipId;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private UUID agreementId;

  @Column(updatable = false)
  private int versionNumber;

  @Column(updatable = false)
  private UUID lineageId;

  @Column(updatable = false)
  private @Nullable UUID replacesId;

  @Column(updatable = false)
  private boolean removal;

  @Column(updatable = false)
  private UUID authorId;

  @Column(updatable = false)
  @JdbcTypeCode(SqlTypes.ARRAY)
  private List<UUID> memberIds;

  private UUID sealedFor;
  private SealedText content;

  @Column(updatable = false)
  private byte[] hash;

  @Column(updatable = false)
  private Instant proposedAt;

  private Instant openUntil;
  private @Nullable Instant agreedAt;
  private @Nullable Instant activeAt;

  @JdbcTypeCode(SqlTypes.ARRAY)
  private List<UUID> assentedBy;

  @JdbcTypeCode(SqlTypes.ARRAY)
  private List<Instant> assentedAt;

  private @Nullable Instant cancelledAt;
  private @Nullable Instant lapsesAt;
  private int renewals;
  private @Nullable Instant suspendedAt;
  private int suspensions;
  private @Nullable Instant resumesAt;
  private @Nullable Instant replacedAt;
  private @Nullable Instant endedAt;

  protected Term() {}

  static Term propose(
      Agreement agreement, Descent descent, UUID author, Instant now, Instant openUntil) {
    Term term = new Term();
    term.relationshipId = agreement.relationshipId();
    term.id = Ids.next();
    term.agreementId = agreement.id();
    term.versionNumber = agreement.latestVersion();
    term.lineageId = descent.lineageId();
    term.replacesId = descent.replacesId();
    term.removal = descent.removal();
    term.sealedFor = descent.sealedFor();
    term.authorId = author;
    term.memberIds = agreement.memberIds();
    term.proposedAt = now;
    term.openUntil = openUntil;
    term.assentedBy = List.of();
    term.assentedAt = List.of();
    return term;
  }

  /** What it says, and the hash by which members assent to it. */
  void say(SealedText sealed, byte[] contentHash) {
    content = sealed;
    hash = contentHash.clone();
  }

  UUID relationshipId() {
    return relationshipId;
  }

  UUID id() {
    return id;
  }

  UUID agreementId() {
    return agreementId;
  }

  int versionNumber() {
    return versionNumber;
  }

  UUID lineageId() {
    return lineageId;
  }

  @Nullable UUID replacesId() {
    return replacesId;
  }

  boolean isRemoval() {
    return removal;
  }

  UUID authorId() {
    return authorId;
  }

  /** Under whose key its text is: whose words they are, until all have said yes to them (S33). */
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

  byte[] hash() {
    return hash.clone();
  }

  Instant proposedAt() {
    return proposedAt;
  }

  Instant openUntil() {
    return openUntil;
  }

  @Nullable Instant agreedAt() {
    return agreedAt;
  }

  @Nullable Instant activeAt() {
    return activeAt;
  }

  List<UUID> assentedBy() {
    return List.copyOf(assentedBy);
  }

  List<Instant> assentedAt() {
    return List.copyOf(assentedAt);
  }

  @Nullable Instant lapsesAt() {
    return lapsesAt;
  }

  @Nullable Instant suspendedAt() {
    return suspendedAt;
  }

  @Nullable Instant resumesAt() {
    return resumesAt;
  }

  @Nullable Instant replacedAt() {
    return replacedAt;
  }

  @Nullable Instant cancelledAt() {
    return cancelledAt;
  }

  @Nullable Instant endedAt() {
    return endedAt;
  }

  /** Which suspension, or which period, an answer is about. */
  int round(AnswerPurpose purpose) {
    return switch (purpose) {
      case AGREE -> 0;
      case RESUME -> suspensions;
      case RENEW -> renewals;
    };
  }

  /** Who takes part in its agreement. */
  List<UUID> memberIds() {
    return List.copyOf(memberIds);
  }

  Place place() {
    return place(sealedFor);
  }

  /** Where its text is once it is sealed for all. */
  Place placeForAll() {
    return place(relationshipId);
  }

  private Place place(UUID owner) {
    return SEALED.place("content", owner, 0, relationshipId, id);
  }

  /** Where it stands; what was decided outdoes what only time has done. */
  TermState state(Instant now) {
    if (hasCome(endedAt, now)) {
      return TermState.ENDED;
    }
    if (hasCome(cancelledAt, now)) {
      return TermState.NOT_AGREED;
    }
    if (hasCome(replacedAt, now)) {
      return TermState.REPLACED;
    }
    if (activeAt == null) {
      return now.isBefore(openUntil) ? TermState.PROPOSED : TermState.NOT_AGREED;
    }
    if (!hasCome(activeAt, now)) {
      return TermState.COOLING_OFF;
    }
    if (hasCome(lapsesAt, now)) {
      return TermState.LAPSED;
    }
    return hasCome(suspendedAt, now) && !hasCome(resumesAt, now)
        ? TermState.SUSPENDED
        : TermState.ACTIVE;
  }

  /** Whether it may still change or be in force; a removal that acts has done what it was for. */
  boolean stands(Instant now) {
    TermState state = state(now);
    return !state.isOver() && !(removal && state == TermState.ACTIVE);
  }

  private static boolean hasCome(@Nullable Instant time, Instant now) {
    return time != null && !now.isBefore(time);
  }

  /** All have said yes, or it needed nobody's: it is active from then on. */
  void agree(List<UUID> by, List<Instant> at, Instant now, Instant active) {
    assentedBy = List.copyOf(by);
    assentedAt = List.copyOf(at);
    agreedAt = now;
    activeAt = active;
  }

  /** That all have said yes to what acted before they did. */
  void prove(List<UUID> by, List<Instant> at) {
    assentedBy = List.copyOf(by);
    assentedAt = List.copyOf(at);
  }

  /** A member's yes no longer counts for what stays in force without it; false if none did. */
  boolean unprove(UUID member) {
    int place = assentedBy.indexOf(member);
    if (place < 0) {
      return false;
    }
    List<UUID> by = new ArrayList<>(assentedBy);
    List<Instant> at = new ArrayList<>(assentedAt);
    by.remove(place);
    at.remove(place);
    prove(by, at);
    return true;
  }

  /** When it ends by itself; never later than what was set before. */
  void lapseAt(@Nullable Instant time) {
    if (time != null && (lapsesAt == null || time.isBefore(lapsesAt))) {
      lapsesAt = time;
    }
  }

  /** Nobody's yes to it counts any more. */
  void cancel(Instant now) {
    cancelledAt = now;
  }

  void suspend(Instant now) {
    suspendedAt = now;
    suspensions++;
    resumesAt = null;
  }

  void resumeAt(Instant time) {
    resumesAt = time;
  }

  /** For another period, as far as its own text goes. */
  void renew(TermContent says) {
    Instant before = lapsesAt;
    renewals++;
    lapsesAt = null;
    lapseAt(says.validUntil());
    lapseAt(says.reviewAt());
    lapseAt(before == null ? null : before.plus(OPENNESS));
  }

  /** From then on another text stands in its place; null when that one was cancelled. */
  void replaceAt(@Nullable Instant time) {
    replacedAt = time;
  }

  void end(Instant now) {
    endedAt = now;
  }
}
