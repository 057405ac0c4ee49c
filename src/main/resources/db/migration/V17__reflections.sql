-- The journal: what a member writes for themself; copies of it that the member has shared; and which
-- prompts were suggested lately. What is written is sealed under its author's key, tags and mood included.

create table reflection (
  member_id  uuid        not null references member,
  id         uuid        not null,
  about      bytea       not null,
  text       bytea       not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  changes    bigint      not null,
  primary key (member_id, id)
);
create index reflection_newest on reflection (member_id, created_at desc, id desc);

-- A copy as it was when its author shared it, for some members of a relationship. It doesn't outlive the
-- reflection, the author's membership or the readers'.
create table reflection_snapshot (
  author_id       uuid        not null,
  id              uuid        not null,
  reflection_id   uuid        not null,
  relationship_id uuid        not null,
  reader_ids      uuid[]      not null check (cardinality(reader_ids) between 1 and 11),
  words           bytea       not null,
  taken_at        timestamptz not null,
  primary key (author_id, id),
  foreign key (author_id, reflection_id) references reflection on delete cascade
);
create index reflection_snapshot_of_reflection on reflection_snapshot (author_id, reflection_id, taken_at);
create index reflection_snapshot_of_relationship on reflection_snapshot (relationship_id, taken_at);

-- What was suggested on a day: sealed, since it tells what a member has on their mind.
create table suggested_prompts (
  member_id uuid   not null references member,
  id        uuid   not null,
  day       date   not null,
  prompts   bytea,
  changes   bigint not null,
  primary key (member_id, id),
  unique (member_id, day)
);

alter table retention add reflection_days integer check (reflection_days between 1 and 3650);

alter table reflection enable row level security;
create policy own on reflection to stillpoint_app using (member_id = current_member());
create policy retention on reflection to stillpoint_worker using (current_member() is null);

alter table reflection_snapshot enable row level security;
create policy own on reflection_snapshot to stillpoint_app using (author_id = current_member());
create policy reading on reflection_snapshot for select to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[])
    and current_member() = any (reader_ids));

alter table suggested_prompts enable row level security;
create policy own on suggested_prompts to stillpoint_app using (member_id = current_member());
create policy retention on suggested_prompts to stillpoint_worker using (current_member() is null);

-- Whoever leaves takes along what they have shared, and reads no more of what others have.
create function leave_snapshots(in_relationship uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    delete from reflection_snapshot
    where relationship_id = in_relationship and author_id = current_member();
    delete from reflection_snapshot
    where relationship_id = in_relationship and reader_ids = array[current_member()]
      and in_relationship = any (current_relationships());
    update reflection_snapshot set reader_ids = array_remove(reader_ids, current_member())
    where relationship_id = in_relationship and current_member() = any (reader_ids)
      and in_relationship = any (current_relationships());
  end;

create function forget_reflections(gone uuid) returns void
  language sql volatile set search_path = public, pg_temp
  begin atomic
    delete from reflection_snapshot where author_id = gone;
    delete from reflection where member_id = gone;
    delete from suggested_prompts where member_id = gone;
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
    select forget_reflections(gone);
    delete from data_key where owner_id = gone;
    update retention set notice_payload_hours = null, access_log_days = null,
      check_in_answer_days = null, reflection_days = null where member_id = gone;
  end;

grant select, insert, delete on reflection to stillpoint_app;
grant update (about, text, changed_at, changes) on reflection to stillpoint_app;
grant select, insert, delete on reflection_snapshot to stillpoint_app;
grant select, insert, delete on suggested_prompts to stillpoint_app;
grant update (prompts, changes) on suggested_prompts to stillpoint_app;
grant select (member_id, id, changed_at), delete on reflection to stillpoint_worker;
grant select (member_id, id, day), delete on suggested_prompts to stillpoint_worker;

revoke execute on function leave_snapshots(uuid), forget_reflections(uuid) from public;
grant execute on function leave_snapshots(uuid) to stillpoint_app;
