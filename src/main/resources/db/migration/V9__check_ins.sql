-- Check-ins: talks that are planned. Their state follows from their times. What members do in private,
-- to be ready and to answer, is in rows of their own, which no shared row refers to.

-- participant_ids: who takes part, sorted; nobody else of the relationship sees that there is one. It
-- never grows. over_by is who ended it by hand, and shown to nobody.
create table check_in (
  relationship_id  uuid        not null references relationship,
  id               uuid        not null,
  created_by       uuid,
  participant_ids  uuid[]      not null,
  template_id      text,
  template_version integer,
  follows_id       uuid,
  starts_at        timestamptz not null,
  created_at       timestamptz not null,
  opened_at        timestamptz,
  held_at          timestamptz,
  skipped_at       timestamptz,
  deferred_at      timestamptz,
  closed_at        timestamptz,
  over_by          uuid,
  ready_round      integer     not null default 0,
  over_at          timestamptz generated always as (least(skipped_at, deferred_at, closed_at)) stored,
  primary key (relationship_id, id),
  check ((template_id is null) = (template_version is null))
);
create index check_in_by_start on check_in (relationship_id, starts_at, id);
create index check_in_by_creator on check_in (created_by, starts_at);

-- One thing to talk about: of a template, or in the words of its author. Those go with the author.
create table check_in_item (
  relationship_id uuid     not null,
  check_in_id     uuid     not null,
  id              uuid     not null,
  position        smallint not null,
  seconds         integer  not null check (seconds between 60 and 3600),
  turns           boolean  not null,
  answers         text     not null check (answers in ('SEALED', 'OPEN', 'PRIVATE')),
  template_item   text,
  author_id       uuid,
  words           bytea,
  revealed_at     timestamptz,
  primary key (relationship_id, check_in_id, id),
  foreign key (relationship_id, check_in_id) references check_in on delete cascade,
  check (template_item is null or words is null),
  check ((author_id is null) = (words is null)),
  check (revealed_at is null or answers = 'SEALED')
);
create index check_in_item_of_author on check_in_item (author_id) where author_id is not null;

-- What a member has written to an item: for that member alone until it is submitted, and shown.
create table check_in_answer (
  relationship_id uuid        not null,
  check_in_id     uuid        not null,
  item_id         uuid        not null,
  member_id       uuid        not null,
  text            bytea,
  passes          boolean     not null default false,
  only_for_me     boolean     not null default false,
  submitted_at    timestamptz,
  changes         bigint      not null default 0,
  kept_since      timestamptz not null,
  primary key (relationship_id, check_in_id, item_id, member_id),
  check (submitted_at is null or (not only_for_me and (passes or text is not null)))
);
create index check_in_answer_of_member on check_in_answer (member_id, kept_since);

-- Who is ready; each round is for one opening, or one going on.
create table check_in_readiness (
  relationship_id uuid        not null,
  check_in_id     uuid        not null,
  member_id       uuid        not null,
  round           integer     not null,
  ready_at        timestamptz not null,
  primary key (relationship_id, check_in_id, member_id)
);
create index check_in_readiness_of_member on check_in_readiness (member_id, ready_at);

alter table retention add check_in_answer_days integer check (check_in_answer_days between 1 and 180);

alter table check_in enable row level security;
create policy taking_part on check_in for select to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[])
    and current_member() = any (participant_ids));
create policy changing on check_in for update to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[])
    and current_member() = any (participant_ids));
create policy scheduling on check_in for insert to stillpoint_app
  with check (relationship_id = any ((select current_relationships())::uuid[])
    and current_member() = any (participant_ids) and created_by = current_member());
create policy retention on check_in to stillpoint_worker using (current_member() is null);

-- What belongs to a check-in is seen by whoever takes part in it.
create function visible_check_in(in_relationship uuid, in_check_in uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select exists (select from check_in c
      where c.relationship_id = in_relationship and c.id = in_check_in
      and c.relationship_id = any (current_relationships())
      and current_member() = any (c.participant_ids));
  end;

-- Whether all have answered, so that nothing of it can be changed or taken back.
create function item_revealed(in_relationship uuid, in_check_in uuid, of_item uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select exists (select from check_in_item i
      where i.relationship_id = in_relationship and i.check_in_id = in_check_in and i.id = of_item
      and i.revealed_at is not null);
  end;

-- Whether what this member has submitted is for the caller to read. Of whoever has left it is not.
create function answer_shown(in_relationship uuid, in_check_in uuid, of_item uuid, of_member uuid)
  returns boolean
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select exists (select from check_in c join check_in_item i
      on i.relationship_id = c.relationship_id and i.check_in_id = c.id
      where c.relationship_id = in_relationship and c.id = in_check_in and i.id = of_item
      and c.relationship_id = any (current_relationships())
      and current_member() = any (c.participant_ids) and of_member = any (c.participant_ids)
      and (i.answers = 'OPEN' or i.revealed_at is not null));
  end;

alter table check_in_item enable row level security;
create policy taking_part on check_in_item for select to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[])
    and visible_check_in(relationship_id, check_in_id));
create policy scheduling on check_in_item for insert to stillpoint_app
  with check (relationship_id = any ((select current_relationships())::uuid[])
    and visible_check_in(relationship_id, check_in_id) and revealed_at is null);

alter table check_in_answer enable row level security;
-- One's own, and what is shown of the others'.
create policy reading on check_in_answer for select to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[])
    and (member_id = current_member()
      or submitted_at is not null and not only_for_me
        and answer_shown(relationship_id, check_in_id, item_id, member_id)));
create policy writing on check_in_answer for insert to stillpoint_app
  with check (member_id = current_member() and submitted_at is null
    and relationship_id = any ((select current_relationships())::uuid[]));
create policy changing on check_in_answer for update to stillpoint_app
  using (member_id = current_member()
    and relationship_id = any ((select current_relationships())::uuid[])
    and not item_revealed(relationship_id, check_in_id, item_id));
create policy deleting on check_in_answer for delete to stillpoint_app
  using (member_id = current_member()
    and relationship_id = any ((select current_relationships())::uuid[])
    and not item_revealed(relationship_id, check_in_id, item_id));
create policy retention on check_in_answer to stillpoint_worker using (current_member() is null);

alter table check_in_readiness enable row level security;
create policy own on check_in_readiness to stillpoint_app
  using (member_id = current_member()
    and relationship_id = any ((select current_relationships())::uuid[]));
create policy retention on check_in_readiness to stillpoint_worker using (current_member() is null);

-- Whether all who take part are ready, and nothing before: neither who nor how many.
create function all_ready(
    in_relationship uuid, in_check_in uuid, in_round integer, since timestamptz) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select exists (select from check_in c
      where c.relationship_id = in_relationship and c.id = in_check_in
      and c.relationship_id = any (current_relationships())
      and current_member() = any (c.participant_ids)
      and cardinality(c.participant_ids) = (select count(*) from check_in_readiness r
        where r.relationship_id = c.relationship_id and r.check_in_id = c.id
        and r.member_id = any (c.participant_ids) and r.round = in_round and r.ready_at >= since));
  end;

-- Reveals what is sealed if all who take part have submitted, and says whether it has. It counts them
-- all, whoever they are, so that its work doesn't tell how many have.
create function reveal_item(in_relationship uuid, in_check_in uuid, of_item uuid, at timestamptz)
  returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update check_in_item i set revealed_at = at
  from check_in c
  where c.relationship_id = in_relationship and c.id = in_check_in
    and c.relationship_id = any (current_relationships())
    and current_member() = any (c.participant_ids)
    and c.opened_at is not null and c.held_at is null and c.over_at is null
    and i.relationship_id = c.relationship_id and i.check_in_id = c.id and i.id = of_item
    and i.answers = 'SEALED' and i.revealed_at is null
    and cardinality(c.participant_ids) = (select count(*) from check_in_answer a
      where a.relationship_id = c.relationship_id and a.check_in_id = c.id and a.item_id = i.id
      and a.member_id = any (c.participant_ids) and a.submitted_at is not null);
  return found;
end
$$;

-- A pause has ended: what it held begins again once all are ready anew, also where whoever had paused
-- takes no part.
create function hold_check_ins(in_relationship uuid, at timestamptz) returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    with held as (
      select c.id from check_in c
      where c.relationship_id = in_relationship and in_relationship = any (current_relationships())
        and c.opened_at is not null and c.over_at is null
      order by c.id for no key update)
    update check_in c set held_at = at, ready_round = c.ready_round + 1
    from held h where c.relationship_id = in_relationship and c.id = h.id;
  end;

-- Whoever leaves takes part in nothing any more: what was open ends, and so does what would begin with
-- fewer than two; what was over by time stays as it is. It reveals nothing. The leaver's questions go.
-- Yields what has ended, and for whom.
create function leave_check_ins(
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
        then at else c.skipped_at end
    from mine m where c.relationship_id = in_relationship and c.id = m.id
    returning c.id, m.going and c.over_at is not null as ended, m.rest
  )
  select id, rest from changed where ended;
  delete from check_in c
  where c.relationship_id = in_relationship and cardinality(c.participant_ids) = 0;
end
$$;

-- What the caller has written, also in relationships that the caller has left: for the copy.
create function own_check_in_answers() returns setof check_in_answer
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select a.* from check_in_answer a where a.member_id = current_member();
  end;

-- All that is a member's alone, with what is new here.
create or replace function forget_member(gone uuid) returns void
  language sql volatile set search_path = public, pg_temp
  begin atomic
    delete from delivery where member_id = gone;
    delete from event where member_id = gone;
    delete from feed where member_id = gone;
    delete from idempotency_key where member_id = gone;
    delete from tap_key where member_id = gone;
    delete from pause_tap where raiser_id = gone;
    delete from member_limit where holder_id = gone;
    delete from return_offer where member_id = gone;
    delete from invitation_assent where member_id = gone;
    delete from member_client where member_id = gone;
    delete from access_log where member_id = gone;
    delete from member_export where member_id = gone;
    delete from agreement_draft where author_id = gone;
    delete from term_answer where member_id = gone;
    delete from term r where r.removal and exists (select from term t
      where t.relationship_id = r.relationship_id and t.id = r.replaces_id and t.author_id = gone
      and own_words(t, now()));
    delete from term t where t.author_id = gone and own_words(t, now());
    delete from check_in_answer where member_id = gone;
    delete from check_in_readiness where member_id = gone;
    update check_in_item set words = null, author_id = null where author_id = gone;
    delete from data_key where owner_id = gone;
    update retention set notice_payload_hours = null, access_log_days = null,
      check_in_answer_days = null where member_id = gone;
  end;

grant select, insert on check_in, check_in_item to stillpoint_app;
grant update (opened_at, held_at, skipped_at, deferred_at, closed_at, over_by, ready_round) on check_in
  to stillpoint_app;
grant select, insert, update, delete on check_in_answer, check_in_readiness to stillpoint_app;
grant select (relationship_id, id, created_by, starts_at, opened_at, over_at), delete on check_in
  to stillpoint_worker;
grant select (relationship_id, check_in_id, item_id, member_id, kept_since), delete on check_in_answer
  to stillpoint_worker;
grant select (relationship_id, check_in_id, member_id, ready_at), delete on check_in_readiness
  to stillpoint_worker;

revoke execute on function visible_check_in(uuid, uuid), item_revealed(uuid, uuid, uuid),
  answer_shown(uuid, uuid, uuid, uuid), all_ready(uuid, uuid, integer, timestamptz),
  reveal_item(uuid, uuid, uuid, timestamptz), hold_check_ins(uuid, timestamptz),
  leave_check_ins(uuid, timestamptz, timestamptz, timestamptz), own_check_in_answers() from public;
grant execute on function visible_check_in(uuid, uuid), item_revealed(uuid, uuid, uuid),
  answer_shown(uuid, uuid, uuid, uuid), all_ready(uuid, uuid, integer, timestamptz),
  reveal_item(uuid, uuid, uuid, timestamptz), hold_check_ins(uuid, timestamptz),
  leave_check_ins(uuid, timestamptz, timestamptz, timestamptz), own_check_in_answers() to stillpoint_app;
