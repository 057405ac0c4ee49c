package org.stillpoint.agreement;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How long loosening waits after all have assented (S13): 24 hours, or as its members set it. */
@Singleton
class CoolingOff {
  static final Duration DEFAULT = Duration.ofHours(24);

  private final TermRepository terms;
  private final AgreementTexts texts;

  CoolingOff(TermRepository terms, AgreementTexts texts) {
    this.terms = terms;
    this.texts = texts;
  }

  /** For an agreement. */
  Duration of(Agreement agreement, Instant now) {
    return of(agreement.relationshipId(), agreement.memberIds(), now);
  }

  /**
   * For an agreement of these members: what all of them have set among them. Whoever comes in later
   * has set nothing, and whoever asks sees the same.
   */
  Duration of(UUID relationshipId, Collection<UUID> members, Instant now) {
    List<Term> set =
        terms.standing(relationshipId, AgreementKind.COOLING_OFF, now).stream()
            .filter(term -> term.state(now) == TermState.ACTIVE)
            .filter(term -> term.memberIds().containsAll(members))
            .toList();
    return texts.open(set).stream()
        .map(CoolingOff::length)
        .max(Comparator.naturalOrder())
        .orElse(DEFAULT);
  }

  static Duration length(TermContent content) {
    Long seconds = content.coolingOffSeconds();
    if (seconds == null) {
      throw new IllegalStateException("A cooling-off without a length");
    }
    return Duration.ofSeconds(seconds);
  }

  static boolean isTightening(@Nullable TermContent before, TermContent after) {
    return length(after).compareTo(before == null ? DEFAULT : length(before)) >= 0;
  }
}
