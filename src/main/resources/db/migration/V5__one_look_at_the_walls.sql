-- A tap asks once what it may reach, and not at each table that its statement names: the answer holds
-- for its transaction. Other transactions, which may join and leave on the way, ask each time.

-- Of the caller now; and the one that the code at hand opens.
create function find_relationships() returns uuid[]
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select coalesce(array_agg(r.id), '{}') from (
      select m.relationship_id as id from membership m
      where m.member_id = current_member() and m.left_at is null
      union all
      select i.relationship_id from invitation i
      where i.code_hash = decode(nullif(current_setting('app.invitation', true), ''), 'hex')
    ) r;
  end;

-- Everybody who shares, or shared, a relationship with the caller: who leaves tells the others.
create function find_reachable_members() returns uuid[]
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select coalesce(array_agg(other.member_id), '{}') || current_member()
    from membership own join membership other on other.relationship_id = own.relationship_id
    where own.member_id = current_member();
  end;

-- Expressions, which the planner puts in place of the call.
create or replace function current_relationships() returns uuid[]
  language sql stable
  return coalesce(nullif(current_setting('app.relationships', true), '')::uuid[], find_relationships());

create or replace function reachable_members() returns uuid[]
  language sql stable
  return coalesce(nullif(current_setting('app.reachable', true), '')::uuid[], find_reachable_members());

-- The head of a tap's transaction: it acts for this member in this relationship, and reaches nothing
-- else. Whoever isn't a member of it reaches nothing at all.
create function act_within(member uuid, relationship uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    select set_config('app.member', member::text, true),
      set_config('app.relationships',
        case when here.members is null then '{}' else array[relationship]::text end, true),
      set_config('app.reachable', coalesce(here.members, '{}')::text, true)
    from (select (
      select array_agg(m.member_id) from membership m
      where m.relationship_id = relationship and m.left_at is null
      having bool_or(m.member_id = member)) as members) here;
  end;

drop function named_relationship();

revoke execute on function find_relationships(), find_reachable_members(), act_within(uuid, uuid)
  from public;
grant execute on function find_relationships(), find_reachable_members(), act_within(uuid, uuid)
  to stillpoint_app;
