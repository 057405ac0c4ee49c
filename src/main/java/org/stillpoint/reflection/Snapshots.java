package org.stillpoint.reflection;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
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
    List<Snapshot> found =
        list("authorId = ?1 and reflectionId = ?2 and id = ?3", authorId, reflectionId, id);
    recall(found);
    return !found.isEmpty();
  }

  /** Recalls every copy of these reflections. */
  void recallAll(UUID authorId, Collection<UUID> reflectionIds) {
    recall(list("authorId = ?1 and reflectionId in ?2", authorId, reflectionIds));
  }

  /** Readers are told to look again, with no word of what is gone, and no trace of it stays. */
  private void recall(List<Snapshot> gone) {
    Instant now = clock.instant();
    gone.stream()
        .collect(
            Collectors.groupingBy(
                Snapshot::relationshipId,
                Collectors.flatMapping(
                    snapshot -> snapshot.readerIds().stream(),
                    Collectors.toCollection(TreeSet::new))))
        .forEach(
            (relationshipId, readers) ->
                outbox.add(
                    Event.of(
                            EventType.SNAPSHOT_RECALLED,
                            now,
                            relationshipId,
                            place(relationshipId),
                            null,
                            List.copyOf(readers))
                        .quietly()));
    gone.forEach(this::delete);
    flush();
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
