package org.stillpoint.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The server's own key for what it keeps for a while, such as answers to be replayed. It lies in
 * the database, wrapped by the master key: opening it at start proves that the master key is the
 * right one.
 */
@Startup
@Singleton
public class ServerKey {
  private static final String NAME = "server";
  private static final byte[] PLACE = "server_key.wrapped/server".getBytes(StandardCharsets.UTF_8);

  private final Aead aead;

  ServerKey(
      DataSource database,
      Clock clock,
      @ConfigProperty(name = "stillpoint.master-key-file") Path masterKeyFile) {
    Aead master = MasterKey.read(masterKeyFile).aead();
    try (Connection connection = database.getConnection()) {
      byte[] wrapped = stored(connection);
      if (wrapped == null) {
        insert(connection, wrapNew(master), clock);
        wrapped = stored(connection);
      }
      aead = unwrap(wrapped, master);
    } catch (SQLException e) {
      throw new IllegalStateException("The server's key can't be read from the database", e);
    }
  }

  /** Encrypts; {@code place} says where the result is stored, and it opens nowhere else. */
  public byte[] seal(byte[] plain, String place) {
    try {
      return aead.encrypt(plain, place.getBytes(StandardCharsets.UTF_8));
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
      return Optional.of(aead.decrypt(sealed, place.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException notOurs) {
      return Optional.empty();
    }
  }

  private static byte @Nullable [] stored(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select wrapped from server_key where name = ?")) {
      select.setString(1, NAME);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? rows.getBytes(1) : null;
      }
    }
  }

  /** Two replicas may start on an empty database at once; the first key stays. */
  private static void insert(Connection connection, byte[] wrapped, Clock clock)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into server_key (name, wrapped, created_at) values (?, ?, ?)"
                + " on conflict do nothing")) {
      insert.setString(1, NAME);
      insert.setBytes(2, wrapped);
      insert.setTimestamp(3, Timestamp.from(clock.instant()));
      insert.executeUpdate();
    }
  }

  private static byte[] wrapNew(Aead master) {
    try {
      KeysetHandle keyset = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
      return TinkProtoKeysetFormat.serializeEncryptedKeyset(keyset, master, PLACE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The server's key can't be made", e);
    }
  }

  private static Aead unwrap(byte @Nullable [] wrapped, Aead master) {
    try {
      return TinkProtoKeysetFormat.parseEncryptedKeyset(wrapped, master, PLACE)
          .getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (GeneralSecurityException e) {
      throw new MasterKeyException("The master key doesn't open this database.", e);
    }
  }
}
