-- Series: check-ins that come again by a rule. Each occurrence is a check-in like any other, made ahead by
-- a job, once: what is before next_start is never made again, whatever became of it.

-- When it comes is local: a start in its zone, and a rule (RFC 5545) that ends with the start at last_at.
-- next_start is the first occurrence that is still to be made, at next_at; null when all are. ended_by is
-- who ended it by hand, and shown to nobody.
create table check_in_series (
  relationship_id  uuid        not null references relationship,
  id               uuid        not null,
  created_by       uuid,
  participant_ids  uuid[]      not null,
  template_id      text,
  template_version integer,
  local_start      timestamp   not null,
  time_zone        text        not null,
  rule             text        not null,
  last_at          timestamptz not null,
  created_at       timestamptz not null,
  next_start       timestamp,
  next_at          timestamptz,
  ended_at         timestamptz,
  ended_by         uuid,
  primary key (relationship_id, id),
  check ((template_id is null) = (template_version is null)),
  check ((next_start is null) = (next_at is null))
);
create index check_in_series_due on check_in_series (next_at, id)
  where ended_at is null and next_at is not null;
create index check_in_series_of_creator on check_in_series (created_by);

-- What each of its check-ins is about. An author's words are here alone, sealed once.
create table check_in_series_item (
  relationship_id uuid     not null,
  series_id       uuid     not null,
  id              uuid     not null,
  position        smallint not null,
  seconds         integer  not null check (seconds between 60 and 3600),
  turns           boolean  not null,
  answers         text     not null check (answers in ('SEALED', 'OPEN', 'PRIVATE')),
  template_item   text,
  author_id       uuid,
  words           bytea,
  primary key (relationship_id, id),
  foreign key (relationship_id, series_id) references check_in_series on delete cascade,
  check (template_item is null or words is null),
  check ((author_id is null) = (words is null))
);
create index check_in_series_item_of_series on check_in_series_item (relationship_id, series_id);
create index check_in_series_item_of_author on check_in_series_item (author_id)
  where author_id is not null;

-- Of which series it is, and for which of its local starts. The series stays as long as any of these.
alter table check_in add series_id uuid, add original_start timestamp,
  add check ((series_id is null) = (original_start is null)),
  add unique (relationship_id, series_id, original_start);

-- Where its author's words are, when they are a series'.
alter table check_in_item add series_item_id uuid,
  add check (series_item_id is null or (template_item is null and words is null));

alter table check_in_series enable row level security;
create policy taking_part on check_in_series for select to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[])
    and current_member() = any (participant_ids));
create policy changing on check_in_series for update to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[])
    and current_member() = any (participant_ids));
create policy creating on check_in_series for insert to stillpoint_app
  with check (relationship_id = any ((select current_relationships())::uuid[])
    and current_member() = any (participant_ids) and created_by = current_member());
create policy work on check_in_series to stillpoint_worker using (current_member() is null);

-- What belongs to a series is seen by whoever takes part in it.
create function visible_check_in_series(in_relationship uuid, in_series uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select exists (select from check_in_series s
      where s.relationship_id = in_relationship and s.id = in_series
      and s.relationship_id = any (current_relationships())
      and current_member() = any (s.participant_ids));
  end;

alter table check_in_series_item enable row level security;
create policy taking_part on check_in_series_item for select to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[])
    and visible_check_in_series(relationship_id, series_id));
create policy creating on check_in_series_item for insert to stillpoint_app
  with check (relationship_id = any ((select current_relationships())::uuid[])
    and visible_check_in_series(relationship_id, series_id));
create policy work on check_in_series_item for select to stillpoint_worker
  using (current_member() is null);

create policy making on check_in_item for insert to stillpoint_worker
  with check (current_member() is null and words is null and author_id is null);

-- Makes these occurrences of a series that goes on, and says which is the next. Those that are there stay
-- as they are. Done with the rights of whoever calls it: its creator, or the job.
create function make_occurrences(in_relationship uuid, in_series uuid, original_starts timestamp[],
    starts timestamptz[], upcoming_start timestamp, upcoming_at timestamptz, at timestamptz)
  returns void
  language plpgsql volatile set search_path = public, pg_temp as $$
declare
  made uuid[];
begin
  with occurrence as (
    insert into check_in (relationship_id, id, created_by, participant_ids, template_id,
      template_version, starts_at, created_at, series_id, original_start)
    select s.relationship_id, uuidv7(), s.created_by, s.participant_ids, s.template_id,
      s.template_version, o.starts_at, at, s.id, o.original_start
    from check_in_series s, unnest(original_starts, starts) as o (original_start, starts_at)
    where s.relationship_id = in_relationship and s.id = in_series and s.ended_at is null
    on conflict (relationship_id, series_id, original_start) do nothing
    returning id)
  select array_agg(id) into made from occurrence;
  insert into check_in_item (relationship_id, check_in_id, id, position, seconds, turns, answers,
    template_item, series_item_id)
  select i.relationship_id, m.id, uuidv7(), i.position, i.seconds, i.turns, i.answers,
    i.template_item, case when i.template_item is null then i.id end
  from unnest(made) as m (id), check_in_series_item i
  where i.relationship_id = in_relationship and i.series_id = in_series;
  update check_in_series s set next_start = upcoming_start, next_at = upcoming_at
  where s.relationship_id = in_relationship and s.id = in_series and s.ended_at is null;
end
$$;

-- A series is for all who take part, so that it ends when one of them leaves, with what of it hasn't
-- opened. The leaver's words go. Yields what has ended, and for whom.
create function leave_check_in_series(
    in_relationship uuid, at timestamptz, starts_after timestamptz)
  returns table (series_id uuid, participants uuid[])
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  mine uuid[];
begin
  if not in_relationship = any (current_relationships()) then
    return;
  end if;
  -- The job makes nothing of them from here on.
  select array_agg(s.id) into mine from (
    select id from check_in_series
    where relationship_id = in_relationship and current_member() = any (participant_ids)
    order by id for no key update) s;
  update check_in_series_item i set words = null, author_id = null
  where i.relationship_id = in_relationship and i.author_id = current_member();
  update check_in c set skipped_at = at
  from check_in_series s
  where s.relationship_id = in_relationship and s.id = any (mine) and s.ended_at is null
    and c.relationship_id = s.relationship_id and c.series_id = s.id
    and c.opened_at is null and c.over_at is null and c.starts_at >= starts_after;
  return query with changed as (
    update check_in_series s set
      ended_at = coalesce(s.ended_at, at),
      ended_by = nullif(s.ended_by, current_member()),
      participant_ids = array_remove(s.participant_ids, current_member()),
      created_by = case when s.created_by = current_member()
        then (array_remove(s.participant_ids, current_member()))[1] else s.created_by end
    where s.relationship_id = in_relationship and s.id = any (mine)
    returning s.id, s.participant_ids as rest, old.ended_at is null and s.last_at >= starts_after as ended
  )
  select id, rest from changed where ended;
  delete from check_in_series s
  where s.relationship_id = in_relationship and cardinality(s.participant_ids) = 0;
end
$$;

create or replace function forget_check_ins(gone uuid) returns void
  language sql volatile set search_path = public, pg_temp
  begin atomic
    delete from check_in_answer where member_id = gone;
    delete from check_in_readiness where member_id = gone;
    update check_in_item set words = null, author_id = null where author_id = gone;
    update check_in_series_item set words = null, author_id = null where author_id = gone;
  end;

grant select, insert on check_in_series, check_in_series_item to stillpoint_app;
grant update (next_start, next_at, ended_at, ended_by) on check_in_series to stillpoint_app;
grant select (relationship_id, id, created_by, participant_ids, template_id, template_version,
    local_start, time_zone, rule, last_at, next_start, next_at, ended_at),
  update (next_start, next_at), delete on check_in_series to stillpoint_worker;
grant select (relationship_id, series_id, id, position, seconds, turns, answers, template_item)
  on check_in_series_item to stillpoint_worker;
grant select (series_id, original_start), insert (relationship_id, id, created_by, participant_ids,
    template_id, template_version, starts_at, created_at, series_id, original_start)
  on check_in to stillpoint_worker;
grant insert (relationship_id, check_in_id, id, position, seconds, turns, answers, template_item,
    series_item_id) on check_in_item to stillpoint_worker;

revoke execute on function visible_check_in_series(uuid, uuid),
  make_occurrences(uuid, uuid, timestamp[], timestamptz[], timestamp, timestamptz, timestamptz),
  leave_check_in_series(uuid, timestamptz, timestamptz) from public;
grant execute on function visible_check_in_series(uuid, uuid),
  leave_check_in_series(uuid, timestamptz, timestamptz) to stillpoint_app;
grant execute on function
  make_occurrences(uuid, uuid, timestamp[], timestamptz[], timestamp, timestamptz, timestamptz)
  to stillpoint_app, stillpoint_worker;
