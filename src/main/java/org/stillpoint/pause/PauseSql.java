package org.stillpoint.pause;

import org.stillpoint.event.AnnounceSql;
import org.stillpoint.event.NamedSql;

/** The statement behind a tap: everything at once, since nobody should wait in a bad moment. */
final class PauseSql {
  /**
   * Raises, strengthens or finds again.
   *
   * <p>{@code raiser} locks its own membership, as leaving does: no pause outlives it. The others'
   * are only read, since a storm of taps would otherwise keep them from leaving. {@code known} is
   * the pause of a tap that came before; when it has ended, a late repetition raises nothing. The
   * conflict target makes a second tap take the active pause, also one that another transaction has
   * just committed.
   *
   * <p>No row: the caller isn't a member, the relationship is closed, or the app is cut off.
   */
  static final NamedSql RAISE =
      NamedSql.forMemberWithin(
          """
          with raiser as (
            select m.member_id from membership m
            where m.relationship_id = :relationship::uuid and m.member_id = :member::uuid
            and m.left_at is null and exists (
              select from relationship where id = :relationship::uuid and closed_at is null)
            and not exists (
              select from member_client c where c.member_id = :member::uuid
              and c.client_id = :client::text
              and (c.cut_off_at >= :login::timestamptz
                or c.cut_off_at is not null and :login::timestamptz is null))
            for no key update of m
          ), known as (
            select p.* from pause p
            where p.relationship_id = :relationship::uuid and p.raiser_id = :member::uuid
            and p.received_at > :rememberedSince::timestamptz
            and p.id = any (array(
              select :tap::uuid union all
              select t.pause_id from pause_tap t where t.relationship_id = :relationship::uuid
              and t.raiser_id = :member::uuid and t.tap_id = :tap::uuid))
            order by p.ended_at is null desc, p.received_at desc limit 1
          ), raised as (
            insert into pause as p (relationship_id, id, raiser_id, kind, raised_at, received_at)
            select :relationship::uuid, :pause::uuid, member_id, :kind::smallint,
              :raisedAt::timestamptz, :now::timestamptz
            from raiser where not exists (select from known where ended_at is not null)
            on conflict (relationship_id, raiser_id) where ended_at is null
            do update set kind = greatest(p.kind, excluded.kind), taps = p.taps + 1
            returning p.id, p.kind, p.raised_at, p.received_at, p.taps, old.kind as previous_kind
          ), aliased as (
            insert into pause_tap (relationship_id, raiser_id, tap_id, pause_id)
            select :relationship::uuid, :member::uuid, :tap::uuid, r.id from raised r
            where r.id <> :tap::uuid and r.taps <= 200
            on conflict do nothing
          ), notified as (
            select m.member_id, 0 as ordinal, :event::uuid as id,
              case when r.previous_kind is null then :raisedType::text
                else :strengthenedType::text end as type,
              :now::timestamptz as occurred_at, :relationship::uuid as relationship_id,
              'pause' as resource_type, r.id as resource_id, true as urgent,
              m.member_id <> :member::uuid as noticed
            from raised r, membership m
            where m.relationship_id = :relationship::uuid and m.left_at is null
            and (r.previous_kind is null or r.previous_kind < r.kind)
          ),\s"""
              + AnnounceSql.FROM_NOTIFIED
              + """
              select r.id, r.kind, r.raised_at, r.received_at, null::timestamptz as ended_at,
                null as end_reason, r.previous_kind,
                (select min(type) from numbered) as event_type,
                (select array_agg(member_id order by member_id) from numbered) as recipients,
                (select array_agg(sequence order by member_id) from numbered) as sequences,
                exists (select from queued) as queued
              from raised r
              union all
              select k.id, k.kind, k.raised_at, k.received_at, k.ended_at, k.end_reason, k.kind,
                null, null, null, false
              from known k, raiser where k.ended_at is not null
              """);

  private PauseSql() {}
}
