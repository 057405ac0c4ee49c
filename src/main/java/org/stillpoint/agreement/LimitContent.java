package org.stillpoint.agreement;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.SensitiveText;

/**
 * What a limit says.
 *
 * @param activities each once; none stands for all of the domain
 */
record LimitContent(
    LimitStrength strength,
    LimitCategory category,
    TermDomain domain,
    List<SensitiveText> activities,
    @Nullable SensitiveText text) {

  LimitContent {
    activities = List.copyOf(new LinkedHashSet<>(activities));
  }

  /**
   * Whether it leaves nothing open that the other closes, as its structure alone shows. Other
   * words, and what protects something else, can't be compared: in doubt it is looser (S14).
   */
  boolean isAtLeastAsTightAs(LimitContent other) {
    return strength.compareTo(other.strength) >= 0
        && category == other.category
        && domain == other.domain
        && Objects.equals(text, other.text)
        && coversActivitiesOf(other);
  }

  private boolean coversActivitiesOf(LimitContent other) {
    return activities.isEmpty()
        || (!other.activities.isEmpty() && new HashSet<>(activities).containsAll(other.activities));
  }

  /** Whether both say the same; the order of activities means nothing. */
  boolean saysTheSameAs(LimitContent other) {
    return isAtLeastAsTightAs(other) && other.isAtLeastAsTightAs(this);
  }
}
