package org.stillpoint.checkin;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Keyset;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.relationship.Member;

/** Under row-level security a check-in in which the caller takes no part is not there. */
@Singleton
class CheckInRepository implements PanacheRepositoryBase<CheckIn, CheckIn.Key> {
  private static final String AHEAD =
      "relationshipId = :relationship and seriesId is null and pauseId is null and openedAt is null"
          + " and skippedAt is null and deferredAt is null and closedAt is null and startsAt >= :since";

  CheckIn visible(Member member, UUID id) {
    return find(member, id).orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  /** The same, for what somebody has named and may have made up. */
  Optional<CheckIn> find(Member member, UUID id) {
    return findByIdOptional(new CheckIn.Key(member.relationshipId(), id))
        .filter(checkIn -> checkIn.participantIds().contains(member.memberId()));
  }

  /**
   * Locked before anything of it is read: of two who change it at once, the second sees the first.
   */
  CheckIn lock(Member member, UUID id) {
    CheckIn checkIn =
        Optional.ofNullable(
                findById(
                    new CheckIn.Key(member.relationshipId(), id), LockModeType.PESSIMISTIC_WRITE))
            .orElseThrow(HttpProblem.NOT_FOUND::exception);
    getEntityManager().refresh(checkIn, LockModeType.PESSIMISTIC_WRITE);
    return checkIn;
  }

  /** The latest to start first: of a series, those that follow one, or all. */
  List<CheckIn> list(
      Member member,
      @Nullable UUID seriesId,
      @Nullable UUID followsId,
      Cursor.@Nullable ByTime after,
      int limit) {
    Map<String, Object> own = new HashMap<>(Map.of("relationship", member.relationshipId()));
    String listed = "relationshipId = :relationship";
    if (seriesId != null) {
      own.put("series", seriesId);
      listed += " and seriesId = :series";
    }
    if (followsId != null) {
      own.put("follows", followsId);
      listed += " and followsId = :follows";
    }
    return find(listed + Keyset.newestFirst("startsAt", "id"), Keyset.values(after, own))
        .page(0, limit)
        .list();
  }

  /** Those of all current members that lead back after this pause, and are still to begin. */
  List<UUID> ahead(Member member, UUID pauseId) {
    return getEntityManager()
        .createQuery(
            "select c.id from CheckIn c where c.relationshipId = :relationship"
                + " and c.pauseId = :pause and c.participantIds = :participants"
                + " and c.openedAt is null and c.skippedAt is null and c.deferredAt is null"
                + " and c.closedAt is null order by c.id",
            UUID.class)
        .setParameter("relationship", member.relationshipId())
        .setParameter("pause", pauseId)
        .setParameter("participants", member.all().stream().sorted().toList())
        .getResultList();
  }

  /** Whether somebody else has put off the latest way back after this pause. */
  boolean isPutOff(Member member, UUID pauseId) {
    return find(
            "relationshipId = ?1 and pauseId = ?2 order by createdAt desc, id desc",
            member.relationshipId(),
            pauseId)
        .firstResultOptional()
        .filter(latest -> latest.isPutOffByOther(member))
        .isPresent();
  }

  /**
   * When the last review of the same people before this one was over; long ago if there is none.
   */
  Instant lastReviewed(CheckIn review, Instant now) {
    Instant start = review.openedAt() == null ? now : review.openedAt();
    return find(
            "relationshipId = ?1 and templateId = ?2 and participantIds = ?3 and openedAt < ?4"
                + " and id <> ?5 and skippedAt is null and deferredAt is null and (closedAt is not null or openedAt < ?6)"
                + " order by openedAt desc",
            review.relationshipId(),
            CheckIn.REVIEW,
            review.participantIds(),
            start,
            review.id(),
            now.minus(CheckIn.OPEN_AT_MOST))
        .firstResultOptional()
        .map(earlier -> earlier.overSince(now))
        .orElse(Instant.EPOCH);
  }

  /**
   * Those that the member sees, that are of no series and lead back after no pause, and that are
   * still to begin.
   */
  long ahead(Member member, Instant now) {
    return count(AHEAD, ahead(member.relationshipId(), now));
  }

  /** Those of them that the member has planned. */
  long aheadBy(Member member, Instant now) {
    return getEntityManager()
        .createQuery(
            "select count(*) from CheckIn where " + AHEAD + " and createdBy = :creator", Long.class)
        .setParameter("relationship", member.relationshipId())
        .setParameter("since", now.minus(CheckIn.OPENS_WITHIN))
        .setParameter("creator", member.memberId())
        .getSingleResult();
  }

  private static Map<String, Object> ahead(UUID relationshipId, Instant now) {
    return Map.of("relationship", relationshipId, "since", now.minus(CheckIn.OPENS_WITHIN));
  }

  /** Whether somebody else of the same people has put one off so lately, before it opened. */
  boolean isPutOff(Member member, List<UUID> participantIds, Duration lately, Instant now) {
    return count(
            "relationshipId = ?1 and openedAt is null and overBy is not null and overBy <> ?2"
                + " and participantIds = ?3 and (skippedAt > ?4 or deferredAt > ?4"
                + " or closedAt > ?4)",
            member.relationshipId(),
            member.memberId(),
            participantIds.stream().sorted().toList(),
            now.minus(lately))
        > 0;
  }

  void add(CheckInItem item) {
    getEntityManager().persist(item);
  }

  /** All items of these, in their order. */
  List<CheckInItem> items(UUID relationshipId, Collection<CheckIn> checkIns) {
    return getEntityManager()
        .createQuery(
            "from CheckInItem i left join fetch i.seriesItem where i.relationshipId = :relationship"
                + " and i.checkInId in :checkIns order by i.checkInId, i.position",
            CheckInItem.class)
        .setParameter("relationship", relationshipId)
        .setParameter("checkIns", checkIns.stream().map(CheckIn::id).toList())
        .getResultList();
  }

  /** One item of a check-in that the member sees. */
  CheckInItem item(CheckIn checkIn, UUID id) {
    return Optional.ofNullable(
            getEntityManager()
                .find(
                    CheckInItem.class,
                    new CheckInItem.Key(checkIn.relationshipId(), checkIn.id(), id)))
        .orElseThrow(HttpProblem.NOT_FOUND::exception);
  }
}
