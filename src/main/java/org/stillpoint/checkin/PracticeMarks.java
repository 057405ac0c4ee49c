package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.relationship.GrantLookup;
import org.stillpoint.relationship.GrantScope;
import org.stillpoint.relationship.Member;

/**
 * Which of their answers members let a practitioner read: rows of one's own, as for guests. A mark
 * is for an answer as it reads then, and goes with it and with the grant.
 */
@Singleton
@Transactional(TxType.MANDATORY)
class PracticeMarks {
  private static final String OF_ANSWER =
      " relationship_id = :relationship and check_in_id = :checkIn and item_id = :item"
          + " and member_id = :member";

  private final EntityManager entities;
  private final CheckInRepository checkIns;
  private final PrivateRows rows;
  private final GrantLookup grants;
  private final Clock clock;

  PracticeMarks(
      EntityManager entities,
      CheckInRepository checkIns,
      PrivateRows rows,
      GrantLookup grants,
      Clock clock) {
    this.entities = entities;
    this.checkIns = checkIns;
    this.rows = rows;
    this.grants = grants;
    this.clock = clock;
  }

  /** Lets the practitioner of a grant read it, once all who take part can; also after the talk. */
  void mark(Member member, UUID checkInId, UUID itemId, UUID grantId) {
    CheckIn checkIn = checkIns.visible(member, checkInId);
    CheckInItem item = checkIns.item(checkIn, itemId);
    CheckInAnswer answer =
        rows.lockToMark(member, checkIn, item, CheckInProblem.ANSWER_NOT_FOR_PRACTITIONERS);
    UUID granting = grants.hold(grantId, GrantScope.MARKED_ANSWERS);
    if (granting != null && !granting.equals(member.relationshipId())) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    entities
        .createNativeQuery(
            "insert into check_in_practice_mark (relationship_id, check_in_id, item_id, member_id,"
                + " grant_id, changes, marked_at) select relationship_id, check_in_id, item_id,"
                + " member_id, :grant, changes, :now from check_in_answer where"
                + OF_ANSWER
                + " and changes = :changes on conflict (relationship_id, check_in_id, item_id,"
                + " member_id, grant_id) do update set changes = excluded.changes,"
                + " marked_at = excluded.marked_at"
                + " where check_in_practice_mark.changes <> excluded.changes")
        .setParameter("relationship", answer.relationshipId())
        .setParameter("checkIn", answer.checkInId())
        .setParameter("item", answer.itemId())
        .setParameter("member", answer.memberId())
        .setParameter("grant", grantId)
        .setParameter("changes", answer.changes())
        .setParameter("now", clock.instant())
        .executeUpdate();
  }

  /** Keeps it from the practitioner again, in every state. */
  void unmark(Member member, UUID checkInId, UUID itemId, UUID grantId) {
    CheckIn checkIn = checkIns.visible(member, checkInId);
    CheckInItem item = checkIns.item(checkIn, itemId);
    if (!isGrantOf(member, grantId)) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    of(
            member,
            item,
            "delete from check_in_practice_mark where" + OF_ANSWER + " and grant_id = :grant")
        .setParameter("grant", grantId)
        .executeUpdate();
  }

  private boolean isGrantOf(Member member, UUID grantId) {
    return !entities
        .createNativeQuery(
            "select 1 from self_grant where member_id = :member and id = :grant union all"
                + " select 1 from shared_grant where relationship_id = :relationship"
                + " and id = :grant",
            Integer.class)
        .setParameter("member", member.memberId())
        .setParameter("relationship", member.relationshipId())
        .setParameter("grant", grantId)
        .getResultList()
        .isEmpty();
  }

  /** The grants under which the member lets an answer be read, as it reads now. */
  List<UUID> of(Member member, UUID checkInId, UUID itemId) {
    CheckIn checkIn = checkIns.visible(member, checkInId);
    CheckInItem item = checkIns.item(checkIn, itemId);
    List<?> ids =
        of(
                member,
                item,
                "select m.grant_id from check_in_practice_mark m join check_in_answer a"
                    + " using (relationship_id, check_in_id, item_id, member_id, changes) where"
                    + OF_ANSWER
                    + " order by m.grant_id")
            .getResultList();
    return ids.stream().map(UUID.class::cast).toList();
  }

  /** All that the caller has made: the grants of each, by the answer as it read then. */
  Map<GuestMarks.Mark, List<UUID>> own() {
    List<?> marks =
        entities
            .createNativeQuery(
                "select relationship_id, check_in_id, item_id, changes, grant_id"
                    + " from check_in_practice_mark order by grant_id",
                Tuple.class)
            .getResultList();
    return marks.stream()
        .map(Tuple.class::cast)
        .collect(
            Collectors.groupingBy(
                row ->
                    new GuestMarks.Mark(
                        row.get(0, UUID.class),
                        row.get(1, UUID.class),
                        row.get(2, UUID.class),
                        row.get(3, Long.class)),
                Collectors.mapping(row -> row.get(4, UUID.class), Collectors.toList())));
  }

  private Query of(Member member, CheckInItem item, String sql) {
    return entities
        .createNativeQuery(sql)
        .setParameter("relationship", member.relationshipId())
        .setParameter("checkIn", item.checkInId())
        .setParameter("item", item.id())
        .setParameter("member", member.memberId());
  }
}
