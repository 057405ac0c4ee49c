package org.stillpoint.identity;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.crypto.KeyedHash;

/**
 * The logins that ended with their member's erasure: a token of before must not bring an empty
 * account back. Only a keyed hash of the person is kept, for as long as a token can live. Times are
 * real ones, as in tokens.
 */
@Singleton
public class EndedLogins {
  private final EntityManager entities;
  private final AgroalDataSource worker;
  private final KeyedHash hash;
  private final Duration longestLife;

  EndedLogins(
      EntityManager entities,
      @DataSource("worker") AgroalDataSource worker,
      KeyedHash hash,
      TokenConfig config) {
    this.entities = entities;
    this.worker = worker;
    this.hash = hash;
    this.longestLife = config.longestLife();
  }

  /** Ends this person's logins up to now, within the transaction of the erasure. */
  public void end(Login login) {
    Instant now = Instant.now();
    Instant longest = now.plus(longestLife);
    entities
        .createNativeQuery("select cast(end_login(:hash, :now, :until) as text)", String.class)
        .setParameter("hash", hashOf(login))
        .setParameter("now", now)
        .setParameter("until", longest.isAfter(login.expiresAt()) ? longest : login.expiresAt())
        .getSingleResult();
  }

  /**
   * Before somebody is introduced: refuses a login that has ended, and a token that is older than
   * what is remembered. It is answered like any other invalid token.
   *
   * @return up to when this person's logins have ended; null if they haven't
   */
  @Nullable Instant check(Login login) {
    Instant issuedAt = login.issuedAt();
    Instant at = login.at();
    Instant endedAt = endedAt(login);
    boolean tooOld = issuedAt != null && issuedAt.isBefore(Instant.now().minus(longestLife));
    if (tooOld || (endedAt != null && (at == null || !at.isAfter(endedAt)))) {
      throw HttpProblem.unauthenticated("Bearer");
    }
    return endedAt;
  }

  private @Nullable Instant endedAt(Login login) {
    return (Instant)
        entities
            .createNativeQuery("select ended_login_at(:hash)", Instant.class)
            .setParameter("hash", hashOf(login))
            .getSingleResult();
  }

  /** Lets go of those whose tokens can't live any more; for the retention job. */
  public void forgetOld() throws SQLException {
    try (Connection connection = worker.getConnection();
        PreparedStatement delete =
            connection.prepareStatement("delete from ended_login where forget_at <= ?")) {
      delete.setTimestamp(1, Timestamp.from(Instant.now()));
      delete.executeUpdate();
    }
  }

  private byte[] hashOf(Login login) {
    return hash.of("ended_login", login.issuer() + "\n" + login.subject());
  }
}
