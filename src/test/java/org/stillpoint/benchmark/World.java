package org.stillpoint.benchmark;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;
import org.stillpoint.process.Tokens;

/**
 * Members and relationships by number. So that each tap of a window is a fresh pause, there are
 * more relationships than taps; those after {@link #SPREAD} all have the first partner.
 */
final class World {
  static final int SENDERS = 64;
  static final int PARTNERS = 200;

  /** The relationships of the senders with all partners in turn. */
  static final int SPREAD = SENDERS * 2_048;

  /** The relationships of the senders with the first partner. */
  static final int SOLO = SENDERS * 128;

  private static final int FIRST_IDLE = SENDERS + PARTNERS;
  private static final long BEGIN = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  private final Installation installation;

  World(Installation installation) {
    this.installation = installation;
  }

  static UUID sender(int number) {
    return id(0x100, number);
  }

  static UUID partner(int number) {
    return id(0x100, SENDERS + number);
  }

  static UUID idle(int number) {
    return id(0x100, FIRST_IDLE + number);
  }

  static String subject(UUID member) {
    return "subject-" + member;
  }

  static UUID relationship(int number) {
    return id(0x200, number);
  }

  /** The number of a relationship, as the end of its id tells it. */
  static int number(String relationshipId) {
    return Integer.parseInt(relationshipId, 28, 36, 16);
  }

  private static int partnerOf(int relationship) {
    return relationship < SPREAD ? relationship % PARTNERS : 0;
  }

  /** A UUID of version 7 whose time grows with the number and whose last bits are the number. */
  private static UUID id(int kind, int number) {
    long time = BEGIN + number * 60_000L;
    return new UUID(
        (time << 16) | 0x7000L | kind, 0x8000_0000_0000_0000L | ((long) kind << 40) | number);
  }

  /** One couple, for the first tap ever. */
  void seedOne() throws IOException, SQLException {
    try (Connection owner = installation.owner()) {
      members(owner, 0, 1);
      members(owner, SENDERS, SENDERS + 1);
      relationships(owner, 0, 1);
    }
  }

  /** All others. */
  void seed(int idleMembers) throws IOException, SQLException {
    try (Connection owner = installation.owner()) {
      members(owner, 1, SENDERS);
      members(owner, SENDERS + 1, FIRST_IDLE + idleMembers);
      relationships(owner, 1, SPREAD + SOLO);
      run(owner, "vacuum analyze");
    }
  }

  private void members(Connection owner, int from, int to) throws SQLException, IOException {
    IntFunction<UUID> id = i -> id(0x100, i);
    copy(
        owner,
        "member (id, issuer, subject, created_at)",
        from,
        to,
        i -> row(id.apply(i), installation.issuer(), subject(id.apply(i)), "2026-01-01"));
    copy(owner, "feed (member_id)", from, to, i -> row(id.apply(i)));
    copy(
        owner,
        "member_client (member_id, id, client_id, first_used_at)",
        from,
        to,
        i -> row(id.apply(i), id.apply(i), Tokens.CLIENT, "2026-01-01"));
  }

  private static void relationships(Connection owner, int from, int to)
      throws SQLException, IOException {
    copy(owner, "relationship (id, created_at)", from, to, i -> row(relationship(i), "2026-01-01"));
    copy(
        owner,
        "membership (relationship_id, member_id, joined_at)",
        from,
        to,
        i ->
            row(relationship(i), sender(i % SENDERS), "2026-01-01")
                + row(relationship(i), partner(partnerOf(i)), "2026-01-01"));
  }

  /** Stores pauses of the last 90 days that are over, with what was told of them. */
  void store(int pauses) throws IOException, SQLException {
    Instant now = Instant.now();
    long step = 90L * 24 * 3600 * 1000 / pauses;
    Random random = new Random(1);
    long[] sequences = new long[FIRST_IDLE];
    try (Connection owner = installation.owner()) {
      run(
          owner,
          "truncate pause, pause_tap, pause_acknowledgement, return_offer, event, notice, delivery");
      run(owner, "update feed set last_sequence = 0");
      int batch = 20_000;
      for (int from = 0; from < pauses; from += batch) {
        int to = Math.min(pauses, from + batch);
        int[] relationships = random.ints(to - from, 0, SPREAD).toArray();
        int first = from;
        IntFunction<Instant> raised = i -> now.minusMillis(step * (pauses - i));
        IntFunction<UUID> id =
            i -> new UUID((raised.apply(i).toEpochMilli() << 16) | 0x7000L, (1L << 63) | i);
        copy(
            owner,
            "pause (relationship_id, id, raiser_id, kind, raised_at, received_at, ended_at,"
                + " end_reason)",
            from,
            to,
            i -> {
              int relationship = relationships[i - first];
              return row(
                  relationship(relationship),
                  id.apply(i),
                  sender(relationship % SENDERS),
                  2,
                  raised.apply(i),
                  raised.apply(i),
                  raised.apply(i).plusSeconds(600),
                  "lifted");
            });
        copy(
            owner,
            "event (member_id, sequence, id, type, occurred_at, relationship_id, resource_type,"
                + " resource_id)",
            from,
            to,
            i -> {
              int relationship = relationships[i - first];
              return told(sequences, relationship % SENDERS, relationship, i, raised, id)
                  + told(sequences, SENDERS + partnerOf(relationship), relationship, i, raised, id);
            });
      }
      for (int i = 0; i < sequences.length; i++) {
        run(
            owner,
            "update feed set last_sequence = %d where member_id = '%s'"
                .formatted(sequences[i], id(0x100, i)));
      }
      run(owner, "vacuum analyze");
    }
  }

  private static String told(
      long[] sequences,
      int member,
      int relationship,
      int i,
      IntFunction<Instant> raised,
      IntFunction<UUID> pause) {
    sequences[member]++;
    return row(
        id(0x100, member),
        sequences[member],
        new UUID(pause.apply(i).getMostSignificantBits(), (3L << 62) | i),
        "pause.raised",
        raised.apply(i),
        relationship(relationship),
        "pause",
        pause.apply(i));
  }

  /** Empties what the last windows have left. */
  void clear() throws IOException, SQLException {
    try (Connection owner = installation.owner()) {
      run(
          owner,
          "truncate pause, pause_tap, pause_acknowledgement, return_offer, event, notice, delivery");
      run(owner, "vacuum feed");
    }
  }

  /** Ends all pauses; they stay stored. */
  void lift() throws IOException, SQLException {
    try (Connection owner = installation.owner()) {
      run(
          owner,
          "update pause set ended_at = received_at, end_reason = 'lifted' where ended_at is null");
      run(owner, "vacuum pause");
      run(owner, "vacuum feed");
    }
  }

  /** Row-level security, for all tables that have policies. */
  void walls(boolean up) throws IOException, SQLException {
    try (Connection owner = installation.owner()) {
      run(
          owner,
          """
          do $$ declare walled regclass; begin
            for walled in select distinct polrelid::regclass from pg_policy loop
              execute format('alter table %%s %s row level security', walled);
            end loop;
          end $$"""
              .formatted(up ? "enable" : "disable"));
    }
  }

  /** The pauses in force, none of which was tapped twice. */
  int activePauses() throws IOException, SQLException {
    try (Connection owner = installation.owner();
        Statement statement = owner.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*), coalesce(sum(taps), 0) from pause where ended_at is null")) {
      row.next();
      if (row.getLong(1) != row.getLong(2)) {
        throw new IllegalStateException("Some taps found a pause that was there before");
      }
      return row.getInt(1);
    }
  }

  String databaseVersion() throws IOException, SQLException {
    try (Connection owner = installation.owner()) {
      return owner.getMetaData().getDatabaseProductVersion();
    }
  }

  private static void run(Connection owner, String sql) throws SQLException {
    try (Statement statement = owner.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void copy(
      Connection owner, String into, int from, int to, IntFunction<String> rows)
      throws SQLException, IOException {
    String text = IntStream.range(from, to).mapToObj(rows).collect(Collectors.joining());
    owner
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn("copy " + into + " from stdin", new StringReader(text));
  }

  private static String row(Object... values) {
    return java.util.Arrays.stream(values).map(Object::toString).collect(Collectors.joining("\t"))
        + "\n";
  }
}
