package org.stillpoint.relationship;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Keyset;

@Singleton
class InvitationRepository implements PanacheRepositoryBase<Invitation, Invitation.Key> {
  /**
   * Only the key: what the invitation says is read when its relationship is locked. From here on
   * the transaction sees the rows of that relationship too.
   */
  Optional<Invitation.Key> byCode(byte[] codeHash) {
    getEntityManager()
        .createNativeQuery("select set_config('app.invitation', :hash, true)")
        .setParameter("hash", HexFormat.of().formatHex(codeHash))
        .getSingleResult();
    return getEntityManager()
        .createQuery(
            "select i.relationshipId, i.id from Invitation i where i.codeHash = :hash",
            Invitation.Key.class)
        .setParameter("hash", codeHash)
        .getResultStream()
        .findFirst();
  }

  List<Invitation> open(
      UUID relationshipId, Instant now, Cursor.@Nullable ByTime after, int limit) {
    return find(
            "relationshipId = :relationship and acceptedAt is null and withdrawnAt is null"
                + " and expiresAt > :now"
                + Keyset.oldestFirst("createdAt", "id"),
            Keyset.values(after, Map.of("relationship", relationshipId, "now", now)))
        .page(0, limit)
        .list();
  }

  /** How many of the member's own are open. */
  long countOpen(Member inviter, Instant now) {
    return count(
        "relationshipId = ?1 and inviterId = ?2 and acceptedAt is null and withdrawnAt is null"
            + " and expiresAt > ?3",
        inviter.relationshipId(),
        inviter.memberId(),
        now);
  }

  void withdrawAllOf(UUID relationshipId, UUID inviterId, Instant now) {
    update(
        "withdrawnAt = ?3 where relationshipId = ?1 and inviterId = ?2 and withdrawnAt is null"
            + " and acceptedAt is null",
        relationshipId,
        inviterId,
        now);
  }
}
