-- What those who take part in a check-in decide together; and check-ins that lead back after a pause.

-- The pause whose times to return it was planned at.
alter table check_in add pause_id uuid;

-- What the offers of all current members but the caller have in common, for when the caller leaves. Of two
-- it tells nothing: it would be the other's own (S11).
create function return_overlap_of_others(in_relationship uuid, of_pause uuid)
  returns table (starts_at timestamptz, ends_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select lower(w), upper(w)
    from (
      select range_intersect_agg(o.windows) as common
      from return_offer o
      join membership m on m.relationship_id = o.relationship_id and m.member_id = o.member_id
        and m.left_at is null
      where o.relationship_id = in_relationship and o.pause_id = of_pause
        and o.member_id <> current_member() and in_relationship = any (current_relationships())
      having count(*) > 1 and count(*) = (select count(*) from membership
        where relationship_id = in_relationship and member_id <> current_member()
          and left_at is null)
    ) c cross join unnest(c.common) as w
    order by 1;
  end;

-- Proposed by one, and recorded once all have assented. It binds nobody: that is for terms to do. The text
-- is sealed under its author's key, so that it goes with them from backups too; and anew under the
-- relationship's when it is recorded, since what all have said yes to outlasts its author.
create table check_in_decision (
  relationship_id uuid        not null,
  check_in_id     uuid        not null,
  id              uuid        not null,
  author_id       uuid,
  sealed_for      uuid        not null,
  text            bytea       not null,
  agreement_ids   uuid[]      not null,
  term_ids        uuid[]      not null,
  proposed_at     timestamptz not null,
  recorded_at     timestamptz,
  primary key (relationship_id, check_in_id, id),
  foreign key (relationship_id, check_in_id) references check_in on delete cascade,
  check (author_id is not null or recorded_at is not null),
  check (sealed_for = case when recorded_at is null then author_id else relationship_id end)
);
create index check_in_decision_of_author on check_in_decision (author_id) where author_id is not null;

-- Who says yes to one. A row of one's own, which no shared row refers to.
create table check_in_assent (
  relationship_id uuid        not null,
  check_in_id     uuid        not null,
  decision_id     uuid        not null,
  member_id       uuid        not null,
  assented_at     timestamptz not null,
  primary key (relationship_id, check_in_id, decision_id, member_id)
);
create index check_in_assent_of_member on check_in_assent (member_id, assented_at);

alter table check_in_decision enable row level security;
create policy taking_part on check_in_decision for select to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[])
    and visible_check_in(relationship_id, check_in_id));
create policy proposing on check_in_decision for insert to stillpoint_app
  with check (relationship_id = any ((select current_relationships())::uuid[])
    and visible_check_in(relationship_id, check_in_id)
    and author_id = current_member() and recorded_at is null);
create policy withdrawing on check_in_decision for delete to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[])
    and author_id = current_member() and recorded_at is null);

alter table check_in_assent enable row level security;
create policy own on check_in_assent to stillpoint_app
  using (member_id = current_member()
    and relationship_id = any ((select current_relationships())::uuid[]));
create policy retention on check_in_assent to stillpoint_worker using (current_member() is null);

-- Records a decision if all who take part have assented, with its text as it is sealed for all of them, and
-- says whether it has. It counts them all, whoever they are, so that its work doesn't tell how many have.
create function record_decision(
    in_relationship uuid, in_check_in uuid, decision uuid, sealed bytea, at timestamptz)
  returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update check_in_decision d set recorded_at = at, sealed_for = d.relationship_id, text = sealed
  from check_in c
  where c.relationship_id = in_relationship and c.id = in_check_in
    and c.relationship_id = any (current_relationships())
    and current_member() = any (c.participant_ids)
    and c.opened_at is not null and c.held_at is null and c.over_at is null
    and d.relationship_id = c.relationship_id and d.check_in_id = c.id and d.id = decision
    and d.recorded_at is null
    and cardinality(c.participant_ids) = (select count(*) from check_in_assent a
      where a.relationship_id = c.relationship_id and a.check_in_id = c.id and a.decision_id = d.id
      and a.member_id = any (c.participant_ids));
  return found;
end
$$;

-- Whoever leaves takes along what they proposed and not all have assented to, and is no longer named as
-- the author of the rest.
create function leave_decisions(in_relationship uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    delete from check_in_assent where relationship_id = in_relationship and member_id = current_member()
      and in_relationship = any (current_relationships());
    delete from check_in_decision where relationship_id = in_relationship
      and author_id = current_member() and recorded_at is null
      and in_relationship = any (current_relationships());
    update check_in_decision set author_id = null where relationship_id = in_relationship
      and author_id = current_member() and in_relationship = any (current_relationships());
  end;

-- What somebody has said yes to before a pause is asked for again, as long as not all have.
create function lapse_assents(in_relationship uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    delete from check_in_assent a using check_in_decision d, check_in c
    where c.relationship_id = in_relationship and in_relationship = any (current_relationships())
      and c.over_at is null
      and d.relationship_id = c.relationship_id and d.check_in_id = c.id and d.recorded_at is null
      and a.relationship_id = d.relationship_id and a.check_in_id = d.check_in_id
      and a.decision_id = d.id;
  end;

-- As before, with assents. All that aren't over are locked for it, in the order in which leaving locks them:
-- whoever says yes to something does it under that lock.
create or replace function hold_check_ins(in_relationship uuid, paused_since timestamptz, at timestamptz)
  returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    with going as (
      select c.id from check_in c
      where c.relationship_id = in_relationship and in_relationship = any (current_relationships())
        and c.over_at is null
      order by c.id for no key update)
    update check_in c set held_at = at, ready_round = c.ready_round + 1, goes_on = false,
      spent_millis = c.spent_millis + coalesce(floor(1000 * extract(epoch from
        greatest(paused_since, c.running_since) - c.running_since)), 0)::bigint,
      running_since = null
    from going g where c.relationship_id = in_relationship and c.id = g.id
      and c.opened_at is not null;
    select lapse_assents(in_relationship);
  end;

create or replace function forget_check_ins(gone uuid) returns void
  language sql volatile set search_path = public, pg_temp
  begin atomic
    delete from check_in_answer where member_id = gone;
    delete from check_in_readiness where member_id = gone;
    delete from check_in_assent where member_id = gone;
    delete from check_in_decision where author_id = gone and recorded_at is null;
    update check_in_decision set author_id = null where author_id = gone;
    update check_in_item set words = null, author_id = null where author_id = gone;
    update check_in_series_item set words = null, author_id = null where author_id = gone;
  end;

grant select, insert, delete on check_in_decision to stillpoint_app;
grant select, insert, delete on check_in_assent to stillpoint_app;
grant select (relationship_id, check_in_id, decision_id, member_id, assented_at), delete
  on check_in_assent to stillpoint_worker;

revoke execute on function record_decision(uuid, uuid, uuid, bytea, timestamptz), leave_decisions(uuid),
  lapse_assents(uuid), return_overlap_of_others(uuid, uuid) from public;
grant execute on function record_decision(uuid, uuid, uuid, bytea, timestamptz), leave_decisions(uuid),
  return_overlap_of_others(uuid, uuid) to stillpoint_app;
