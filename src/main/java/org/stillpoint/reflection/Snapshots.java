package org.stillpoint.reflection;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Keyset;
import org.stillpoint.event.Event;
import org.stillpoint.event.EventType;
import org.stillpoint.event.Outbox;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MemberLeft;

/** The copies that authors have shared: for those who may read them, until they are recalled. */
@Singleton
class Snapshots implements PanacheRepositoryBase<Snapshot, Snapshot.Key> {
  private static final String VISIBLE =
      "relationshipId = :relationship"
          + " and (authorId = :member or array_contains(readerIds, :member))";

  private final Outbox outbox;
  private final Clock clock;

  Snapshots(Outbox outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  /** What the author has shared of a reflection, the newest first. */
  List<Snapshot> of(UUID authorId, UUID reflectionId, Cursor.@Nullable ByTime after, int limit) {
    return find(
            "authorId = :author and reflectionId = :reflection"
                + Keyset.newestFirst("takenAt", "id"),
            Keyset.values(after, Map.of("author", authorId, "reflection", reflectionId)))
        .page(0, limit)
        .list();
  }

  /** What was shared with or by the member, the newest first. */
  List<Snapshot> visible(Member member, Cursor.@Nullable ByTime after, int limit) {
    return find(
            VISIBLE + Keyset.newestFirst("takenAt", "id"),
            Keyset.values(
                after,
                Map.of("relationship", member.relationshipId(), "member", member.memberId())))
        .page(0, limit)
        .list();
  }

  Optional<Snapshot> visible(Member member, UUID id) {
    return find(
            VISIBLE + " and id = :id",
            Map.of("relationship", member.relationshipId(), "member", member.memberId(), "id", id))
        .firstResultOptional();
  }

  /** All that the author has shared, the oldest first. */
  List<Snapshot> allOf(UUID authorId) {
    return list("authorId = ?1 order by takenAt, id", authorId);
  }

  /** Recalls one copy; whether it was there. */
  boolean recall(UUID authorId, UUID reflectionId, UUID id) {
    return recall(
        "author_id = :author and reflection_id = :reflection and id = :id",
        Map.of("author", authorId, "reflection", reflectionId, "id", id));
  }

  /** Recalls every copy of a reflection. */
  void recallAll(UUID authorId, UUID reflectionId) {
    var unused =
        recall(
            "author_id = :author and reflection_id = :reflection",
            Map.of("author", authorId, "reflection", reflectionId));
  }

  /** Recalls every copy that the author has shared. */
  void recallAll(UUID authorId) {
    var unused = recall("author_id = :author", Map.of("author", authorId));
  }

  /**
   * Readers are told to look again, with no word of what is gone, and no trace of it stays.
   * Whatever has gone in the same moment by another way is no error.
   */
  private boolean recall(String which, Map<String, UUID> values) {
    flush();
    var query =
        getEntityManager()
            .createNativeQuery(
                "delete from reflection_snapshot where "
                    + which
                    + " returning relationship_id, array_to_string(reader_ids, ',')",
                Tuple.class);
    values.forEach(query::setParameter);
    Map<UUID, Set<UUID>> readers = new TreeMap<>();
    for (Object row : query.getResultList()) {
      Tuple gone = (Tuple) row;
      Set<UUID> told = readers.computeIfAbsent(gone.get(0, UUID.class), id -> new TreeSet<>());
      Stream.of(gone.get(1, String.class).split(",", -1)).map(UUID::fromString).forEach(told::add);
    }
    Instant now = clock.instant();
    readers.forEach(
        (relationshipId, told) ->
            outbox.add(
                Event.of(
                        EventType.SNAPSHOT_RECALLED,
                        now,
                        relationshipId,
                        place(relationshipId),
                        null,
                        List.copyOf(told))
                    .quietly()));
    return !readers.isEmpty();
  }

  /** An event never names a copy, which has to be gone from every table once it is recalled. */
  static Event.Resource place(UUID relationshipId) {
    return new Event.Resource("relationship", relationshipId);
  }

  /** Whoever leaves takes along what they have shared, and reads no more of the others' (S32). */
  void onMemberLeft(@Observes MemberLeft left) {
    flush();
    getEntityManager()
        .createNativeQuery("select 1 from leave_snapshots(:relationship)", Integer.class)
        .setParameter("relationship", left.relationshipId())
        .getResultList();
  }
}
