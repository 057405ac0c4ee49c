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
          ), undelivered as (
            delete from delivery d using gone g
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

  /** Whoever comes back forgets them too; this is for those who don't. */
  private static final NamedSql IDEMPOTENCY_KEYS =
      NamedSql.of(
          """
          with gone as (
            delete from idempotency_key where (member_id, client_id, operation, key) in (
              select k.*
              from unnest(:members::uuid[]) as m (id)
              cross join lateral (
                select member_id, client_id, operation, key from idempotency_key
                where member_id = m.id
                and created_at <= :now::timestamptz - interval '24 hours' limit :each) k)
            returning member_id
          )
          select member_id, count(*) from gone group by member_id
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
      NamedSql.of(
          """
          with gone as (
            delete from member_limit where (relationship_id, id) in (
              select l.*
              from unnest(:members::uuid[]) as m (id)
              cross join lateral (
                select relationship_id, id from member_limit where holder_id = m.id
                and easing_ends and easing_at <= :now::timestamptz limit :each) l)
            returning holder_id
          )
          select holder_id, count(*) from gone group by holder_id
          """);

  /**
   * Texts of clauses that are over, by their author's setting; the history keeps their hashes. What
   * a text in force came after stays with it, for its assents.
   */
  private static final NamedSql TERMS =
      NamedSql.of(
          """
          with gone as (
            delete from term where (relationship_id, id) in (
              select t.*
              from unnest(:members::uuid[]) as m (id)
              left join retention r on r.member_id = m.id
              cross join lateral (
                select relationship_id, id from term old where author_id = m.id
                and over_at <= :now::timestamptz
                  - make_interval(hours => 24 * coalesce(r.superseded_version_days, :days))
                and not exists (select from term newer
                  where newer.relationship_id = old.relationship_id and newer.replaces_id = old.id
                  and coalesce(newer.over_at, 'infinity') > :now::timestamptz)
                order by over_at limit :each) t)
            returning author_id
          )
          select author_id, count(*) from gone group by author_id
          """
              .replace(":days", Integer.toString(Retention.SUPERSEDED_VERSION_DAYS)));

  /** Versions in whose place a newer one has stood for so long. */
  private static final NamedSql VERSIONS =
      NamedSql.of(
          """
          with gone as (
            delete from agreement_version where (relationship_id, id) in (
              select v.*
              from unnest(:members::uuid[]) as m (id)
              left join retention r on r.member_id = m.id
              cross join lateral (
                select relationship_id, id from agreement_version old where author_id = m.id
                and exists (select from agreement_version newer
                  where newer.relationship_id = old.relationship_id
                  and newer.agreement_id = old.agreement_id and newer.number > old.number
                  and newer.proposed_at <= :now::timestamptz
                    - make_interval(hours => 24 * coalesce(r.superseded_version_days, :days)))
                order by number limit :each) v)
            returning author_id
          )
          select author_id, count(*) from gone group by author_id
          """
              .replace(":days", Integer.toString(Retention.SUPERSEDED_VERSION_DAYS)));

  /** What one has written to check-ins, by one's own setting, whether or not others can read it. */
  private static final NamedSql CHECK_IN_ANSWERS =
      NamedSql.of(
          """
          with gone as (
            delete from check_in_answer
            where (relationship_id, check_in_id, item_id, member_id) in (
              select a.*
              from unnest(:members::uuid[]) as m (id)
              left join retention r on r.member_id = m.id
              cross join lateral (
                select relationship_id, check_in_id, item_id, member_id from check_in_answer
                where member_id = m.id
                and kept_since <= :now::timestamptz
                  - make_interval(hours => 24 * coalesce(r.check_in_answer_days, :days))
                order by kept_since limit :each) a)
            returning member_id
          )
          select member_id, count(*) from gone group by member_id
          """
              .replace(":days", Integer.toString(Retention.CHECK_IN_ANSWER_DAYS)));

  /** Long after it could open anything. */
  private static final NamedSql CHECK_IN_READINESS =
      NamedSql.of(
          """
          with gone as (
            delete from check_in_readiness where (relationship_id, check_in_id, member_id) in (
              select r.*
              from unnest(:members::uuid[]) as m (id)
              cross join lateral (
                select relationship_id, check_in_id, member_id from check_in_readiness
                where member_id = m.id
                and ready_at <= :now::timestamptz - interval '24 hours' limit :each) r)
            returning member_id
          )
          select member_id, count(*) from gone group by member_id
          """);

  /** That a reminder was sent: what it was of has long begun. */
  private static final NamedSql CHECK_IN_REMINDERS =
      NamedSql.of(
          """
          with gone as (
            delete from check_in_reminder
            where (relationship_id, check_in_id, member_id, lead_seconds) in (
              select r.*
              from unnest(:members::uuid[]) as m (id)
              cross join lateral (
                select relationship_id, check_in_id, member_id, lead_seconds
                from check_in_reminder where member_id = m.id
                and sent_at <= :now::timestamptz - interval '2 days'
                order by sent_at limit :each) r)
            returning member_id
          )
          select member_id, count(*) from gone group by member_id
          """);

  /** Longer than any talk is open. */
  private static final NamedSql CHECK_IN_ASSENTS =
      NamedSql.of(
          """
          with gone as (
            delete from check_in_assent
            where (relationship_id, check_in_id, decision_id, member_id) in (
              select a.*
              from unnest(:members::uuid[]) as m (id)
              cross join lateral (
                select relationship_id, check_in_id, decision_id, member_id from check_in_assent
                where member_id = m.id
                and assented_at <= :now::timestamptz - interval '8 days' limit :each) a)
            returning member_id
          )
          select member_id, count(*) from gone group by member_id
          """);

  /** Shared, so that nobody's setting rules them: each goes as long after its end as answers do. */
  private static final NamedSql CHECK_INS =
      NamedSql.of(
          """
          with gone as (
            delete from check_in where (relationship_id, id) in (
              select c.*
              from unnest(:members::uuid[]) as m (id)
              cross join lateral (
                select relationship_id, id from check_in where created_by = m.id
                and coalesce(over_at, greatest(starts_at, opened_at)) <= :now::timestamptz
                  - make_interval(hours => 24 * :days)
                order by starts_at limit :each) c)
            returning created_by
          )
          select created_by, count(*) from gone group by created_by
          """
              .replace(":days", Integer.toString(Retention.CHECK_IN_ANSWER_DAYS)));

  /** Series go after the last of their check-ins, and as long after their end. */
  private static final NamedSql CHECK_IN_SERIES =
      NamedSql.of(
          """
          with gone as (
            delete from check_in_series where (relationship_id, id) in (
              select s.*
              from unnest(:members::uuid[]) as m (id)
              cross join lateral (
                select relationship_id, id from check_in_series series where created_by = m.id
                and coalesce(ended_at, last_at) <= :now::timestamptz
                  - make_interval(hours => 24 * :days)
                and not exists (select from check_in c
                  where c.relationship_id = series.relationship_id and c.series_id = series.id)
                limit :each) s)
            returning created_by
          )
          select created_by, count(*) from gone group by created_by
          """
              .replace(":days", Integer.toString(Retention.CHECK_IN_ANSWER_DAYS)));

  /**
   * Guests, once their code is worth nothing and the check-in is over, by hand or by time: until
   * then they count, so that nobody is asked over and over.
   */
  private static final NamedSql CHECK_IN_GUESTS =
      NamedSql.of(
          """
          with gone as (
            delete from check_in_guest where (relationship_id, check_in_id, id) in (
              select g.*
              from unnest(:members::uuid[]) as m (id)
              cross join lateral (
                select relationship_id, check_in_id, id from check_in_guest guest
                where proposer_id = m.id and expires_at <= :now::timestamptz
                and not exists (select from check_in c
                  where c.relationship_id = guest.relationship_id and c.id = guest.check_in_id
                  and coalesce(c.over_at, c.opened_at + interval '7 days',
                    c.starts_at + interval '24 hours') > :now::timestamptz)
                order by expires_at limit :each) g)
            returning proposer_id
          )
          select proposer_id, count(*) from gone group by proposer_id
          """);

  /** Once there is nothing left that could come of them. */
  private static final NamedSql CHECK_IN_GUEST_ASSENTS =
      NamedSql.of(
          """
          with gone as (
            delete from check_in_guest_assent
            where (relationship_id, check_in_id, guest_row_id, member_id) in (
              select a.*
              from unnest(:members::uuid[]) as m (id)
              cross join lateral (
                select relationship_id, check_in_id, guest_row_id, member_id
                from check_in_guest_assent where member_id = m.id
                and assented_at <= :now::timestamptz - interval '7 days'
                order by assented_at limit :each) a)
            returning member_id
          )
          select member_id, count(*) from gone group by member_id
          """);

  /**
   * The rest of those who were erased: what a request of theirs, or of another replica, stored
   * while it happened; then memberships that no row of others names any more; then the bare id.
   */
  private static final NamedSql ERASED =
      NamedSql.of("select member_id, gone from sweep_erased(:members::uuid[]) where :each > 0");

  static final List<Rule> RULES =
      List.of(
          new Rule("events", EVENTS),
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
          new Rule("erased", ERASED));

  private RetentionSql() {}
}
