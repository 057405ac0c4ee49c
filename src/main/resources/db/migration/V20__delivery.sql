-- Delivery to what members and apps have set up. A change is announced in the recipient's feed, as before;
-- where the recipient has anything to deliver to, a notice is queued beside it, in the same transaction. A
-- worker goes up the member's order of channels with it, one rung at a time, and hands over a delivery to
-- each target.

-- What the recipient has, so that a tap needn't look: devices or contacts, and apps that take events.
alter table feed
  add column wants_notices boolean not null default false,
  add column wants_events  boolean not null default false;

-- A device of a member: where a push service is to be told. Its address is sealed.
create table device (
  member_id    uuid        not null references member,
  id           uuid        not null,
  client_id    text        not null,
  channel      text        not null check (channel in ('webPush', 'apns', 'fcm')),
  carrier      text        not null,
  address      bytea       not null,
  address_hash bytea       not null,
  created_at   timestamptz not null,
  primary key (member_id, id),
  unique (member_id, address_hash)
);

-- Where a member is reached without an app. It counts once the code that was sent there came back.
create table contact (
  member_id         uuid        not null references member,
  id                uuid        not null,
  channel           text        not null check (channel in ('sms', 'email')),
  address           bytea       not null,
  address_hash      bytea       not null,
  pauses_only       boolean     not null,
  code              bytea,
  code_expires_at   timestamptz,
  wrong_codes       smallint    not null default 0,
  created_at        timestamptz not null,
  confirmed_at      timestamptz,
  primary key (member_id, id),
  unique (member_id, address_hash),
  check ((code is null) = (code_expires_at is null))
);

-- That a code was asked for, by the hash of where to: for a day, longer than contact and account, so that
-- nobody's phone can be rung over and over. The member is null once erased.
create table contact_code (
  id           bigint      generated always as identity primary key,
  address_hash bytea       not null,
  member_id    uuid        references member,
  asked_at     timestamptz not null,
  sent         boolean     not null
);
create index contact_code_there on contact_code (address_hash, asked_at);
create index contact_code_own on contact_code (member_id, asked_at);
create index contact_code_old on contact_code (asked_at);

-- The rungs that a member has chosen, the first to be tried first; no row is the order of the product.
create table channel_order (
  member_id              uuid    primary key references member,
  channels               text[]  not null
    check (channels <@ array['push', 'sms', 'email'] and cardinality(channels) between 1 and 3),
  fallback_after_seconds integer not null check (fallback_after_seconds between 10 and 900)
);

-- Where an app's own server takes events. What is secret about it is sealed by the server's key.
create table webhook_endpoint (
  client_id     text        not null,
  id            uuid        not null,
  carrier       text        not null,
  sealed        bytea       not null,
  sealed_at     timestamptz not null,
  created_at    timestamptz not null,
  failing_since timestamptz,
  disabled_at   timestamptz,
  primary key (client_id, id),
  unique (id)
);

-- Each attempt to hand something over to an endpoint, for its app to see: ids and types alone. Of a test, the
-- member is the login of the app itself.
create table webhook_attempt (
  client_id    text        not null,
  endpoint_id  uuid        not null,
  id           uuid        not null,
  member_id    uuid        not null references member,
  message_id   text        not null,
  event_type   text        not null,
  attempted_at timestamptz not null,
  status_code  integer,
  outcome      text        not null
    check (outcome in ('handedOver', 'later', 'gone', 'noAnswer')),
  primary key (client_id, endpoint_id, id),
  foreign key (client_id, endpoint_id) references webhook_endpoint on delete cascade
);
create index webhook_attempt_latest on webhook_attempt (client_id, endpoint_id, attempted_at, id);
create index webhook_attempt_kept on webhook_attempt (member_id, attempted_at);

-- That an app's server gets a member's events: the member's app says so.
create table webhook_subscription (
  member_id  uuid        not null references member,
  client_id  text        not null,
  created_at timestamptz not null,
  primary key (member_id, client_id)
);

-- A rung of 0 has not been looked at. It goes when the last rung is reached.
create table notice (
  member_id    uuid        not null,
  sequence     bigint      not null,
  urgent       boolean     not null,
  noticed      boolean     not null,
  rung         smallint    not null default 0,
  next_look_at timestamptz not null,
  primary key (member_id, sequence)
);
create index notice_due on notice (urgent, next_look_at);

-- One for each target. While it is under way, next_attempt_at is when the lease on it ends. The carrier is
-- who would be slow for all of its targets.
drop index delivery_due;
delete from delivery;
alter table delivery
  drop constraint delivery_pkey,
  drop column leased_until,
  add column target_id uuid not null,
  add column carrier   text not null,
  add primary key (member_id, sequence, target_id);
create index delivery_due on delivery (urgent, next_attempt_at) where state = 'queued';
create index delivery_in_turn on delivery (member_id, target_id, sequence) where state = 'queued';
create index delivery_urgent_in_turn on delivery (member_id, target_id, sequence)
  where state = 'queued' and urgent;

alter table device enable row level security;
create policy own on device to stillpoint_app using (member_id = current_member());

alter table contact enable row level security;
create policy own on contact to stillpoint_app using (member_id = current_member());

-- Asked for by the function below alone.
alter table contact_code enable row level security;
create policy forgetting on contact_code to stillpoint_worker using (current_member() is null);

alter table channel_order enable row level security;
create policy own on channel_order to stillpoint_app using (member_id = current_member());

alter table webhook_subscription enable row level security;
create policy own on webhook_subscription to stillpoint_app using (member_id = current_member());
create policy deliver on webhook_subscription for select to stillpoint_worker
  using (current_member() is null);

-- The app whose own login it is; nobody where a person has logged in.
create function current_client() returns text
  language sql stable
  return nullif(current_setting('app.client', true), '');

alter table webhook_endpoint enable row level security;
create policy own on webhook_endpoint to stillpoint_app using (client_id = current_client());
create policy deliver on webhook_endpoint to stillpoint_worker using (current_member() is null);

alter table webhook_attempt enable row level security;
create policy own on webhook_attempt for select to stillpoint_app
  using (client_id = current_client());
create policy deliver on webhook_attempt to stillpoint_worker using (current_member() is null);

alter table notice enable row level security;
create policy own on notice for delete to stillpoint_app using (member_id = current_member());
create policy seen on notice for select to stillpoint_app using (member_id = current_member());
create policy reaching on notice for insert to stillpoint_app
  with check (member_id = any ((select reachable_members())::uuid[]));
create policy deliver on notice to stillpoint_worker using (current_member() is null);

-- Deliveries are made by the function below alone.
drop policy reaching on delivery;

-- A member's own flags; whoever writes to another's feed counts, and no more.
create function refresh_feed(phones boolean) returns boolean
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    -- First, so that the next statement sees what whoever held it has changed.
    select from feed where member_id = current_member() for no key update;
    update feed f set
      wants_notices = phones
        or exists (select from device d where d.member_id = f.member_id)
        or exists (select from contact c where c.member_id = f.member_id),
      wants_events = exists (select from webhook_subscription s where s.member_id = f.member_id)
    where f.member_id = current_member()
    returning wants_notices;
  end;

-- Asks for a code to an address, of which all replicas count together. Null where the caller has asked
-- often enough. False where others have as well: then none is sent, which the caller is not to notice.
create function ask_for_contact_code(address bytea, at timestamptz) returns boolean
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    select pg_advisory_xact_lock(hashtextextended('contact_code/' || encode(address, 'hex'), 0));
    insert into contact_code (address_hash, member_id, asked_at, sent)
    select address, current_member(), at, asked.sent_there < 3
    from (
      select count(*) filter (where c.member_id = current_member()) as own,
        count(*) filter (where c.member_id = current_member() and c.address_hash = address) as own_there,
        count(*) filter (where c.sent and c.address_hash = address) as sent_there
      from contact_code c
      where c.asked_at > at - interval '1 day'
        and (c.member_id = current_member() or c.address_hash = address)
    ) asked
    where asked.own < 5 and asked.own_there < 3
    returning sent;
  end;

-- Goes on with notices that are due: queues a delivery for each target of the next rung, as long as nothing
-- was handed over, and once for each webhook. What a stronger notice of the same pause has overtaken goes no
-- further. In a sandbox everybody without a device has a phone there.
create function climb_notices(of_pauses boolean, at timestamptz, most integer, phones boolean)
  returns bigint
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    with due as (
      select n.member_id, n.sequence, n.urgent, n.noticed, n.rung, e.type, e.resource_id,
        coalesce(o.channels, array['push', 'sms', 'email']) as channels,
        coalesce(o.fallback_after_seconds, 60) as fallback
      from notice n
      left join event e on e.member_id = n.member_id and e.sequence = n.sequence
      left join channel_order o on o.member_id = n.member_id
      where n.urgent = of_pauses and n.next_look_at <= at
      order by n.next_look_at limit most
      for update of n skip locked
    ), reach as (
      select d.member_id, d.sequence, t.id, t.channel, t.carrier,
        case when d.type = 'contact.code' then 1 else array_position(d.channels, t.rung) end as rung
      from due d
      cross join lateral (
        select v.id, v.channel, v.carrier, 'push' as rung from device v
        where v.member_id = d.member_id and d.type <> 'contact.code'
        union all
        select c.id, c.channel, c.channel, c.channel from contact c
        where c.member_id = d.member_id
          and case when d.type = 'contact.code' then c.id = d.resource_id
            else c.confirmed_at is not null and (d.urgent or not c.pauses_only) end
        union all
        select d.member_id, 'sandbox', 'sandbox', 'push'
        where phones and d.type <> 'contact.code'
          and not exists (select from device v where v.member_id = d.member_id)
      ) t
      where d.noticed and d.type is not null
        and not (d.urgent and exists (
          select from (
            select o.type, o.resource_id from event o
            where o.member_id = d.member_id and o.sequence > d.sequence
            order by o.sequence limit 20) o
          where o.type = 'pause.strengthened' and o.resource_id = d.resource_id))
        and not exists (
          select from delivery h where h.member_id = d.member_id and h.sequence = d.sequence
          and h.channel <> 'webhook' and h.state = 'handed_over')
    ), ahead as (
      select r.member_id, r.sequence, min(r.rung) as rung, max(r.rung) as last
      from reach r join due d using (member_id, sequence)
      where r.rung > d.rung
      group by r.member_id, r.sequence
    ), queued as (
      insert into delivery (member_id, sequence, target_id, channel, carrier, urgent, state,
        next_attempt_at)
      select r.member_id, r.sequence, r.id, r.channel, r.carrier, of_pauses, 'queued', at
      from reach r join ahead a using (member_id, sequence, rung)
      union all
      select d.member_id, d.sequence, w.id, 'webhook', w.carrier, of_pauses, 'queued', at
      from due d
      join webhook_subscription s on s.member_id = d.member_id
      join webhook_endpoint w on w.client_id = s.client_id and w.disabled_at is null
      where d.rung = 0 and d.type is not null
      on conflict do nothing
    ), waiting as (
      update notice n set rung = a.rung, next_look_at = at + make_interval(secs => d.fallback)
      from ahead a join due d using (member_id, sequence)
      where n.member_id = a.member_id and n.sequence = a.sequence and a.rung < a.last
    ), done as (
      delete from notice n using due d left join ahead a using (member_id, sequence)
      where n.member_id = d.member_id and n.sequence = d.sequence
        and (a.rung is null or a.rung = a.last)
    )
    select count(*) from due;
  end;

-- What has become of the notices of a pause: for its raiser, of each of the others who were told, by kind of
-- channel; one row without a channel for whom there was nothing to hand over to. What was handed over may
-- never have been seen; nothing here tells (S31). What nobody has looked at yet is told by the kind that will
-- be tried first: an app that takes events, an order or an address to be confirmed shows in nothing. For an
-- hour: how long the others keep their notices shows nowhere.
create function pause_deliveries(relationship uuid, raised uuid, at timestamptz)
  returns table (member_id uuid, channel text, state text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    with told as (
      select e.member_id, max(e.sequence) as sequence
      from pause p
      join membership m on m.relationship_id = p.relationship_id and m.left_at is null
        and m.member_id <> p.raiser_id
      join event e on e.member_id = m.member_id and e.relationship_id = p.relationship_id
        and e.resource_id = p.id and e.type in ('pause.raised', 'pause.strengthened')
        and e.occurred_at > at - interval '1 hour'
      where p.relationship_id = relationship and p.id = raised and p.raiser_id = current_member()
        and exists (select from membership own where own.relationship_id = relationship
          and own.member_id = current_member() and own.left_at is null)
      group by e.member_id
    ), tried as (
      select t.member_id, t.sequence,
        case when d.channel in ('sms', 'email') then d.channel else 'push' end as channel, d.state
      from told t join delivery d on d.member_id = t.member_id and d.sequence = t.sequence
      where d.channel <> 'webhook'
      union all
      select t.member_id, t.sequence, r.channel, 'queued'
      from told t join notice n on n.member_id = t.member_id and n.sequence = t.sequence
      join feed f on f.member_id = t.member_id and f.wants_notices
      left join channel_order o on o.member_id = t.member_id
      cross join lateral (
        select u.channel
        from unnest(coalesce(o.channels, array['push', 'sms', 'email']))
          with ordinality as u (channel, place)
        where case when u.channel = 'push'
          then exists (select from device v where v.member_id = t.member_id)
            -- Who has neither and wants notices has a phone of a sandbox.
            or not exists (select from contact c where c.member_id = t.member_id)
          else exists (select from contact c where c.member_id = t.member_id
            and c.channel = u.channel and c.confirmed_at is not null)
          end
        order by u.place limit 1
      ) r
      where n.rung = 0 and n.noticed
    )
    select t.member_id, d.channel,
      case when bool_or(d.state = 'handed_over') then 'handedOver'
        when bool_or(d.state = 'queued') then 'queued'
        when d.channel is not null then 'failed' end
    from told t left join tried d on d.member_id = t.member_id and d.sequence = t.sequence
    group by t.member_id, d.channel
    order by t.member_id, d.channel;
  end;

-- Queues an event for an endpoint of the app whose own login it is, once more: one that is still kept, of a
-- member whose events the app got when it happened. False where there is none.
create function redeliver(endpoint uuid, recipient uuid, event_id uuid, at timestamptz) returns boolean
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    with found as (
      select e.member_id, e.sequence, w.id, w.carrier,
        e.type in ('pause.raised', 'pause.strengthened') as urgent
      from webhook_endpoint w
      join webhook_subscription s on s.client_id = w.client_id and s.member_id = recipient
      join event e on e.member_id = s.member_id and e.id = event_id
        and e.occurred_at >= s.created_at
      where w.client_id = current_client() and w.id = endpoint and w.disabled_at is null
    ), queued as (
      insert into delivery (member_id, sequence, target_id, channel, carrier, urgent, state,
        next_attempt_at)
      select member_id, sequence, id, 'webhook', carrier, urgent, 'queued', at from found
      on conflict (member_id, sequence, target_id) do update
      set state = 'queued', next_attempt_at = at, attempts = 0, lease_id = null
    )
    select exists (select from found);
  end;

create or replace function forget_events(gone uuid) returns void
  language sql volatile set search_path = public, pg_temp
  begin atomic
    delete from event where member_id = gone;
    delete from notice where member_id = gone;
    delete from delivery where member_id = gone;
    delete from feed where member_id = gone;
  end;

create function forget_targets(gone uuid) returns void
  language sql volatile set search_path = public, pg_temp
  begin atomic
    delete from device where member_id = gone;
    delete from contact where member_id = gone;
    update contact_code set member_id = null where member_id = gone;
    delete from channel_order where member_id = gone;
    delete from webhook_subscription where member_id = gone;
    delete from webhook_attempt where member_id = gone;
  end;

-- All that is a member's alone, with what is new here.
create or replace function forget_member(gone uuid) returns void
  language sql volatile set search_path = public, pg_temp
  begin atomic
    select forget_events(gone);
    select forget_targets(gone);
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

revoke update on feed from stillpoint_app;
grant update (last_sequence) on feed to stillpoint_app;
revoke insert, update on delivery from stillpoint_app;
grant select, insert, update (client_id, carrier, address), delete on device to stillpoint_app;
grant select, insert, update (address, address_hash, pauses_only, code, code_expires_at, wrong_codes,
  confirmed_at), delete on contact to stillpoint_app;
-- An update, to skip what another replica deletes.
grant select (id, asked_at), update (asked_at), delete on contact_code to stillpoint_worker;
-- Of which it sees nothing.
grant select on contact_code to stillpoint_app;
grant select, insert, update (channels, fallback_after_seconds), delete on channel_order
  to stillpoint_app;
grant select, insert, delete on webhook_subscription to stillpoint_app;
grant select, insert, update (carrier, sealed, sealed_at, failing_since, disabled_at), delete
  on webhook_endpoint to stillpoint_app;
grant select on webhook_attempt to stillpoint_app;
grant select, update (sealed, sealed_at, failing_since, disabled_at) on webhook_endpoint
  to stillpoint_worker;
grant select on webhook_subscription to stillpoint_worker;
grant select, insert, delete on webhook_attempt to stillpoint_worker;
grant select (member_id, sequence), insert, delete on notice to stillpoint_app;
grant select, update, delete on notice to stillpoint_worker;

revoke execute on function refresh_feed(boolean), ask_for_contact_code(bytea, timestamptz),
  climb_notices(boolean, timestamptz, integer, boolean),
  pause_deliveries(uuid, uuid, timestamptz), redeliver(uuid, uuid, uuid, timestamptz),
  forget_targets(uuid) from public;
grant execute on function refresh_feed(boolean), ask_for_contact_code(bytea, timestamptz),
  pause_deliveries(uuid, uuid, timestamptz),
  redeliver(uuid, uuid, uuid, timestamptz) to stillpoint_app;
grant execute on function climb_notices(boolean, timestamptz, integer, boolean) to stillpoint_worker;
