package org.stillpoint.crypto;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of wrapped keysets, which a rotation goes through in the order of its key. */
enum WrappedTable {
  SERVER_KEY("server_key", "name", "text", "", ServerKey.PLACE),
  DATA_KEY("data_key", "owner_id", "uuid", "00000000-0000-0000-0000-000000000000", DataKeys.PLACE);

  private static final int BATCH = 50;

  private final String key;
  private final String first;
  private final String place;
  private final String all;
  private final String allButNewest;
  private final String one;
  private final String update;

  WrappedTable(String table, String key, String type, String first, String place) {
    this.key = key;
    this.first = first;
    this.place = place;
    String select =
        "select %2$s::text, wrapped, master_key from %1$s where %2$s > ?::%3$s"
            .formatted(table, key, type);
    String order = " order by %s limit %d for no key update".formatted(key, BATCH);
    this.all = select + " and ? is not null" + order;
    this.allButNewest = select + " and master_key <> ?" + order;
    this.one =
        "select %2$s::text, wrapped, master_key from %1$s where master_key = ? limit 1"
            .formatted(table, key);
    this.update =
        "update %s set wrapped = ?, master_key = ? where %s = ?::%s".formatted(table, key, type);
  }

  /** A row. */
  record Row(String key, WrappedKeyset keyset) {}

  /** What becomes of a row; null for nothing. */
  interface Change {
    @Nullable WrappedKeyset of(KeyWrapper wrapper, Row row);
  }

  /** What a wrapped keyset of this table is bound to. */
  String place(String rowKey) {
    return place + rowKey;
  }

  @Nullable Row oneWrappedBy(Connection connection, String masterKey) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(one)) {
      select.setString(1, masterKey);
      List<Row> rows = rows(select);
      return rows.isEmpty() ? null : rows.getFirst();
    }
  }

  /**
   * Changes row after row in small transactions. The rows of each are locked, so that nothing that
   * somebody else does to them is undone; and the master keys are read for each anew.
   *
   * @param newest leaves out what this master key wraps already; null leaves out nothing
   */
  void change(Connection connection, MasterKeys masterKeys, @Nullable String newest, Change change)
      throws SQLException {
    String last = first;
    List<Row> rows;
    do {
      connection.setAutoCommit(false);
      try (PreparedStatement select =
              connection.prepareStatement(newest == null ? all : allButNewest);
          PreparedStatement write = connection.prepareStatement(update)) {
        KeyLocks.shareWrapping(connection);
        select.setString(1, last);
        select.setString(2, newest == null ? key : newest);
        rows = rows(select);
        KeyWrapper wrapper = masterKeys.read();
        for (Row row : rows) {
          last = row.key();
          WrappedKeyset changed = change.of(wrapper, row);
          if (changed != null) {
            write.setBytes(1, changed.bytes());
            write.setString(2, changed.masterKey());
            write.setString(3, row.key());
            write.addBatch();
          }
        }
        var unused = write.executeBatch();
        connection.commit();
      } finally {
        connection.setAutoCommit(true);
      }
    } while (rows.size() == BATCH);
  }

  private static List<Row> rows(PreparedStatement select) throws SQLException {
    try (ResultSet rows = select.executeQuery()) {
      List<Row> read = new ArrayList<>();
      while (rows.next()) {
        read.add(
            new Row(rows.getString(1), new WrappedKeyset(rows.getBytes(2), rows.getString(3))));
      }
      return read;
    }
  }
}
