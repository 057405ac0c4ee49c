package org.stillpoint.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.stillpoint.time.Emptied;
import org.stillpoint.time.Ids;

/** From (issuer, subject) to the member, who is made at the first request. */
@ApplicationScoped
public class Members {
  private static final String FIND =
      """
      select f.*, set_config('app.member', f.id::text, true)
      from find_member(:issuer, :subject, :client) f
      """;

  private static final String KNOWN =
      "select id from find_member(?, ?, ?) where client is not null";

  private record Person(String issuer, String subject, String clientId) {
    static Person of(Login login) {
      return new Person(login.issuer(), login.subject(), login.clientId());
    }
  }

  private final EntityManager entities;
  private final EndedLogins endedLogins;
  private final Event<ClientIntroduced> introductions;
  private final Clock clock;
  private final Cache<Person, UUID> ids =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofMinutes(1)).build();

  Members(
      EntityManager entities,
      EndedLogins endedLogins,
      Event<ClientIntroduced> introductions,
      Clock clock) {
    this.entities = entities;
    this.endedLogins = endedLogins;
    this.introductions = introductions;
    this.clock = clock;
  }

  /**
   * The caller of this login, read within the current transaction, so that an app that was cut off
   * is out at once. From here on the transaction sees that member's rows only.
   */
  public Caller admit(Login login) {
    Tuple found = find(login);
    boolean isNew = found == null || found.get("client") == null;
    Instant endedAt = isNew ? endedLogins.check(login) : null;
    if (isNew) {
      introduce(login);
      found = find(login);
    }
    if (found == null) {
      throw new IllegalStateException("A member who was just made isn't there");
    }
    Instant cutOffAt = found.get("cut_off_at", Instant.class);
    if (cutOffAt != null && (login.at() == null || !login.at().isAfter(cutOffAt))) {
      throw IdentityProblem.CLIENT_CUT_OFF.exception();
    }
    Caller caller = new Caller(found.get("id", UUID.class), found.get("client", UUID.class), login);
    if (cutOffAt != null && found.get("returned_at") == null) {
      letInAgain(caller);
    }
    if (isNew) {
      if (endedAt != null) {
        keepOut(caller, endedAt);
      }
      introductions.fire(
          new ClientIntroduced(caller.memberId(), caller.clientRowId(), login.clientId()));
    }
    return caller;
  }

  /** A member who begins anew after an erasure: logins of before stay out. */
  private void keepOut(Caller caller, Instant upTo) {
    entities
        .createNativeQuery(
            "update member_client set cut_off_at = :upTo, returned_at = :now"
                + " where member_id = :member and id = :id")
        .setParameter("upTo", upTo)
        .setParameter("now", clock.instant())
        .setParameter("member", caller.memberId())
        .setParameter("id", caller.clientRowId())
        .executeUpdate();
  }

  /** Its member sees that it is back, and can cut it off once more. */
  private void letInAgain(Caller caller) {
    entities
        .createNativeQuery(
            "update member_client set returned_at = :now where member_id = :member and id = :id"
                + " and cut_off_at is not null")
        .setParameter("now", clock.instant())
        .setParameter("member", caller.memberId())
        .setParameter("id", caller.clientRowId())
        .executeUpdate();
  }

  /** Remembers a caller whose admission is committed. */
  public void remember(Caller caller) {
    ids.put(Person.of(caller.login()), caller.memberId());
  }

  /**
   * The member's id, if the person has come through this app before; read on the given connections
   * unless this replica remembers it. It doesn't tell whether the app was cut off.
   */
  public @Nullable UUID known(Login login, DataSource database) {
    return ids.get(Person.of(login), person -> read(person, database));
  }

  private static @Nullable UUID read(Person person, DataSource database) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(KNOWN)) {
      statement.setString(1, person.issuer());
      statement.setString(2, person.subject());
      statement.setString(3, person.clientId());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getObject(1, UUID.class) : null;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The member can't be looked up", e);
    }
  }

  void onEmptied(@Observes Emptied emptied) {
    ids.invalidateAll();
  }

  private @Nullable Tuple find(Login login) {
    List<?> rows =
        entities
            .createNativeQuery(FIND, Tuple.class)
            .setParameter("client", login.clientId())
            .setParameter("issuer", login.issuer())
            .setParameter("subject", login.subject())
            .getResultList();
    return rows.isEmpty() ? null : (Tuple) rows.getFirst();
  }

  /** Two first requests may race; the first row stays. */
  private void introduce(Login login) {
    entities
        .createNativeQuery(
            "select introduce_member(:id, :issuer, :subject, :row, :client, :now)", UUID.class)
        .setParameter("id", Ids.next())
        .setParameter("issuer", login.issuer())
        .setParameter("subject", login.subject())
        .setParameter("row", Ids.next())
        .setParameter("client", login.clientId())
        .setParameter("now", clock.instant())
        .getSingleResult();
  }
}
