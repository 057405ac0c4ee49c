package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.stillpoint.checkin.AnswerService.Own;
import org.stillpoint.relationship.Member;

/**
 * Which of their answers members let guests have: rows of one's own, which the others can't tell
 * from none (S22). A mark is for an answer as it reads then, and goes with it.
 */
@Singleton
@Transactional(TxType.MANDATORY)
class GuestMarks {
  private static final String OF_ANSWER =
      " where relationship_id = :relationship and check_in_id = :checkIn and item_id = :item"
          + " and member_id = :member";

  private final EntityManager entities;
  private final CheckInRepository checkIns;
  private final PrivateRows rows;
  private final Clock clock;

  GuestMarks(EntityManager entities, CheckInRepository checkIns, PrivateRows rows, Clock clock) {
    this.entities = entities;
    this.checkIns = checkIns;
    this.rows = rows;
    this.clock = clock;
  }

  /** Lets guests have the member's own answer, once all who take part can read it. */
  Own mark(Member member, UUID checkInId, UUID itemId) {
    CheckIn checkIn = checkIns.visible(member, checkInId);
    CheckInItem item = checkIns.item(checkIn, itemId);
    if (checkIn.isOver(clock.instant())) {
      throw CheckInProblem.CHECK_IN_OVER.exception();
    }
    CheckInAnswer answer =
        rows.lockToMark(member, checkIn, item, CheckInProblem.ANSWER_NOT_FOR_GUESTS);
    of(
            answer,
            "insert into check_in_guest_mark (relationship_id, check_in_id, item_id, member_id,"
                + " changes) select relationship_id, check_in_id, item_id, member_id, changes"
                + " from check_in_answer"
                + OF_ANSWER
                + " and changes = :changes on conflict (relationship_id, check_in_id, item_id,"
                + " member_id) do update set changes = excluded.changes")
        .setParameter("changes", answer.changes())
        .executeUpdate();
    return new Own(item, answer);
  }

  /** Keeps it from guests again, in every state. */
  Own unmark(Member member, UUID checkInId, UUID itemId) {
    CheckIn checkIn = checkIns.visible(member, checkInId);
    CheckInItem item = checkIns.item(checkIn, itemId);
    CheckInAnswer answer = rows.own(member, checkIn, itemId);
    if (answer != null) {
      clear(answer);
    }
    return new Own(item, answer);
  }

  void clear(CheckInAnswer answer) {
    of(answer, "delete from check_in_guest_mark" + OF_ANSWER).executeUpdate();
  }

  /** A mark, and the answer that it is of as it read then. */
  record Mark(UUID relationshipId, UUID checkInId, UUID itemId, long changes) {
    static Mark of(CheckInAnswer answer) {
      return new Mark(
          answer.relationshipId(), answer.checkInId(), answer.itemId(), answer.changes());
    }
  }

  /** All that the caller has made. */
  Set<Mark> own() {
    List<?> rows =
        entities
            .createNativeQuery(
                "select relationship_id, check_in_id, item_id, changes from check_in_guest_mark",
                Tuple.class)
            .getResultList();
    return rows.stream()
        .map(Tuple.class::cast)
        .map(
            row ->
                new Mark(
                    row.get(0, UUID.class),
                    row.get(1, UUID.class),
                    row.get(2, UUID.class),
                    row.get(3, Long.class)))
        .collect(Collectors.toSet());
  }

  /** Whether the caller lets guests have this answer of the caller's, as it reads now. */
  boolean isMarked(CheckInAnswer answer) {
    return !of(answer, "select 1 from check_in_guest_mark" + OF_ANSWER + " and changes = :changes")
        .setParameter("changes", answer.changes())
        .getResultList()
        .isEmpty();
  }

  private Query of(CheckInAnswer answer, String sql) {
    return entities
        .createNativeQuery(sql)
        .setParameter("relationship", answer.relationshipId())
        .setParameter("checkIn", answer.checkInId())
        .setParameter("item", answer.itemId())
        .setParameter("member", answer.memberId());
  }
}
