package org.stillpoint.pause;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.crypto.RandomSecret;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.crypto.ServerKey;
import org.stillpoint.crypto.Texts;
import org.stillpoint.identity.ClientCutOff;
import org.stillpoint.relationship.Member;

/**
 * Makes, lists, revokes and recognises tap keys. A key is sealed by the server, so that an invented
 * one is refused before it costs a connection.
 */
@Singleton
class TapKeyService {
  static final int MOST_KEYS = 20;
  private static final String PREFIX = "stap_";
  private static final String PLACE = "tap_key";
  private static final int SECRET_BYTES = 20;
  private static final int ID_BYTES = 2 * Long.BYTES;

  private final TapKeyRepository keys;
  private final ServerKey cipher;
  private final Texts texts;
  private final AgroalDataSource database;
  private final Clock clock;

  TapKeyService(
      TapKeyRepository keys,
      ServerKey cipher,
      Texts texts,
      @DataSource("tap") AgroalDataSource database,
      Clock clock) {
    this.keys = keys;
    this.cipher = cipher;
    this.texts = texts;
    this.database = database;
    this.clock = clock;
  }

  /** A key with its text, which nobody can read a second time. */
  record Made(TapKey key, String text) {}

  /** A key with its owner's name for it. */
  record Listed(TapKey key, @Nullable SensitiveText label) {}

  /** Whose pause a key raises, where, and of which kind. */
  record Recognised(UUID relationshipId, UUID memberId, PauseKind kind) {}

  @Transactional(TxType.MANDATORY)
  Made create(Member member, String clientId, @Nullable SensitiveText label, PauseKind kind) {
    if (keys.countOf(member) >= MOST_KEYS) {
      throw PauseProblem.TOO_MANY_TAP_KEYS.exception();
    }
    TapKey key = TapKey.create(member, clientId, kind, clock.instant());
    key.label(texts.seal(label, key.place()));
    byte[] secret = RandomSecret.bytes(SECRET_BYTES);
    key.secretHash(RandomSecret.hash(secret));
    keys.persist(key);
    ByteBuffer plain = ByteBuffer.allocate(2 * ID_BYTES + SECRET_BYTES);
    put(plain, key.relationshipId());
    put(plain, key.id());
    plain.put(secret);
    byte[] sealed = cipher.seal(plain.array(), PLACE);
    return new Made(key, PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed));
  }

  @Transactional(TxType.MANDATORY)
  List<Listed> list(Member member, Cursor.@Nullable ByTime after, int limit) {
    return keys.of(member, after, limit).stream()
        .map(key -> new Listed(key, texts.open(key.label(), key.place())))
        .toList();
  }

  /** Revokes a key of one's own; another's looks as if it weren't there. */
  @Transactional(TxType.MANDATORY)
  void revoke(Member member, UUID id) {
    keys.of(member, id).orElseThrow(HttpProblem.NOT_FOUND::exception).revoke(clock.instant());
  }

  /** Empty for a key that was invented or revoked, which look the same to whoever holds it. */
  Optional<Recognised> recognise(@Nullable String text) {
    return opened(text).flatMap(this::find);
  }

  private Optional<ByteBuffer> opened(@Nullable String text) {
    if (text == null || !text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      byte[] sealed = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
      return cipher.tryOpen(sealed, PLACE).map(ByteBuffer::wrap);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private Optional<Recognised> find(ByteBuffer plain) {
    UUID relationshipId = uuid(plain);
    UUID id = uuid(plain);
    byte[] secret = new byte[SECRET_BYTES];
    plain.get(secret);
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select member_id, kind, secret_hash from find_tap_key(?, ?)")) {
      statement.setObject(1, relationshipId);
      statement.setObject(2, id);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next() || !RandomSecret.same(row.getBytes(3), RandomSecret.hash(secret))) {
          return Optional.empty();
        }
        PauseKind kind = PauseKind.of(row.getShort(2));
        return Optional.of(new Recognised(relationshipId, row.getObject(1, UUID.class), kind));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The tap key can't be looked up", e);
    }
  }

  private static void put(ByteBuffer buffer, UUID id) {
    buffer.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  private static UUID uuid(ByteBuffer buffer) {
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  @Transactional(TxType.MANDATORY)
  void onClientCutOff(@Observes ClientCutOff cutOff) {
    keys.revokeAllOfClient(cutOff.memberId(), cutOff.clientId(), cutOff.at());
  }
}
