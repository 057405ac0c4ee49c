-- How far an open check-in is: the item that is talked about, the time that it has taken, and whose turn
-- it is. All of it is written over as the talk goes on, so that nobody's speaking times add up.

-- running_since: since when the clock of the item runs; it stands at a pause, whose rows say when. spent is
-- what it had run before. spoken_ids: who has had a turn in this round of the item. turn_from: what of the
-- item was spent when the turn began.
alter table check_in
  add item_id       uuid,
  add running_since timestamptz,
  add spent_millis  bigint   not null default 0,
  add goes_on       boolean  not null default false,
  add spoken_ids    uuid[]   not null default '{}',
  add speaker_id    uuid,
  add turn_state    text     check (turn_state in ('SPEAKING', 'REFLECTING')),
  add turn_from     bigint   not null default 0,
  add not_yets      smallint not null default 0,
  add check (item_id is not null or (running_since is null and speaker_id is null)),
  add check ((speaker_id is null) = (turn_state is null));

grant update (item_id, running_since, spent_millis, goes_on, spoken_ids, speaker_id, turn_state, turn_from,
  not_yets) on check_in to stillpoint_app;

-- A pause has ended: what it held begins again once all are ready anew, also where whoever had paused
-- takes no part. The item's clock has stood since the first of the pauses that were active just now; what
-- came in a moment before the clock began has stopped it at its beginning.
drop function hold_check_ins(uuid, timestamptz);
create function hold_check_ins(in_relationship uuid, paused_since timestamptz, at timestamptz) returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    with held as (
      select c.id from check_in c
      where c.relationship_id = in_relationship and in_relationship = any (current_relationships())
        and c.opened_at is not null and c.over_at is null
      order by c.id for no key update)
    update check_in c set held_at = at, ready_round = c.ready_round + 1, goes_on = false,
      spent_millis = c.spent_millis + coalesce(floor(1000 * extract(epoch from
        greatest(paused_since, c.running_since) - c.running_since)), 0)::bigint,
      running_since = null
    from held h where c.relationship_id = in_relationship and c.id = h.id;
  end;

-- As before; and where a talk ends by it, it is no longer told how far it was.
create or replace function leave_check_ins(
    in_relationship uuid, at timestamptz, starts_after timestamptz, opened_after timestamptz)
  returns table (check_in_id uuid, participants uuid[])
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  if not in_relationship = any (current_relationships()) then
    return;
  end if;
  update check_in_item i set words = null, author_id = null
  where i.relationship_id = in_relationship and i.author_id = current_member();
  delete from check_in_readiness r
  where r.relationship_id = in_relationship and r.member_id = current_member();
  return query with mine as (
    select c.id, c.opened_at,
      c.over_at is null and case when c.opened_at is null then c.starts_at >= starts_after
        else c.opened_at >= opened_after end as going,
      array_remove(c.participant_ids, current_member()) as rest
    from check_in c
    where c.relationship_id = in_relationship and current_member() = any (c.participant_ids)
    order by c.id for no key update
  ), changed as (
    update check_in c set
      participant_ids = m.rest,
      created_by = case when c.created_by = current_member() then m.rest[1] else c.created_by end,
      over_by = nullif(c.over_by, current_member()),
      closed_at = case when m.going and m.opened_at is not null then at else c.closed_at end,
      skipped_at = case when m.going and m.opened_at is null and cardinality(m.rest) < 2
        then at else c.skipped_at end,
      item_id = null, running_since = null, spent_millis = 0, goes_on = false, spoken_ids = '{}',
      speaker_id = null, turn_state = null, turn_from = 0, not_yets = 0
    from mine m where c.relationship_id = in_relationship and c.id = m.id
    returning c.id, m.going and c.over_at is not null as ended, m.rest
  )
  select id, rest from changed where ended;
  delete from check_in c
  where c.relationship_id = in_relationship and cardinality(c.participant_ids) = 0;
end
$$;

revoke execute on function hold_check_ins(uuid, timestamptz, timestamptz) from public;
grant execute on function hold_check_ins(uuid, timestamptz, timestamptz) to stillpoint_app;
