package org.stillpoint.reflection;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Keyset;
import org.stillpoint.crypto.SealedText;

@Singleton
class ReflectionRepository implements PanacheRepositoryBase<Reflection, Reflection.Key> {
  /** What a search looks at. */
  record Head(UUID id, Instant createdAt, long changes, SealedText about) {
    Cursor.ByTime place() {
      return new Cursor.ByTime(createdAt, id);
    }
  }

  /** The newest first. */
  List<Head> heads(UUID memberId, Cursor.@Nullable ByTime after, int limit) {
    var query =
        getEntityManager()
            .createQuery(
                "select id, createdAt, changes, about from Reflection where memberId = :member"
                    + Keyset.newestFirst("createdAt", "id"),
                Head.class)
            .setMaxResults(limit);
    Keyset.values(after, Map.of("member", memberId)).forEach(query::setParameter);
    return query.getResultList();
  }

  /** Those of them that are still there. */
  List<Reflection> of(UUID memberId, List<UUID> ids) {
    return list("memberId = ?1 and id in ?2", memberId, ids);
  }

  /** All of them, the oldest first. */
  List<Reflection> oldestFirst(UUID memberId) {
    return list("memberId = ?1 order by createdAt, id", memberId);
  }

  long countOf(UUID memberId) {
    return count("memberId", memberId);
  }

  /** How much room they take, as they are stored. */
  long bytesOf(UUID memberId) {
    return (Long)
        getEntityManager()
            .createNativeQuery(
                "select coalesce(sum(octet_length(about) + octet_length(text)), 0)"
                    + " from reflection where member_id = :member",
                Long.class)
            .setParameter("member", memberId)
            .getSingleResult();
  }

  /** In one order, before their copies, as one alone is locked. */
  void lockAllOf(UUID memberId) {
    getEntityManager()
        .createNativeQuery(
            "select id from reflection where member_id = :member order by id for update",
            UUID.class)
        .setParameter("member", memberId)
        .getResultList();
  }

  Optional<Reflection> own(UUID memberId, UUID id) {
    return findByIdOptional(new Reflection.Key(memberId, id));
  }

  /** Locked, so that of two changes the second sees the first. */
  Optional<Reflection> lock(UUID memberId, UUID id) {
    return findByIdOptional(new Reflection.Key(memberId, id), LockModeType.PESSIMISTIC_WRITE);
  }

  void deleteAllOf(UUID memberId) {
    delete("memberId", memberId);
  }
}
