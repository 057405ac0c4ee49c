package org.stillpoint.checkin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.stillpoint.relationship.Member;
import org.stillpoint.time.Ids;

/**
 * Check-ins that come again by a rule. Nothing of it changes, and it ends for all when anybody ends
 * it or leaves. Its occurrences are check-ins of their own, made by {@link Occurrences}.
 */
@Entity
@Table(name = "check_in_series")
@IdClass(CheckInSeries.Key.class)
public class CheckInSeries {
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
  private LocalDateTime localStart;

  @Column(updatable = false)
  private ZoneId timeZone;

  @Column(updatable = false)
  private String rule;

  @Column(updatable = false)
  private Instant lastAt;

  @Column(updatable = false)
  private Instant createdAt;

  private @Nullable Instant endedAt;
  private @Nullable UUID endedBy;

  protected CheckInSeries() {}

  /** Of these participants, of whom the creator is one. */
  static CheckInSeries create(
      Member creator, List<UUID> participantIds, Recurrence recurrence, Instant now) {
    CheckInSeries series = new CheckInSeries();
    series.relationshipId = creator.relationshipId();
    series.id = Ids.next();
    series.createdBy = creator.memberId();
    series.participantIds = participantIds.stream().sorted().toList();
    series.localStart = recurrence.localStart();
    series.timeZone = recurrence.timeZone();
    series.rule = recurrence.rule().toString();
    series.lastAt = recurrence.starts().getLast().at();
    series.createdAt = now;
    return series;
  }

  /** By this template, in the version that it has now. */
  void template(@Nullable Template template) {
    templateId = template == null ? null : template.id();
    templateVersion = template == null ? null : template.version();
  }

  UUID relationshipId() {
    return relationshipId;
  }

  UUID id() {
    return id;
  }

  List<UUID> participantIds() {
    return List.copyOf(participantIds);
  }

  @Nullable String templateId() {
    return templateId;
  }

  @Nullable Integer templateVersion() {
    return templateVersion;
  }

  LocalDateTime localStart() {
    return localStart;
  }

  ZoneId timeZone() {
    return timeZone;
  }

  String rule() {
    return rule;
  }

  /** When the last of its check-ins starts. */
  Instant lastAt() {
    return lastAt;
  }

  Instant createdAt() {
    return createdAt;
  }

  /** By hand, since somebody has left, or by time: its last check-in can't open any more. */
  boolean isEnded(Instant now) {
    return endedAt != null || now.isAfter(lastAt.plus(CheckIn.OPENS_WITHIN));
  }

  void end(Member by, Instant now) {
    endedAt = now;
    endedBy = by.memberId();
  }
}
