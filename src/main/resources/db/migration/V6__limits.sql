-- Lines that members draw around their own part. What eases one waits in the same row, and acts when its
-- time has come: nothing is done then, times are compared.
create table member_limit (
  relationship_id   uuid        not null,
  id                uuid        not null,
  holder_id         uuid        not null,
  strength          text        not null check (strength in ('SOFT', 'HARD')),
  category          text        not null check (category in ('EMOTIONAL', 'PHYSICAL', 'PSYCHOLOGICAL')),
  domain            text        not null,
  activities        bytea       not null,
  text              bytea,
  drawn_at          timestamptz not null,
  changed_at        timestamptz not null,
  version           bigint      not null,
  changes           bigint      not null,
  easing_at         timestamptz,
  easing_ends       boolean     not null default false,
  easing_strength   text        check (easing_strength in ('SOFT', 'HARD')),
  easing_category   text        check (easing_category in ('EMOTIONAL', 'PHYSICAL', 'PSYCHOLOGICAL')),
  easing_domain     text,
  easing_activities bytea,
  easing_text       bytea,
  primary key (relationship_id, id),
  foreign key (relationship_id, holder_id) references membership,
  check (num_nulls(easing_strength, easing_category, easing_domain, easing_activities) in (0, 4)),
  check ((easing_at is null) = (not easing_ends and easing_strength is null)),
  check (not easing_ends or easing_strength is null)
);
create index member_limit_of_holder on member_limit (holder_id);

-- All members see a limit; that is what it is for. Only its holder touches it (S12).
alter table member_limit enable row level security;
create policy members on member_limit for select to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[]));
create policy drawing on member_limit for insert to stillpoint_app
  with check (holder_id = current_member()
    and relationship_id = any ((select current_relationships())::uuid[]));
create policy changing on member_limit for update to stillpoint_app
  using (holder_id = current_member());
create policy ending on member_limit for delete to stillpoint_app
  using (holder_id = current_member());
-- What was eased away, and no policy lets the job delete more.
create policy retention on member_limit to stillpoint_worker
  using (current_member() is null and easing_ends);

grant select, insert, update, delete on member_limit to stillpoint_app;
grant select (relationship_id, id, holder_id, easing_ends, easing_at), delete on member_limit
  to stillpoint_worker;

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
    delete from data_key where owner_id = gone;
    update retention set notice_payload_hours = null, access_log_days = null where member_id = gone;
  end;
