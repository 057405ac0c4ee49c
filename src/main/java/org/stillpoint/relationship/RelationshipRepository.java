package org.stillpoint.relationship;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Keyset;
import org.stillpoint.api.problem.HttpProblem;

@Singleton
class RelationshipRepository implements PanacheRepositoryBase<Relationship, UUID> {
  /** Not there for whoever has left since belonging was proved. */
  Relationship byId(UUID id) {
    return findByIdOptional(id).orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  /** Holds up whoever joins or leaves, and nobody else. */
  void share(UUID id) {
    getEntityManager()
        .createNativeQuery("select id from relationship where id = :id for share", UUID.class)
        .setParameter("id", id)
        .getResultList();
  }

  /** So that joining and leaving count the members one after the other. */
  Relationship lock(UUID id) {
    return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE)
        .orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  /** Those to which the member belongs, the newest first. */
  List<Relationship> of(UUID memberId, Cursor.@Nullable ByTime after, int limit) {
    return find(
            "from Relationship r where exists (from Membership m where m.relationshipId = r.id"
                + " and m.memberId = :member and m.leftAt is null)"
                + Keyset.newestFirst("r.createdAt", "r.id"),
            Keyset.values(after, Map.of("member", memberId)))
        .page(0, limit)
        .list();
  }
}
