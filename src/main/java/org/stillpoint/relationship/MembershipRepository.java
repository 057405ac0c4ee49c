package org.stillpoint.relationship;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Keyset;
import org.stillpoint.identity.Profile;

@Singleton
class MembershipRepository implements PanacheRepositoryBase<Membership, Membership.Key> {
  List<Membership> current(UUID relationshipId) {
    return list(
        "relationshipId = ?1 and leftAt is null order by joinedAt, memberId", relationshipId);
  }

  Optional<Membership> of(UUID relationshipId, UUID memberId) {
    return findByIdOptional(new Membership.Key(relationshipId, memberId));
  }

  /** Waits for taps that are under way, which lock what they read; read anew once it is locked. */
  Membership lock(Member member) {
    Membership membership =
        findById(new Membership.Key(member.relationshipId(), member.memberId()));
    getEntityManager().refresh(membership, LockModeType.PESSIMISTIC_WRITE);
    return membership;
  }

  /** How many members each of these relationships has now. */
  Map<UUID, Integer> counts(Collection<UUID> relationshipIds) {
    return stream("relationshipId in ?1 and leftAt is null", relationshipIds)
        .collect(Collectors.toMap(Membership::relationshipId, row -> 1, Integer::sum));
  }

  /** A current member, with what is stored of the person. */
  record Listed(Profile profile, Instant joinedAt) {}

  /** A page of the current members, in the order of their joining. */
  List<Listed> listed(UUID relationshipId, Cursor.@Nullable ByTime after, int limit) {
    TypedQuery<Listed> query =
        getEntityManager()
            .createQuery(
                "select p, m.joinedAt from Membership m join Profile p on p.id = m.memberId"
                    + " where m.relationshipId = :relationship and m.leftAt is null"
                    + Keyset.oldestFirst("m.joinedAt", "p.id"),
                Listed.class)
            .setMaxResults(limit);
    Keyset.values(after, Map.of("relationship", relationshipId)).forEach(query::setParameter);
    return query.getResultList();
  }
}
