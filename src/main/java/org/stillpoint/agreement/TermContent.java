package org.stillpoint.agreement;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.SensitiveText;

/**
 * What a term says: the whole of what an assent binds. It keeps milliseconds only, like every time
 * on the wire, so that what is read back has the hash of what was written.
 *
 * @param mode how far a permission goes; null unless it permits
 * @param memberIds whom it binds
 * @param activities what it is about within its domain; none means all of it
 * @param conditions what has to hold for the term to apply, each of them
 * @param validFrom null for ever since
 * @param validUntil the first moment at which it doesn't apply any more; null for no end
 * @param reviewAt when it lapses unless renewed, if it permits or requires
 * @param signal what a signal is; null for all else
 * @param coolingOffSeconds how long a loosening waits; null for all else
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TermContent(
    TermKind kind,
    TermDomain domain,
    TermPolarity polarity,
    @Nullable TermMode mode,
    List<UUID> memberIds,
    List<SensitiveText> activities,
    List<SensitiveText> conditions,
    @Nullable Instant validFrom,
    @Nullable Instant validUntil,
    @Nullable Instant reviewAt,
    SensitiveText text,
    @Nullable SignalContent signal,
    @Nullable Long coolingOffSeconds) {
  private static final Set<SensitiveText> OPENNESS =
      Stream.of("devices", "accounts", "money", "contacts", "clothing", "food", "sleep")
          .map(SensitiveText::of)
          .collect(Collectors.toUnmodifiableSet());

  public TermContent {
    memberIds = memberIds.stream().sorted().distinct().toList();
    activities = activities.stream().sorted().distinct().toList();
    conditions = List.copyOf(conditions);
    validFrom = toMilliseconds(validFrom);
    validUntil = toMilliseconds(validUntil);
    reviewAt = toMilliseconds(reviewAt);
  }

  /** A clause of an agreement, or a hold. */
  public TermContent(
      TermKind kind,
      TermDomain domain,
      TermPolarity polarity,
      @Nullable TermMode mode,
      List<UUID> memberIds,
      List<SensitiveText> activities,
      List<SensitiveText> conditions,
      @Nullable Instant validFrom,
      @Nullable Instant validUntil,
      @Nullable Instant reviewAt,
      SensitiveText text) {
    this(
        kind,
        domain,
        polarity,
        mode,
        memberIds,
        activities,
        conditions,
        validFrom,
        validUntil,
        reviewAt,
        text,
        null,
        null);
  }

  private static @Nullable Instant toMilliseconds(@Nullable Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Whether it opens a part of a member's own life to another; such terms never stay for long. */
  @JsonIgnore
  public boolean isOpenness() {
    return kind == TermKind.SAFEGUARD
        || domain.isPrivate()
        || !Collections.disjoint(activities, OPENNESS);
  }
}
