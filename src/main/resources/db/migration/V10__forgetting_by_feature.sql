-- What each feature forgets of a member who is gone: whoever adds something to a feature replaces its
-- function, and leaves the others alone.
create function forget_login(gone uuid) returns void
  language sql volatile set search_path = public, pg_temp
  begin atomic
    delete from idempotency_key where member_id = gone;
    delete from member_client where member_id = gone;
    delete from access_log where member_id = gone;
    delete from member_export where member_id = gone;
  end;

create function forget_events(gone uuid) returns void
  language sql volatile set search_path = public, pg_temp
  begin atomic
    delete from delivery where member_id = gone;
    delete from event where member_id = gone;
    delete from feed where member_id = gone;
  end;

create function forget_relationships(gone uuid) returns void
  language sql volatile set search_path = public, pg_temp
  begin atomic
    delete from invitation_assent where member_id = gone;
    delete from member_limit where holder_id = gone;
  end;

create function forget_pauses(gone uuid) returns void
  language sql volatile set search_path = public, pg_temp
  begin atomic
    delete from tap_key where member_id = gone;
    delete from pause_tap where raiser_id = gone;
    delete from return_offer where member_id = gone;
  end;

create function forget_agreements(gone uuid) returns void
  language sql volatile set search_path = public, pg_temp
  begin atomic
    delete from agreement_draft where author_id = gone;
    delete from term_answer where member_id = gone;
    delete from term r where r.removal and exists (select from term t
      where t.relationship_id = r.relationship_id and t.id = r.replaces_id and t.author_id = gone
      and own_words(t, now()));
    delete from term t where t.author_id = gone and own_words(t, now());
  end;

create function forget_check_ins(gone uuid) returns void
  language sql volatile set search_path = public, pg_temp
  begin atomic
    delete from check_in_answer where member_id = gone;
    delete from check_in_readiness where member_id = gone;
    update check_in_item set words = null, author_id = null where author_id = gone;
  end;

-- All that is a member's alone. The key of the member's words goes last.
create or replace function forget_member(gone uuid) returns void
  language sql volatile set search_path = public, pg_temp
  begin atomic
    select forget_events(gone);
    select forget_login(gone);
    select forget_relationships(gone);
    select forget_pauses(gone);
    select forget_agreements(gone);
    select forget_check_ins(gone);
    delete from data_key where owner_id = gone;
    update retention set notice_payload_hours = null, access_log_days = null,
      check_in_answer_days = null where member_id = gone;
  end;

revoke execute on function forget_login(uuid), forget_events(uuid), forget_relationships(uuid),
  forget_pauses(uuid), forget_agreements(uuid), forget_check_ins(uuid) from public;
