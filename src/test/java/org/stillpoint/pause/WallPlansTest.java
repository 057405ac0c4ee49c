package org.stillpoint.pause;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stillpoint.database.EmbeddedPostgres;
import org.stillpoint.event.NamedSql;

/** Policies must not make the hot queries read whole tables: their plans on 5,000 relationships. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WallPlansTest {
  private static final Pattern SCAN = Pattern.compile("Seq Scan on (\\w+)");

  private static final String MEMBER = "00000000-0000-7000-8000-000000000007";
  private static final String RELATIONSHIP = "10000000-0000-7000-8000-000000000004";

  /** Of a relationship, and of one other member: the first one reads it as a practitioner. */
  private static final String SHARED_GRANT = "10000000-0000-7000-8000-000000000007";

  private static final String CLIENT = "00000000-0000-7000-8000-00000000270a";

  /**
   * Two members each, an ended and an active pause, five events for everybody, who is a
   * practitioner of others.
   */
  private static final String FILL =
      """
      create function pg_temp.id(kind int, n int) returns uuid language sql as
        $$ select (kind || lpad('', 6, '0') || '0-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid
        $$;
      insert into member (id, issuer, subject, created_at)
        select pg_temp.id(0, n), 'i', 's' || n, now() from generate_series(1, 10000) n;
      insert into member_client (member_id, id, client_id, first_used_at)
        select id, id, 'app', now() from member;
      insert into feed (member_id, last_sequence) select id, 5 from member;
      insert into relationship (id, created_at)
        select pg_temp.id(1, n), now() from generate_series(1, 5000) n;
      insert into membership (relationship_id, member_id, joined_at)
        select pg_temp.id(1, (n + 1) / 2), pg_temp.id(0, n), now()
        from generate_series(1, 10000) n;
      insert into pause (relationship_id, id, raiser_id, kind, raised_at, received_at, ended_at,
          end_reason)
        select relationship_id, member_id, member_id, 2, now(), now(), now(), 'lifted'
        from membership;
      insert into pause (relationship_id, id, raiser_id, kind, raised_at, received_at)
        select relationship_id, uuidv7(), member_id, 2, now(), now() from membership;
      insert into event (member_id, sequence, id, type, occurred_at, relationship_id, resource_type,
          resource_id)
        select member_id, n, uuidv7(), 'pause.raised', now(), relationship_id, 'pause', member_id
        from membership cross join generate_series(1, 5) n;
      insert into pause_tap (relationship_id, raiser_id, tap_id, pause_id)
        select relationship_id, raiser_id, uuidv7(), id from pause;
      insert into invitation (relationship_id, id, inviter_id, code_hash, created_at, expires_at)
        select relationship_id, member_id, member_id, sha256(member_id::text::bytea), now(), now()
        from membership;
      insert into member_limit (relationship_id, id, holder_id, strength, category, domain,
          activities, drawn_at, changed_at, version, changes)
        select relationship_id, uuidv7(), member_id, 'HARD', 'PHYSICAL', 'TOUCH', '', now(), now(),
          0, 0
        from membership;
      insert into agreement (relationship_id, id, kind, created_by, member_ids, created_at,
          latest_version)
        select relationship_id, relationship_id, 'AGREEMENT', (array_agg(member_id))[1],
          array_agg(member_id), now(), 1
        from membership group by relationship_id;
      insert into agreement_version (relationship_id, id, agreement_id, number, author_id,
          proposed_at, sealed_for, content)
        select relationship_id, id, id, 1, created_by, now(), relationship_id, '' from agreement;
      insert into agreement_draft (relationship_id, id, author_id, based_on, content, version,
          created_at)
        select relationship_id, member_id, member_id, 0, '', 0, now() from membership;
      insert into term (relationship_id, id, agreement_id, version_number, lineage_id, author_id,
          member_ids, sealed_for, content, hash, proposed_at, open_until, agreed_at, active_at)
        select relationship_id, uuidv7(), id, 1, uuidv7(), created_by, member_ids, relationship_id,
          '', '', now(), now() + interval '7 days', now(), now()
        from agreement cross join generate_series(1, 4) n;
      insert into term_answer (relationship_id, term_id, member_id, purpose, round, assents, hash,
          answered_at)
        select relationship_id, id, author_id, 'agree', 0, true, '', now() from term;
      insert into agreement_history (relationship_id, agreement_id, sequence, type, occurred_at,
          hash)
        select relationship_id, id, n, 'termAgreed', now(), ''
        from agreement cross join generate_series(1, 4) n;
      insert into check_in (relationship_id, id, created_by, participant_ids, starts_at, created_at,
          opened_at)
        select relationship_id, relationship_id, created_by, member_ids, now(), now(), now()
        from agreement;
      insert into check_in_item (relationship_id, check_in_id, id, position, seconds, turns, answers,
          template_item)
        select relationship_id, id, id, 0, 600, false, 'SEALED', 'did-not' from check_in;
      insert into check_in_answer (relationship_id, check_in_id, item_id, member_id, passes,
          submitted_at, kept_since)
        select relationship_id, relationship_id, relationship_id, member_id, true, now(), now()
        from membership;
      insert into check_in_readiness (relationship_id, check_in_id, member_id, round, ready_at)
        select relationship_id, relationship_id, member_id, 0, now() from membership;
      insert into check_in_series (relationship_id, id, created_by, participant_ids, local_start,
          time_zone, rule, last_at, created_at, next_start, next_at)
        select relationship_id, id, created_by, member_ids, now(), 'UTC', 'FREQ=DAILY;COUNT=300',
          now() + interval '300 days', now(), now() + interval '60 days', now() + interval '60 days'
        from agreement;
      insert into check_in_series_item (relationship_id, series_id, id, position, seconds, turns,
          answers, template_item)
        select relationship_id, id, id, 0, 600, false, 'SEALED', 'did-not' from check_in_series;
      insert into calendar_feed (member_id, id, client_id, secret_hash, created_at)
        select id, id, 'app', sha256(id::text::bytea), now() from member;
      insert into check_in_reminder_setting (member_id, lead_seconds, set_at)
        select id, '{3600}', now() from member;
      insert into reflection (member_id, id, about, text, created_at, changed_at, changes)
        select id, id, '', '', now(), now(), 0 from member;
      insert into reflection_snapshot (author_id, id, reflection_id, relationship_id, reader_ids,
          words, taken_at)
        select member_id, member_id, member_id, relationship_id, array[member_id], '', now()
        from membership;
      insert into suggested_prompts (member_id, id, day, changes)
        select id, id, current_date, 0 from member;
      insert into check_in_reminder (relationship_id, check_in_id, member_id, lead_seconds, sent_at)
        select relationship_id, relationship_id, member_id, 3600, now() from membership;
      insert into check_in_decision (relationship_id, check_in_id, id, author_id, sealed_for, text,
          agreement_ids, term_ids, proposed_at)
        select relationship_id, id, id, created_by, created_by, '', '{}', '{}', now() from check_in;
      insert into check_in_assent (relationship_id, check_in_id, decision_id, member_id, assented_at)
        select relationship_id, relationship_id, relationship_id, member_id, now() from membership;
      insert into data_key (owner_id, wrapped, master_key, created_at)
        select id, '', 'day', now() from member;
      insert into check_in_guest (relationship_id, check_in_id, id, proposer_id, role, label,
          code_hash, proposed_at, expires_at)
        select relationship_id, id, relationship_id, created_by, 'WITNESS', '',
          sha256(created_by::text::bytea), now(), now() + interval '7 days'
        from check_in;
      insert into check_in_guest (relationship_id, check_in_id, id, proposer_id, role, label,
          proposed_at, expires_at, invited_at, accepted_at, guest_id)
        select relationship_id, id, created_by, created_by, 'WITNESS', '', now(),
          now() + interval '7 days', now(), now(), created_by
        from check_in;
      insert into check_in_guest_assent (relationship_id, check_in_id, guest_row_id, member_id,
          assented_at)
        select relationship_id, relationship_id, relationship_id, member_id, now() from membership;
      insert into check_in_guest_mark (relationship_id, check_in_id, item_id, member_id, changes)
        select relationship_id, check_in_id, item_id, member_id, changes from check_in_answer;
      create function pg_temp.scopes() returns text[] language sql as
        $$ select '{AGREEMENTS,CHECK_IN_AGENDAS,MARKED_ANSWERS,PAUSES,SNAPSHOTS}'::text[]
          || '{ASSIGN_PROMPTS,PROPOSE_AGENDAS}'::text[]
        $$;
      insert into practitioner (member_id, edition, display_name, work, secrets_policy, policy_text,
          languages, registered_at, code_hash, code_client_id, code_expires_at)
        select id, id, '', '', 'SHARES_WITH_ALL', '', '{de}', now(), sha256(id::text::bytea), 'app',
          now() + interval '7 days'
        from member;
      insert into shared_grant (relationship_id, id, practitioner_id, client_id, scopes, lasts_days,
          requested_by, requested_at, expires_at, began_at, completed_at)
        select pg_temp.id(1, n), pg_temp.id(1, n), pg_temp.id(0, n), 'app', pg_temp.scopes(), 90,
          pg_temp.id(0, 2 * n), now(), now() + interval '90 days', now(), now()
        from generate_series(2, 5000) n;
      insert into shared_grant_assent (relationship_id, grant_id, member_id, edition, since,
          assented_at)
        select relationship_id, id, member_id, practitioner_id, now(), now()
        from shared_grant join membership using (relationship_id);
      insert into self_grant (member_id, id, practitioner_id, client_id, scopes, lasts_days, edition,
          began_at, expires_at)
        select pg_temp.id(0, n), pg_temp.id(0, n), pg_temp.id(0, 10001 - n), 'app',
          pg_temp.scopes(), 90, pg_temp.id(0, 10001 - n), now(), now() + interval '90 days'
        from generate_series(1, 10000) n;
      insert into practice_snapshot (member_id, id, reflection_id, grant_id, words, taken_at)
        select id, id, id, id, '', now() from member;
      insert into check_in_practice_mark (relationship_id, check_in_id, item_id, member_id, grant_id,
          changes, marked_at)
        select relationship_id, check_in_id, item_id, member_id, member_id, changes, now()
        from check_in_answer;
      insert into prompt_assignment (member_id, grant_id, id, practitioner_id, prompt, assigned_at)
        select member_id, id, id, practitioner_id, '', now() from self_grant;
      insert into agenda_proposal (relationship_id, grant_id, id, practitioner_id, words, proposed_at)
        select relationship_id, id, id, practitioner_id, '', now() from shared_grant;
      analyze;
      """;

  private EmbeddedPostgres database;

  @BeforeAll
  void fill(@TempDir Path folder) throws SQLException {
    database = EmbeddedPostgres.start(folder.resolve("database"));
    Flyway.configure()
        .dataSource(database.jdbcUrl(), "stillpoint_owner", database.ownerPassword())
        .load()
        .migrate();
    try (Connection owner =
            DriverManager.getConnection(
                database.jdbcUrl(), "stillpoint_owner", database.ownerPassword());
        Statement statement = owner.createStatement()) {
      statement.execute(FILL);
    }
  }

  @AfterAll
  void stop() {
    database.close();
  }

  static Stream<String> hotQueries() {
    return Stream.of(
        "select * from membership where relationship_id = $1 and left_at is null",
        "select relationship_id from membership where member_id = $2 and left_at is null",
        "select * from relationship where id = $1 for update",
        "select * from pause where relationship_id = $1 and ended_at is null",
        "select * from pause where relationship_id = $1 order by received_at desc, id desc limit 51",
        "select p.display_name from membership m join member p on p.id = m.member_id"
            + " where m.relationship_id = $1 and m.left_at is null",
        "select * from event where member_id = $2 and sequence > 3 order by sequence limit 50",
        "select f.* from feed f where f.member_id in (select member_id from membership"
            + " where relationship_id = $1) order by f.member_id for no key update",
        "select * from member_limit where relationship_id = $1"
            + " and (easing_ends = false or easing_at > now()) order by drawn_at, id limit 26",
        "select * from member_limit where holder_id = $2",
        "delete from member_limit where relationship_id = $1 and holder_id = $2",
        "select * from term where relationship_id = $1 and ended_at is null"
            + " and cancelled_at is null and (replaced_at is null or replaced_at > now())"
            + " and (active_at is not null or open_until > now()) order by id",
        "select * from term where relationship_id = $1 and (cancelled_at > now() or"
            + " active_at is null and open_until > now() and open_until <= now())",
        "select * from agreement where relationship_id = $1 and kind = 'AGREEMENT'"
            + " order by created_at desc, id desc limit 26",
        "select * from agreement_version where relationship_id = $1 and agreement_id = $1"
            + " and number > 0 order by number limit 26",
        "select * from agreement_history where relationship_id = $1 and agreement_id = $1"
            + " and sequence > 0 order by sequence limit 26",
        "select * from agreement_draft where relationship_id = $1 and author_id = $2",
        "select * from agreement_draft where author_id = $2",
        "select term_id, assents from term_answer where member_id = $2 and purpose = 'agree'",
        "select * from find_member('i', 's7', 'app')",
        "select * from return_overlap($1, $2)",
        "select * from check_in where relationship_id = $1 order by starts_at desc, id desc limit 26",
        "select * from check_in_item where relationship_id = $1 and check_in_id in ($1)",
        "select * from check_in_answer where relationship_id = $1 and check_in_id = $1"
            + " and item_id = $1 and submitted_at is not null order by member_id",
        "select * from check_in where relationship_id = $1 and series_id = $1 and opened_at is null"
            + " and over_at is null and starts_at >= now()",
        "select * from check_in_item i left join check_in_series_item s"
            + " on s.relationship_id = i.relationship_id and s.id = i.series_item_id"
            + " where i.relationship_id = $1 and i.check_in_id in ($1)",
        "select * from check_in_series where relationship_id = $1"
            + " order by created_at desc, id desc limit 26",
        "select * from check_in_series_item where relationship_id = $1 and series_id in ($1)",
        "select all_ready($1, $1, 0, now())",
        "select reveal_item($1, $1, $1, now())",
        "select hold_check_ins($1, now(), now())",
        "select * from return_overlap_of_others($1, $1)",
        "select * from check_in_decision where relationship_id = $1 and check_in_id = $1"
            + " order by proposed_at, id",
        "select record_decision($1, $1, $1, '', now())",
        "select leave_decisions($1)",
        "select * from own_check_in_answers()",
        "select find_calendar_feed(sha256(cast($2 as text)::bytea))",
        "select c.id, (select sum(i.seconds) from check_in_item i"
            + " where i.relationship_id = c.relationship_id and i.check_in_id = c.id)"
            + " from check_in c where c.starts_at >= now() - interval '30 days'"
            + " and c.starts_at < now() + interval '60 days' order by c.starts_at, c.id limit 500",
        "select id from check_in_guest where relationship_id = $1 and check_in_id = $1"
            + " and ended_at is null order by proposed_at, id",
        "select owner_id from data_key where owner_id = any (array[$2])",
        "select complete_guest($1, $1, $1, now())",
        "select end_guest($1, $1, $1, now())",
        "select * from reach_guests($1, $1)",
        "select * from find_guest_invitation(sha256(cast($2 as text)::bytea))",
        "select * from accept_guest_invitation(sha256(cast($2 as text)::bytea), now(), now(), now())",
        "select visit_paused($2)",
        "select * from visit_check_ins(now() - interval '1 day', now() - interval '7 days')",
        "select * from visited_items(now() - interval '1 day', now() - interval '7 days', array[$2])",
        "select * from visited_answers(now() - interval '1 day', now() - interval '7 days', array[$2])",
        "select * from visited_members(now() - interval '1 day', now() - interval '7 days',"
            + " array[$2])",
        "select * from leave_visit($2, now(), now(), now())",
        "select id, about from reflection where member_id = $2"
            + " order by created_at desc, id desc limit 500",
        "select * from reflection where member_id = $2 and id in ($2)",
        "select sum(octet_length(about) + octet_length(text)) from reflection where member_id = $2",
        "select * from reflection_snapshot where relationship_id = $1"
            + " and (author_id = $2 or array_position(reader_ids, $2) is not null)"
            + " order by taken_at desc, id desc limit 26",
        "delete from reflection_snapshot where author_id = $2 and reflection_id = $2"
            + " returning relationship_id",
        "select leave_snapshots($1)",
        "select * from suggested_prompts where member_id = $2 and day > current_date - 14",
        "select * from shared_grant where relationship_id = $1 and (ended_at is null"
            + " and expires_at > now() or began_at is not null"
            + " and coalesce(ended_at, expires_at) > now())"
            + " order by requested_at desc, id desc limit 26",
        "select grant_id, edition, assented_at from shared_grant_assent where member_id = $2",
        "select count(*) from shared_grant where requested_by = $2 and relationship_id = $1"
            + " and requested_at > now() - interval '30 days'",
        "select * from self_grant where member_id = $2 order by began_at desc, id desc limit 26",
        "select * from practice_snapshot where member_id = $2 and reflection_id = $2"
            + " order by taken_at desc, id desc limit 26",
        "delete from practice_snapshot where member_id = $2 and grant_id = $2",
        "update prompt_assignment set hidden_at = now() where member_id = $2 and id = $2"
            + " and hidden_at is null",
        "delete from check_in_practice_mark where relationship_id = $1 and check_in_id = $1"
            + " and item_id = $1 and member_id = $2 and grant_id = $2",
        "select exists (select from pause where ended_at is null"
            + " and relationship_id = any (cast(current_relationships() as uuid[])))",
        "select c.id from check_in c where c.relationship_id = any"
            + " (cast(current_relationships() as uuid[])) and $2 = any (c.participant_ids)"
            + " and c.over_at is null and c.opened_at is null",
        // Without any WHERE of their own.
        "select id from check_in_guest",
        "select * from check_in_guest_assent",
        "select * from check_in_guest_mark",
        "select * from pause",
        "select * from membership",
        "select * from relationship",
        "select * from event",
        "select * from invitation",
        "select * from member_limit",
        "select * from agreement",
        "select * from agreement_draft",
        "select * from agreement_version",
        "select * from agreement_history",
        "select * from term",
        "select * from term_answer",
        "select * from check_in",
        "select * from check_in_item",
        "select * from check_in_answer",
        "select * from check_in_readiness",
        "select * from check_in_series",
        "select * from check_in_series_item",
        "select * from calendar_feed",
        "select * from check_in_reminder",
        "select * from check_in_reminder_setting",
        "select * from check_in_decision",
        "select * from check_in_assent",
        "select * from reflection",
        "select * from reflection_snapshot",
        "select * from suggested_prompts",
        "select * from practitioner",
        "select * from shared_grant",
        "select * from shared_grant_assent",
        "select * from self_grant",
        "select * from practice_snapshot",
        "select * from check_in_practice_mark",
        "select * from prompt_assignment",
        "select * from agenda_proposal",
        "select * from member");
  }

  @ParameterizedTest
  @MethodSource("hotQueries")
  void aHotQueryReadsNoWholeTable(String query) throws SQLException {
    assertThat(plan(filled(query))).doesNotContainPattern(SCAN);
  }

  /** What has rows to show here, as the caller is the practitioner, a client or a partner. */
  static Stream<String> practiceQueries() {
    return Stream.of(
        "select * from practice_grants('app', now()) g where (g.relationship_id is not null) = true"
            + " and (g.began_at, g.id) > (cast('-infinity' as timestamptz), cast($2 as uuid))"
            + " order by g.began_at, g.id limit 26",
        "select * from open_grant($3, 'app', 'PAUSES', null, 'practice.pauses', uuidv7(), now())",
        "select * from open_grant($4, 'app', 'SNAPSHOTS', $4, 'practice.snapshots', uuidv7(),"
            + " now())",
        "select * from practice_members($3, 'app', now())",
        "select * from practice_pauses($3, 'app', now()) p"
            + " where greatest(p.received_at, p.ended_at) >= cast('-infinity' as timestamptz)"
            + " order by p.received_at desc, p.id desc limit 26",
        "select * from practice_pauses($4, 'app', now())",
        "select * from practice_snapshots($4, 'app', $4, now())",
        "select * from practice_terms($3, 'app', now())",
        "select * from practice_check_ins($3, 'app', now())",
        "select * from practice_items($3, 'app', array[cast($3 as uuid)], now())",
        "select * from practice_brief($3, 'app', cast('-infinity' as timestamptz), now())",
        "select * from practice_brief($4, 'app', cast('-infinity' as timestamptz), now())",
        "select practice_paused($3, 'app', now())",
        "select assign_prompt($4, 'app', $4, $2, '', now())",
        "select propose_agenda($3, 'app', $2, '', now())",
        "select * from visit_proposals($1)",
        "select * from visit_assignments()",
        "select * from find_practitioner(sha256(cast($2 as text)::bytea), now())",
        "select * from shown_practitioners(array[cast('%s' as uuid)])"
            .formatted(RELATIONSHIP.replaceFirst("1", "0")),
        "select standing_grants_of($1)",
        "select * from say_yes_to_grant($1, $1, $2, now() + interval '80 days')",
        "select * from end_shared_grant($1, $1, now())",
        "select * from leave_shared_grants($1, now())",
        "select * from end_grant_as_practitioner($3, 'app', now())",
        "select * from end_grant_as_practitioner($4, 'app', now())",
        "select * from end_practice(now())",
        "select reach_practitioner($2)",
        "select * from hold_grant($2, 'SNAPSHOTS', now())",
        "select * from hold_grant($1, 'MARKED_ANSWERS', now())");
  }

  /** Of a function, the plan says nothing. */
  @ParameterizedTest
  @MethodSource("practiceQueries")
  void aFunctionForPracticesReadsNoWholeTable(String query) throws SQLException {
    try (Connection app = app();
        Statement statement = app.createStatement()) {
      app.setAutoCommit(false);
      act(statement);
      try (ResultSet rows = statement.executeQuery(filled(query))) {
        assertThat(rows.next()).as("it has rows").isTrue();
      }
      try (ResultSet scanned =
          statement.executeQuery(
              "select string_agg(relname, ', ') from pg_stat_xact_user_tables"
                  + " where seq_scan > 0")) {
        assertThat(text(scanned).strip()).isIn("null", "");
      }
    }
  }

  @Test
  void aTapReadsNoWholeTable() throws SQLException {
    NamedSql explained =
        NamedSql.of(
            PauseSql.RAISE
                .toString()
                .replace("with raiser", "explain (analyze, costs off) with raiser"));
    try (Connection app = app()) {
      Map<String, @Nullable Object> values = new HashMap<>();
      values.put("relationship", UUID.fromString(RELATIONSHIP));
      values.put("member", UUID.fromString(MEMBER));
      values.put("client", "app");
      values.put("login", OffsetDateTime.now());
      values.put("tap", UUID.randomUUID());
      values.put("rememberedSince", OffsetDateTime.now());
      values.put("pause", UUID.randomUUID());
      values.put("kind", 3);
      values.put("raisedAt", OffsetDateTime.now());
      values.put("now", OffsetDateTime.now());
      values.put("event", UUID.randomUUID());
      values.put("raisedType", "pause.raised");
      values.put("strengthenedType", "pause.strengthened");
      values.put("channels", app.createArrayOf("text", new String[] {"inbox"}));
      assertThat(explained.query(app, values, WallPlansTest::text))
          .contains("Insert on pause")
          .doesNotContainPattern(SCAN);
    }
  }

  private static String filled(String query) {
    return query
        .replace("$1", quoted(RELATIONSHIP))
        .replace("$2", quoted(MEMBER))
        .replace("$3", quoted(SHARED_GRANT))
        .replace("$4", quoted(CLIENT));
  }

  private static String quoted(String id) {
    return "'" + id + "'::uuid";
  }

  private Connection app() throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(), "stillpoint_app", database.appPassword());
  }

  private String plan(String query) throws SQLException {
    try (Connection app = app();
        Statement statement = app.createStatement()) {
      app.setAutoCommit(false);
      act(statement);
      try (ResultSet plan = statement.executeQuery("explain (analyze, costs off) " + query)) {
        return text(plan);
      }
    }
  }

  private static void act(Statement statement) throws SQLException {
    statement.execute("select set_config('app.member', '" + MEMBER + "', true)");
  }

  private static String text(ResultSet plan) throws SQLException {
    StringBuilder text = new StringBuilder();
    while (plan.next()) {
      text.append(plan.getString(1)).append('\n');
    }
    return text.toString();
  }
}
