package org.stillpoint.relationship;

import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.stillpoint.api.problem.ProblemType;
import org.stillpoint.event.PressurePermit;

/**
 * The one place that is asked before anything reaches another member and wants something: a
 * proposal, a question, a nudge, an invitation (S9). An event of that sort can't be made without
 * the permit.
 */
@Singleton
public class PressureGuard {
  private final ActivePauses pauses;

  PressureGuard(ActivePauses pauses) {
    this.pauses = pauses;
  }

  /** Refuses while a pause of somebody else is active. */
  public PressurePermit ask(Member member) {
    requireNoPauseOfOthers(member);
    return new PressurePermit(() -> requireNoPauseOfOthers(member));
  }

  /**
   * Refuses while anybody's pause is active, the caller's included: for what goes on among all.
   *
   * @param refusal what the caller is told
   */
  public PressurePermit whileNobodyPauses(Member member, ProblemType refusal) {
    return whileNobodyPauses(member.relationshipId(), refusal);
  }

  /** The same for what nobody does: a reminder, which waits. */
  public PressurePermit whileNobodyPauses(UUID relationshipId, ProblemType refusal) {
    return whileNobodyPauses(() -> !pauses.raisersIn(relationshipId).isEmpty(), refusal);
  }

  /**
   * The same for whoever is no member, and can't look for pauses.
   *
   * @param paused looks for them
   */
  public PressurePermit whileNobodyPauses(BooleanSupplier paused, ProblemType refusal) {
    requireNone(paused, refusal);
    return new PressurePermit(() -> requireNone(paused, refusal));
  }

  /** The same for a practitioner's wish, by the grant under which it is said. */
  public PressurePermit throughGrant(GrantLookup grants, Grant grant) {
    return whileNobodyPauses(() -> grants.isPaused(grant), RelationshipProblem.RELATIONSHIP_PAUSED);
  }

  private static void requireNone(BooleanSupplier paused, ProblemType refusal) {
    if (paused.getAsBoolean()) {
      throw refusal.exception();
    }
  }

  private void requireNoPauseOfOthers(Member member) {
    boolean paused =
        pauses.raisersIn(member.relationshipId()).stream()
            .anyMatch(raiser -> !raiser.equals(member.memberId()));
    if (paused) {
      throw RelationshipProblem.RELATIONSHIP_PAUSED.exception();
    }
  }
}
