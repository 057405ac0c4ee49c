package org.stillpoint.practitioner;

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
import org.stillpoint.practitioner.SharedGrantRepository.Told;

/** What members let practitioners read of their own things, each for that member alone. */
@Singleton
class SelfGrantRepository implements PanacheRepositoryBase<SelfGrant, SelfGrant.Key> {
  /** The newest first. */
  List<SelfGrant> of(UUID memberId, Cursor.@Nullable ByTime after, int limit) {
    return find(
            "memberId = :member" + Keyset.newestFirst("beganAt", "id"),
            Keyset.values(after, Map.of("member", memberId)))
        .page(0, limit)
        .list();
  }

  /** Those that go on, in the order in which they are locked. */
  List<UUID> open(UUID memberId, Instant now) {
    return list("memberId = ?1 and endedAt is null and expiresAt > ?2 order by id", memberId, now)
        .stream()
        .map(SelfGrant::id)
        .toList();
  }

  /** How many go on, and will until the transaction ends, but for its own. */
  long lockAndCount(UUID memberId, Instant now) {
    getEntityManager()
        .createNativeQuery("select id from member where id = :member for no key update", UUID.class)
        .setParameter("member", memberId)
        .getResultList();
    return count("memberId = ?1 and endedAt is null and expiresAt > ?2", memberId, now);
  }

  /** Whether a practitioner is one of the member's partners. */
  boolean sharesRelationship(UUID memberId, UUID practitionerId) {
    return (Boolean)
        getEntityManager()
            .createNativeQuery(
                "select exists (select from membership own join membership other"
                    + " on other.relationship_id = own.relationship_id"
                    + " where own.member_id = :member and own.left_at is null"
                    + " and other.member_id = :practitioner and other.left_at is null)",
                Boolean.class)
            .setParameter("member", memberId)
            .setParameter("practitioner", practitionerId)
            .getSingleResult();
  }

  /** Lets the transaction tell the practitioner; who that is. */
  UUID reachPractitioner(SelfGrant grant) {
    return (UUID)
        getEntityManager()
            .createNativeQuery("select reach_practitioner(:id)", UUID.class)
            .setParameter("id", grant.id())
            .getSingleResult();
  }

  /** Ends it; whom to tell, empty where the caller has none such. */
  Optional<Told> end(UUID id, Instant now) {
    flush();
    List<?> rows =
        getEntityManager()
            .createNativeQuery("select told from end_self_grant(:id, :now)", UUID.class)
            .setParameter("id", id)
            .setParameter("now", now)
            .getResultList();
    return rows.isEmpty() ? Optional.empty() : Optional.of(new Told((UUID) rows.getFirst()));
  }
}
