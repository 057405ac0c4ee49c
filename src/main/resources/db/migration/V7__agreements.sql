-- Living agreements. What happens by time alone has no row that changes: the state of a term follows
-- from its times. Texts are sealed under the relationship's key, drafts under their author's.

-- member_ids: who takes part; nobody else of the relationship sees that there is an agreement. What
-- isn't written by somebody consists of one term.
create table agreement (
  relationship_id uuid        not null references relationship,
  id              uuid        not null,
  created_by      uuid        not null,
  kind            text        not null check (kind in ('AGREEMENT', 'HOLD', 'SIGNAL', 'COOLING_OFF')),
  member_ids      uuid[]      not null,
  created_at      timestamptz not null,
  latest_version  integer     not null default 0,
  history_length  bigint      not null default 0,
  history_head    bytea,
  ended_at        timestamptz,
  primary key (relationship_id, id)
);

-- Its author's alone, until it is proposed.
create table agreement_draft (
  relationship_id uuid        not null references relationship,
  id              uuid        not null,
  author_id       uuid        not null,
  agreement_id    uuid,
  based_on        integer     not null,
  content         bytea       not null,
  version         bigint      not null,
  created_at      timestamptz not null,
  primary key (relationship_id, id)
);
create index agreement_draft_of_author on agreement_draft (author_id, relationship_id);

-- Immutable: its title, and the ids of its terms in their order. acted_at_once: something of it tightened
-- or ended something when it was proposed.
create table agreement_version (
  relationship_id uuid        not null,
  id              uuid        not null,
  agreement_id    uuid        not null,
  number          integer     not null,
  author_id       uuid        not null,
  proposed_at     timestamptz not null,
  content         bytea       not null,
  acted_at_once   boolean     not null default false,
  primary key (relationship_id, id),
  unique (relationship_id, agreement_id, number),
  foreign key (relationship_id, agreement_id) references agreement
);

-- One text of a clause, or the proposal that one goes (removal). A lineage are the texts that came after
-- each other. Who assented is written here once all have, and nowhere that others can read before.
create table term (
  relationship_id uuid        not null,
  id              uuid        not null,
  agreement_id    uuid        not null,
  version_number  integer     not null,
  lineage_id      uuid        not null,
  replaces_id     uuid,
  removal         boolean     not null default false,
  author_id       uuid        not null,
  member_ids      uuid[]      not null,
  content         bytea       not null,
  hash            bytea       not null,
  proposed_at     timestamptz not null,
  open_until      timestamptz not null,
  agreed_at       timestamptz,
  active_at       timestamptz,
  assented_by     uuid[]      not null default '{}',
  assented_at     timestamptz[] not null default '{}',
  cancelled_at    timestamptz,
  lapses_at       timestamptz,
  renewals        integer     not null default 0,
  suspended_at    timestamptz,
  suspensions     integer     not null default 0,
  resumes_at      timestamptz,
  replaced_at     timestamptz,
  ended_at        timestamptz,
  primary key (relationship_id, id),
  foreign key (relationship_id, agreement_id) references agreement
);
-- What stands is found among all that ever stood, and what was not agreed among all that was.
create index term_standing on term (relationship_id, replaced_at)
  where ended_at is null and cancelled_at is null;
create index term_cancelled on term (relationship_id, cancelled_at) where cancelled_at is not null;
create index term_open on term (relationship_id, open_until) where active_at is null;
create index term_by_author on term (author_id);

-- What a member has answered, and to what: 'agree' to its text, 'resume' after a suspension, 'renew' for
-- another period; each suspension and each period is a round of its own. Nobody reads another's.
create table term_answer (
  relationship_id uuid        not null,
  term_id         uuid        not null,
  member_id       uuid        not null,
  purpose         text        not null check (purpose in ('agree', 'resume', 'renew')),
  round           integer     not null,
  assents         boolean     not null,
  hash            bytea       not null,
  answered_at     timestamptz not null,
  primary key (relationship_id, term_id, member_id, purpose),
  foreign key (relationship_id, term_id) references term on delete cascade
);
create index term_answer_of_member on term_answer (member_id);

-- Each entry holds the hash of the one before. What was written is in it as a salted hash only, so that a
-- text can be erased and the chain still holds.
create table agreement_history (
  relationship_id uuid        not null,
  agreement_id    uuid        not null,
  sequence        bigint      not null,
  type            text        not null,
  actor_id        uuid,
  occurred_at     timestamptz not null,
  term_id         uuid,
  content_hash    bytea,
  previous_hash   bytea,
  hash            bytea       not null,
  primary key (relationship_id, agreement_id, sequence),
  foreign key (relationship_id, agreement_id) references agreement
);

alter table agreement enable row level security;
create policy taking_part on agreement to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[])
    and current_member() = any (member_ids));

alter table agreement_draft enable row level security;
create policy own on agreement_draft to stillpoint_app
  using (author_id = current_member()
    and relationship_id = any ((select current_relationships())::uuid[]));

alter table term enable row level security;
create policy taking_part on term to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[])
    and current_member() = any (member_ids));

alter table term_answer enable row level security;
create policy own on term_answer to stillpoint_app
  using (member_id = current_member()
    and relationship_id = any ((select current_relationships())::uuid[]));

-- Those of an agreement are seen by whoever sees the agreement.
create function visible_agreement(in_relationship uuid, agreement_id uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select exists (select from agreement a
      where a.relationship_id = in_relationship and a.id = visible_agreement.agreement_id
      and a.relationship_id = any (current_relationships())
      and current_member() = any (a.member_ids));
  end;

alter table agreement_version enable row level security;
create policy taking_part on agreement_version to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[])
    and visible_agreement(relationship_id, agreement_id));

alter table agreement_history enable row level security;
create policy taking_part on agreement_history to stillpoint_app
  using (relationship_id = any ((select current_relationships())::uuid[])
    and visible_agreement(relationship_id, agreement_id));

-- Who assented, once all have whom the term concerns and who still belong; nothing before: neither who
-- nor how many.
create function complete_assents(
    in_relationship uuid, of_term uuid, for_purpose text, in_round integer, since timestamptz)
  returns table (member_id uuid, answered_at timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    with concerned as (
      select m.member_id from membership m join term t
        on t.relationship_id = m.relationship_id and t.id = of_term
      where m.relationship_id = in_relationship and m.left_at is null
        and m.member_id = any (t.member_ids)
        and in_relationship = any (current_relationships())
        and current_member() = any (t.member_ids)
    ), given as (
      select a.member_id, a.answered_at from term_answer a join concerned c using (member_id)
      where a.relationship_id = in_relationship and a.term_id = of_term
        and a.purpose = for_purpose and a.round = in_round and a.assents and a.answered_at >= since
        and a.hash = (select t.hash from term t where t.relationship_id = in_relationship and t.id = of_term)
    )
    select g.member_id, g.answered_at from given g
    where (select count(*) from given) = (select count(*) from concerned)
    order by g.answered_at, g.member_id;
  end;

-- What its author alone has said yes to, and what holds no more: nobody else has a part in these words.
create function own_words(t term, at timestamptz) returns boolean
  language sql immutable
  return t.agreed_at is null
    or t.assented_by <@ array[t.author_id]
      and (t.ended_at is not null or t.cancelled_at is not null or t.replaced_at <= at or t.lapses_at <= at);

-- Whoever leaves takes part in nothing any more, and reads it no more after coming back. What that
-- member proposed and nobody else agreed to goes.
create function forget_participation(in_relationship uuid, at timestamptz) returns void
  language sql volatile security definer set search_path = public, pg_temp
  begin atomic
    delete from agreement_draft where relationship_id = in_relationship and author_id = current_member();
    delete from term_answer where relationship_id = in_relationship and member_id = current_member();
    delete from term r where r.relationship_id = in_relationship and r.removal
      and exists (select from term t where t.relationship_id = in_relationship and t.id = r.replaces_id
        and t.author_id = current_member() and own_words(t, at));
    delete from term t where t.relationship_id = in_relationship and t.author_id = current_member()
      and own_words(t, at);
    delete from agreement_version v where v.relationship_id = in_relationship
      and v.author_id = current_member()
      and not exists (select from term t where t.relationship_id = v.relationship_id
        and t.agreement_id = v.agreement_id and t.version_number = v.number);
    update term set member_ids = array_remove(member_ids, current_member())
    where relationship_id = in_relationship and current_member() = any (member_ids);
    update agreement set member_ids = array_remove(member_ids, current_member())
    where relationship_id = in_relationship and current_member() = any (member_ids);
  end;

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
    delete from agreement_draft where author_id = gone;
    delete from term_answer where member_id = gone;
    delete from term r where r.removal and exists (select from term t
      where t.relationship_id = r.relationship_id and t.id = r.replaces_id and t.author_id = gone
      and own_words(t, now()));
    delete from term t where t.author_id = gone and own_words(t, now());
    delete from data_key where owner_id = gone;
    update retention set notice_payload_hours = null, access_log_days = null where member_id = gone;
  end;

grant select, insert, update on agreement, term to stillpoint_app;
grant select, insert on agreement_version, agreement_history to stillpoint_app;
grant select, insert, update, delete on agreement_draft, term_answer to stillpoint_app;

revoke execute on function visible_agreement(uuid, uuid), forget_participation(uuid, timestamptz),
  complete_assents(uuid, uuid, text, integer, timestamptz) from public;
grant execute on function visible_agreement(uuid, uuid), forget_participation(uuid, timestamptz),
  complete_assents(uuid, uuid, text, integer, timestamptz) to stillpoint_app;
