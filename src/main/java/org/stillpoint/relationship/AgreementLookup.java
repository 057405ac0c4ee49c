package org.stillpoint.relationship;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;

/**
 * Lets features name agreements without knowing the feature, which implements it. To them there is
 * no agreement that one of those who read it can't see.
 */
public interface AgreementLookup {
  /** What can become of a term, or of a whole agreement, as a list of the document goes on. */
  String KINDS =
      "\"termProposed\", \"termTightened\", \"termAgreed\", \"termCancelled\", \"assentWithdrawn\","
          + " \"termSuspended\", \"termResumed\", \"termRenewed\", \"termEnded\","
          + " \"agreementEnded\"]";

  /** Those of the ids that are agreements which all these members see. */
  Set<UUID> agreements(Member reader, Collection<UUID> ids, Collection<UUID> members);

  /** Those of the ids that are terms of such agreements. */
  Set<UUID> terms(Member reader, Collection<UUID> ids, Collection<UUID> members);

  /**
   * What became last of a term, or of a whole agreement.
   *
   * @param termId null for the agreement
   * @param versionNumber the version that brought the term; null where it has gone
   * @param kind as in the agreement's history
   */
  record Change(
      UUID agreementId,
      @Nullable UUID termId,
      @Nullable Integer versionNumber,
      String kind,
      Instant at) {
    /** What it is about. */
    public UUID id() {
      return termId == null ? agreementId : termId;
    }
  }

  /**
   * What has changed in the agreements that all these members see, the oldest first.
   *
   * @param since apart from what happened then
   * @param until what happened then included
   */
  List<Change> changes(
      Member reader,
      Collection<UUID> members,
      Instant since,
      Instant until,
      Cursor.@Nullable ByTime after,
      int limit);
}
