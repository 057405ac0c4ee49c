-- Practitioners, and what members let them read. Access is no stored state: at every read it follows from
-- who belongs now, from what each has said yes to, and from the time, so that a new member, a changed
-- profile or the last day stops it without anything having to be done.

-- What a practitioner says of themself. `edition` is new with each change of it but the languages: a yes is
-- to an edition. One code at a time leads to it, the same for all who come, until it expires.
create table practitioner (
  member_id        uuid        primary key references member,
  edition          uuid        not null,
  display_name     bytea       not null,
  work             bytea       not null,
  secrets_policy   text        not null,
  policy_text      bytea       not null,
  languages        text[]      not null,
  registered_at    timestamptz not null,
  code_hash        bytea,
  code_client_id   text,
  code_expires_at  timestamptz,
  verified_edition uuid,
  check (num_nonnulls(code_hash, code_client_id, code_expires_at) in (0, 3))
);
create index practitioner_by_code on practitioner (code_hash) where code_hash is not null;

-- Asked of all members of a relationship; begun once all have said yes. It reads through the app with which
-- the practitioner's code was made. `completed_at` is when all had said yes last.
create table shared_grant (
  relationship_id uuid        not null references relationship,
  id              uuid        not null,
  practitioner_id uuid        not null,
  client_id       text        not null,
  scopes          text[]      not null,
  lasts_days      smallint    not null check (lasts_days between 7 and 90),
  requested_by    uuid,
  requested_at    timestamptz not null,
  expires_at      timestamptz not null,
  began_at        timestamptz,
  completed_at    timestamptz,
  ended_at        timestamptz,
  primary key (relationship_id, id),
  check ((began_at is null) = (completed_at is null))
);
create index shared_grant_of_practitioner on shared_grant (practitioner_id, requested_at);
create index shared_grant_of_requester on shared_grant (requested_by, requested_at);

-- Whose yes is to which edition. Nobody but its member sees a row; `since` stays through renewals.
create table shared_grant_assent (
  relationship_id uuid        not null,
  grant_id        uuid        not null,
  member_id       uuid        not null,
  edition         uuid        not null,
  since           timestamptz not null,
  assented_at     timestamptz not null,
  primary key (relationship_id, grant_id, member_id),
  foreign key (relationship_id, grant_id) references shared_grant on delete cascade
);
create index shared_grant_assent_of_member on shared_grant_assent (member_id);

-- Of one member's own things, for nobody else to see.
create table self_grant (
  member_id       uuid        not null,
  id              uuid        not null,
  practitioner_id uuid        not null,
  client_id       text        not null,
  scopes          text[]      not null,
  lasts_days      smallint    not null check (lasts_days between 7 and 90),
  edition         uuid        not null,
  began_at        timestamptz not null,
  expires_at      timestamptz not null,
  ended_at        timestamptz,
  primary key (member_id, id)
);
create index self_grant_of_practitioner on self_grant (practitioner_id);

-- A copy of a reflection for a practitioner, under a grant: of a relationship, or of the author's own.
create table practice_snapshot (
  member_id       uuid        not null,
  id              uuid        not null,
  reflection_id   uuid        not null,
  relationship_id uuid,
  grant_id        uuid        not null,
  words           bytea       not null,
  taken_at        timestamptz not null,
  primary key (member_id, id),
  foreign key (member_id, reflection_id) references reflection on delete cascade
);
create index practice_snapshot_of_reflection on practice_snapshot (member_id, reflection_id, taken_at);
create index practice_snapshot_of_grant on practice_snapshot (grant_id, member_id, taken_at);

-- That a practitioner may read one's own answer, as it was when this was said: what is written anew is
-- another.
create table check_in_practice_mark (
  relationship_id uuid        not null,
  check_in_id     uuid        not null,
  item_id         uuid        not null,
  member_id       uuid        not null,
  grant_id        uuid        not null,
  changes         bigint      not null,
  marked_at       timestamptz not null,
  primary key (relationship_id, check_in_id, item_id, member_id, grant_id),
  foreign key (relationship_id, check_in_id, item_id, member_id) references check_in_answer
    on delete cascade
);
create index check_in_practice_mark_of_grant on check_in_practice_mark (grant_id, member_id);

-- A prompt of the catalogue that a practitioner gives a member to think about. Hidden by the member, the row
-- stays, so that the same one doesn't come again.
create table prompt_assignment (
  member_id       uuid        not null,
  grant_id        uuid        not null,
  id              uuid        not null,
  practitioner_id uuid        not null,
  prompt          bytea       not null,
  assigned_at     timestamptz not null,
  hidden_at       timestamptz,
  primary key (member_id, grant_id, id)
);
create index prompt_assignment_of_grant on prompt_assignment (grant_id);

-- What a practitioner proposes to talk about. Nothing refers to it: what members make of it is theirs.
create table agenda_proposal (
  relationship_id uuid        not null references relationship,
  grant_id        uuid        not null,
  id              uuid        not null,
  practitioner_id uuid        not null,
  words           bytea       not null,
  proposed_at     timestamptz not null,
  primary key (relationship_id, grant_id, id)
);
create index agenda_proposal_of_practitioner on agenda_proposal (practitioner_id, proposed_at);
create index agenda_proposal_of_grant on agenda_proposal (grant_id, proposed_at);

-- A guest who is the practitioner of a grant: comes without a code, and only while the grant stands.
alter table check_in_guest add grant_id uuid;
create index check_in_guest_of_grant on check_in_guest (grant_id) where grant_id is not null;

alter table practitioner enable row level security;
create policy own on practitioner to stillpoint_app using (member_id = current_member());

alter table shared_grant enable row level security;
create policy members on shared_grant for select to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[]));
create policy asking on shared_grant for insert to stillpoint_app
  with check (relationship_id = any ((select current_relationships())::uuid[])
    and requested_by = current_member() and began_at is null and ended_at is null);
create policy retention on shared_grant to stillpoint_worker using (current_member() is null);

alter table shared_grant_assent enable row level security;
create policy own on shared_grant_assent to stillpoint_app using (member_id = current_member());

alter table self_grant enable row level security;
create policy own on self_grant to stillpoint_app using (member_id = current_member());
create policy retention on self_grant to stillpoint_worker using (current_member() is null);

alter table practice_snapshot enable row level security;
create policy own on practice_snapshot to stillpoint_app using (member_id = current_member());
create policy retention on practice_snapshot to stillpoint_worker using (current_member() is null);

alter table check_in_practice_mark enable row level security;
create policy own on check_in_practice_mark to stillpoint_app using (member_id = current_member());

create policy retention on check_in_practice_mark to stillpoint_worker
  using (current_member() is null);

alter table prompt_assignment enable row level security;
create policy own on prompt_assignment to stillpoint_app using (member_id = current_member());
create policy retention on prompt_assignment to stillpoint_worker using (current_member() is null);

alter table agenda_proposal enable row level security;
create policy members on agenda_proposal for select to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[]));
create policy own on agenda_proposal for select to stillpoint_app
  using (practitioner_id = current_member());
create policy retention on agenda_proposal to stillpoint_worker using (current_member() is null);

-- Whether all who belong now have said yes to who the practitioner is now, and the practitioner isn't one of
-- them. That it expires is for whoever asks.
create function stands(g shared_grant) returns boolean
  language sql stable set search_path = public, pg_temp
  begin atomic
    select g.began_at is not null and g.ended_at is null
      and exists (select from practitioner p
        where p.member_id = g.practitioner_id
        and not exists (select from membership m
          where m.relationship_id = g.relationship_id and m.left_at is null
          and (m.member_id = g.practitioner_id
            or not exists (select from shared_grant_assent a
              where a.relationship_id = g.relationship_id and a.grant_id = g.id
              and a.member_id = m.member_id and a.edition = p.edition))));
  end;

-- The same for what one member gives: nothing to whoever shares a relationship with that member.
create function stands(g self_grant) returns boolean
  language sql stable set search_path = public, pg_temp
  begin atomic
    select g.ended_at is null
      and exists (select from practitioner p
        where p.member_id = g.practitioner_id and p.edition = g.edition)
      and not exists (select from membership own
        join membership other on other.relationship_id = own.relationship_id
        where own.member_id = g.member_id and own.left_at is null
        and other.member_id = g.practitioner_id and other.left_at is null);
  end;

create function belongs_to(in_relationship uuid) returns boolean
  language sql stable set search_path = public, pg_temp
  begin atomic
    select exists (select from membership m
      where m.relationship_id = in_relationship and m.member_id = current_member()
      and m.left_at is null);
  end;

-- Which grants of a relationship of the caller's stand, as far as they haven't expired.
create function standing_grants_of(in_relationship uuid) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select g.id from shared_grant g
    where g.relationship_id = in_relationship and belongs_to(in_relationship) and stands(g);
  end;

-- What the caller may read as a practitioner, through this app.
create function standing_grants(by_client text, at timestamptz)
  returns table (id uuid, relationship_id uuid, members uuid[], scopes text[], began_at timestamptz,
    expires_at timestamptz)
  language sql stable security definer rows 20 set search_path = public, pg_temp
  begin atomic
    select g.id, g.relationship_id, array(select m.member_id from membership m
        where m.relationship_id = g.relationship_id and m.left_at is null
        order by m.joined_at, m.member_id),
      g.scopes, g.began_at, g.expires_at
    from shared_grant g
    where g.practitioner_id = current_member() and g.client_id = by_client and g.expires_at > at
      and stands(g)
    union all
    select g.id, null, array[g.member_id], g.scopes, g.began_at, g.expires_at
    from self_grant g
    where g.practitioner_id = current_member() and g.client_id = by_client and g.expires_at > at
      and stands(g);
  end;

-- The list of a practice tool.
create function practice_grants(by_client text, at timestamptz)
  returns table (id uuid, relationship_id uuid, members text, scopes text, began_at timestamptz,
    expires_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select g.id, g.relationship_id, array_to_string(g.members, ','), array_to_string(g.scopes, ','),
      g.began_at, g.expires_at
    from standing_grants(by_client, at) g;
  end;

-- The one way to what a grant lets read, and it leaves its line in the access log of those whose things are
-- read: of one member, or of all. The grant is locked, so that once its end is told nobody reads any more.
-- From here on the transaction opens what these members have written.
create function open_grant(in_grant uuid, by_client text, in_scope text, of_member uuid, in_kind text,
    log_id uuid, at timestamptz)
  returns table (relationship_id uuid, members text, scopes text, began_at timestamptz,
    expires_at timestamptz)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  opened record;
begin
  perform from shared_grant g
  where g.practitioner_id = current_member() and g.id = in_grant for share;
  perform from self_grant g
  where g.practitioner_id = current_member() and g.id = in_grant for share;
  select g.* into opened from standing_grants(by_client, at) g
  where g.id = in_grant and (in_scope is null or in_scope = any (g.scopes))
    and (of_member is null or of_member = any (g.members));
  if not found then
    return;
  end if;
  perform set_config('app.visited',
    array_remove(opened.members || opened.relationship_id, null)::text, true);
  perform set_config('app.opened_grant', in_grant::text, true);
  insert into access_log (member_id, id, occurred_at, hourly, kind, client_id, resource_id)
  select m.id, log_id, at, false, in_kind, by_client, in_grant
  from unnest(opened.members) as m (id)
  where of_member is null or m.id = of_member;
  return query select opened.relationship_id, array_to_string(opened.members, ','),
    array_to_string(opened.scopes, ','), opened.began_at, opened.expires_at;
end
$$;

-- What the members of a grant are called.
create function practice_members(in_grant uuid, by_client text, at timestamptz)
  returns table (id uuid, display_name bytea, words_version bigint)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select m.id, m.display_name, m.words_version
    from standing_grants(by_client, at) g join member m on m.id = any (g.members)
    where g.id = in_grant;
  end;

-- Their pauses: none from before the grant, and none from before its raiser's own yes.
create function practice_pauses(in_grant uuid, by_client text, at timestamptz) returns setof pause
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select p.*
    from standing_grants(by_client, at) g
    join shared_grant_assent a on a.relationship_id = g.relationship_id and a.grant_id = g.id
      and a.member_id = any (g.members)
    join pause p on p.relationship_id = g.relationship_id and p.raiser_id = a.member_id
      and p.received_at >= greatest(g.began_at, a.since)
    where g.id = in_grant and 'PAUSES' = any (g.scopes)
    union all
    select p.*
    from standing_grants(by_client, at) g
    join membership m on m.member_id = any (g.members)
    join pause p on p.relationship_id = m.relationship_id and p.raiser_id = m.member_id
      and p.received_at >= g.began_at
    where g.id = in_grant and g.relationship_id is null and 'PAUSES' = any (g.scopes);
  end;

-- The copies of one of them.
create function practice_snapshots(in_grant uuid, by_client text, of_member uuid, at timestamptz)
  returns setof practice_snapshot
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select s.*
    from standing_grants(by_client, at) g
    join practice_snapshot s on s.grant_id = g.id and s.member_id = of_member
      and s.relationship_id is not distinct from g.relationship_id
    where g.id = in_grant and of_member = any (g.members) and 'SNAPSHOTS' = any (g.scopes);
  end;

-- What all of them have agreed and is in force, as far as its own text doesn't say otherwise.
create function practice_terms(in_grant uuid, by_client text, at timestamptz) returns setof term
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select t.*
    from standing_grants(by_client, at) g
    join agreement a on a.relationship_id = g.relationship_id and a.kind = 'AGREEMENT'
      and a.member_ids @> g.members and a.member_ids <@ g.members
    join term t on t.relationship_id = a.relationship_id and t.agreement_id = a.id
    where g.id = in_grant and 'AGREEMENTS' = any (g.scopes)
      and t.agreed_at is not null and t.active_at <= at and not t.removal and t.ended_at is null
      and t.cancelled_at is null and coalesce(t.replaced_at, 'infinity') > at;
  end;

-- The check-ins in which all of them take part: others of a relationship don't learn of one by this.
create function practice_check_ins(in_grant uuid, by_client text, at timestamptz)
  returns setof check_in
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select c.*
    from standing_grants(by_client, at) g
    join check_in c on c.relationship_id = g.relationship_id
      and c.participant_ids @> g.members and c.participant_ids <@ g.members
    where g.id = in_grant and 'CHECK_IN_AGENDAS' = any (g.scopes)
      and coalesce(c.over_at, c.opened_at + interval '7 days', c.starts_at + interval '24 hours')
        >= g.began_at;
  end;

-- Their items, with the words of an author, wherever these are.
create function practice_items(in_grant uuid, by_client text, check_ins uuid[], at timestamptz)
  returns table (relationship_id uuid, check_in_id uuid, id uuid, "position" smallint,
    seconds integer, turns boolean, answers text, template_item text, author_id uuid, words bytea,
    series_item_id uuid, revealed_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select i.relationship_id, i.check_in_id, i.id, i.position, i.seconds, i.turns, i.answers,
      i.template_item, coalesce(s.author_id, i.author_id), coalesce(s.words, i.words),
      i.series_item_id, i.revealed_at
    from practice_check_ins(in_grant, by_client, at) c
    join check_in_item i on i.relationship_id = c.relationship_id and i.check_in_id = c.id
    left join check_in_series_item s on s.relationship_id = i.relationship_id
      and s.id = i.series_item_id
    where c.id = any (check_ins);
  end;

-- The answers of one of them that this one has marked, as they read now, and all who take part can read.
create function practice_answers(in_grant uuid, by_client text, of_member uuid, at timestamptz)
  returns setof check_in_answer
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select a.*
    from standing_grants(by_client, at) g
    join check_in_practice_mark m on m.grant_id = g.id and m.member_id = of_member
    join check_in_item i on i.relationship_id = m.relationship_id and i.check_in_id = m.check_in_id
      and i.id = m.item_id
    join check_in_answer a on a.relationship_id = m.relationship_id and a.check_in_id = m.check_in_id
      and a.item_id = m.item_id and a.member_id = m.member_id and a.changes = m.changes
    where g.id = in_grant and of_member = any (g.members) and 'MARKED_ANSWERS' = any (g.scopes)
      and (i.answers = 'OPEN' or i.revealed_at is not null)
      and a.submitted_at is not null and not a.only_for_me;
  end;

-- Since when each of them is there to read, and of which item of which template it is: no words of whoever
-- has asked.
create function practice_answered(in_grant uuid, by_client text, of_member uuid, at timestamptz)
  returns table (item_id uuid, template_id text, template_version integer, template_item text,
    shared_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select a.item_id, case when i.template_item is not null then c.template_id end,
      case when i.template_item is not null then c.template_version end, i.template_item,
      greatest(m.marked_at, a.submitted_at, i.revealed_at)
    from practice_answers(in_grant, by_client, of_member, at) a
    join check_in_practice_mark m on m.relationship_id = a.relationship_id
      and m.check_in_id = a.check_in_id and m.item_id = a.item_id and m.member_id = a.member_id
      and m.grant_id = in_grant
    join check_in c on c.relationship_id = a.relationship_id and c.id = a.check_in_id
    join check_in_item i on i.relationship_id = a.relationship_id and i.check_in_id = a.check_in_id
      and i.id = a.item_id;
  end;

-- What has come or changed of all this since a time, without a word of it.
create function practice_brief(
    in_grant uuid, by_client text, since timestamptz, at timestamptz)
  returns table (type text, id uuid, member_id uuid, shared_at timestamptz, changed_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select 'pause', p.id, p.raiser_id, p.received_at, greatest(p.received_at, p.ended_at)
    from practice_pauses(in_grant, by_client, at) p
    where p.ended_at is null or p.ended_at >= since
    union all
    select 'snapshot', s.id, s.member_id, s.taken_at, s.taken_at
    from standing_grants(by_client, at) g cross join unnest(g.members) as m (id)
    cross join practice_snapshots(in_grant, by_client, m.id, at) s
    where g.id = in_grant and s.taken_at >= since
    union all
    select 'answer', a.item_id, m.id, a.shared_at, a.shared_at
    from standing_grants(by_client, at) g cross join unnest(g.members) as m (id)
    cross join practice_answered(in_grant, by_client, m.id, at) a
    where g.id = in_grant and a.shared_at >= since
    union all
    select 'term', t.id, null, greatest(t.active_at, g.began_at), t.active_at
    from standing_grants(by_client, at) g cross join practice_terms(in_grant, by_client, at) t
    where g.id = in_grant and greatest(t.active_at, g.began_at) >= since
    union all
    select 'checkIn', c.id, null, greatest(c.created_at, g.began_at),
      greatest(c.created_at, c.opened_at, c.over_at)
    from standing_grants(by_client, at) g cross join practice_check_ins(in_grant, by_client, at) c
    where g.id = in_grant and greatest(c.created_at, c.opened_at, c.over_at, g.began_at) >= since;
  end;

-- Whether anybody pauses in the relationship of a grant: asked again when its members are about to be told.
create function practice_paused(in_grant uuid, by_client text, at timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select exists (select from standing_grants(by_client, at) g
      join pause p on p.relationship_id = g.relationship_id and p.ended_at is null
      where g.id = in_grant);
  end;

-- Gives a member a prompt, five a week under one grant, whatever becomes of them. One that is there is
-- given no second time.
create function assign_prompt(in_grant uuid, by_client text, of_member uuid, in_id uuid,
    in_prompt bytea, at timestamptz)
  returns text
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform from practitioner p where p.member_id = current_member() for update;
  if not exists (select from standing_grants(by_client, at) g
      where g.id = in_grant and of_member = any (g.members) and 'ASSIGN_PROMPTS' = any (g.scopes)) then
    return 'gone';
  elsif exists (select from prompt_assignment a
      where a.member_id = of_member and a.grant_id = in_grant and a.id = in_id) then
    return 'known';
  elsif (select count(*) from prompt_assignment a
      where a.member_id = of_member and a.grant_id = in_grant
      and a.assigned_at > at - interval '7 days') >= 5 then
    return 'tooMany';
  elsif practice_paused(in_grant, by_client, at) then
    return 'paused';
  end if;
  insert into prompt_assignment (member_id, grant_id, id, practitioner_id, prompt, assigned_at)
  values (of_member, in_grant, in_id, current_member(), in_prompt, at);
  perform reach_also(array[of_member]);
  return 'done';
end
$$;

-- The same for what to talk about, three a week under one grant.
create function propose_agenda(in_grant uuid, by_client text, in_id uuid, in_words bytea,
    at timestamptz)
  returns text
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  opened record;
begin
  perform from practitioner p where p.member_id = current_member() for update;
  select g.* into opened from standing_grants(by_client, at) g
  where g.id = in_grant and g.relationship_id is not null and 'PROPOSE_AGENDAS' = any (g.scopes);
  if not found then
    return 'gone';
  elsif exists (select from agenda_proposal a
      where a.relationship_id = opened.relationship_id and a.grant_id = in_grant and a.id = in_id) then
    return 'known';
  elsif (select count(*) from agenda_proposal a
      where a.grant_id = in_grant and a.proposed_at > at - interval '7 days') >= 3 then
    return 'tooMany';
  elsif practice_paused(in_grant, by_client, at) then
    return 'paused';
  end if;
  insert into agenda_proposal (relationship_id, grant_id, id, practitioner_id, words, proposed_at)
  values (opened.relationship_id, in_grant, in_id, current_member(), in_words, at);
  perform reach_also(opened.members);
  return 'done';
end
$$;

-- From here on the transaction opens what practitioners propose to talk about, and to one member to think
-- about.
create function visit_proposals(in_relationship uuid) returns setof agenda_proposal
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  since timestamptz;
begin
  select m.joined_at into since from membership m
  where m.relationship_id = in_relationship and m.member_id = current_member() and m.left_at is null;
  perform set_config('app.visited', coalesce((select array_agg(distinct a.practitioner_id)
    from agenda_proposal a
    where a.relationship_id = in_relationship and a.proposed_at >= since), '{}')::text, true);
  return query select a.* from agenda_proposal a
    where a.relationship_id = in_relationship and a.proposed_at >= since;
end
$$;

create function visit_assignments() returns setof prompt_assignment
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform set_config('app.visited', coalesce((select array_agg(distinct a.practitioner_id)
    from prompt_assignment a where a.member_id = current_member()), '{}')::text, true);
  return query select a.* from prompt_assignment a where a.member_id = current_member();
end
$$;

-- Where the caller is a guest now: not after the end of a check-in, by hand or by time, and by a grant only
-- in the transaction that has opened it.
create or replace function visited_guests(starts_after timestamptz, opened_after timestamptz)
  returns table (relationship_id uuid, check_in_id uuid, id uuid)
  language sql stable security definer rows 10 set search_path = public, pg_temp
  begin atomic
    select g.relationship_id, g.check_in_id, g.id
    from check_in_guest g
    join check_in c on c.relationship_id = g.relationship_id and c.id = g.check_in_id
    where g.guest_id = current_member() and c.over_at is null
      and case when c.opened_at is null then c.starts_at >= starts_after
        else c.opened_at >= opened_after end
      and (g.grant_id is null
        or g.grant_id = nullif(current_setting('app.opened_grant', true), '')::uuid);
  end;

-- The talks to which all who take part want the practitioner of a grant.
create function practice_attendances(in_grant uuid, by_client text, at timestamptz,
    starts_after timestamptz, opened_after timestamptz)
  returns table (id uuid, check_in_id uuid, starts_at timestamptz, present boolean)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select g.id, c.id, c.starts_at, g.accepted_at is not null
    from standing_grants(by_client, at) s
    join check_in_guest g on g.grant_id = s.id and g.relationship_id = s.relationship_id
    join check_in c on c.relationship_id = g.relationship_id and c.id = g.check_in_id
      and c.participant_ids @> s.members and c.participant_ids <@ s.members
    where s.id = in_grant and 'ATTEND_CHECK_INS' = any (s.scopes)
      and g.invited_at is not null and g.ended_at is null
      and (g.accepted_at is not null or g.expires_at > at) and c.over_at is null
      and case when c.opened_at is null then c.starts_at >= starts_after
        else c.opened_at >= opened_after end;
  end;

-- Lets the practitioner in, if that is still wanted by all and nobody pauses there. Yields whom to tell; no
-- row where there is nothing to come to.
create function attend_check_in(in_grant uuid, by_client text, guest uuid, at timestamptz,
    starts_after timestamptz, opened_after timestamptz)
  returns table (relationship_id uuid, check_in_id uuid, participants text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  perform from check_in c
  where (c.relationship_id, c.id) = (select g.relationship_id, g.check_in_id from check_in_guest g
    where g.grant_id = in_grant and g.id = guest)
  for no key update;
  return query with let_in as (
    update check_in_guest g set guest_id = current_member(), accepted_at = at
    from practice_attendances(in_grant, by_client, at, starts_after, opened_after) a
    join check_in c on c.id = a.check_in_id
    where a.id = guest and not a.present
      and c.relationship_id = g.relationship_id and g.check_in_id = c.id and g.id = a.id
      and not exists (select from check_in_guest already
        where already.relationship_id = g.relationship_id and already.check_in_id = g.check_in_id
        and already.guest_id = current_member())
      and not exists (select from pause p
        where p.relationship_id = g.relationship_id and p.ended_at is null)
    returning g.relationship_id, g.check_in_id, c.participant_ids
  ), reached as (
    select reach_also(participant_ids) from let_in)
  select l.relationship_id, l.check_in_id, array_to_string(l.participant_ids, ',')
  from let_in l, reached;
end
$$;

-- Lets whoever takes part tell the practitioner who is to come.
create function reach_attendant(in_relationship uuid, in_check_in uuid, guest uuid) returns uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  reached uuid;
begin
  select s.practitioner_id into reached
  from check_in_guest g
  join shared_grant s on s.relationship_id = g.relationship_id and s.id = g.grant_id
  where g.relationship_id = in_relationship and g.check_in_id = in_check_in and g.id = guest
    and visible_check_in(in_relationship, in_check_in);
  if found then
    perform reach_also(array[reached]);
  end if;
  return reached;
end
$$;

-- Who has a code. From here on the transaction opens what that practitioner says of themself.
create function find_practitioner(by_code bytea, at timestamptz) returns setof practitioner
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  shown practitioner;
begin
  select p.* into shown from practitioner p where p.code_hash = by_code and p.code_expires_at > at;
  if found then
    perform set_config('app.visited', array[shown.member_id]::text, true);
    return next shown;
  end if;
end
$$;

-- Those of these who are named in a grant that the caller sees.
create function shown_practitioners(ids uuid[]) returns setof practitioner
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  shown uuid[];
begin
  select array_agg(p.member_id) into shown from practitioner p
  where p.member_id = any (ids)
    and (exists (select from membership m
        join shared_grant g on g.relationship_id = m.relationship_id
        where m.member_id = current_member() and m.left_at is null
        and g.practitioner_id = p.member_id)
      or exists (select from self_grant g
        where g.member_id = current_member() and g.practitioner_id = p.member_id));
  perform set_config('app.visited', coalesce(shown, '{}')::text, true);
  return query select p.* from practitioner p where p.member_id = any (shown);
end
$$;

-- What was given under a grant goes with it, copies in the order in which others lock them.
create function forget_given(of_grants uuid[]) returns void
  language plpgsql volatile set search_path = public, pg_temp as $$
begin
  perform from practice_snapshot s where s.grant_id = any (of_grants)
  order by s.member_id, s.id for update;
  delete from practice_snapshot s where s.grant_id = any (of_grants);
  delete from check_in_practice_mark m where m.grant_id = any (of_grants);
  delete from prompt_assignment a where a.grant_id = any (of_grants);
  delete from agenda_proposal a where a.grant_id = any (of_grants);
  delete from check_in_guest g where g.grant_id = any (of_grants);
end
$$;

-- From this day on all can renew it.
create function renewable_from(g shared_grant) returns timestamptz
  language sql stable set search_path = public, pg_temp
  begin atomic
    select g.expires_at - make_interval(hours => 24 * least(14, g.lasts_days / 2));
  end;

-- Says yes, to the edition that the caller has seen. Yields whom to tell that it has come about: nobody
-- until the last one has said it; and which others of the same practitioner it takes the place of. It counts them all, whoever they are. No row where there is no such grant.
create function say_yes_to_grant(in_relationship uuid, in_grant uuid, to_edition uuid, at timestamptz)
  returns table (told uuid, replaced text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  asked shared_grant;
  others uuid[];
  before boolean;
begin
  -- All of them in one order, as whoever ends several locks them.
  perform from shared_grant g where g.relationship_id = in_relationship order by g.id for update;
  select g.* into asked from shared_grant g
  where g.relationship_id = in_relationship and g.id = in_grant and g.ended_at is null
    and g.expires_at > at and belongs_to(in_relationship);
  if not found then
    return;
  end if;
  before := stands(asked);
  if asked.began_at is not null and at < renewable_from(asked) and exists (
      select from shared_grant_assent a where a.relationship_id = in_relationship
      and a.grant_id = in_grant and a.member_id = current_member() and a.edition = to_edition) then
    return query select null::uuid, ''::text;
    return;
  end if;
  insert into shared_grant_assent as a
    (relationship_id, grant_id, member_id, edition, since, assented_at)
  values (in_relationship, in_grant, current_member(), to_edition, at, at)
  on conflict (relationship_id, grant_id, member_id) do update
    set edition = excluded.edition, assented_at = excluded.assented_at;
  -- Whoever asks anew has taken back what they asked for before.
  update shared_grant g set ended_at = at
  where g.relationship_id = in_relationship and g.practitioner_id = asked.practitioner_id
    and g.requested_by = current_member() and asked.requested_by = current_member()
    and g.id <> in_grant and g.requested_at <= asked.requested_at and g.began_at is null
    and g.ended_at is null;
  if exists (select from practitioner p
      where p.member_id = asked.practitioner_id
      and not exists (select from membership m
        where m.relationship_id = in_relationship and m.left_at is null
        and (m.member_id = p.member_id
          or not exists (select from shared_grant_assent a
            where a.relationship_id = in_relationship and a.grant_id = in_grant
            and a.member_id = m.member_id and a.edition = p.edition
            and (asked.began_at is null
              or a.assented_at > greatest(asked.completed_at, renewable_from(asked))))))) then
    update shared_grant g set began_at = coalesce(g.began_at, at), completed_at = at,
      expires_at = at + make_interval(hours => 24 * g.lasts_days)
    where g.relationship_id = in_relationship and g.id = in_grant;
    others := array(select g.id from shared_grant g
      where g.relationship_id = in_relationship and g.practitioner_id = asked.practitioner_id
      and g.id <> in_grant and g.began_at is not null and g.ended_at is null
      and g.expires_at > at);
    -- With what is only asked for the same practitioner: nobody goes back to more by an older question.
    update shared_grant g set ended_at = at
    where g.relationship_id = in_relationship and (g.id = any (others)
      or g.practitioner_id = asked.practitioner_id and g.id <> in_grant and g.began_at is null
        and g.ended_at is null);
    perform forget_given(others);
  elsif before or not stands(asked) then
    return query select null::uuid, ''::text;
    return;
  end if;
  perform reach_also(array[asked.practitioner_id]);
  return query select asked.practitioner_id, array_to_string(coalesce(others, '{}'), ',');
end
$$;

-- Ends what has begun, at once and for all. Of what is only asked its requester takes back the question,
-- and anybody else their own yes, which nobody sees. Yields whom to tell; no row where there is none.
create function end_shared_grant(in_relationship uuid, in_grant uuid, at timestamptz)
  returns table (told uuid)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  asked shared_grant;
begin
  select g.* into asked from shared_grant g
  where g.relationship_id = in_relationship and g.id = in_grant and belongs_to(in_relationship)
  for update;
  if not found then
    return;
  end if;
  if asked.ended_at is not null or asked.began_at is not null and asked.expires_at <= at then
    return query select null::uuid;
  elsif asked.began_at is not null then
    update shared_grant g set ended_at = at
    where g.relationship_id = in_relationship and g.id = in_grant;
    perform forget_given(array[in_grant]);
    perform reach_also(array[asked.practitioner_id]);
    return query select asked.practitioner_id;
  else
    update shared_grant g set ended_at = at
    where g.relationship_id = in_relationship and g.id = in_grant
      and g.requested_by = current_member();
    delete from shared_grant_assent a
    where a.relationship_id = in_relationship and a.grant_id = in_grant
      and a.member_id = current_member();
    return query select null::uuid;
  end if;
end
$$;

-- Whoever leaves ends them all: the yes was to these people. Yields those that had begun.
create function leave_shared_grants(in_relationship uuid, at timestamptz)
  returns table (id uuid, practitioner_id uuid)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  gone uuid[];
begin
  if not belongs_to(in_relationship) then
    return;
  end if;
  gone := array(select g.id from shared_grant g
    where g.relationship_id = in_relationship and g.ended_at is null order by g.id for update);
  perform forget_given(gone);
  delete from shared_grant_assent a
  where a.relationship_id = in_relationship and a.member_id = current_member();
  update shared_grant g set requested_by = null
  where g.relationship_id = in_relationship and g.requested_by = current_member();
  return query with ended as (
    update shared_grant g set ended_at = at
    where g.relationship_id = in_relationship and g.id = any (gone)
    returning g.id, g.practitioner_id, g.began_at, g.expires_at
  ), reached as (
    select reach_also(array(select practitioner_id from ended where began_at is not null)))
  select e.id, e.practitioner_id from ended e, reached
  where e.began_at is not null and e.expires_at > at order by e.id;
end
$$;

-- What a practitioner ends, as far as it stands. Yields whom to tell.
create function end_grant_as_practitioner(in_grant uuid, by_client text, at timestamptz)
  returns table (relationship_id uuid, members text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  opened record;
begin
  perform from shared_grant g
  where g.practitioner_id = current_member() and g.id = in_grant for update;
  perform from self_grant g
  where g.practitioner_id = current_member() and g.id = in_grant for update;
  select g.* into opened from standing_grants(by_client, at) g where g.id = in_grant;
  if not found then
    return;
  end if;
  update shared_grant g set ended_at = at
  where g.practitioner_id = current_member() and g.id = in_grant;
  update self_grant g set ended_at = at
  where g.practitioner_id = current_member() and g.id = in_grant;
  perform forget_given(array[in_grant]);
  perform reach_also(opened.members);
  return query select opened.relationship_id, array_to_string(opened.members, ',');
end
$$;

create function forget_practitioner(gone uuid) returns void
  language sql volatile set search_path = public, pg_temp
  begin atomic
    select forget_given(array(
      select g.id from shared_grant g where g.practitioner_id = gone
      union all select g.id from self_grant g where g.practitioner_id = gone));
    delete from shared_grant where practitioner_id = gone;
    delete from self_grant where practitioner_id = gone;
    delete from practitioner where member_id = gone;
  end;

-- Ends the caller's practice, with all that was let to it. Yields whom to tell of what had begun.
create function end_practice(at timestamptz)
  returns table (id uuid, relationship_id uuid, members text)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  told uuid[];
begin
  perform from shared_grant g where g.practitioner_id = current_member()
  order by g.relationship_id, g.id for update;
  perform from self_grant g where g.practitioner_id = current_member()
  order by g.member_id, g.id for update;
  perform from practitioner p where p.member_id = current_member() for update;
  return query
    select g.id, g.relationship_id, array_to_string(array(select m.member_id from membership m
      where m.relationship_id = g.relationship_id and m.left_at is null order by m.member_id), ',')
    from shared_grant g
    where g.practitioner_id = current_member() and g.began_at is not null and g.ended_at is null
      and g.expires_at > at
    union all
    select g.id, null, g.member_id::text from self_grant g
    where g.practitioner_id = current_member() and g.ended_at is null and g.expires_at > at;
  told := array(select m.member_id from shared_grant g
      join membership m on m.relationship_id = g.relationship_id and m.left_at is null
      where g.practitioner_id = current_member() and g.began_at is not null
    union select g.member_id from self_grant g where g.practitioner_id = current_member());
  perform reach_also(told);
  perform forget_practitioner(current_member());
end
$$;

-- Ends a grant of the caller's own. Yields whom to tell, null where it had ended; no row where there is none.
create function end_self_grant(in_grant uuid, at timestamptz) returns table (told uuid)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  own self_grant;
begin
  select g.* into own from self_grant g
  where g.member_id = current_member() and g.id = in_grant for update;
  if not found then
    return;
  elsif own.ended_at is not null or own.expires_at <= at then
    return query select null::uuid;
  else
    update self_grant g set ended_at = at where g.member_id = current_member() and g.id = in_grant;
    perform forget_given(array[in_grant]);
    perform reach_also(array[own.practitioner_id]);
    return query select own.practitioner_id;
  end if;
end
$$;

-- Lets the caller tell a practitioner to whom the caller has given a grant.
create function reach_practitioner(of_grant uuid) returns uuid
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  reached uuid;
begin
  select g.practitioner_id into reached from self_grant g
  where g.member_id = current_member() and g.id = of_grant;
  if found then
    perform reach_also(array[reached]);
  end if;
  return reached;
end
$$;

-- Whether the caller can give something under a grant now; no row where the caller has none such. Locked,
-- so that nothing is stored beside its end.
create function hold_grant(in_grant uuid, for_scope text, at timestamptz)
  returns table (relationship_id uuid, reads boolean)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  perform from shared_grant g join membership m on m.relationship_id = g.relationship_id
  where m.member_id = current_member() and m.left_at is null and g.id = in_grant for share of g;
  perform from self_grant g where g.member_id = current_member() and g.id = in_grant for share;
  return query
    select g.relationship_id, stands(g) and for_scope = any (g.scopes)
    from membership m join shared_grant g on g.relationship_id = m.relationship_id
    where m.member_id = current_member() and m.left_at is null and g.id = in_grant
      and g.ended_at is null and g.expires_at > at
    union all
    select null, stands(g) and for_scope = any (g.scopes)
    from self_grant g
    where g.member_id = current_member() and g.id = in_grant and g.ended_at is null
      and g.expires_at > at;
end
$$;

create function forget_practice(gone uuid) returns void
  language sql volatile set search_path = public, pg_temp
  begin atomic
    select forget_practitioner(gone);
    delete from practice_snapshot where member_id = gone;
    delete from check_in_practice_mark where member_id = gone;
    delete from prompt_assignment where member_id = gone;
    delete from shared_grant_assent where member_id = gone;
    delete from self_grant where member_id = gone;
    update shared_grant set requested_by = null where requested_by = gone;
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
    select forget_practice(gone);
    select forget_reflections(gone);
    delete from data_key where owner_id = gone;
    update retention set notice_payload_hours = null, access_log_days = null,
      check_in_answer_days = null, reflection_days = null where member_id = gone;
  end;

grant select on practitioner to stillpoint_app;
grant insert (member_id, edition, display_name, work, secrets_policy, policy_text, languages,
    registered_at),
  update (edition, display_name, work, secrets_policy, policy_text, languages, code_hash,
    code_client_id, code_expires_at)
  on practitioner to stillpoint_app;
grant select, insert on shared_grant to stillpoint_app;
grant select on shared_grant_assent to stillpoint_app;
grant select, insert, update (edition, expires_at) on self_grant to stillpoint_app;
grant select, insert, delete on practice_snapshot to stillpoint_app;
grant select (grant_id), insert (grant_id) on check_in_guest to stillpoint_app;
grant select, insert, update (changes, marked_at), delete on check_in_practice_mark to stillpoint_app;
grant select, update (hidden_at) on prompt_assignment to stillpoint_app;
grant select on agenda_proposal to stillpoint_app;
grant select (relationship_id, check_in_id, item_id, member_id, grant_id, marked_at), delete
  on check_in_practice_mark to stillpoint_worker;
grant select (member_id, grant_id, id, assigned_at), delete on prompt_assignment to stillpoint_worker;
grant select (relationship_id, grant_id, id, practitioner_id, proposed_at), delete
  on agenda_proposal to stillpoint_worker;
grant select (relationship_id, id, practitioner_id, expires_at, ended_at), delete
  on shared_grant to stillpoint_worker;
grant select (member_id, id, expires_at, ended_at), delete on self_grant to stillpoint_worker;
grant select (member_id, id, relationship_id, grant_id, taken_at), delete
  on practice_snapshot to stillpoint_worker;

revoke execute on function stands(shared_grant), stands(self_grant), belongs_to(uuid),
  standing_grants_of(uuid), standing_grants(text, timestamptz), practice_grants(text, timestamptz),
  open_grant(uuid, text, text, uuid, text, uuid, timestamptz),
  practice_members(uuid, text, timestamptz), practice_pauses(uuid, text, timestamptz),
  practice_snapshots(uuid, text, uuid, timestamptz), practice_terms(uuid, text, timestamptz),
  practice_check_ins(uuid, text, timestamptz),
  practice_items(uuid, text, uuid[], timestamptz), practice_answers(uuid, text, uuid, timestamptz),
  practice_answered(uuid, text, uuid, timestamptz),
  practice_brief(uuid, text, timestamptz, timestamptz), practice_paused(uuid, text, timestamptz),
  assign_prompt(uuid, text, uuid, uuid, bytea, timestamptz),
  propose_agenda(uuid, text, uuid, bytea, timestamptz), visit_proposals(uuid), visit_assignments(),
  practice_attendances(uuid, text, timestamptz, timestamptz, timestamptz),
  attend_check_in(uuid, text, uuid, timestamptz, timestamptz, timestamptz),
  reach_attendant(uuid, uuid, uuid),
  find_practitioner(bytea, timestamptz),
  shown_practitioners(uuid[]), forget_given(uuid[]), renewable_from(shared_grant),
  say_yes_to_grant(uuid, uuid, uuid, timestamptz), end_shared_grant(uuid, uuid, timestamptz),
  leave_shared_grants(uuid, timestamptz), end_grant_as_practitioner(uuid, text, timestamptz),
  forget_practitioner(uuid), end_practice(timestamptz), reach_practitioner(uuid), end_self_grant(uuid, timestamptz),
  hold_grant(uuid, text, timestamptz), forget_practice(uuid) from public;
grant execute on function standing_grants_of(uuid), practice_grants(text, timestamptz),
  open_grant(uuid, text, text, uuid, text, uuid, timestamptz),
  practice_members(uuid, text, timestamptz), practice_pauses(uuid, text, timestamptz),
  practice_snapshots(uuid, text, uuid, timestamptz), practice_terms(uuid, text, timestamptz),
  practice_check_ins(uuid, text, timestamptz),
  practice_items(uuid, text, uuid[], timestamptz), practice_answers(uuid, text, uuid, timestamptz),
  practice_answered(uuid, text, uuid, timestamptz),
  practice_brief(uuid, text, timestamptz, timestamptz), practice_paused(uuid, text, timestamptz),
  assign_prompt(uuid, text, uuid, uuid, bytea, timestamptz),
  propose_agenda(uuid, text, uuid, bytea, timestamptz), visit_proposals(uuid), visit_assignments(),
  practice_attendances(uuid, text, timestamptz, timestamptz, timestamptz),
  attend_check_in(uuid, text, uuid, timestamptz, timestamptz, timestamptz),
  reach_attendant(uuid, uuid, uuid),
  find_practitioner(bytea, timestamptz),
  shown_practitioners(uuid[]), say_yes_to_grant(uuid, uuid, uuid, timestamptz),
  end_shared_grant(uuid, uuid, timestamptz), leave_shared_grants(uuid, timestamptz),
  end_grant_as_practitioner(uuid, text, timestamptz), end_practice(timestamptz),
  reach_practitioner(uuid), end_self_grant(uuid, timestamptz), hold_grant(uuid, text, timestamptz) to stillpoint_app;
