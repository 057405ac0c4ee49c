-- Bounds of what delivery does for whom, and what is held back.

-- What asks something of somebody is held back while a pause is active that was raised after it.
alter table delivery add column held boolean not null default false;

-- By the database's clock, whatever a replica's says.
alter table delivery add column queued_at timestamptz not null default now();

create index delivery_sms on delivery (target_id, next_attempt_at) where channel = 'sms';

-- Goes on with notices that are due: queues a delivery for each target of the next rung, as long as nothing
-- was handed over, and once for each webhook. What a stronger notice of the same pause has overtaken goes no
-- further; what is held back waits on its rung, and so does what is no pause while it is being handed over. In
-- a sandbox everybody without a device has a phone there. A phone number gets ten SMS an hour because of the
-- same person (or, but for pauses, relationship), so that nobody uses up what another's pause needs, and sixty
-- in all, of which only those of pauses count for a pause. Beyond that the next rung is tried at once; where
-- there is none, a pause that is active waits for its turn.
create or replace function climb_notices(of_pauses boolean, at timestamptz, most integer, phones boolean)
  returns bigint
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    with due as (
      select n.member_id, n.sequence, n.urgent, n.noticed, n.rung, e.type, e.resource_id,
        coalesce(o.channels, array['push', 'sms', 'email']) as channels,
        coalesce(o.fallback_after_seconds, 60) as fallback,
        n.rung > 0 and exists (
          select from delivery h where h.member_id = n.member_id and h.sequence = n.sequence
          and h.state = 'queued' and h.held) as held,
        n.rung > 0 and not n.urgent and exists (
          select from delivery h where h.member_id = n.member_id and h.sequence = n.sequence
          and h.channel <> 'webhook' and h.state = 'queued' and h.lease_id is not null) as under_way,
        coalesce(p.raiser_id, e.relationship_id) as cause,
        p.id is not null and p.ended_at is null as active
      from notice n
      left join event e on e.member_id = n.member_id and e.sequence = n.sequence
      left join pause p on n.urgent and p.relationship_id = e.relationship_id and p.id = e.resource_id
      left join channel_order o on o.member_id = n.member_id
      where n.urgent = of_pauses and n.next_look_at <= at
      order by n.next_look_at limit most
      for update of n skip locked
    ), texted as (
      select t.target_id, t.urgent, coalesce(p.raiser_id, e.relationship_id) as cause,
        count(*) as times
      from (select distinct d.member_id from due d) u
      join contact c on c.member_id = u.member_id and c.channel = 'sms'
      join delivery t on t.member_id = c.member_id and t.target_id = c.id and t.channel = 'sms'
        and t.state in ('queued', 'handed_over') and t.next_attempt_at > at - interval '1 hour'
      join event e on e.member_id = t.member_id and e.sequence = t.sequence
        and e.type <> 'contact.code'
      left join pause p on t.urgent and p.relationship_id = e.relationship_id and p.id = e.resource_id
      group by t.target_id, t.urgent, coalesce(p.raiser_id, e.relationship_id)
    ), reach as (
      select d.member_id, d.sequence, t.id, t.channel, t.carrier,
        case when d.type = 'contact.code' then 1 else array_position(d.channels, t.rung) end as rung,
        t.is_full
      from due d
      cross join lateral (
        select v.id, v.channel, v.carrier, 'push' as rung, false as is_full from device v
        where v.member_id = d.member_id and d.type <> 'contact.code'
        union all
        select c.id, c.channel, c.channel, c.channel,
          c.channel = 'sms' and d.type <> 'contact.code' and (
            select coalesce(sum(x.times) filter (where x.cause = d.cause), 0) > 10 - own.place
              or coalesce(sum(x.times) filter (where x.urgent or not d.urgent), 0) > 60 - own.place
            from (
              select count(*) as place from due b
              where b.member_id = d.member_id and b.cause is not distinct from d.cause
              and b.sequence <= d.sequence and b.rung < array_position(b.channels, 'sms')
              and not exists (
                select from delivery h where h.member_id = b.member_id and h.sequence = b.sequence
                and h.channel <> 'webhook' and h.state = 'handed_over')) own
            left join texted x on x.target_id = c.id
            group by own.place)
        from contact c
        where c.member_id = d.member_id
          and case when d.type = 'contact.code' then c.id = d.resource_id
            else c.confirmed_at is not null and (d.urgent or not c.pauses_only) end
        union all
        select d.member_id, 'sandbox', 'sandbox', 'push', false
        where phones and d.type <> 'contact.code'
          and not exists (select from device v where v.member_id = d.member_id)
      ) t
      where d.noticed and d.type is not null and not d.held and not d.under_way
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
      where r.rung > d.rung and not r.is_full
      group by r.member_id, r.sequence
    ), texted_out as (
      select distinct r.member_id, r.sequence
      from reach r join due d using (member_id, sequence)
      where r.is_full and r.rung > d.rung and d.active and not exists (
        select from ahead a where a.member_id = d.member_id and a.sequence = d.sequence)
    ), queued as (
      insert into delivery (member_id, sequence, target_id, channel, carrier, urgent, state,
        next_attempt_at, queued_at)
      select r.member_id, r.sequence, r.id, r.channel, r.carrier, of_pauses, 'queued', at, at
      from reach r join ahead a using (member_id, sequence, rung)
      where not r.is_full
      union all
      select d.member_id, d.sequence, w.id, 'webhook', w.carrier, of_pauses, 'queued', at, at
      from due d
      join webhook_subscription s on s.member_id = d.member_id
      join webhook_endpoint w on w.client_id = s.client_id and w.disabled_at is null
      where d.rung = 0 and d.type is not null
      on conflict do nothing
    ), waiting as (
      update notice n set rung = a.rung, next_look_at = at + make_interval(secs => d.fallback)
      from ahead a join due d using (member_id, sequence)
      where n.member_id = a.member_id and n.sequence = a.sequence and a.rung < a.last
    ), put_off as (
      update notice n
      set next_look_at = at + make_interval(secs => case when d.held then d.fallback else 1 end)
      from due d where (d.held or d.under_way) and n.member_id = d.member_id and n.sequence = d.sequence
    ), waits as (
      update notice n set next_look_at = at + interval '1 minute'
      from texted_out t where n.member_id = t.member_id and n.sequence = t.sequence
    ), done as (
      delete from notice n using due d left join ahead a using (member_id, sequence)
      where n.member_id = d.member_id and n.sequence = d.sequence
        and (a.rung is null or a.rung = a.last) and not d.held and not d.under_way
        and (d.member_id, d.sequence) not in (select t.member_id, t.sequence from texted_out t)
    )
    select count(*) from due;
  end;

-- Ends what waits for a target of the member's own that is no more, so that the next channel is tried at
-- once. Notices are locked first, as wherever deliveries end; what is under way ends by itself.
create function lose_target(target uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    select from notice n
    where n.member_id = current_member() and n.sequence in (
      select d.sequence from delivery d
      where d.member_id = current_member() and d.target_id = target and d.state = 'queued')
    order by n.sequence for no key update;
    with lost as (
      update delivery d set state = 'failed'
      where d.member_id = current_member() and d.target_id = target and d.state = 'queued'
        and d.lease_id is null
      returning d.sequence
    )
    update notice n set next_look_at = least(n.next_look_at, now())
    from lost
    where n.member_id = current_member() and n.sequence = lost.sequence and not exists (
      select from delivery o where o.member_id = current_member() and o.sequence = lost.sequence
      and o.target_id <> target and o.channel <> 'webhook' and o.state = 'queued');
  end;

revoke execute on function lose_target(uuid) from public;
grant execute on function lose_target(uuid) to stillpoint_app;

drop function redeliver(uuid, uuid, uuid, timestamptz);

-- Queues an event for an endpoint of the app whose own login it is, once more: one that is still kept, of a
-- member whose events the app got when it happened. False where there is none. By the database's time, as
-- the worker looks: a replica's may be ahead.
create function redeliver(endpoint uuid, recipient uuid, event_id uuid) returns boolean
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
      select member_id, sequence, id, 'webhook', carrier, urgent, 'queued', now() from found
      on conflict (member_id, sequence, target_id) do update
      set state = 'queued', next_attempt_at = now(), attempts = 0, lease_id = null
    )
    select exists (select from found);
  end;

revoke execute on function redeliver(uuid, uuid, uuid) from public;
grant execute on function redeliver(uuid, uuid, uuid) to stillpoint_app;
