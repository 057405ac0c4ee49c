-- A member's rights: how long what is theirs is kept, who has got at it, a copy of it, and its end.

-- Shorter than the default where a member has said so; null is the default. The setting for pauses and
-- invitations outlives an erasure, with the bare id: to be erased must look like having left.
create table retention (
  member_id            uuid    primary key references member on delete cascade,
  notice_payload_hours integer check (notice_payload_hours between 1 and 72),
  invitation_days      integer check (invitation_days between 1 and 7),
  access_log_days      integer check (access_log_days between 1 and 30),
  pause_event_days     integer check (pause_event_days between 4 and 90)
);

-- What is used often is one row for an app, a kind and an hour; what is done seldom has a row of its own.
create table access_log (
  member_id   uuid        not null references member on delete cascade,
  id          uuid        not null,
  occurred_at timestamptz not null,
  hourly      boolean     not null,
  kind        text        not null,
  client_id   text        not null,
  times       integer     not null default 1,
  resource_id uuid,
  primary key (member_id, occurred_at, id)
);
create unique index access_log_hour on access_log (member_id, occurred_at, client_id, kind) where hourly;

-- How far the retention job has come on its walk along the members, which the replicas share.
create table retention_walk (
  only_row    boolean     primary key default true check (only_row),
  after       uuid        not null default '00000000-0000-0000-0000-000000000000',
  next_round  timestamptz not null default '-infinity'
);
insert into retention_walk default values;

-- Nothing is added to the tap's path: a pause enters the first two when it ends.
create index pause_ended on pause (raiser_id, ended_at) where ended_at is not null;
create index pause_tap_of_pause on pause_tap (relationship_id, pause_id);
create index invitation_of_inviter on invitation (inviter_id, created_at);

-- What belongs to a pause or an invitation goes with it.
alter table pause_tap
  drop constraint pause_tap_relationship_id_pause_id_fkey,
  add foreign key (relationship_id, pause_id) references pause on delete cascade;
alter table pause_acknowledgement
  drop constraint pause_acknowledgement_relationship_id_pause_id_fkey,
  add foreign key (relationship_id, pause_id) references pause on delete cascade;
alter table return_offer
  drop constraint return_offer_relationship_id_pause_id_fkey,
  add foreign key (relationship_id, pause_id) references pause on delete cascade;
alter table invitation_assent
  drop constraint invitation_assent_relationship_id_invitation_id_fkey,
  add foreign key (relationship_id, invitation_id) references invitation on delete cascade;

alter table retention enable row level security;
create policy own on retention to stillpoint_app using (member_id = current_member());
create policy retention on retention for select to stillpoint_worker using (current_member() is null);

alter table access_log enable row level security;
create policy own on access_log to stillpoint_app using (member_id = current_member());
create policy retention on access_log to stillpoint_worker using (current_member() is null);

-- What the job deletes, and no policy lets it delete more: a pause that is active never goes by time (S3).
create policy retention on event for delete to stillpoint_worker using (current_member() is null);
create policy retention on idempotency_key to stillpoint_worker using (current_member() is null);
create policy retention on invitation to stillpoint_worker using (current_member() is null);
create policy retention on pause for delete to stillpoint_worker
  using (current_member() is null and ended_at is not null);

grant select, insert, update on retention to stillpoint_app;
grant select, insert, update, delete on access_log to stillpoint_app;

grant select on retention to stillpoint_worker;
grant select, update on retention_walk to stillpoint_worker;
grant select, update, delete on access_log to stillpoint_worker;
grant delete on event, delivery, pause to stillpoint_worker;
grant select (member_id, client_id, operation, key, created_at), delete on idempotency_key to stillpoint_worker;
grant select, delete on invitation to stillpoint_worker;

-- A copy of a member's data. Its content is sealed under the member's own key, and goes as it is
-- fetched. Whoever hands out the work can't read its fruit.
create table member_export (
  member_id       uuid        not null references member on delete cascade,
  id              uuid        not null,
  state           text        not null
    check (state in ('queued', 'ready', 'fetched', 'expired', 'failed')),
  requested_at    timestamptz not null,
  attempts        integer     not null default 0,
  next_attempt_at timestamptz not null,
  lease_id        uuid,
  leased_until    timestamptz,
  ready_at        timestamptz,
  expires_at      timestamptz,
  ended_at        timestamptz,
  primary key (member_id, id)
);
create table export_content (
  member_id uuid  not null,
  id        uuid  not null,
  sealed    bytea not null,
  primary key (member_id, id),
  foreign key (member_id, id) references member_export on delete cascade
);
create unique index member_export_queued on member_export (member_id) where state = 'queued';
create index member_export_due on member_export (next_attempt_at) where state = 'queued';

alter table member_export enable row level security;
create policy own on member_export to stillpoint_app using (member_id = current_member());
create policy background on member_export to stillpoint_worker using (current_member() is null);
alter table export_content enable row level security;
create policy own on export_content to stillpoint_app using (member_id = current_member());
create policy background on export_content to stillpoint_worker using (current_member() is null);

grant select, insert, update on member_export to stillpoint_app;
grant select, insert, delete on export_content to stillpoint_app;
grant select, update, delete on member_export to stillpoint_worker;
grant select (member_id, id), delete on export_content to stillpoint_worker;

-- What is the caller's own in relationships that the caller has left: for the copy.
create function own_pauses() returns setof pause
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select p.* from pause p where p.raiser_id = current_member() and p.ended_at is not null
    union all
    select p.* from pause p
    where p.relationship_id in (
        select m.relationship_id from membership m where m.member_id = current_member())
      and p.raiser_id = current_member() and p.ended_at is null;
  end;

create function own_acknowledgements() returns setof pause_acknowledgement
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select a.* from pause_acknowledgement a
    where a.relationship_id in (
        select m.relationship_id from membership m where m.member_id = current_member())
      and a.member_id = current_member();
  end;

create function own_invitations() returns setof invitation
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select i.* from invitation i where i.inviter_id = current_member();
  end;

-- Erasure. The row of the member stays, empty, for as long as others' rows name its id.
alter table member
  alter column issuer drop not null,
  alter column subject drop not null,
  add column erased_at timestamptz,
  add check ((erased_at is null) = (issuer is not null and subject is not null));

-- A hash under a key of the server, so that a token of before doesn't bring an empty account back.
create table ended_login (
  login_hash bytea       primary key,
  ended_at   timestamptz not null,
  forget_at  timestamptz not null
);
alter table ended_login enable row level security;
create policy forgetting on ended_login to stillpoint_worker using (current_member() is null);
grant select, delete on ended_login to stillpoint_worker;
grant select on ended_login to stillpoint_app;

create table hash_key (
  only_row boolean primary key default true check (only_row),
  sealed    bytea       not null,
  sealed_at timestamptz not null
);
grant select, insert, update on hash_key to stillpoint_app;

create function end_login(by_hash bytea, at timestamptz, until timestamptz) returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    insert into ended_login as e (login_hash, ended_at, forget_at) values (by_hash, at, until)
    on conflict (login_hash) do update set
      ended_at = greatest(e.ended_at, excluded.ended_at),
      forget_at = greatest(e.forget_at, excluded.forget_at);
  end;

create function ended_login_at(by_hash bytea) returns timestamptz
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select e.ended_at from ended_login e where e.login_hash = by_hash;
  end;

-- All that is a member's alone. Whoever adds a table of such rows replaces this function. The setting
-- that rules how long pauses and invitations stay is kept: the others see those, and would see it go.
create function forget_member(gone uuid) returns void
  language sql volatile set search_path = public, pg_temp
  begin atomic
    delete from delivery where member_id = gone;
    delete from event where member_id = gone;
    delete from feed where member_id = gone;
    delete from idempotency_key where member_id = gone;
    delete from tap_key where member_id = gone;
    delete from pause_tap where raiser_id = gone;
    delete from return_offer where member_id = gone;
    delete from invitation_assent where member_id = gone;
    delete from member_client where member_id = gone;
    delete from access_log where member_id = gone;
    delete from member_export where member_id = gone;
    delete from data_key where owner_id = gone;
    update retention set notice_payload_hours = null, access_log_days = null where member_id = gone;
  end;

create function erase_member(at timestamptz) returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    select forget_member(current_member());
    update member set issuer = null, subject = null, display_name = null, pronouns = null,
      role_label = null, locale = 'en', time_zone = 'UTC', adult_attested_at = null,
      consent_version = null, consented_at = null, created_at = at, version = 0, words_version = 0, erased_at = at
    where id = current_member();
  end;

-- What was stored by requests that were under way when their member was erased; then memberships
-- that no row of others names any more; then the bare id.
create function sweep_erased(members uuid[]) returns table (member_id uuid, gone bigint)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  erased uuid;
begin
  for erased in select m.id from member m where m.id = any (members) and m.erased_at is not null loop
    perform forget_member(erased);
    update member set display_name = null, pronouns = null, role_label = null, locale = 'en',
      time_zone = 'UTC', adult_attested_at = null, consent_version = null, consented_at = null
    where id = erased
      and (display_name, pronouns, role_label, adult_attested_at, consented_at) is distinct from
        (null, null, null, null, null);
    delete from membership m where m.member_id = erased
      and not exists (select from pause p
        where p.relationship_id = m.relationship_id and p.raiser_id = erased)
      and not exists (select from invitation i
        where i.relationship_id = m.relationship_id and i.inviter_id = erased)
      and not exists (select from pause_acknowledgement a
        where a.relationship_id = m.relationship_id and a.member_id = erased);
    delete from member m where m.id = erased
      and not exists (select from membership s where s.member_id = erased);
    if found then
      member_id := erased;
      gone := 1;
      return next;
    end if;
  end loop;
end
$$;

revoke execute on function own_pauses(), own_acknowledgements(), own_invitations(),
  end_login(bytea, timestamptz, timestamptz), ended_login_at(bytea), forget_member(uuid),
  erase_member(timestamptz), sweep_erased(uuid[])
  from public;
grant execute on function own_pauses(), own_acknowledgements(), own_invitations(),
  end_login(bytea, timestamptz, timestamptz), ended_login_at(bytea), erase_member(timestamptz)
  to stillpoint_app;
grant execute on function sweep_erased(uuid[]) to stillpoint_worker;
