package org.stillpoint.relationship;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.stillpoint.privacy.spi.Ending;
import org.stillpoint.privacy.spi.ExportDocument;
import org.stillpoint.privacy.spi.ExportDraft;
import org.stillpoint.privacy.spi.PersonalDataSource;

/** Where a member belongs, and whom that member has invited or let in. */
@Singleton
class RelationshipPersonalData implements PersonalDataSource {
  private final EntityManager entities;
  private final MembershipGuard guard;
  private final RelationshipService service;

  RelationshipPersonalData(
      EntityManager entities, MembershipGuard guard, RelationshipService service) {
    this.entities = entities;
    this.guard = guard;
    this.service = service;
  }

  @Override
  public void export(UUID memberId, ExportDraft copy) {
    List<Membership> own = memberships(memberId);
    Map<UUID, List<UUID>> others = others(memberId, own);
    copy.add(
        own.stream()
            .map(
                membership ->
                    new ExportDocument.Membership(
                        membership.relationshipId(),
                        membership.joinedAt(),
                        membership.leftAt(),
                        others.getOrDefault(membership.relationshipId(), List.of())))
            .toList());
    copy.add(invitations());
    copy.add(
        entities
            .createQuery(
                "from InvitationAssent a where a.memberId = :member order by a.assentedAt",
                InvitationAssent.class)
            .setParameter("member", memberId)
            .getResultStream()
            .map(
                assent ->
                    new ExportDocument.InvitationAssent(
                        assent.relationshipId(), assent.invitationId(), assent.assentedAt()))
            .toList());
  }

  private List<Membership> memberships(UUID memberId) {
    return entities
        .createQuery(
            "from Membership m where m.memberId = :member order by m.joinedAt, m.relationshipId",
            Membership.class)
        .setParameter("member", memberId)
        .getResultList();
  }

  private Map<UUID, List<UUID>> others(UUID memberId, List<Membership> own) {
    List<UUID> current =
        own.stream()
            .filter(membership -> !membership.hasLeft())
            .map(Membership::relationshipId)
            .toList();
    return new HashMap<>(
        entities
            .createQuery(
                "from Membership m where m.relationshipId in :current and m.leftAt is null"
                    + " and m.memberId <> :member order by m.joinedAt, m.memberId",
                Membership.class)
            .setParameter("current", current)
            .setParameter("member", memberId)
            .getResultStream()
            .collect(
                Collectors.groupingBy(
                    Membership::relationshipId,
                    Collectors.mapping(Membership::memberId, Collectors.toList()))));
  }

  private List<ExportDocument.Invitation> invitations() {
    List<?> own =
        entities
            .createNativeQuery(
                "select i.* from own_invitations() i order by i.created_at, i.id", Invitation.class)
            .getResultList();
    return own.stream().map(Invitation.class::cast).map(RelationshipPersonalData::copy).toList();
  }

  private static ExportDocument.Invitation copy(Invitation invitation) {
    return new ExportDocument.Invitation(
        invitation.relationshipId(),
        invitation.id(),
        invitation.createdAt(),
        invitation.expiresAt(),
        invitation.acceptedAt(),
        invitation.withdrawnAt());
  }

  /** Leaves all. */
  @Override
  public List<Ending> endings(UUID memberId) {
    return memberships(memberId).stream()
        .filter(membership -> !membership.hasLeft())
        .map(Membership::relationshipId)
        .map(id -> Ending.of(id, () -> service.leave(guard.memberOf(id))))
        .toList();
  }
}
