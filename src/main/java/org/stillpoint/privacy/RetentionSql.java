package org.stillpoint.privacy;

import java.util.List;
import org.stillpoint.event.NamedSql;

/**
 * What the retention job deletes. Each statement is a transaction of its own: it takes some {@code
 * :members} and at most {@code :each} rows of each, the oldest first, and yields how many it has
 * deleted of whom. Its time is {@code :now}.
 */
final class RetentionSql {
  /** Whose rows of which kind go, and how. */
  record Rule(String kind, NamedSql sql) {}

  /** Claims the next members of the walk; none when the round is over or the next isn't due. */
  static final NamedSql CLAIM =
      NamedSql.of(
          """
          with walk as (
            select after from retention_walk where next_round <= :now::timestamptz for update
          ), page as (
            select m.id from member m, walk w where m.id > w.after order by m.id limit :members
          ), moved as (
            update retention_walk set
              after = coalesce((select id from page order by id desc limit 1),
                '00000000-0000-0000-0000-000000000000'),
              next_round = case when exists (select from page) then next_round
                else :now::timestamptz + make_interval(secs => :seconds::double precision) end
            where exists (select from walk)
          )
          select id from page
          """);

  /**
   * Events go by their recipient's setting, with what was to be delivered of them. They were stored
   * in the order of their time, so that the oldest are the first of their feed.
   */
  private static final NamedSql EVENTS =
      NamedSql.of(
          """
          with gone as (
            delete from event where ctid = any (array(
              select e.ctid
              from unnest(:members::uuid[]) as m (id)
              left join retention r on r.member_id = m.id
              cross join lateral (
                select ctid, occurred_at from event where member_id = m.id
                order by sequence limit :each) e
              where e.occurred_at <= :now::timestamptz
                - make_interval(hours => coalesce(r.notice_payload_hours, :hours))))
            returning member_id, sequence
          ), unnoticed as (
            delete from notice n using gone g
            where n.member_id = g.member_id and n.sequence = g.sequence
            returning n.sequence
          ), undelivered as (
            delete from delivery d using gone g, (select count(*) from unnoticed) first
            where d.member_id = g.member_id and d.sequence = g.sequence
          )
          select member_id, count(*) from gone group by member_id
          """
              .replace(":hours", Integer.toString(Retention.NOTICE_PAYLOAD_HOURS)));

  /** By their inviter's setting; one that can still be accepted stays. */
  private static final NamedSql INVITATIONS =
      NamedSql.of(
          """
          with gone as (
            delete from invitation where ctid = any (array(
              select i.ctid
              from unnest(:members::uuid[]) as m (id)
              left join retention r on r.member_id = m.id
              cross join lateral (
                select ctid from invitation where inviter_id = m.id
                and created_at <= :now::timestamptz
                  - make_interval(hours => 24 * coalesce(r.invitation_days, :days))
                and (accepted_at is not null or withdrawn_at is not null
                  or expires_at <= :now::timestamptz)
                order by created_at limit :each) i))
            returning inviter_id
          )
          select inviter_id, count(*) from gone group by inviter_id
          """
              .replace(":days", Integer.toString(Retention.INVITATION_DAYS)));

  private static final NamedSql ACCESS_LOG =
      NamedSql.of(
          """
          with gone as (
            delete from access_log where ctid = any (array(
              select a.ctid
              from unnest(:members::uuid[]) as m (id)
              left join retention r on r.member_id = m.id
              cross join lateral (
                select ctid from access_log where member_id = m.id
                and occurred_at <= :now::timestamptz
                  - make_interval(hours => 24 * coalesce(r.access_log_days, :days))
                order by occurred_at limit :each) a))
            returning member_id
          )
          select member_id, count(*) from gone group by member_id
          """
              .replace(":days", Integer.toString(Retention.ACCESS_LOG_DAYS)));

  /**
   * Pauses that have ended go by their raiser's setting, with their taps, acknowledgements and
   * times to return. An active one stays, however old it is (S3).
   */
  private static final NamedSql PAUSES =
      NamedSql.of(
          """
          with gone as (
            delete from pause where ended_at is not null and ctid = any (array(
              select p.ctid
              from unnest(:members::uuid[]) as m (id)
              left join retention r on r.member_id = m.id
              cross join lateral (
                select ctid from pause where raiser_id = m.id and ended_at is not null
                and ended_at <= :now::timestamptz
                  - make_interval(hours => 24 * coalesce(r.pause_event_days, :days))
                order by ended_at limit :each) p))
            returning raiser_id
          )
          select raiser_id, count(*) from gone group by raiser_id
          """
              .replace(":days", Integer.toString(Retention.PAUSE_EVENT_DAYS)));

  /**
   * What an app is shown of handing events over, by the setting of those whose events they were.
   */
  private static final NamedSql WEBHOOK_ATTEMPTS =
      rows(
          "webhook_attempt",
          "client_id, endpoint_id, id",
          "member_id",
          """
          attempted_at <= :now::timestamptz
            - make_interval(hours => coalesce(r.notice_payload_hours, :hours))
          order by attempted_at
          """
              .replace(":hours", Integer.toString(Retention.NOTICE_PAYLOAD_HOURS)));

  /** Whoever comes back forgets them too; this is for those who don't. */
  private static final NamedSql IDEMPOTENCY_KEYS =
      rows(
          "idempotency_key",
          "member_id, client_id, operation, key",
          "member_id",
          """
          created_at <= :now::timestamptz - interval '24 hours'
          """);

  /** What wasn't fetched in time, and a month later that there ever was an export. */
  private static final NamedSql EXPORTS =
      NamedSql.of(
          """
          with expired as (
            update member_export set state = 'expired', ended_at = expires_at
            where member_id = any (:members::uuid[]) and state = 'ready'
            and expires_at <= :now::timestamptz
            returning member_id, id
          ), content as (
            delete from export_content c using expired e
            where c.member_id = e.member_id and c.id = e.id
          ), gone as (
            delete from member_export where (member_id, id) in (
              select e.*
              from unnest(:members::uuid[]) as m (id)
              cross join lateral (
                select member_id, id from member_export where member_id = m.id
                and ended_at <= :now::timestamptz - interval '30 days' limit :each) e)
            returning member_id
          )
          select member_id, count(*) from gone group by member_id
          """);

  /** What its holder has eased away ended then; nobody has seen it since. */
  private static final NamedSql LIMITS =
      rows(
          "member_limit",
          "relationship_id, id",
          "holder_id",
          """
          easing_ends and easing_at <= :now::timestamptz
          """);

  /**
   * Texts of clauses that are over, by their author's setting; the history keeps their hashes. What
   * a text in force came after stays with it, for its assents.
   */
  private static final NamedSql TERMS =
      rows(
          "term",
          "relationship_id, id",
          "author_id",
          """
          over_at <= :now::timestamptz
            - make_interval(hours => 24 * coalesce(r.superseded_version_days, :days))
          and not exists (select from term newer
            where newer.relationship_id = old.relationship_id and newer.replaces_id = old.id
            and coalesce(newer.over_at, 'infinity') > :now::timestamptz)
          order by over_at
          """
              .replace(":days", Integer.toString(Retention.SUPERSEDED_VERSION_DAYS)));

  /** Versions in whose place a newer one has stood for so long. */
  private static final NamedSql VERSIONS =
      rows(
          "agreement_version",
          "relationship_id, id",
          "author_id",
          """
          exists (select from agreement_version newer
            where newer.relationship_id = old.relationship_id
            and newer.agreement_id = old.agreement_id and newer.number > old.number
            and newer.proposed_at <= :now::timestamptz
              - make_interval(hours => 24 * coalesce(r.superseded_version_days, :days)))
          order by number
          """
              .replace(":days", Integer.toString(Retention.SUPERSEDED_VERSION_DAYS)));

  /** What one has written to check-ins, by one's own setting, whether or not others can read it. */
  private static final NamedSql CHECK_IN_ANSWERS =
      rows(
          "check_in_answer",
          "relationship_id, check_in_id, item_id, member_id",
          "member_id",
          """
          kept_since <= :now::timestamptz
            - make_interval(hours => 24 * coalesce(r.check_in_answer_days, :days))
          order by kept_since
          """
              .replace(":days", Integer.toString(Retention.CHECK_IN_ANSWER_DAYS)));

  /** Long after it could open anything. */
  private static final NamedSql CHECK_IN_READINESS =
      rows(
          "check_in_readiness",
          "relationship_id, check_in_id, member_id",
          "member_id",
          """
          ready_at <= :now::timestamptz - interval '24 hours'
          """);

  /** That a reminder was sent: what it was of has long begun. */
  private static final NamedSql CHECK_IN_REMINDERS =
      rows(
          "check_in_reminder",
          "relationship_id, check_in_id, member_id, lead_seconds",
          "member_id",
          """
          sent_at <= :now::timestamptz - interval '2 days'
          order by sent_at
          """);

  /** Longer than any talk is open. */
  private static final NamedSql CHECK_IN_ASSENTS =
      rows(
          "check_in_assent",
          "relationship_id, check_in_id, decision_id, member_id",
          "member_id",
          """
          assented_at <= :now::timestamptz - interval '8 days'
          """);

  /** Shared, so that nobody's setting rules them: each goes as long after its end as answers do. */
  private static final NamedSql CHECK_INS =
      rows(
          "check_in",
          "relationship_id, id",
          "created_by",
          """
          coalesce(over_at, greatest(starts_at, opened_at)) <= :now::timestamptz
            - make_interval(hours => 24 * :days)
          order by starts_at
          """
              .replace(":days", Integer.toString(Retention.CHECK_IN_ANSWER_DAYS)));

  /** Series go after the last of their check-ins, and as long after their end. */
  private static final NamedSql CHECK_IN_SERIES =
      rows(
          "check_in_series",
          "relationship_id, id",
          "created_by",
          """
          coalesce(ended_at, last_at) <= :now::timestamptz
            - make_interval(hours => 24 * :days)
          and not exists (select from check_in c
            where c.relationship_id = old.relationship_id and c.series_id = old.id)
          """
              .replace(":days", Integer.toString(Retention.CHECK_IN_ANSWER_DAYS)));

  /**
   * Guests, once their code is worth nothing and the check-in is over, by hand or by time: until
   * then they count, so that nobody is asked over and over.
   */
  private static final NamedSql CHECK_IN_GUESTS =
      rows(
          "check_in_guest",
          "relationship_id, check_in_id, id",
          "proposer_id",
          """
          expires_at <= :now::timestamptz
          and not exists (select from check_in c
            where c.relationship_id = old.relationship_id and c.id = old.check_in_id
            and coalesce(c.over_at, c.opened_at + interval '7 days',
              c.starts_at + interval '24 hours') > :now::timestamptz)
          order by expires_at
          """);

  /** Once there is nothing left that could come of them. */
  private static final NamedSql CHECK_IN_GUEST_ASSENTS =
      rows(
          "check_in_guest_assent",
          "relationship_id, check_in_id, guest_row_id, member_id",
          "member_id",
          """
          assented_at <= :now::timestamptz - interval '7 days'
          order by assented_at
          """);

  /** By their author's setting alone, with their copies; without one they stay until deleted. */
  private static final NamedSql REFLECTIONS =
      rows(
          "reflection",
          "member_id, id",
          "member_id",
          """
          changed_at <= :now::timestamptz - make_interval(hours => 24 * r.reflection_days)
          order by changed_at
          """);

  /** Longer than none of them may be repeated, wherever the member is. */
  private static final NamedSql SUGGESTED_PROMPTS =
      rows(
          "suggested_prompts",
          "member_id, id",
          "member_id",
          """
          day < (:now::timestamptz - interval '15 days')::date
          order by day
          """);

  private static final NamedSql PROMPT_ASSIGNMENTS =
      rows(
          "prompt_assignment",
          "member_id, grant_id, id",
          "member_id",
          """
          assigned_at <= :now::timestamptz - interval '14 days'
          """);

  private static final NamedSql AGENDA_PROPOSALS =
      rows(
          "agenda_proposal",
          "relationship_id, grant_id, id",
          "practitioner_id",
          """
          proposed_at <= :now::timestamptz - interval '14 days'
          """);

  /** As long after their end as any log of what was read under them is kept. */
  private static final NamedSql SHARED_GRANTS =
      rows(
          "shared_grant",
          "relationship_id, id",
          "practitioner_id",
          """
          coalesce(ended_at, expires_at) <= :now::timestamptz - interval '30 days'
          """);

  private static final NamedSql SELF_GRANTS =
      rows(
          "self_grant",
          "member_id, id",
          "member_id",
          """
          coalesce(ended_at, expires_at) <= :now::timestamptz - interval '30 days'
          """);

  /** Once time has ended their grant; whoever ends one ends them too. */
  private static final NamedSql PRACTICE_MARKS =
      rows(
          "check_in_practice_mark",
          "relationship_id, check_in_id, item_id, member_id, grant_id",
          "member_id",
          """
          not exists (select from self_grant g
            where g.member_id = old.member_id and g.id = old.grant_id
            and g.expires_at > :now::timestamptz)
          and not exists (select from shared_grant g
            where g.relationship_id = old.relationship_id and g.id = old.grant_id
            and g.expires_at > :now::timestamptz)
          """);

  /** The same of copies. */
  private static final NamedSql PRACTICE_SNAPSHOTS =
      rows(
          "practice_snapshot",
          "member_id, id",
          "member_id",
          """
          not exists (select from self_grant g
            where g.member_id = old.member_id and g.id = old.grant_id
            and g.expires_at > :now::timestamptz)
          and not exists (select from shared_grant g
            where g.relationship_id = old.relationship_id and g.id = old.grant_id
            and g.expires_at > :now::timestamptz)
          order by taken_at
          """);

  /** Whoever's they are: an erased member's name nobody, and are deleted along with others'. */
  private static final NamedSql CONTACT_CODES =
      NamedSql.of(
          """
          with gone as (
            delete from contact_code where id in (
              select c.id from contact_code c
              where c.asked_at <= :now::timestamptz - interval '1 day'
              order by c.asked_at limit :each for update skip locked)
            returning id
          )
          select (:members::uuid[])[1], count(*) from gone having count(*) > 0
          """);

  /**
   * The rest of those who were erased: what a request of theirs, or of another replica, stored
   * while it happened; then memberships that no row of others names any more; then the bare id.
   */
  private static final NamedSql ERASED =
      NamedSql.of("select member_id, gone from sweep_erased(:members::uuid[]) where :each > 0");

  /**
   * Deletes rows of a table by their key.
   *
   * @param key its columns
   * @param owner the column that says by whose setting {@code r} they go
   * @param condition which of these, {@code old}, and in which order
   */
  private static NamedSql rows(String table, String key, String owner, String condition) {
    return NamedSql.of(
        """
        with gone as (
          delete from <table> where (<key>) in (
            select k.*
            from unnest(:members::uuid[]) as m (id)
            left join retention r on r.member_id = m.id
            cross join lateral (
              select <key> from <table> old where <owner> = m.id and <condition> limit :each) k)
          returning <owner>
        )
        select <owner>, count(*) from gone group by <owner>
        """
            .replace("<table>", table)
            .replace("<key>", key)
            .replace("<owner>", owner)
            .replace("<condition>", condition.strip()));
  }

  static final List<Rule> RULES =
      List.of(
          new Rule("events", EVENTS),
          new Rule("webhook_attempts", WEBHOOK_ATTEMPTS),
          new Rule("invitations", INVITATIONS),
          new Rule("access_log", ACCESS_LOG),
          new Rule("pauses", PAUSES),
          new Rule("idempotency_keys", IDEMPOTENCY_KEYS),
          new Rule("exports", EXPORTS),
          new Rule("limits", LIMITS),
          new Rule("superseded_terms", TERMS),
          new Rule("superseded_versions", VERSIONS),
          new Rule("check_in_answers", CHECK_IN_ANSWERS),
          new Rule("check_in_readiness", CHECK_IN_READINESS),
          new Rule("check_in_assents", CHECK_IN_ASSENTS),
          new Rule("check_ins", CHECK_INS),
          new Rule("check_in_series", CHECK_IN_SERIES),
          new Rule("check_in_reminders", CHECK_IN_REMINDERS),
          new Rule("check_in_guests", CHECK_IN_GUESTS),
          new Rule("check_in_guest_assents", CHECK_IN_GUEST_ASSENTS),
          new Rule("reflections", REFLECTIONS),
          new Rule("suggested_prompts", SUGGESTED_PROMPTS),
          new Rule("prompt_assignments", PROMPT_ASSIGNMENTS),
          new Rule("agenda_proposals", AGENDA_PROPOSALS),
          new Rule("practice_marks", PRACTICE_MARKS),
          new Rule("practice_snapshots", PRACTICE_SNAPSHOTS),
          new Rule("shared_grants", SHARED_GRANTS),
          new Rule("self_grants", SELF_GRANTS),
          new Rule("contact_codes", CONTACT_CODES),
          new Rule("erased", ERASED));

  private RetentionSql() {}
}
