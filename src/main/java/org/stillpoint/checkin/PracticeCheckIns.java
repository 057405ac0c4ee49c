package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.NativePage;
import org.stillpoint.relationship.Grant;
import org.stillpoint.transaction.Callers;

/**
 * Reads agendas and marked answers for practitioners, by functions of the database that ask anew
 * what is granted.
 */
@Singleton
@Transactional(TxType.MANDATORY)
class PracticeCheckIns {
  private static final String PAGE =
      """
      select * from practice_check_ins(:grant, :client, :now) c
      where greatest(c.created_at, c.opened_at, c.over_at) >= cast(:since as timestamptz)
      and (c.starts_at, c.id) < (cast(:afterTime as timestamptz), cast(:afterId as uuid))
      order by c.starts_at desc, c.id desc limit :limit
      """;

  private static final String ITEMS =
      """
      select * from practice_items(:grant, :client, cast(:checkIns as uuid[]), :now)
      order by check_in_id, position
      """;

  private static final String ANSWERS =
      """
      select a.* from practice_answers(:grant, :client, :member, :now) a
      join practice_answered(:grant, :client, :member, :now) s on s.item_id = a.item_id
      where s.shared_at >= cast(:since as timestamptz)
      and (s.shared_at, s.item_id) < (cast(:afterTime as timestamptz), cast(:afterId as uuid))
      order by s.shared_at desc, s.item_id desc limit :limit
      """;

  private final EntityManager entities;
  private final Callers callers;
  private final Clock clock;

  PracticeCheckIns(EntityManager entities, Callers callers, Clock clock) {
    this.entities = entities;
    this.callers = callers;
    this.clock = clock;
  }

  /**
   * Since when an answer is there to read, and what it is to if that is a template's; the words of
   * whoever has asked are not in it.
   */
  record Answered(
      @Nullable String templateId,
      @Nullable Integer version,
      @Nullable String item,
      Instant sharedAt) {}

  /** The one that starts last first. */
  List<CheckIn> list(
      Grant grant, @Nullable Instant since, Cursor.@Nullable ByTime after, int limit) {
    List<?> rows = page(under(grant, PAGE, CheckIn.class), since, after, limit).getResultList();
    return rows.stream().map(CheckIn.class::cast).toList();
  }

  /** The items of these, by their check-in and in their order. */
  Map<UUID, List<VisitedItem>> items(Grant grant, List<CheckIn> of) {
    List<?> rows =
        under(grant, ITEMS, VisitedItem.class)
            .setParameter(
                "checkIns",
                of.stream()
                    .map(checkIn -> checkIn.id().toString())
                    .collect(Collectors.joining(",", "{", "}")))
            .getResultList();
    return rows.stream()
        .map(VisitedItem.class::cast)
        .collect(Collectors.groupingBy(VisitedItem::checkInId));
  }

  /** The marked answers of one member, the one that came last first. */
  List<CheckInAnswer> answers(
      Grant grant,
      UUID memberId,
      @Nullable Instant since,
      Cursor.@Nullable ByTime after,
      int limit) {
    List<?> rows =
        page(
                under(grant, ANSWERS, CheckInAnswer.class).setParameter("member", memberId),
                since,
                after,
                limit)
            .getResultList();
    return rows.stream().map(CheckInAnswer.class::cast).toList();
  }

  /** More of them, by the item. */
  Map<UUID, Answered> answered(Grant grant, UUID memberId) {
    List<?> rows =
        under(grant, "select * from practice_answered(:grant, :client, :member, :now)", Tuple.class)
            .setParameter("member", memberId)
            .getResultList();
    return rows.stream()
        .map(Tuple.class::cast)
        .collect(
            Collectors.toMap(
                row -> row.get("item_id", UUID.class),
                row ->
                    new Answered(
                        row.get("template_id", String.class),
                        row.get("template_version", Integer.class),
                        row.get("template_item", String.class),
                        row.get("shared_at", Instant.class))));
  }

  private Query under(Grant grant, String sql, Class<?> row) {
    return entities
        .createNativeQuery(sql, row)
        .setParameter("grant", grant.id())
        .setParameter("client", callers.current().login().clientId())
        .setParameter("now", clock.instant());
  }

  private static Query page(
      Query query, @Nullable Instant since, Cursor.@Nullable ByTime after, int limit) {
    return NativePage.newestFirst(NativePage.since(query, since), after, limit);
  }
}
