package org.stillpoint.relationship;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

@Singleton
class InvitationAssentRepository
    implements PanacheRepositoryBase<InvitationAssent, InvitationAssent.Key> {
  Set<UUID> to(UUID relationshipId, UUID invitationId) {
    return stream("relationshipId = ?1 and invitationId = ?2", relationshipId, invitationId)
        .map(InvitationAssent::memberId)
        .collect(Collectors.toSet());
  }

  /** Those of the invitations to which the member has said yes. */
  Set<UUID> of(Member member, Collection<UUID> invitationIds) {
    return stream(
            "relationshipId = ?1 and memberId = ?2 and invitationId in ?3",
            member.relationshipId(),
            member.memberId(),
            invitationIds)
        .map(InvitationAssent::invitationId)
        .collect(Collectors.toSet());
  }

  void forget(UUID relationshipId, UUID memberId) {
    delete("relationshipId = ?1 and memberId = ?2", relationshipId, memberId);
  }
}
