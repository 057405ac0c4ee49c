package org.stillpoint.crypto;

import com.github.benmanes.caffeine.cache.LoadingCache;
import com.google.crypto.tink.Aead;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server's own key for what it keeps for a while, such as answers to be replayed. It lies in
 * the database, wrapped by a master key: opening it at start proves that the master key is the
 * right one. A tap with a tap key needs it, so it is read on the taps' connections, and anew before
 * the one in memory goes: a database that is away for a moment isn't noticed.
 */
@Startup
@Singleton
public class ServerKey {
  static final String PLACE = "server_key.wrapped/";
  private static final String NAME = "server";

  private final AgroalDataSource database;
  private final MasterKeys masterKeys;
  private final Clock clock;
  private final LoadingCache<String, Aead> remembered;

  ServerKey(
      @DataSource("tap") AgroalDataSource database,
      MasterKeys masterKeys,
      KeysConfig config,
      Clock clock) {
    this.database = database;
    this.masterKeys = masterKeys;
    this.clock = clock;
    this.remembered =
        KeyMemory.lasting(config.remembered())
            .refreshAfterWrite(KeyMemory.within(config.remembered()).dividedBy(2))
            .build(this::readOrMake);
    var unused = remembered.get(NAME);
  }

  /** Encrypts; {@code place} says where the result is stored, and it opens nowhere else. */
  public byte[] seal(byte[] plain, String place) {
    try {
      return key().encrypt(plain, place.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Encryption failed", e);
    }
  }

  /** Decrypts what {@link #seal} made for this place. */
  public byte[] open(byte[] sealed, String place) {
    return tryOpen(sealed, place)
        .orElseThrow(
            () -> new IllegalStateException("What is stored here was not sealed for this place"));
  }

  /** Decrypts what a stranger brings; empty when it was not sealed here. */
  public Optional<byte[]> tryOpen(byte[] sealed, String place) {
    try {
      return Optional.of(key().decrypt(sealed, place.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException notOurs) {
      return Optional.empty();
    }
  }

  /** Forgets what this replica remembers. */
  public void forget() {
    remembered.invalidateAll();
  }

  private Aead key() {
    return remembered.get(NAME);
  }

  private Aead readOrMake(String name) {
    try (Connection connection = database.getConnection()) {
      @Nullable WrappedKeyset wrapped = stored(connection, name);
      if (wrapped == null) {
        insert(connection, name);
        wrapped = stored(connection, name);
      }
      if (wrapped == null) {
        throw new IllegalStateException("The server's key isn't there");
      }
      return Keysets.aead(masterKeys.read().unwrap(wrapped, PLACE + name));
    } catch (SQLException e) {
      throw new IllegalStateException("The server's key can't be read from the database", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The server's key can't be used", e);
    }
  }

  private static @Nullable WrappedKeyset stored(Connection connection, String name)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select wrapped, master_key from server_key where name = ?")) {
      select.setString(1, name);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? new WrappedKeyset(rows.getBytes(1), rows.getString(2)) : null;
      }
    }
  }

  /** Two replicas may start on an empty database at once; the first key stays. */
  private void insert(Connection connection, String name) throws SQLException {
    WrappedKeyset wrapped = masterKeys.read().wrap(Keysets.generate(), PLACE + name);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into server_key (name, wrapped, master_key, created_at) values (?, ?, ?, ?)"
                + " on conflict do nothing")) {
      insert.setString(1, name);
      insert.setBytes(2, wrapped.bytes());
      insert.setString(3, wrapped.masterKey());
      insert.setTimestamp(4, Timestamp.from(clock.instant()));
      insert.executeUpdate();
    }
  }
}
