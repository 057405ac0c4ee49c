package org.stillpoint.pause;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.relationship.Member;

@Singleton
class TapKeyRepository implements PanacheRepositoryBase<TapKey, TapKey.Key> {
  private static final String OWN = "relationshipId = ?1 and memberId = ?2 and revokedAt is null";

  long countOf(Member member) {
    return count(OWN, member.relationshipId(), member.memberId());
  }

  /** The oldest first. */
  List<TapKey> of(Member member, Cursor.@Nullable ByTime after, int limit) {
    return find(
            OWN
                + " and (cast(?3 as Instant) is null or createdAt > ?3"
                + " or createdAt = ?3 and id > ?4) order by createdAt, id",
            member.relationshipId(),
            member.memberId(),
            after == null ? null : after.at(),
            after == null ? null : after.id())
        .page(0, limit)
        .list();
  }

  Optional<TapKey> of(Member member, UUID id) {
    return find(OWN + " and id = ?3", member.relationshipId(), member.memberId(), id)
        .firstResultOptional();
  }

  void revokeAllOf(UUID relationshipId, UUID memberId, Instant now) {
    update(
        "revokedAt = ?3 where relationshipId = ?1 and memberId = ?2 and revokedAt is null",
        relationshipId,
        memberId,
        now);
  }

  void revokeAllOfClient(UUID memberId, String clientId, Instant now) {
    update(
        "revokedAt = ?3 where memberId = ?1 and clientId = ?2 and revokedAt is null",
        memberId,
        clientId,
        now);
  }
}
