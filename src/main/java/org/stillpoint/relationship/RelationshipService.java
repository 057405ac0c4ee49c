package org.stillpoint.relationship;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.event.Event;
import org.stillpoint.event.EventType;
import org.stillpoint.event.Feeds;
import org.stillpoint.event.Outbox;
import org.stillpoint.identity.Caller;

/** Begins and leaves relationships. */
@Singleton
@Transactional(TxType.MANDATORY)
class RelationshipService {
  private final RelationshipRepository relationships;
  private final MembershipRepository memberships;
  private final InvitationRepository invitations;
  private final InvitationAssentRepository assents;
  private final MembershipGuard guard;
  private final AdultRule adults;
  private final Feeds feeds;
  private final Outbox outbox;
  private final jakarta.enterprise.event.Event<MemberLeft> departures;
  private final Clock clock;

  RelationshipService(
      RelationshipRepository relationships,
      MembershipRepository memberships,
      InvitationRepository invitations,
      InvitationAssentRepository assents,
      MembershipGuard guard,
      AdultRule adults,
      Feeds feeds,
      Outbox outbox,
      jakarta.enterprise.event.Event<MemberLeft> departures,
      Clock clock) {
    this.relationships = relationships;
    this.memberships = memberships;
    this.invitations = invitations;
    this.assents = assents;
    this.guard = guard;
    this.adults = adults;
    this.feeds = feeds;
    this.outbox = outbox;
    this.departures = departures;
    this.clock = clock;
  }

  Relationship create(Caller caller) {
    adults.require(caller);
    Relationship relationship = Relationship.create(clock.instant());
    relationships.persist(relationship);
    memberships.persist(
        Membership.join(relationship.id(), caller.memberId(), relationship.createdAt()));
    return relationship;
  }

  /** Leaves at once, in every state, without anybody's leave (S10, S32). */
  void leave(Member member) {
    UUID relationshipId = member.relationshipId();
    Relationship relationship = relationships.lock(relationshipId);
    Membership membership = memberships.lock(member);
    // Read now: all that was done before has its time by then.
    Instant now = clock.instant();
    if (membership.hasLeft()) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    // Proven anew, with those who belong under the lock.
    Member leaver = guard.memberOf(relationshipId);
    List<UUID> remaining = leaver.others();
    invitations.withdrawAllOf(relationshipId, member.memberId(), now);
    assents.forget(relationshipId, member.memberId());
    departures.fire(new MemberLeft(leaver, remaining, now));
    if (remaining.size() < Relationship.FEWEST_MEMBERS && !relationship.isClosed()) {
      relationship.close(now);
    }
    feeds.forget(member.memberId(), relationshipId);
    // Last: from here on the transaction no longer sees the relationship's rows.
    relationships.flush();
    membership.leave(now);
    memberships.flush();
    Event.Resource left = new Event.Resource("relationship", relationshipId);
    outbox.add(
        Event.of(EventType.MEMBER_LEFT, now, relationshipId, left, member.memberId(), remaining));
    outbox.add(
        Event.of(
            EventType.RELATIONSHIP_LEFT,
            now,
            relationshipId,
            left,
            member.memberId(),
            List.of(member.memberId())));
  }
}
