-- Guests: a witness or a counsellor in one check-in, with the yes of all who take part. A guest sees its
-- agenda and what each marks for guests, and leaves with it.

-- Proposed by one, invited once all have assented, present once somebody has come with the code. What has
-- ended keeps nothing but that it was proposed.
create table check_in_guest (
  relationship_id uuid        not null,
  check_in_id     uuid        not null,
  id              uuid        not null,
  proposer_id     uuid        not null,
  role            text        not null,
  label           bytea,
  code_hash       bytea,
  proposed_at     timestamptz not null,
  expires_at      timestamptz not null,
  invited_at      timestamptz,
  accepted_at     timestamptz,
  ended_at        timestamptz,
  guest_id        uuid,
  primary key (relationship_id, check_in_id, id),
  foreign key (relationship_id, check_in_id) references check_in on delete cascade,
  check ((guest_id is null) = (accepted_at is null)),
  check (accepted_at is null or (invited_at is not null and code_hash is null)),
  check ((ended_at is null) = (label is not null)),
  check (ended_at is null or (code_hash is null and guest_id is null))
);
-- Not unique: a unique key would have to carry relationship_id. A code has 80 random bits.
create index check_in_guest_by_code on check_in_guest (code_hash) where code_hash is not null;
create index check_in_guest_of_guest on check_in_guest (guest_id) where guest_id is not null;
create index check_in_guest_of_proposer on check_in_guest (proposer_id, expires_at);

-- Who says yes to one. A row of one's own, which no shared row refers to.
create table check_in_guest_assent (
  relationship_id uuid        not null,
  check_in_id     uuid        not null,
  guest_row_id    uuid        not null,
  member_id       uuid        not null,
  assented_at     timestamptz not null,
  primary key (relationship_id, check_in_id, guest_row_id, member_id)
);
create index check_in_guest_assent_of_member on check_in_guest_assent (member_id, assented_at);

-- That guests may read one's own answer, as it was when this was said: what is written anew is another.
create table check_in_guest_mark (
  relationship_id uuid   not null,
  check_in_id     uuid   not null,
  item_id         uuid   not null,
  member_id       uuid   not null,
  changes         bigint not null,
  primary key (relationship_id, check_in_id, item_id, member_id),
  foreign key (relationship_id, check_in_id, item_id, member_id) references check_in_answer
    on delete cascade
);
create index check_in_guest_mark_of_member on check_in_guest_mark (member_id);

alter table check_in_guest enable row level security;
create policy taking_part on check_in_guest for select to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[])
    and visible_check_in(relationship_id, check_in_id));
create policy proposing on check_in_guest for insert to stillpoint_app
  with check (relationship_id = any ((select current_relationships())::uuid[])
    and visible_check_in(relationship_id, check_in_id) and proposer_id = current_member()
    and invited_at is null and accepted_at is null and guest_id is null);
create policy retention on check_in_guest to stillpoint_worker using (current_member() is null);

alter table check_in_guest_assent enable row level security;
create policy own on check_in_guest_assent to stillpoint_app
  using (member_id = current_member()
    and relationship_id = any ((select current_relationships())::uuid[]));
create policy retention on check_in_guest_assent to stillpoint_worker using (current_member() is null);

alter table check_in_guest_mark enable row level security;
create policy own on check_in_guest_mark to stillpoint_app using (member_id = current_member());

-- Whom a guest meets: known to a transaction that has asked for it, and to no other.
create function visited_members() returns uuid[]
  language sql stable
  return nullif(current_setting('app.visited', true), '')::uuid[];

create policy visiting on data_key for select to stillpoint_app
  using (owner_id = any ((select visited_members())::uuid[]));

-- Lets the transaction tell these too, who share no relationship with the caller.
create function reach_also(more uuid[]) returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    select set_config('app.reachable', (reachable_members() || more)::text, true)
    where cardinality(more) > 0;
  end;

-- Invites a guest if all who take part have assented, and says whether it has. It counts them all,
-- whoever they are, so that its work doesn't tell how many have.
create function complete_guest(in_relationship uuid, in_check_in uuid, guest uuid, at timestamptz)
  returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update check_in_guest g set invited_at = at
  from check_in c
  where c.relationship_id = in_relationship and c.id = in_check_in
    and c.relationship_id = any (current_relationships())
    and current_member() = any (c.participant_ids) and c.over_at is null
    and g.relationship_id = c.relationship_id and g.check_in_id = c.id and g.id = guest
    and g.invited_at is null and g.ended_at is null
    and cardinality(c.participant_ids) = (select count(*) from check_in_guest_assent a
      where a.relationship_id = c.relationship_id and a.check_in_id = c.id and a.guest_row_id = g.id
      and a.member_id = any (c.participant_ids));
  return found;
end
$$;

-- The same for guests who aren't invited yet, of every check-in that isn't over, open or not: all are asked
-- for their yes anew, the proposer too.
create or replace function lapse_assents(in_relationship uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    delete from check_in_assent a using check_in_decision d, check_in c
    where c.relationship_id = in_relationship and in_relationship = any (current_relationships())
      and c.over_at is null
      and d.relationship_id = c.relationship_id and d.check_in_id = c.id and d.recorded_at is null
      and a.relationship_id = d.relationship_id and a.check_in_id = d.check_in_id
      and a.decision_id = d.id;
    delete from check_in_guest_assent a using check_in_guest g, check_in c
    where c.relationship_id = in_relationship and in_relationship = any (current_relationships())
      and c.over_at is null
      and g.relationship_id = c.relationship_id and g.check_in_id = c.id and g.invited_at is null
      and a.relationship_id = g.relationship_id and a.check_in_id = g.check_in_id
      and a.guest_row_id = g.id;
  end;

-- Ends one, at once, and says who is to be told: nobody, where nobody had come.
create function end_guest(in_relationship uuid, in_check_in uuid, guest uuid, at timestamptz)
  returns uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  gone uuid;
begin
  update check_in_guest g set ended_at = at, label = null, code_hash = null, guest_id = null,
    accepted_at = null
  where g.relationship_id = in_relationship and g.check_in_id = in_check_in and g.id = guest
    and g.ended_at is null and visible_check_in(g.relationship_id, g.check_in_id)
  returning old.guest_id into gone;
  if gone is not null then
    perform reach_also(array[gone]);
  end if;
  return gone;
end
$$;

-- Who is present in a check-in of the caller's, so that they can be told of it.
create function reach_guests(in_relationship uuid, in_check_in uuid)
  returns table (id uuid, guest_id uuid)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  if not visible_check_in(in_relationship, in_check_in) then
    return;
  end if;
  perform reach_also(array(select g.guest_id from check_in_guest g
    where g.relationship_id = in_relationship and g.check_in_id = in_check_in
    and g.guest_id is not null));
  return query select g.id, g.guest_id from check_in_guest g
    where g.relationship_id = in_relationship and g.check_in_id = in_check_in
    and g.guest_id is not null order by g.id;
end
$$;

-- Whoever leaves has said yes to nobody any more: the guests of all that the leaver took part in go. They
-- are locked as the leaving locks them. Yields whom to tell.
create function leave_guests(in_relationship uuid) returns table (id uuid, guest_id uuid)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  mine uuid[];
  told uuid[];
begin
  if not in_relationship = any (current_relationships()) then
    return;
  end if;
  select array_agg(c.id) into mine from (
    select id from check_in
    where relationship_id = in_relationship and current_member() = any (participant_ids)
    order by id for no key update) c;
  delete from check_in_guest_assent a
  where a.relationship_id = in_relationship and a.member_id = current_member();
  select array_agg(g.guest_id) into told from check_in_guest g
  where g.relationship_id = in_relationship and g.check_in_id = any (mine)
    and g.guest_id is not null;
  perform reach_also(told);
  return query with gone as (
    delete from check_in_guest g
    where g.relationship_id = in_relationship and g.check_in_id = any (mine)
    returning g.id, g.guest_id)
  select id, guest_id from gone where guest_id is not null order by id;
end
$$;

-- Where a code leads, locked before anything else is read: of two who come at once, the second sees the
-- first.
create function find_guest_invitation(by_code bytea) returns table (takes_part boolean)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  return query select current_member() = any (c.participant_ids)
  from check_in c
  where (c.relationship_id, c.id) = (
    select g.relationship_id, g.check_in_id from check_in_guest g where g.code_hash = by_code limit 1)
  for no key update of c;
end
$$;

-- Lets the caller in, if that is still wanted by all, and nobody in the relationship pauses. Yields whom to
-- tell.
create function accept_guest_invitation(
    by_code bytea, at timestamptz, starts_after timestamptz, opened_after timestamptz)
  returns table (relationship_id uuid, check_in_id uuid, id uuid, participants text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query with let_in as (
    update check_in_guest g set guest_id = current_member(), accepted_at = at, code_hash = null
    from check_in c
    where g.code_hash = by_code and g.invited_at is not null and g.expires_at > at
      and c.relationship_id = g.relationship_id and c.id = g.check_in_id
      and c.over_at is null
      and case when c.opened_at is null then c.starts_at >= starts_after
        else c.opened_at >= opened_after end
      and not exists (select from membership m
        where m.relationship_id = g.relationship_id and m.member_id = current_member()
        and m.left_at is null)
      and not exists (select from check_in_guest already
        where already.relationship_id = g.relationship_id and already.check_in_id = g.check_in_id
        and already.guest_id = current_member())
      and not exists (select from pause p
        where p.relationship_id = g.relationship_id and p.ended_at is null)
    returning g.relationship_id, g.check_in_id, g.id, c.participant_ids
  ), reached as (
    select reach_also(participant_ids) from let_in)
  select l.relationship_id, l.check_in_id, l.id, array_to_string(l.participant_ids, ',')
  from let_in l, reached;
end
$$;

-- Whether anybody pauses where the caller has just come: asked again when all who take part are about to be
-- told. A guest is told nothing of it but that the code doesn't work.
create function visit_paused(visit uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select exists (select from check_in_guest g
      join pause p on p.relationship_id = g.relationship_id and p.ended_at is null
      where g.guest_id = current_member() and g.id = visit);
  end;

-- Where the caller is a guest now: not after the end of a check-in, by hand or by time.
create function visited_guests(starts_after timestamptz, opened_after timestamptz)
  returns table (relationship_id uuid, check_in_id uuid, id uuid)
  language sql stable security definer rows 10 set search_path = public, pg_temp
  begin atomic
    select g.relationship_id, g.check_in_id, g.id
    from check_in_guest g
    join check_in c on c.relationship_id = g.relationship_id and c.id = g.check_in_id
    where g.guest_id = current_member() and c.over_at is null
      and case when c.opened_at is null then c.starts_at >= starts_after
        else c.opened_at >= opened_after end;
  end;

-- What a guest sees of these. From here on the transaction opens what those who take part have written.
create function visit_check_ins(starts_after timestamptz, opened_after timestamptz)
  returns table (id uuid, relationship_id uuid, check_in_id uuid, role text, accepted_at timestamptz,
    starts_at timestamptz, opened boolean, template_id text, template_version integer,
    participants text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  perform set_config('app.visited', coalesce((
    select array_agg(distinct p.id)
    from visited_guests(starts_after, opened_after) v
    join check_in c on c.relationship_id = v.relationship_id and c.id = v.check_in_id
    cross join unnest(c.participant_ids) as p (id)), '{}')::text, true);
  return query select v.id, v.relationship_id, v.check_in_id, g.role, g.accepted_at, c.starts_at,
    c.opened_at is not null, c.template_id, c.template_version,
    array_to_string(c.participant_ids, ',')
  from visited_guests(starts_after, opened_after) v
  join check_in_guest g on g.relationship_id = v.relationship_id and g.check_in_id = v.check_in_id
    and g.id = v.id
  join check_in c on c.relationship_id = v.relationship_id and c.id = v.check_in_id;
end
$$;

-- Their items, with the words of an author, wherever these are.
create function visited_items(starts_after timestamptz, opened_after timestamptz, visits uuid[])
  returns table (relationship_id uuid, check_in_id uuid, id uuid, "position" smallint,
    seconds integer, turns boolean, answers text, template_item text, author_id uuid, words bytea,
    series_item_id uuid, revealed_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select i.relationship_id, i.check_in_id, i.id, i.position, i.seconds, i.turns, i.answers,
      i.template_item, coalesce(s.author_id, i.author_id), coalesce(s.words, i.words),
      i.series_item_id, i.revealed_at
    from visited_guests(starts_after, opened_after) v
    join check_in_item i on i.relationship_id = v.relationship_id and i.check_in_id = v.check_in_id
    left join check_in_series_item s on s.relationship_id = i.relationship_id
      and s.id = i.series_item_id
    where v.id = any (visits);
  end;

-- Their answers: what its author has marked, as it reads now, and all who take part can read.
create function visited_answers(starts_after timestamptz, opened_after timestamptz, visits uuid[])
  returns setof check_in_answer
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select a.*
    from visited_guests(starts_after, opened_after) v
    join check_in c on c.relationship_id = v.relationship_id and c.id = v.check_in_id
    join check_in_item i on i.relationship_id = v.relationship_id and i.check_in_id = v.check_in_id
    join check_in_answer a on a.relationship_id = i.relationship_id and a.check_in_id = i.check_in_id
      and a.item_id = i.id
    join check_in_guest_mark m on m.relationship_id = a.relationship_id
      and m.check_in_id = a.check_in_id and m.item_id = a.item_id and m.member_id = a.member_id
      and m.changes = a.changes
    where v.id = any (visits)
      and (i.answers = 'OPEN' or i.revealed_at is not null)
      and a.submitted_at is not null and not a.only_for_me
      and a.member_id = any (c.participant_ids);
  end;

-- What those who take part are called.
create function visited_members(starts_after timestamptz, opened_after timestamptz, visits uuid[])
  returns table (id uuid, display_name bytea, words_version bigint)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select m.id, m.display_name, m.words_version from member m where m.id in (
      select p.id
      from visited_guests(starts_after, opened_after) v
      join check_in c on c.relationship_id = v.relationship_id and c.id = v.check_in_id
      cross join unnest(c.participant_ids) as p (id)
      where v.id = any (visits));
  end;

-- A guest leaves. Locked like all that changes a guest; yields whom to tell.
create function leave_visit(
    visit uuid, at timestamptz, starts_after timestamptz, opened_after timestamptz)
  returns table (relationship_id uuid, check_in_id uuid, participants text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  perform from check_in c
  where (c.relationship_id, c.id) = (select v.relationship_id, v.check_in_id
    from visited_guests(starts_after, opened_after) v where v.id = visit)
  for no key update;
  return query with gone as (
    update check_in_guest g set ended_at = at, label = null, code_hash = null, guest_id = null,
      accepted_at = null
    from visited_guests(starts_after, opened_after) v
    join check_in c on c.relationship_id = v.relationship_id and c.id = v.check_in_id
    where v.id = visit and g.relationship_id = v.relationship_id and g.check_in_id = v.check_in_id
      and g.id = v.id and g.ended_at is null
    returning c.relationship_id, c.id as check_in_id, c.participant_ids
  ), reached as (
    select reach_also(participant_ids) from gone)
  select l.relationship_id, l.check_in_id, array_to_string(l.participant_ids, ',')
  from gone l, reached;
end
$$;

create function forget_guests(gone uuid) returns void
  language sql volatile set search_path = public, pg_temp
  begin atomic
    delete from check_in_guest where proposer_id = gone;
    delete from check_in_guest_assent where member_id = gone;
    delete from check_in_guest_mark where member_id = gone;
    update check_in_guest set ended_at = coalesce(ended_at, accepted_at), label = null,
      code_hash = null, guest_id = null, accepted_at = null
    where guest_id = gone;
  end;

-- All that is a member's alone, with what is new here.
create or replace function forget_member(gone uuid) returns void
  language sql volatile set search_path = public, pg_temp
  begin atomic
    select forget_events(gone);
    select forget_login(gone);
    select forget_relationships(gone);
    select forget_pauses(gone);
    select forget_agreements(gone);
    select forget_guests(gone);
    select forget_check_ins(gone);
    select forget_calendars(gone);
    delete from data_key where owner_id = gone;
    update retention set notice_payload_hours = null, access_log_days = null,
      check_in_answer_days = null where member_id = gone;
  end;

-- Participants see that a guest is present, and never who came.
grant select (relationship_id, check_in_id, id, proposer_id, role, label, code_hash, proposed_at,
    expires_at, invited_at, accepted_at, ended_at),
  insert (relationship_id, check_in_id, id, proposer_id, role, label, code_hash, proposed_at, expires_at)
  on check_in_guest to stillpoint_app;
grant select, insert, delete on check_in_guest_assent to stillpoint_app;
grant select, insert, update (changes), delete on check_in_guest_mark to stillpoint_app;
grant select (relationship_id, check_in_id, id, proposer_id, expires_at, accepted_at), delete
  on check_in_guest to stillpoint_worker;
grant select (relationship_id, check_in_id, guest_row_id, member_id, assented_at), delete
  on check_in_guest_assent to stillpoint_worker;

revoke execute on function reach_also(uuid[]), complete_guest(uuid, uuid, uuid, timestamptz),
  end_guest(uuid, uuid, uuid, timestamptz), reach_guests(uuid, uuid), leave_guests(uuid),
  find_guest_invitation(bytea),
  accept_guest_invitation(bytea, timestamptz, timestamptz, timestamptz), visit_paused(uuid),
  visited_guests(timestamptz, timestamptz), visit_check_ins(timestamptz, timestamptz),
  visited_items(timestamptz, timestamptz, uuid[]), visited_answers(timestamptz, timestamptz, uuid[]),
  visited_members(timestamptz, timestamptz, uuid[]),
  leave_visit(uuid, timestamptz, timestamptz, timestamptz), forget_guests(uuid) from public;
grant execute on function complete_guest(uuid, uuid, uuid, timestamptz),
  end_guest(uuid, uuid, uuid, timestamptz), reach_guests(uuid, uuid), leave_guests(uuid),
  find_guest_invitation(bytea),
  accept_guest_invitation(bytea, timestamptz, timestamptz, timestamptz), visit_paused(uuid),
  visit_check_ins(timestamptz, timestamptz),
  visited_items(timestamptz, timestamptz, uuid[]), visited_answers(timestamptz, timestamptz, uuid[]),
  visited_members(timestamptz, timestamptz, uuid[]),
  leave_visit(uuid, timestamptz, timestamptz, timestamptz) to stillpoint_app;
