package org.stillpoint.crypto;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Hashes by which something is found again that could be guessed: without the server's key, nobody
 * can try guesses on them. The key lies in the database, sealed by the server's own, and sealed
 * anew as it is used, so that it outlives that one's rotation.
 */
@Singleton
public class KeyedHash {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PLACE = "hash_key.sealed";
  private static final int KEY_BYTES = 32;

  /** Sooner than a rotation of the server's key lets go of the old one. */
  private static final Duration SEALED_ANEW_AFTER = Duration.ofHours(12);

  private final AgroalDataSource database;
  private final ServerKey cipher;
  private final Clock clock;
  private final LoadingCache<String, SecretKeySpec> remembered =
      Caffeine.newBuilder().expireAfterWrite(Duration.ofMinutes(1)).build(place -> readOrMake());

  /** On connections without a caller's transaction: its rollback must not take the key along. */
  KeyedHash(@DataSource("tap") AgroalDataSource database, ServerKey cipher, Clock clock) {
    this.database = database;
    this.cipher = cipher;
    this.clock = clock;
  }

  /** The hash of a text; {@code purpose} keeps hashes of different uses apart. */
  public byte[] of(String purpose, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(remembered.get(PLACE));
      return mac.doFinal((purpose + "\n" + text).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  /** The key as it is stored, and since when. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Stored(byte[] sealed, Instant sealedAt) {}

  private SecretKeySpec readOrMake() {
    try (Connection connection = database.getConnection()) {
      Stored stored = read(connection);
      Optional<byte[]> key =
          stored == null ? Optional.empty() : cipher.tryOpen(stored.sealed(), PLACE);
      if (stored == null || key.isEmpty()) {
        // Nobody has asked for days: whatever was hashed with the old one is forgotten by now.
        put(connection, RandomSecret.bytes(KEY_BYTES), stored);
        return readAgain(connection);
      }
      if (stored.sealedAt().isBefore(clock.instant().minus(SEALED_ANEW_AFTER))) {
        put(connection, key.get(), stored);
      }
      return new SecretKeySpec(key.get(), ALGORITHM);
    } catch (SQLException e) {
      throw new IllegalStateException("The key of hashes can't be read", e);
    }
  }

  /** Two replicas may make it at once; the first stays. */
  private SecretKeySpec readAgain(Connection connection) throws SQLException {
    Stored stored = read(connection);
    if (stored == null) {
      throw new IllegalStateException("A key that was just made isn't there");
    }
    return new SecretKeySpec(cipher.open(stored.sealed(), PLACE), ALGORITHM);
  }

  private static @Nullable Stored read(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select sealed, sealed_at from hash_key");
        ResultSet row = select.executeQuery()) {
      return row.next() ? new Stored(row.getBytes(1), row.getTimestamp(2).toInstant()) : null;
    }
  }

  private void put(Connection connection, byte[] key, @Nullable Stored before) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into hash_key as h (sealed, sealed_at) values (?, ?)"
                + " on conflict (only_row) do update set sealed = excluded.sealed,"
                + " sealed_at = excluded.sealed_at where h.sealed = ?")) {
      insert.setBytes(1, cipher.seal(key, PLACE));
      insert.setTimestamp(2, Timestamp.from(clock.instant()));
      insert.setBytes(3, before == null ? null : before.sealed());
      insert.executeUpdate();
    }
  }
}
