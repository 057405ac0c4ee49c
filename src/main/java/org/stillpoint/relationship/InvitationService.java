package org.stillpoint.relationship;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.api.ratelimit.RateLimits;
import org.stillpoint.crypto.RandomSecret;
import org.stillpoint.event.Event;
import org.stillpoint.event.EventType;
import org.stillpoint.event.Outbox;
import org.stillpoint.event.PressurePermit;
import org.stillpoint.identity.Caller;

/** Invites and lets in. One more member needs the yes of every current one. */
@Singleton
@Transactional(TxType.MANDATORY)
class InvitationService {
  private final InvitationRepository invitations;
  private final InvitationAssentRepository assents;
  private final MembershipRepository memberships;
  private final RelationshipRepository relationships;
  private final AdultRule adults;
  private final PressureGuard pressure;
  private final ActivePauses pauses;
  private final RateLimits limits;
  private final Outbox outbox;
  private final Clock clock;

  InvitationService(
      InvitationRepository invitations,
      InvitationAssentRepository assents,
      MembershipRepository memberships,
      RelationshipRepository relationships,
      AdultRule adults,
      PressureGuard pressure,
      ActivePauses pauses,
      RateLimits limits,
      Outbox outbox,
      Clock clock) {
    this.invitations = invitations;
    this.assents = assents;
    this.memberships = memberships;
    this.relationships = relationships;
    this.adults = adults;
    this.pressure = pressure;
    this.pauses = pauses;
    this.limits = limits;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** An invitation with its code, which nobody can read a second time. */
  record Made(Invitation invitation, InvitationCode code) {}

  Made create(Member inviter) {
    PressurePermit permit = pressure.ask(inviter);
    limits.spendInvitation(inviter.memberId());
    requireRoom(inviter.all().size());
    // Locked: of two invitations at once, the second counts the first.
    relationships.lock(inviter.relationshipId());
    if (invitations.countOpen(inviter, clock.instant()) >= Invitation.MOST_OPEN) {
      throw RelationshipProblem.TOO_MANY_INVITATIONS.exception();
    }
    InvitationCode code = InvitationCode.random();
    Invitation invitation = Invitation.create(inviter, code, clock.instant());
    invitations.persistAndFlush(invitation);
    assents.persist(InvitationAssent.of(inviter, invitation.id(), invitation.createdAt()));
    outbox.add(
        Event.asking(
            permit,
            EventType.INVITATION_PROPOSED,
            invitation.createdAt(),
            inviter.relationshipId(),
            new Event.Resource("invitation", invitation.id()),
            inviter.memberId(),
            inviter.others()));
    return new Made(invitation, code);
  }

  /** The invitations that are open, the oldest first. */
  List<Invitation> open(Member member, Cursor.@Nullable ByTime after, int limit) {
    return invitations.open(member.relationshipId(), clock.instant(), after, limit);
  }

  /** Says yes to one more member. */
  Invitation assent(Member member, UUID invitationId) {
    relationships.lock(member.relationshipId());
    Invitation invitation = openInvitation(member, invitationId);
    if (!assents.to(member.relationshipId(), invitationId).contains(member.memberId())) {
      assents.persist(InvitationAssent.of(member, invitationId, clock.instant()));
    }
    return invitation;
  }

  /** Takes the yes back; nobody is told. */
  void withdrawAssent(Member member, UUID invitationId) {
    relationships.lock(member.relationshipId());
    openInvitation(member, invitationId);
    assents.deleteById(
        new InvitationAssent.Key(member.relationshipId(), invitationId, member.memberId()));
  }

  /** Only the inviter withdraws; whoever doesn't want a new member just doesn't assent. */
  void withdraw(Member member, UUID invitationId) {
    relationships.lock(member.relationshipId());
    Invitation invitation = openInvitation(member, invitationId);
    if (!invitation.inviterId().equals(member.memberId())) {
      throw RelationshipProblem.INVITATION_NOT_YOURS_TO_WITHDRAW.exception();
    }
    invitation.withdraw(clock.instant());
  }

  /** An invitation as its invitee sees it before joining. */
  record Preview(Invitation invitation, List<UUID> members) {
    /** Changes with the members: nobody joins others than those that were shown. */
    long version() {
      return ByteBuffer.wrap(RandomSecret.hash(members.toString())).getLong() & Long.MAX_VALUE;
    }
  }

  /**
   * What a code leads to. A wrong, used, expired or withdrawn code, one that a member has not
   * assented to, and one that has to wait for a pause get the same answer (S9, S17, S34).
   */
  Preview preview(Caller caller, InvitationCode code) {
    limits.spendCode(caller.memberId());
    return invitations
        .byCode(code.hash())
        .flatMap(this::acceptable)
        .orElseThrow(RelationshipProblem.INVITATION_INVALID::exception);
  }

  /** Lets the caller in, if the members are still those that the caller has seen. */
  Relationship accept(Caller caller, InvitationCode code, LongConsumer requireVersion) {
    limits.spendCode(caller.memberId());
    adults.require(caller);
    Invitation.Key found =
        invitations
            .byCode(code.hash())
            .orElseThrow(RelationshipProblem.INVITATION_INVALID::exception);
    // Locked before anything else is read: of two who accept at once, the second sees the first.
    Relationship relationship = relationships.lock(found.relationshipId());
    if (currentMembers(relationship.id()).contains(caller.memberId())) {
      throw RelationshipProblem.ALREADY_A_MEMBER.exception();
    }
    Preview preview =
        acceptable(found).orElseThrow(RelationshipProblem.INVITATION_INVALID::exception);
    requireVersion.accept(preview.version());
    requireRoom(preview.members().size());
    Instant now = clock.instant();
    preview.invitation().accept(now);
    join(relationship, caller, preview.members(), now);
    return relationship;
  }

  private Optional<Preview> acceptable(Invitation.Key key) {
    Invitation invitation = invitations.findById(key);
    List<UUID> members = currentMembers(key.relationshipId());
    boolean acceptable =
        invitation.isOpen(clock.instant())
            && !relationships.byId(key.relationshipId()).isClosed()
            && assents.to(key.relationshipId(), key.id()).containsAll(members)
            && pauses.raisersIn(key.relationshipId()).isEmpty();
    return acceptable ? Optional.of(new Preview(invitation, members)) : Optional.empty();
  }

  private List<UUID> currentMembers(UUID relationshipId) {
    return memberships.current(relationshipId).stream().map(Membership::memberId).sorted().toList();
  }

  private void join(Relationship relationship, Caller caller, List<UUID> current, Instant now) {
    memberships
        .of(relationship.id(), caller.memberId())
        .ifPresentOrElse(
            former -> former.rejoin(now),
            () -> memberships.persist(Membership.join(relationship.id(), caller.memberId(), now)));
    List<UUID> all = new ArrayList<>(current);
    all.add(caller.memberId());
    outbox.add(
        Event.of(
            EventType.MEMBER_JOINED,
            now,
            relationship.id(),
            new Event.Resource("relationship", relationship.id()),
            caller.memberId(),
            all));
  }

  private Invitation openInvitation(Member member, UUID invitationId) {
    Instant now = clock.instant();
    return invitations
        .findByIdOptional(new Invitation.Key(member.relationshipId(), invitationId))
        .filter(invitation -> invitation.isOpen(now))
        .orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  private static void requireRoom(int members) {
    if (members >= Relationship.MOST_MEMBERS) {
      throw RelationshipProblem.RELATIONSHIP_FULL.exception();
    }
  }
}
