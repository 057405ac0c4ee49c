package org.stillpoint.relationship;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.transaction.Callers;

/**
 * Proves that the caller belongs. A relationship that doesn't exist, one of others and one that the
 * caller has left get the same answer (S34).
 */
@Singleton
public class MembershipGuard {
  private final Callers callers;
  private final MembershipRepository memberships;
  private final RelationshipRepository relationships;

  MembershipGuard(
      Callers callers, MembershipRepository memberships, RelationshipRepository relationships) {
    this.callers = callers;
    this.memberships = memberships;
    this.relationships = relationships;
  }

  /** The caller as a member of this relationship, open or closed. */
  public Member memberOf(UUID relationshipId) {
    UUID caller = callers.current().memberId();
    List<Membership> current = memberships.current(relationshipId);
    Membership own =
        current.stream()
            .filter(membership -> membership.memberId().equals(caller))
            .findFirst()
            .orElseThrow(HttpProblem.NOT_FOUND::exception);
    List<UUID> all = current.stream().map(Membership::memberId).toList();
    return new Member(relationshipId, caller, own.joinedAt(), all);
  }

  /** The caller as a member of this relationship, which is to be open. */
  public Member memberOfOpen(UUID relationshipId) {
    Member member = memberOf(relationshipId);
    if (relationships.byId(relationshipId).isClosed()) {
      throw RelationshipProblem.RELATIONSHIP_CLOSED.exception();
    }
    return member;
  }

  /**
   * The same for a change that rests on who belongs: nobody joins or leaves until it is committed.
   */
  public Member actingMemberOf(UUID relationshipId) {
    relationships.share(relationshipId);
    return memberOfOpen(relationshipId);
  }

  /** The same for a change that only one member at a time can make. */
  public Member soleMemberOf(UUID relationshipId) {
    relationships.lock(relationshipId);
    return memberOfOpen(relationshipId);
  }

  /** {@code open}, {@code paused} or {@code closed}. */
  public String stateOf(Member member, boolean paused) {
    return RelationshipView.state(relationships.byId(member.relationshipId()), paused);
  }
}
