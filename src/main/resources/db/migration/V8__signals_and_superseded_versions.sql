-- Whether there is a signal of the members' own is all that the worker sees of an agreement.
create policy deliver on agreement for select to stillpoint_worker
  using (current_member() is null and kind = 'SIGNAL');
grant select (relationship_id, kind) on agreement to stillpoint_worker;

-- One of each pair of relationship and kind is looked up for each notice.
create index agreement_of_its_own_kind on agreement (relationship_id, kind) where kind <> 'AGREEMENT';

-- What was said in an agreement before goes after a year, or sooner if its author wants.
alter table retention add superseded_version_days integer
  check (superseded_version_days between 31 and 365);

-- Since when a text is over, as its times say; null or in the future for one that still counts.
alter table term add over_at timestamptz generated always as (
  least(ended_at, cancelled_at, replaced_at, lapses_at, case when active_at is null then open_until when removal then active_at end))
  stored;
drop index term_by_author;
create index term_by_author on term (author_id, over_at);
create index agreement_version_by_author on agreement_version (author_id);

create policy retention on term to stillpoint_worker using (current_member() is null
  and over_at is not null);
create policy retention on agreement_version to stillpoint_worker using (current_member() is null);
grant select (relationship_id, id, author_id, replaces_id, over_at), delete on term to stillpoint_worker;
grant select (relationship_id, id, agreement_id, number, author_id, proposed_at), delete on agreement_version
  to stillpoint_worker;

-- The bare id stays while a text of an agreement that others keep still names it, so that the job finds
-- that text when its time comes.
create or replace function sweep_erased(members uuid[]) returns table (member_id uuid, gone bigint)
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
      and not exists (select from membership s where s.member_id = erased)
      and not exists (select from term t where t.author_id = erased)
      and not exists (select from agreement_version v where v.author_id = erased);
    if found then
      member_id := erased;
      gone := 1;
      return next;
    end if;
  end loop;
end
$$;

-- For what a text in force came after.
create index term_replacing on term (relationship_id, replaces_id) where replaces_id is not null;
