package org.stillpoint.agreement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedTable;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.relationship.Member;
import org.stillpoint.time.Ids;

/**
 * A line that a member has drawn around the member's own participation, as it is stored. What eases
 * it waits in the same row: whether it has acted is a matter of comparing times.
 */
@Entity(name = "MemberLimit")
@Table(name = "member_limit")
@IdClass(Limit.Key.class)
public class Limit {
  /** Where its words are sealed, all of them anew with each write. */
  public static final SealedTable SEALED =
      new SealedTable(
          "member_limit",
          List.of("relationship_id", "id"),
          "holder_id",
          "version",
          List.of("activities", "text", "easing_activities", "easing_text"));

  /** Begins with the relationship, like the key of all its rows. */
  public record Key(UUID relationshipId, UUID id) {}

  /** What a limit says, its words sealed. */
  record Content(
      LimitStrength strength,
      LimitCategory category,
      TermDomain domain,
      SealedText activities,
      @Nullable SealedText text) {}

  @Id
  @Column(updatable = false)
  private UUID relationshipId;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private UUID holderId;

  @Column(updatable = false)
  private Instant drawnAt;

  @Enumerated(EnumType.STRING)
  private LimitStrength strength;

  @Enumerated(EnumType.STRING)
  private LimitCategory category;

  @Enumerated(EnumType.STRING)
  private TermDomain domain;

  private SealedText activities;
  private @Nullable SealedText text;
  private Instant changedAt;
  private long version;
  private long changes;

  private @Nullable Instant easingAt;
  private boolean easingEnds;

  @Enumerated(EnumType.STRING)
  private @Nullable LimitStrength easingStrength;

  @Enumerated(EnumType.STRING)
  private @Nullable LimitCategory easingCategory;

  @Enumerated(EnumType.STRING)
  private @Nullable TermDomain easingDomain;

  private @Nullable SealedText easingActivities;
  private @Nullable SealedText easingText;

  protected Limit() {}

  static Limit draw(Member holder, Instant now) {
    Limit limit = new Limit();
    limit.relationshipId = holder.relationshipId();
    limit.id = Ids.next();
    limit.holderId = holder.memberId();
    limit.drawnAt = now;
    limit.changedAt = now;
    return limit;
  }

  UUID id() {
    return id;
  }

  UUID relationshipId() {
    return relationshipId;
  }

  UUID holderId() {
    return holderId;
  }

  Instant drawnAt() {
    return drawnAt;
  }

  @Nullable Instant easingAt() {
    return easingAt;
  }

  /** Whether what eased it has acted. */
  boolean isEased(Instant now) {
    return easingAt != null && !now.isBefore(easingAt);
  }

  /** From then on it is as if it weren't there. */
  boolean hasEnded(Instant now) {
    return easingEnds && isEased(now);
  }

  /** When it last became what it is. */
  Instant changedAt(Instant now) {
    return isEased(now) ? Objects.requireNonNull(easingAt) : changedAt;
  }

  /** Grows with each write, and when what eased it acts; for its holder. */
  long version(Instant now) {
    return isEased(now) ? version + 1 : version;
  }

  /** Grows when something takes effect, which is all that the others see. */
  long changes(Instant now) {
    return isEased(now) ? changes + 1 : changes;
  }

  /**
   * Begins a write: its words are to be sealed anew, so that those of before can't be put back.
   * What has acted by itself counts here, as it was counted when it was read.
   */
  void renew(Instant now, boolean takesEffect) {
    changedAt = takesEffect ? now : changedAt(now);
    changes = changes(now) + (takesEffect ? 1 : 0);
    version = version(now) + 1;
  }

  Place place(String column) {
    return SEALED.place(column, holderId, version, relationshipId, id);
  }

  Content content() {
    return new Content(strength, category, domain, activities, text);
  }

  void content(Content content) {
    strength = content.strength();
    category = content.category();
    domain = content.domain();
    activities = content.activities();
    text = content.text();
  }

  /** What it becomes; null where nothing eases it, or it ends. */
  @Nullable Content easing() {
    return easingStrength == null
            || easingCategory == null
            || easingDomain == null
            || easingActivities == null
        ? null
        : new Content(easingStrength, easingCategory, easingDomain, easingActivities, easingText);
  }

  /**
   * From then on it says this, or ends where there is nothing; without a time, nothing eases it.
   */
  void easing(@Nullable Instant at, @Nullable Content content) {
    easingAt = at;
    easingEnds = at != null && content == null;
    easingStrength = content == null ? null : content.strength();
    easingCategory = content == null ? null : content.category();
    easingDomain = content == null ? null : content.domain();
    easingActivities = content == null ? null : content.activities();
    easingText = content == null ? null : content.text();
  }
}
