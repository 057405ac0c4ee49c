package org.stillpoint.reflection;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Keyset;
import org.stillpoint.api.paging.NativePage;
import org.stillpoint.relationship.Grant;
import org.stillpoint.transaction.Callers;

/** The copies that authors have given practitioners, until they are recalled or the grant ends. */
@Singleton
class PracticeSnapshots implements PanacheRepositoryBase<PracticeSnapshot, PracticeSnapshot.Key> {
  private static final String READ =
      """
      select * from practice_snapshots(:grant, :client, :member, :now) s
      where s.taken_at >= cast(:since as timestamptz)
      and (s.taken_at, s.id) < (cast(:afterTime as timestamptz), cast(:afterId as uuid))
      order by s.taken_at desc, s.id desc limit :limit
      """;

  private final Callers callers;
  private final Clock clock;

  PracticeSnapshots(Callers callers, Clock clock) {
    this.callers = callers;
    this.clock = clock;
  }

  /** What the author has given of a reflection, the newest first. */
  List<PracticeSnapshot> of(
      UUID memberId, UUID reflectionId, Cursor.@Nullable ByTime after, int limit) {
    return find(
            "memberId = :member and reflectionId = :reflection"
                + Keyset.newestFirst("takenAt", "id"),
            Keyset.values(after, Map.of("member", memberId, "reflection", reflectionId)))
        .page(0, limit)
        .list();
  }

  /** All that the author has given, the oldest first. */
  List<PracticeSnapshot> allOf(UUID memberId) {
    return list("memberId = ?1 order by takenAt, id", memberId);
  }

  long countUnder(UUID memberId, UUID grantId) {
    return count("memberId = ?1 and grantId = ?2", memberId, grantId);
  }

  /** Recalls one; whether it was there. */
  boolean recall(UUID memberId, UUID reflectionId, UUID id) {
    return delete("memberId = ?1 and reflectionId = ?2 and id = ?3", memberId, reflectionId, id)
        > 0;
  }

  /** Recalls all of a reflection. */
  void recallAll(UUID memberId, UUID reflectionId) {
    delete("memberId = ?1 and reflectionId = ?2", memberId, reflectionId);
  }

  /** What a practitioner reads of one author, the newest first. */
  List<PracticeSnapshot> read(
      Grant grant,
      UUID memberId,
      @Nullable Instant since,
      Cursor.@Nullable ByTime after,
      int limit) {
    List<?> rows =
        NativePage.newestFirst(
                NativePage.since(
                    getEntityManager()
                        .createNativeQuery(READ, PracticeSnapshot.class)
                        .setParameter("grant", grant.id())
                        .setParameter("client", callers.current().login().clientId())
                        .setParameter("member", memberId)
                        .setParameter("now", clock.instant()),
                    since),
                after,
                limit)
            .getResultList();
    return rows.stream().map(PracticeSnapshot.class::cast).toList();
  }
}
