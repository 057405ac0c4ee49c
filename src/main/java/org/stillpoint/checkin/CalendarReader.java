package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.stillpoint.api.language.Languages;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.api.ratelimit.RateLimits;
import org.stillpoint.checkin.CalendarText.Appointment;
import org.stillpoint.crypto.RandomSecret;
import org.stillpoint.transaction.MemberTransactions;

/**
 * Reads a calendar for whoever brings its secret. It is a function of what all who take part see of
 * a check-in: nothing that anybody does in private changes it, and neither does a pause (S22).
 */
@Singleton
class CalendarReader {
  private static final Pattern SECRET =
      Pattern.compile("[0-9a-f]{" + 2 * CalendarFeedService.SECRET_BYTES + "}");

  private static final Duration BACK = Duration.ofDays(30);
  private static final Duration AHEAD = Duration.ofDays(60);

  /** Whoever plans and skips without end makes nobody's calendar longer than this. */
  private static final int MOST = 500;

  /** What opened has taken place, however it ended; what ended before that is cancelled. */
  private static final String APPOINTMENTS =
      """
      select c.id, c.starts_at, c.created_at,
        case when c.opened_at is null then c.over_at end as cancelled_at,
        (select sum(i.seconds) from check_in_item i
          where i.relationship_id = c.relationship_id and i.check_in_id = c.id) as seconds
      from check_in c
      where c.starts_at >= :from and c.starts_at < :until
      order by c.opened_at is null and c.over_at is not null, c.starts_at, c.id
      limit :most
      """;

  private final CalendarFeedRepository feeds;
  private final MemberTransactions transactions;
  private final RateLimits limits;
  private final EntityManager entities;
  private final Clock clock;

  CalendarReader(
      CalendarFeedRepository feeds,
      MemberTransactions transactions,
      RateLimits limits,
      EntityManager entities,
      Clock clock) {
    this.feeds = feeds;
    this.transactions = transactions;
    this.limits = limits;
    this.entities = entities;
    this.clock = clock;
  }

  /** The feed of this secret; not found if it was invented or revoked, which look the same. */
  String read(String text) {
    if (!SECRET.matcher(text).matches()) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    byte[] secret = HexFormat.of().parseHex(text);
    byte[] hash = RandomSecret.hash(secret);
    String name = HexFormat.of().formatHex(hash);
    limits.spendCalendar(name);
    Optional<String> calendar =
        transactions.read(() -> feeds.owner(hash), member -> calendar(member, secret));
    limits.countCalendar(name, calendar.isPresent());
    return calendar.orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  private String calendar(UUID memberId, byte[] secret) {
    String locale =
        (String)
            entities
                .createNativeQuery("select locale from member where id = :member", String.class)
                .setParameter("member", memberId)
                .getSingleResult();
    return CalendarText.in(Languages.of(locale)).of(secret, appointments());
  }

  private List<Appointment> appointments() {
    Instant now = clock.instant();
    List<?> rows =
        entities
            .createNativeQuery(APPOINTMENTS, Tuple.class)
            .setParameter("from", now.minus(BACK))
            .setParameter("until", now.plus(AHEAD))
            .setParameter("most", MOST)
            .getResultList();
    return rows.stream().map(row -> appointment((Tuple) row)).toList();
  }

  private static Appointment appointment(Tuple row) {
    Instant startsAt = row.get("starts_at", Instant.class);
    return new Appointment(
        row.get("id", UUID.class),
        startsAt,
        startsAt.plusSeconds(row.get("seconds", Long.class)),
        row.get("created_at", Instant.class),
        row.get("cancelled_at", Instant.class));
  }
}
