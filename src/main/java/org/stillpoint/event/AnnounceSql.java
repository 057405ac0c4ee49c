package org.stillpoint.event;

/**
 * The one way in which events enter feeds, for the outbox and for the tap's single statement alike.
 *
 * <p>Feeds are locked in the order of their members, last of all locks, so that no two transactions
 * wait for each other; a feed's row lock makes the order of commits the order of its numbers.
 */
public final class AnnounceSql {
  /**
   * Common table expressions that follow one named {@code notified (member_id, ordinal, id, type,
   * occurred_at, relationship_id, resource_type, resource_id, urgent, noticed)}. They yield {@code
   * numbered}, which adds {@code sequence}.
   */
  public static final String FROM_NOTIFIED =
      """
      locked as (
        select f.member_id, f.last_sequence, f.wants_notices, f.wants_events from feed f
        where f.member_id in (select member_id from notified)
        order by f.member_id for no key update
      ), numbered as (
        select n.*, l.last_sequence
          + row_number() over (partition by n.member_id order by n.ordinal) as sequence,
          l.wants_notices, l.wants_events
        from notified n join locked l using (member_id)
      ), counted as (
        update feed f set last_sequence = n.top
        from (select member_id, max(sequence) as top from numbered group by member_id) n
        where f.member_id = n.member_id
      ), announced as (
        insert into event (member_id, sequence, id, type, occurred_at, relationship_id,
          resource_type, resource_id)
        select member_id, sequence, id, type, occurred_at, relationship_id, resource_type,
          resource_id
        from numbered
      ), queued as (
        insert into notice (member_id, sequence, urgent, noticed, next_look_at)
        select n.member_id, n.sequence, n.urgent, n.noticed, least(n.occurred_at, now())
        from numbered n
        where n.noticed and n.wants_notices or n.wants_events
        returning true
      )
      """;

  private AnnounceSql() {}
}
