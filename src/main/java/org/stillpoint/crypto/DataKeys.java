package org.stillpoint.crypto;

import com.github.benmanes.caffeine.cache.Cache;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import jakarta.inject.Singleton;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The data keys of members and relationships, one keyset for each, wrapped by a master key. Whoever
 * destroys one makes unreadable what was sealed with it. It works in the caller's transaction, and
 * the caller gets at no other keys than row-level security shows.
 */
@Singleton
public class DataKeys {
  private static final Logger LOG = Logger.getLogger(DataKeys.class);

  /** What a wrapped key is bound to, with its owner: it opens in no other row. */
  static final String PLACE = "data_key.wrapped/";

  static final String READ =
      "select owner_id, wrapped, master_key from data_key where owner_id = any (?)";

  private static final String INSERT =
      "insert into data_key (owner_id, wrapped, master_key, created_at) values (?, ?, ?, ?)"
          + " on conflict do nothing";

  private final DataSource database;
  private final TransactionSynchronizationRegistry transaction;
  private final MasterKeys masterKeys;
  private final Clock clock;
  private final Cache<UUID, Aead> remembered;

  DataKeys(
      DataSource database,
      TransactionSynchronizationRegistry transaction,
      MasterKeys masterKeys,
      KeysConfig config,
      Clock clock) {
    this.database = database;
    this.transaction = transaction;
    this.masterKeys = masterKeys;
    this.clock = clock;
    this.remembered = KeyMemory.lasting(config.remembered()).build();
  }

  /** Gets the keys of these owners in one go. */
  void prepare(Collection<UUID> owners) {
    Map<UUID, Aead> known = new HashMap<>(remembered.getAllPresent(owners));
    known.putAll(made());
    List<UUID> missing =
        owners.stream().distinct().filter(owner -> !known.containsKey(owner)).toList();
    if (!missing.isEmpty()) {
      read(missing);
    }
  }

  /** The owner's key; empty when it was destroyed, or isn't the caller's to use. */
  Optional<Aead> toOpen(UUID owner) {
    Aead known = made().get(owner);
    if (known == null) {
      known = remembered.getIfPresent(owner);
    }
    return known == null
        ? Optional.ofNullable(read(List.of(owner)).get(owner))
        : Optional.of(known);
  }

  /** The owner's key, made if there is none. */
  Aead toSeal(UUID owner) {
    return toOpen(owner).or(() -> make(owner)).or(() -> toOpen(owner)).orElseThrow();
  }

  /** What was sealed with this key can't be read any more, once the transaction is committed. */
  public void destroy(UUID owner) {
    try (Connection connection = database.getConnection();
        PreparedStatement delete =
            connection.prepareStatement("delete from data_key where owner_id = ?")) {
      delete.setObject(1, owner);
      delete.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
    Map<UUID, Aead> made = new HashMap<>(made());
    made.remove(owner);
    transaction.putResource(DataKeys.class, made);
    // Only then: until the commit, somebody else may read it and remember it again.
    transaction.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {
            // nothing to do
          }

          @Override
          public void afterCompletion(int status) {
            remembered.invalidate(owner);
          }
        });
  }

  /** Forgets what this replica remembers. */
  public void forgetAll() {
    remembered.invalidateAll();
  }

  private Map<UUID, Aead> read(Collection<UUID> owners) {
    Map<UUID, WrappedKeyset> wrapped = new HashMap<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(READ)) {
      select.setArray(1, connection.createArrayOf("uuid", owners.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          wrapped.put(
              rows.getObject(1, UUID.class),
              new WrappedKeyset(rows.getBytes(2), rows.getString(3)));
        }
      }
    } catch (SQLException e) {
      throw failed(e);
    }
    Map<UUID, Aead> keys = new HashMap<>();
    if (!wrapped.isEmpty()) {
      KeyWrapper wrapper = masterKeys.read();
      wrapped.forEach(
          (owner, key) -> unwrap(wrapper, key, owner).ifPresent(opened -> keys.put(owner, opened)));
      remembered.putAll(keys);
    }
    return keys;
  }

  /** Empty when it was moved here from another row; what it should open is then refused. */
  private static Optional<Aead> unwrap(KeyWrapper wrapper, WrappedKeyset wrapped, UUID owner) {
    try {
      return Optional.of(aead(wrapper.unwrap(wrapped, PLACE + owner)));
    } catch (MasterKeyException e) {
      LOG.error("A data key opens with none of the master keys");
      return Optional.empty();
    }
  }

  private static Aead aead(KeysetHandle keyset) {
    try {
      return Keysets.aead(keyset);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A data key can't be used", e);
    }
  }

  /** Empty when another transaction was faster. */
  private Optional<Aead> make(UUID owner) {
    if (transaction.getTransactionKey() == null) {
      throw new IllegalStateException("A data key is made in the transaction of its first text");
    }
    KeysetHandle keyset = Keysets.generate();
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      // Before the master keys are read: the one that wraps isn't destroyed meanwhile.
      KeyLocks.shareWrapping(connection);
      WrappedKeyset wrapped = masterKeys.read().wrap(keyset, PLACE + owner);
      insert.setObject(1, owner);
      insert.setBytes(2, wrapped.bytes());
      insert.setString(3, wrapped.masterKey());
      insert.setTimestamp(4, Timestamp.from(clock.instant()));
      if (insert.executeUpdate() == 0) {
        return Optional.empty();
      }
    } catch (SQLException e) {
      throw failed(e);
    }
    Aead key = aead(keyset);
    Map<UUID, Aead> made = new HashMap<>(made());
    made.put(owner, key);
    transaction.putResource(DataKeys.class, made);
    return Optional.of(key);
  }

  /**
   * The keys that this transaction has made. They are not remembered beyond it: if it is rolled
   * back they never were, and whatever was sealed with them would be lost.
   */
  @SuppressWarnings("unchecked")
  private Map<UUID, Aead> made() {
    if (transaction.getTransactionKey() == null) {
      return Map.of();
    }
    @Nullable Object made = transaction.getResource(DataKeys.class);
    return made == null ? Map.of() : (Map<UUID, Aead>) made;
  }

  private static IllegalStateException failed(SQLException e) {
    return new IllegalStateException("The data keys can't be reached", e);
  }
}
