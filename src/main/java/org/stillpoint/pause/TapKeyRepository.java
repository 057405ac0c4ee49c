package org.stillpoint.pause;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Keyset;
import org.stillpoint.relationship.Member;

@Singleton
class TapKeyRepository implements PanacheRepositoryBase<TapKey, TapKey.Key> {
  private static final String OWN =
      "relationshipId = :relationship and memberId = :member and revokedAt is null";

  long countOf(Member member) {
    return count(OWN, own(member));
  }

  /** The oldest first. */
  List<TapKey> of(Member member, Cursor.@Nullable ByTime after, int limit) {
    return find(OWN + Keyset.oldestFirst("createdAt", "id"), Keyset.values(after, own(member)))
        .page(0, limit)
        .list();
  }

  Optional<TapKey> of(Member member, UUID id) {
    return find(
            OWN + " and id = :id",
            Map.of("relationship", member.relationshipId(), "member", member.memberId(), "id", id))
        .firstResultOptional();
  }

  private static Map<String, Object> own(Member member) {
    return Map.of("relationship", member.relationshipId(), "member", member.memberId());
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
