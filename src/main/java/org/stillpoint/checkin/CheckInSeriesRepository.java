package org.stillpoint.checkin;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Keyset;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.relationship.Member;

/** Under row-level security a series in which the caller takes no part is not there. */
@Singleton
class CheckInSeriesRepository implements PanacheRepositoryBase<CheckInSeries, CheckInSeries.Key> {

  CheckInSeries visible(Member member, UUID id) {
    return findByIdOptional(new CheckInSeries.Key(member.relationshipId(), id))
        .orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  /** Locked before anything of it is read; the job makes none of its occurrences meanwhile. */
  CheckInSeries lock(Member member, UUID id) {
    CheckInSeries series =
        Optional.ofNullable(
                findById(
                    new CheckInSeries.Key(member.relationshipId(), id),
                    LockModeType.PESSIMISTIC_WRITE))
            .orElseThrow(HttpProblem.NOT_FOUND::exception);
    getEntityManager().refresh(series, LockModeType.PESSIMISTIC_WRITE);
    return series;
  }

  /** The newest first. */
  List<CheckInSeries> list(Member member, Cursor.@Nullable ByTime after, int limit) {
    return find(
            "relationshipId = :relationship" + Keyset.newestFirst("createdAt", "id"),
            Keyset.values(after, Map.of("relationship", member.relationshipId())))
        .page(0, limit)
        .list();
  }

  /** Those that the member sees, and that go on. */
  long goingOn(Member member, Instant now) {
    return count(
        "relationshipId = ?1 and endedAt is null and lastAt >= ?2",
        member.relationshipId(),
        now.minus(CheckIn.OPENS_WITHIN));
  }

  /** Whether somebody else of the same people has ended one so lately. */
  boolean isEndedByOther(Member member, List<UUID> participantIds, Duration lately, Instant now) {
    return count(
            "relationshipId = ?1 and endedBy is not null and endedBy <> ?2"
                + " and participantIds = ?3 and endedAt > ?4",
            member.relationshipId(),
            member.memberId(),
            participantIds.stream().sorted().toList(),
            now.minus(lately))
        > 0;
  }

  void add(CheckInSeriesItem item) {
    getEntityManager().persist(item);
  }

  /** All items of these, in their order. */
  List<CheckInSeriesItem> items(UUID relationshipId, Collection<CheckInSeries> series) {
    return getEntityManager()
        .createQuery(
            "from CheckInSeriesItem i where i.relationshipId = :relationship"
                + " and i.seriesId in :series order by i.seriesId, i.position",
            CheckInSeriesItem.class)
        .setParameter("relationship", relationshipId)
        .setParameter("series", series.stream().map(CheckInSeries::id).toList())
        .getResultList();
  }

  /** What of it has not opened and could still, locked in their order. */
  List<CheckIn> lockUnopened(CheckInSeries series, Instant now) {
    return getEntityManager()
        .createQuery(
            "from CheckIn where relationshipId = :relationship and seriesId = :series"
                + " and openedAt is null and skippedAt is null and deferredAt is null"
                + " and closedAt is null and startsAt >= :since order by id",
            CheckIn.class)
        .setParameter("relationship", series.relationshipId())
        .setParameter("series", series.id())
        .setParameter("since", now.minus(CheckIn.OPENS_WITHIN))
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }
}
