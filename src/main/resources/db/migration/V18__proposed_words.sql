-- Words that not all have said yes to are sealed under a member's key, and go with it from backups too;
-- once all have, they are sealed anew under the relationship's. A proposal that a text goes says its words,
-- and is under the same key. What was written before this stays under the relationship's key: what is still
-- proposed of it is gone from backups only when these are.
alter table term add sealed_for uuid;
update term set sealed_for = relationship_id;
alter table term alter sealed_for set not null;

alter table agreement_version add sealed_for uuid;
update agreement_version set sealed_for = relationship_id;
alter table agreement_version alter sealed_for set not null,
  add check (sealed_for in (author_id, relationship_id));
grant update (sealed_for, content) on agreement_version to stillpoint_app;

-- In two steps from here on: what is left after the first is sealed anew before the second, since it has to
-- outlast the leaver's key.
drop function forget_participation(uuid, timestamptz);

-- Whoever leaves takes along what that member proposed and nobody else agreed to. A title goes with its
-- author's last term.
create function forget_own_words(in_relationship uuid, at timestamptz) returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    delete from agreement_draft where relationship_id = in_relationship and author_id = current_member();
    delete from term_answer where relationship_id = in_relationship and member_id = current_member();
    delete from term r where r.relationship_id = in_relationship and r.removal
      and exists (select from term t where t.relationship_id = in_relationship and t.id = r.replaces_id
        and t.author_id = current_member() and own_words(t, at));
    delete from term r where r.relationship_id = in_relationship and r.removal
      and r.sealed_for = current_member()
      and not exists (select from term t where t.relationship_id = in_relationship and t.id = r.replaces_id);
    delete from term t where t.relationship_id = in_relationship and t.author_id = current_member()
      and own_words(t, at);
    delete from agreement_version v where v.relationship_id = in_relationship
      and v.author_id = current_member()
      and not exists (select from term t where t.relationship_id = v.relationship_id
        and t.agreement_id = v.agreement_id and t.version_number = v.number
        and t.author_id = v.author_id);
  end;

-- Whoever leaves takes part in nothing any more, and reads it no more after coming back.
create function forget_participation(in_relationship uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    update term set member_ids = array_remove(member_ids, current_member())
    where relationship_id = in_relationship and current_member() = any (member_ids);
    update agreement set member_ids = array_remove(member_ids, current_member())
    where relationship_id = in_relationship and current_member() = any (member_ids);
  end;

revoke execute on function forget_own_words(uuid, timestamptz), forget_participation(uuid) from public;
grant execute on function forget_own_words(uuid, timestamptz), forget_participation(uuid) to stillpoint_app;
