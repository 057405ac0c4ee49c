package org.stillpoint.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All sealed texts of the database, as a rotation of data keys goes through them. */
final class SealedTexts {
  private static final int BATCH = 50;
  private static final UUID FIRST = new UUID(0, 0);

  private final List<SealedTable> tables;
  private final MasterKeys masterKeys;

  SealedTexts(List<SealedTable> tables, MasterKeys masterKeys) {
    this.tables = List.copyOf(tables);
    this.masterKeys = masterKeys;
  }

  /**
   * What a round through all texts has found.
   *
   * @param touched the owners of texts that were not sealed by the newest key, or are not in their
   *     place
   */
  record Round(int sealed, int refused, Set<String> touched) {}

  /** A row: its key, whose it is, at which version, and its texts. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(UUID[] key, UUID owner, long version, List<byte @Nullable []> texts) {}

  private static final class Count {
    private final Set<String> touched = new HashSet<>();
    private int sealed;
    private int refused;
  }

  /** Seals anew what an old key has sealed, row by row under a lock: whoever writes later wins. */
  Round sealAnew(Connection connection) throws SQLException {
    Count count = new Count();
    for (SealedTable table : tables) {
      UUID[] last = Stream.generate(() -> FIRST).limit(table.key().size()).toArray(UUID[]::new);
      List<Row> rows;
      do {
        connection.setAutoCommit(false);
        try {
          rows = rows(connection, table, last);
          Map<UUID, KeysetHandle> keysets = keysets(connection, rows);
          for (Row row : rows) {
            last = row.key();
            KeysetHandle keyset = keysets.get(row.owner());
            if (keyset != null) {
              sealAnew(connection, table, row, keyset, count);
            }
          }
          connection.commit();
        } finally {
          connection.setAutoCommit(true);
        }
      } while (rows.size() == BATCH);
    }
    return new Round(count.sealed, count.refused, Set.copyOf(count.touched));
  }

  private static List<Row> rows(Connection connection, SealedTable table, UUID[] after)
      throws SQLException {
    String key = String.join(", ", table.key());
    String sql =
        "select %s, %s, %s, %s from %s where (%s) > (%s) order by %s limit %d for no key update"
            .formatted(
                key,
                table.owner(),
                table.version() == null ? "0" : table.version(),
                String.join(", ", table.columns()),
                table.name(),
                key,
                table.key().stream().map(_ -> "?").collect(Collectors.joining(", ")),
                key,
                BATCH);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < after.length; i++) {
        select.setObject(i + 1, after[i]);
      }
      try (ResultSet found = select.executeQuery()) {
        List<Row> rows = new ArrayList<>();
        while (found.next()) {
          rows.add(row(found, table));
        }
        return rows;
      }
    }
  }

  private static Row row(ResultSet found, SealedTable table) throws SQLException {
    int width = table.key().size();
    UUID[] key = new UUID[width];
    for (int i = 0; i < width; i++) {
      key[i] = found.getObject(i + 1, UUID.class);
    }
    List<byte @Nullable []> texts = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      texts.add(found.getBytes(width + 3 + i));
    }
    return new Row(key, found.getObject(width + 1, UUID.class), found.getLong(width + 2), texts);
  }

  private Map<UUID, KeysetHandle> keysets(Connection connection, List<Row> rows)
      throws SQLException {
    Map<UUID, KeysetHandle> keysets = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(DataKeys.READ)) {
      select.setArray(
          1, connection.createArrayOf("uuid", rows.stream().map(Row::owner).distinct().toArray()));
      try (ResultSet found = select.executeQuery()) {
        KeyWrapper wrapper = masterKeys.read();
        while (found.next()) {
          UUID owner = found.getObject(1, UUID.class);
          try {
            keysets.put(
                owner,
                wrapper.unwrap(
                    new WrappedKeyset(found.getBytes(2), found.getString(3)),
                    DataKeys.PLACE + owner));
          } catch (MasterKeyException moved) {
            // Counted with the keysets; its texts stay as they are.
          }
        }
      }
    }
    return keysets;
  }

  private static void sealAnew(
      Connection connection, SealedTable table, Row row, KeysetHandle keyset, Count count)
      throws SQLException {
    for (int i = 0; i < row.texts().size(); i++) {
      byte[] text = row.texts().get(i);
      if (text != null && !Keysets.isOfPrimary(keyset, text)) {
        count.touched.add(row.owner().toString());
        String column = table.columns().get(i);
        Place place = table.place(column, row.owner(), row.version(), row.key());
        try {
          Aead key = Keysets.aead(keyset);
          write(
              connection,
              table,
              column,
              row,
              key.encrypt(key.decrypt(text, place.bytes()), place.bytes()));
          count.sealed++;
        } catch (GeneralSecurityException moved) {
          count.refused++;
        }
      }
    }
  }

  private static void write(
      Connection connection, SealedTable table, String column, Row row, byte[] text)
      throws SQLException {
    String sql =
        "update %s set %s = ? where %s"
            .formatted(
                table.name(),
                column,
                table.key().stream()
                    .map(name -> name + " = ?")
                    .collect(Collectors.joining(" and ")));
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setBytes(1, text);
      for (int i = 0; i < row.key().length; i++) {
        update.setObject(2 + i, row.key()[i]);
      }
      update.executeUpdate();
    }
  }
}
