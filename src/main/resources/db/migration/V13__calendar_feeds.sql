-- Calendar feeds: whoever has the address of one reads when its owner's check-ins are, and nothing else.
-- One that is revoked is gone.
create table calendar_feed (
  member_id   uuid        not null references member,
  id          uuid        not null,
  client_id   text        not null,
  label       bytea,
  secret_hash bytea       not null,
  created_at  timestamptz not null,
  primary key (member_id, id)
);
-- Not unique: a unique key would have to carry member_id. A secret has 160 random bits.
create index calendar_feed_by_secret on calendar_feed (secret_hash);

alter table calendar_feed enable row level security;
create policy own on calendar_feed to stillpoint_app using (member_id = current_member());

-- A calendar program has no login: it brings a secret, and reads what its owner would.
create function find_calendar_feed(by_secret bytea) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select f.member_id from calendar_feed f where f.secret_hash = by_secret;
  end;

create function forget_calendars(gone uuid) returns void
  language sql volatile set search_path = public, pg_temp
  begin atomic
    delete from calendar_feed where member_id = gone;
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
    select forget_check_ins(gone);
    select forget_calendars(gone);
    delete from data_key where owner_id = gone;
    update retention set notice_payload_hours = null, access_log_days = null,
      check_in_answer_days = null where member_id = gone;
  end;

grant select, insert, delete on calendar_feed to stillpoint_app;

revoke execute on function find_calendar_feed(bytea), forget_calendars(uuid) from public;
grant execute on function find_calendar_feed(bytea) to stillpoint_app;
