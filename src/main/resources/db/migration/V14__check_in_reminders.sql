-- Reminders of check-ins, which each member sets alone. Nothing is stored before one is sent: what is due
-- follows from the times of a check-in, so that none is lost or left behind when those change.

-- When, before the start. No row is off. What was due before it was set, or before the check-in was
-- planned, is not sent.
create table check_in_reminder_setting (
  member_id    uuid        not null primary key references member,
  lead_seconds integer[]   not null check (cardinality(lead_seconds) > 0),
  set_at       timestamptz not null
);

-- What was sent, so that it is sent once, by whichever replica. It refers to nothing shared.
create table check_in_reminder (
  relationship_id uuid        not null,
  check_in_id     uuid        not null,
  member_id       uuid        not null,
  lead_seconds    integer     not null,
  sent_at         timestamptz not null,
  primary key (relationship_id, check_in_id, member_id, lead_seconds)
);
create index check_in_reminder_of_member on check_in_reminder (member_id, sent_at);

create index check_in_ahead on check_in (starts_at) where opened_at is null and over_at is null;

alter table check_in_reminder_setting enable row level security;
create policy own on check_in_reminder_setting to stillpoint_app using (member_id = current_member());

alter table check_in_reminder enable row level security;
create policy own on check_in_reminder to stillpoint_app using (member_id = current_member());
create policy retention on check_in_reminder to stillpoint_worker using (current_member() is null);

-- Whom to remind now, of what, and for which of the times that were set. Nobody is while anybody in the
-- relationship pauses: it waits, until the start. Nothing in private counts: neither who is ready nor who
-- has written.
create function due_check_in_reminders(at timestamptz, most integer)
  returns table (relationship_id uuid, check_in_id uuid, member_id uuid, leads integer[])
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select c.relationship_id, c.id, s.member_id, array_agg(l.seconds)
    from check_in c
    join check_in_reminder_setting s on s.member_id = any (c.participant_ids)
    cross join lateral unnest(s.lead_seconds) as l (seconds)
    where c.opened_at is null and c.over_at is null
      and c.starts_at > at and c.starts_at <= at + interval '1 day'
      and c.starts_at - make_interval(secs => l.seconds)
        between greatest(c.created_at, s.set_at) and at
      and not exists (select from pause p
        where p.relationship_id = c.relationship_id and p.ended_at is null)
      and not exists (select from check_in_reminder r
        where r.relationship_id = c.relationship_id and r.check_in_id = c.id
        and r.member_id = s.member_id and r.lead_seconds = l.seconds)
    group by c.relationship_id, c.id, s.member_id, c.starts_at
    order by c.starts_at, c.id, s.member_id
    limit most;
  end;

create or replace function forget_calendars(gone uuid) returns void
  language sql volatile set search_path = public, pg_temp
  begin atomic
    delete from calendar_feed where member_id = gone;
    delete from check_in_reminder_setting where member_id = gone;
    delete from check_in_reminder where member_id = gone;
  end;

grant select, insert, update, delete on check_in_reminder_setting to stillpoint_app;
grant select, insert on check_in_reminder to stillpoint_app;
grant select (relationship_id, check_in_id, member_id, lead_seconds, sent_at), delete
  on check_in_reminder to stillpoint_worker;

revoke execute on function due_check_in_reminders(timestamptz, integer) from public;
grant execute on function due_check_in_reminders(timestamptz, integer) to stillpoint_worker;
