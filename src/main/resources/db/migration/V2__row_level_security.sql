-- The second wall: whoever forgets a WHERE still sees nothing of others. A transaction says for whom it
-- acts in app.member, and, with the code of an invitation, in app.invitation its hash; without either
-- there are no rows. Only the owner, who migrates and whom nobody serves with, sees beyond.
--
-- Policies take sets of ids from functions as "= any ((select f())::uuid[])": asked once for a
-- statement, and good for an index.

create function current_member() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.member', true), '')::uuid;

-- What a tap looks at: it names one relationship, so that its cost doesn't grow with all others.
create function named_relationship() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.relationship', true), '')::uuid;

-- Of the caller now, or the named one if it is among them; and the one that the code at hand opens.
create function current_relationships() returns uuid[]
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select coalesce(array_agg(r.id), '{}') from (
      select m.relationship_id as id from membership m
      where m.member_id = current_member() and m.left_at is null and named_relationship() is null
      union all
      select m.relationship_id from membership m
      where m.member_id = current_member() and m.left_at is null
        and m.relationship_id = named_relationship()
      union all
      select i.relationship_id from invitation i
      where i.code_hash = decode(nullif(current_setting('app.invitation', true), ''), 'hex')
    ) r;
  end;

-- The members of those.
create function current_members() returns uuid[]
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select coalesce(array_agg(m.member_id), '{}') from membership m
    where m.relationship_id = any (current_relationships()) and m.left_at is null;
  end;

-- Everybody who shares, or shared, a relationship with the caller: who leaves tells the others.
create function reachable_members() returns uuid[]
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select coalesce(array_agg(r.id), '{}') || current_member() from (
      select other.member_id as id
      from membership own join membership other on other.relationship_id = own.relationship_id
      where own.member_id = current_member() and named_relationship() is null
      union all
      select other.member_id
      from membership own join membership other on other.relationship_id = own.relationship_id
      where own.member_id = current_member() and own.relationship_id = named_relationship()
    ) r;
  end;

-- Who somebody is, before a transaction acts for anyone.
create function find_member(by_issuer text, by_subject text, by_client text)
  returns table (id uuid, client uuid, cut_off_at timestamptz, returned_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select m.id, c.id, c.cut_off_at, c.returned_at
    from member m left join member_client c on c.member_id = m.id and c.client_id = by_client
    where m.issuer = by_issuer and m.subject = by_subject;
  end;

-- A first request makes the member, and the first through an app that app. Two may race.
create function introduce_member(
    new_id uuid, by_issuer text, by_subject text, client_row uuid, by_client text, at timestamptz)
  returns uuid
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    with made as (
      insert into member (id, issuer, subject, created_at)
      values (new_id, by_issuer, by_subject, at) on conflict do nothing
      returning id)
    insert into feed (member_id) select id from made;
    insert into member_client (member_id, id, client_id, first_used_at)
    select m.id, client_row, by_client, at from member m
    where m.issuer = by_issuer and m.subject = by_subject on conflict do nothing;
    select m.id from member m where m.issuer = by_issuer and m.subject = by_subject;
  end;

-- A tap key works when no login does: whoever has one brings its place and its secret.
create function find_tap_key(in_relationship uuid, by_id uuid)
  returns table (member_id uuid, kind smallint, secret_hash bytea)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select k.member_id, k.kind, k.secret_hash from tap_key k
    where k.relationship_id = in_relationship and k.id = by_id and k.revoked_at is null;
  end;

-- What all offers of the current members have in common; nobody reads another's (S11).
create function return_overlap(in_relationship uuid, of_pause uuid)
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
        and in_relationship = any (current_relationships())
      having count(*) = (select count(*) from membership
        where relationship_id = in_relationship and left_at is null)
    ) c cross join unnest(c.common) as w
    order by 1;
  end;

revoke execute on all functions in schema public from public;
grant execute on function current_member(), named_relationship()
  to stillpoint_app, stillpoint_worker;
grant execute on function current_relationships(), current_members(), reachable_members(),
  find_member(text, text, text), introduce_member(uuid, text, text, uuid, text, timestamptz),
  find_tap_key(uuid, uuid), return_overlap(uuid, uuid)
  to stillpoint_app;
revoke insert on member, member_client, feed from stillpoint_app;

drop index membership_of_member;
create index membership_of_member on membership (member_id, relationship_id, left_at);

-- What is a member's own.
alter table member enable row level security;
create policy own on member to stillpoint_app using (id = current_member());
create policy together on member for select to stillpoint_app
  using (id = any ((select current_members())::uuid[]));
create policy deliver on member for select to stillpoint_worker using (current_member() is null);

alter table member_client enable row level security;
create policy own on member_client to stillpoint_app using (member_id = current_member());

alter table tap_key enable row level security;
create policy own on tap_key to stillpoint_app using (member_id = current_member());

alter table idempotency_key enable row level security;
create policy own on idempotency_key to stillpoint_app using (member_id = current_member());

alter table return_offer enable row level security;
create policy own on return_offer to stillpoint_app using (member_id = current_member());

alter table pause_tap enable row level security;
create policy own on pause_tap to stillpoint_app using (raiser_id = current_member());

-- What belongs to a relationship: its members read it, and each changes what is that member's.
alter table relationship enable row level security;
create policy anybody on relationship for insert to stillpoint_app with check (true);
create policy members on relationship for select to stillpoint_app
  using (id = any ((select current_relationships())::uuid[]));
create policy closing on relationship for update to stillpoint_app
  using (id = any ((select current_relationships())::uuid[]));

alter table membership enable row level security;
create policy members on membership for select to stillpoint_app
  using (member_id = current_member()
    or relationship_id = any ((select current_relationships())::uuid[]));
create policy joining on membership for insert to stillpoint_app
  with check (member_id = current_member());
create policy leaving on membership for update to stillpoint_app
  using (member_id = current_member());
create policy deliver on membership for select to stillpoint_worker
  using (current_member() is null or member_id = current_member());

alter table invitation enable row level security;
create policy members on invitation for select to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[]));
create policy inviting on invitation for insert to stillpoint_app
  with check (inviter_id = current_member());
create policy answering on invitation for update to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[]));

alter table invitation_assent enable row level security;
create policy members on invitation_assent for select to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[]));
create policy assenting on invitation_assent for insert to stillpoint_app
  with check (member_id = current_member());
create policy withdrawing on invitation_assent for delete to stillpoint_app
  using (member_id = current_member());

-- Any member may lock a pause, to answer it; only its raiser changes it (S3).
alter table pause enable row level security;
create policy members on pause for select to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[]));
create policy raising on pause for insert to stillpoint_app
  with check (raiser_id = current_member());
create policy lifting on pause for update to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[]))
  with check (raiser_id = current_member());
create policy deliver on pause for select to stillpoint_worker using (current_member() is null);

alter table pause_acknowledgement enable row level security;
create policy members on pause_acknowledgement for select to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[]));
create policy acknowledging on pause_acknowledgement for insert to stillpoint_app
  with check (member_id = current_member());
create policy forgetting on pause_acknowledgement for delete to stillpoint_app
  using (member_id = current_member());

-- Feeds: one writes to those whom one can reach, and reads and deletes one's own. Of another's feed
-- there is its counter alone, which gives the next event its number.
alter table feed enable row level security;
create policy reaching on feed to stillpoint_app
  using (member_id = any ((select reachable_members())::uuid[]));
create policy deliver on feed for select to stillpoint_worker
  using (current_member() is null or member_id = current_member());

alter table event enable row level security;
create policy own on event to stillpoint_app using (member_id = current_member());
create policy reaching on event for insert to stillpoint_app
  with check (member_id = any ((select reachable_members())::uuid[]));
create policy deliver on event for select to stillpoint_worker
  using (current_member() is null or member_id = current_member());

alter table delivery enable row level security;
create policy own on delivery to stillpoint_app using (member_id = current_member());
create policy reaching on delivery for insert to stillpoint_app
  with check (member_id = any ((select reachable_members())::uuid[]));
create policy deliver on delivery to stillpoint_worker using (current_member() is null);
