package org.stillpoint.checkin;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.stillpoint.relationship.Member;
import org.stillpoint.time.Ids;

/**
 * A talk that is planned. Who takes part and what it is about never change; a change is a new one.
 */
@Entity
@Table(name = "check_in")
@IdClass(CheckIn.Key.class)
public class CheckIn {
  /** How long before its start one can be ready for it. */
  static final Duration READY_BEFORE = Duration.ofMinutes(15);

  /** What has not opened by then is skipped. */
  static final Duration OPENS_WITHIN = Duration.ofHours(24);

  /** What has been open for so long is closed: a long pause ends a talk. */
  static final Duration OPEN_AT_MOST = Duration.ofDays(7);

  /** The template by which agreements are looked through. */
  static final String REVIEW = "agreement-review";

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
  private List<UUID> participantIds;

  @Column(updatable = false)
  private @Nullable String templateId;

  @Column(updatable = false)
  private @Nullable Integer templateVersion;

  @Column(updatable = false)
  private @Nullable UUID followsId;

  // An occurrence is made in the database.
  @Column(insertable = false, updatable = false)
  private @Nullable UUID seriesId;

  @Column(updatable = false)
  private @Nullable UUID pauseId;

  @Column(updatable = false)
  private Instant startsAt;

  @Column(updatable = false)
  private Instant createdAt;

  private @Nullable Instant openedAt;
  private @Nullable Instant heldAt;
  private @Nullable Instant skippedAt;
  private @Nullable Instant deferredAt;
  private @Nullable Instant closedAt;
  private @Nullable UUID overBy;
  private int readyRound;

  @Embedded private Progress progress = new Progress();

  protected CheckIn() {}

  /** Of these participants, of whom the creator is one. */
  static CheckIn schedule(
      Member creator, List<UUID> participantIds, Instant startsAt, Instant now) {
    CheckIn checkIn = new CheckIn();
    checkIn.relationshipId = creator.relationshipId();
    checkIn.id = Ids.next();
    checkIn.createdBy = creator.memberId();
    checkIn.participantIds = participantIds.stream().sorted().toList();
    checkIn.startsAt = startsAt;
    checkIn.createdAt = now;
    return checkIn;
  }

  /** By this template, in the version that it has now. */
  void template(@Nullable Template template) {
    templateId = template == null ? null : template.id();
    templateVersion = template == null ? null : template.version();
  }

  /** As the earlier check-in was made. */
  void follow(@Nullable UUID earlier) {
    followsId = earlier;
  }

  /** As a way back after a pause. */
  void leadBackFrom(UUID pause) {
    pauseId = pause;
  }

  /** With the template of an earlier one. */
  void sameTemplateAs(CheckIn earlier) {
    templateId = earlier.templateId;
    templateVersion = earlier.templateVersion;
  }

  UUID relationshipId() {
    return relationshipId;
  }

  UUID id() {
    return id;
  }

  Instant createdAt() {
    return createdAt;
  }

  /** Who takes part: whoever leaves the relationship no longer does. */
  List<UUID> participantIds() {
    return List.copyOf(participantIds);
  }

  @Nullable String templateId() {
    return templateId;
  }

  @Nullable Integer templateVersion() {
    return templateVersion;
  }

  /** The one that this follows up, or takes the place of. */
  @Nullable UUID followsId() {
    return followsId;
  }

  /** The series of which it is an occurrence. */
  @Nullable UUID seriesId() {
    return seriesId;
  }

  /** The pause after which it leads back; null for any other. */
  @Nullable UUID pauseId() {
    return pauseId;
  }

  /** Whether agreements are looked through in it. */
  boolean isReview() {
    return REVIEW.equals(templateId);
  }

  Instant startsAt() {
    return startsAt;
  }

  @Nullable Instant openedAt() {
    return openedAt;
  }

  /**
   * Which readiness counts now: each opening, each going on, each item and each pause begin another
   * round.
   */
  int readyRound() {
    return readyRound;
  }

  /** Where it stands, apart from what was revealed. A function of its times: no job changes it. */
  CheckInState state(Instant now) {
    if (skippedAt != null || (openedAt == null && now.isAfter(startsAt.plus(OPENS_WITHIN)))) {
      return CheckInState.SKIPPED;
    }
    if (deferredAt != null) {
      return CheckInState.DEFERRED;
    }
    if (closedAt != null || (openedAt != null && now.isAfter(openedAt.plus(OPEN_AT_MOST)))) {
      return CheckInState.CLOSED;
    }
    return openedAt == null ? CheckInState.SCHEDULED : CheckInState.OPEN;
  }

  /** Since when it is over; null while it isn't. */
  @Nullable Instant overSince(Instant now) {
    return switch (state(now)) {
      case SKIPPED -> skippedAt == null ? startsAt.plus(OPENS_WITHIN) : skippedAt;
      case DEFERRED -> deferredAt;
      case CLOSED -> closedAt == null ? requireOpened().plus(OPEN_AT_MOST) : closedAt;
      default -> null;
    };
  }

  private Instant requireOpened() {
    return Objects.requireNonNull(openedAt);
  }

  boolean isOver(Instant now) {
    return state(now).isOver();
  }

  boolean isOpen(Instant now) {
    return state(now) == CheckInState.OPEN;
  }

  /** Whether a pause has interrupted it, from which it has not gone on yet. */
  boolean isInterrupted() {
    return heldAt != null;
  }

  /** How far it is, while it is open. */
  Progress progress() {
    return progress;
  }

  /** Refuses unless it is open, and all were ready since the last pause. */
  void requireGoingOn(Instant now) {
    if (isOver(now)) {
      throw CheckInProblem.CHECK_IN_OVER.exception();
    }
    if (!isOpen(now)) {
      throw CheckInProblem.CHECK_IN_NOT_OPEN.exception();
    }
    if (isInterrupted()) {
      throw CheckInProblem.CHECK_IN_HELD.exception();
    }
  }

  /** Goes on to this item; who wished to has been asked for the last one. */
  void start(CheckInItem item, Instant now) {
    progress.start(item.id(), now);
    readyRound++;
  }

  /** All are ready: it opens, or goes on. */
  void begin(Instant now) {
    if (openedAt == null) {
      openedAt = now;
    }
    heldAt = null;
    readyRound++;
    progress.resume(now);
  }

  /** Makes room for another one; by nobody, so that nobody is kept from planning. */
  void makeRoom(Instant now) {
    deferredAt = now;
  }

  /** Whether somebody else has ended it by hand. */
  boolean isPutOffByOther(Member member) {
    return overBy != null && !overBy.equals(member.memberId());
  }

  /** Ends by hand, into one of the states that are over. */
  void end(CheckInState into, Member by, Instant now) {
    switch (into) {
      case SKIPPED -> skippedAt = now;
      case DEFERRED -> deferredAt = now;
      case CLOSED -> closedAt = now;
      default -> throw new IllegalArgumentException(into + " is no end");
    }
    overBy = by.memberId();
    progress.clear();
  }
}
