package org.stillpoint.relationship;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;

@Singleton
class RelationshipRepository implements PanacheRepositoryBase<Relationship, UUID> {
  Relationship byId(UUID id) {
    return findById(id);
  }

  /** So that joining and leaving count the members one after the other. */
  Relationship lock(UUID id) {
    return findById(id, LockModeType.PESSIMISTIC_WRITE);
  }

  /** Those to which the member belongs, the newest first. */
  List<Relationship> of(UUID memberId, Cursor.@Nullable ByTime after, int limit) {
    return find(
            "from Relationship r where exists (from Membership m where m.relationshipId = r.id"
                + " and m.memberId = ?1 and m.leftAt is null)"
                + " and (cast(?2 as Instant) is null or r.createdAt < ?2"
                + " or r.createdAt = ?2 and r.id < ?3)"
                + " order by r.createdAt desc, r.id desc",
            memberId,
            after == null ? null : after.at(),
            after == null ? null : after.id())
        .page(0, limit)
        .list();
  }
}
