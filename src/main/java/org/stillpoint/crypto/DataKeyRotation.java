package org.stillpoint.crypto;

import com.google.crypto.tink.KeysetHandle;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges the keys under which texts are sealed, while the server serves: each keyset gets a new
 * key; when every replica knows it, it seals; when no replica seals with the old one any more, all
 * texts are sealed anew; and the old one goes when nothing uses it. A run that was broken off is
 * made good by the next one.
 */
public final class DataKeyRotation {
  private final DataSource database;
  private final MasterKeys masterKeys;
  private final SealedTexts texts;
  private final String serverKeyInUse;
  private final Waits waits;
  private final Clock clock;

  /**
   * How long others may work with what they have read.
   *
   * @param remembered for how long a replica keeps a key in memory
   * @param transaction for how long a transaction lasts at most
   */
  public record Waits(Duration remembered, Duration transaction) {}

  /**
   * With connections of the owner, who alone may write all sealed texts.
   *
   * @param serverKeyInUse a query for whether something that the server's key sealed before it was
   *     last rotated is still of use
   */
  public DataKeyRotation(
      DataSource database,
      MasterKeys masterKeys,
      List<SealedTable> tables,
      String serverKeyInUse,
      Waits waits,
      Clock clock) {
    this.database = database;
    this.masterKeys = masterKeys;
    this.texts = new SealedTexts(tables, masterKeys);
    this.serverKeyInUse = serverKeyInUse;
    this.waits = waits;
    this.clock = clock;
  }

  /**
   * What was done.
   *
   * @param busy another rotation is under way, and this one did nothing
   * @param keysets how many keysets have a new key
   * @param sealed how many texts were sealed anew
   * @param refused how many texts, or keysets, were not sealed for their place
   */
  public record Outcome(boolean busy, int keysets, int sealed, int refused) {}

  /** A change of a keyset; null for none. */
  private interface Change {
    @Nullable KeysetHandle of(String owner, KeysetHandle keyset) throws GeneralSecurityException;
  }

  /** Does all of it; takes as long as {@link Waits} say, and the work itself. */
  public Outcome rotate() throws InterruptedException {
    try (Connection connection = database.getConnection()) {
      if (!KeyLocks.tryRotation(connection)) {
        return new Outcome(true, 0, 0, 0);
      }
      try {
        return rotate(connection);
      } finally {
        KeyLocks.endRotation(connection);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The data keys can't be rotated", e);
    }
  }

  private Outcome rotate(Connection connection) throws SQLException, InterruptedException {
    Count count = new Count();
    dropOldServerKeys(connection, count);
    changeAll(connection, count, (_, keyset) -> Keysets.withNewKey(keyset));
    Thread.sleep(waits.remembered().plus(waits.transaction()));
    count.changed = 0;
    changeAll(connection, count, (_, keyset) -> Keysets.withNewestAsPrimary(keyset));
    markServerKey(connection);
    Thread.sleep(waits.remembered().plus(waits.transaction()));
    SealedTexts.Round first = texts.sealAnew(connection);
    // Whoever read a text before may have written it back since, as it was.
    Thread.sleep(waits.transaction());
    SealedTexts.Round second = texts.sealAnew(connection);
    change(
        connection,
        WrappedTable.DATA_KEY,
        new Count(),
        (owner, keyset) ->
            keyset.size() == 1 || second.touched().contains(owner)
                ? null
                : Keysets.primaryOf(keyset));
    return new Outcome(
        false, count.changed, first.sealed() + second.sealed(), count.refused + second.refused());
  }

  private static final class Count {
    private int changed;
    private int refused;
  }

  private void changeAll(Connection connection, Count count, Change change) throws SQLException {
    for (WrappedTable table : WrappedTable.values()) {
      change(connection, table, count, change);
    }
  }

  private void change(Connection connection, WrappedTable table, Count count, Change change)
      throws SQLException {
    table.change(
        connection,
        masterKeys,
        null,
        (wrapper, row) -> {
          String place = table.place(row.key());
          try {
            KeysetHandle changed = change.of(row.key(), wrapper.unwrap(row.keyset(), place));
            if (changed == null) {
              return null;
            }
            count.changed++;
            return wrapper.wrap(changed, place);
          } catch (MasterKeyException | GeneralSecurityException moved) {
            count.refused++;
            return null;
          }
        });
  }

  /**
   * What the server's own key has sealed is partly in other hands, such as tap keys. Its old keys
   * stay for as long as that is of use.
   */
  private void dropOldServerKeys(Connection connection, Count count) throws SQLException {
    boolean used;
    try (PreparedStatement select = connection.prepareStatement(serverKeyInUse);
        ResultSet row = select.executeQuery()) {
      used = !row.next() || row.getBoolean(1);
    }
    if (!used) {
      change(
          connection,
          WrappedTable.SERVER_KEY,
          count,
          (_, keyset) -> keyset.size() == 1 ? null : Keysets.primaryOf(keyset));
    }
  }

  private void markServerKey(Connection connection) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update server_key set rotated_at = ?")) {
      update.setTimestamp(1, Timestamp.from(clock.instant()));
      update.executeUpdate();
    }
  }
}
