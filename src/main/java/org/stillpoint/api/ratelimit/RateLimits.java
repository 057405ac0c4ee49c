package org.stillpoint.api.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.identity.Login;
import org.stillpoint.time.Emptied;

/**
 * Token buckets in this replica's memory. They shed load and make guessing slow; no rule of the
 * product rests on them. A tap asks none of them (S1).
 */
@Singleton
public class RateLimits {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private record PerApp(String issuer, String subject, String clientId) {}

  /** Of each relationship apart: in one of them nobody can tell what a member does in another. */
  private record PerMembership(UUID relationshipId, UUID memberId) {}

  /** Of each grant apart: nobody's readings hold up what is read under another. */
  private record PerGrant(UUID practitionerId, UUID grantId) {}

  private final RateLimitConfig config;
  private final RoutingContext request;
  private final Cache<PerApp, Bucket> requests = buckets();
  private final Cache<UUID, Bucket> codes = buckets();
  private final Cache<UUID, Bucket> invitations = buckets();
  private final Cache<UUID, Bucket> proposals = buckets();
  private final Cache<UUID, Bucket> lifts = buckets();
  private final Cache<PerMembership, Bucket> limitNotices = buckets();
  private final Cache<PerGrant, Bucket> practiceReads = buckets();
  private final Cache<String, Bucket> failedLogins = buckets();
  private final Cache<String, Bucket> calendars = buckets();
  private final Cache<String, Bucket> inventedCalendars = buckets();

  RateLimits(RateLimitConfig config, RoutingContext request) {
    this.config = config;
    this.request = request;
  }

  private static <K> Cache<K, Bucket> buckets() {
    return Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(HOUR).build();
  }

  void onEmptied(@Observes Emptied emptied) {
    List.of(
            requests,
            codes,
            invitations,
            proposals,
            lifts,
            limitNotices,
            practiceReads,
            failedLogins,
            calendars,
            inventedCalendars)
        .forEach(Cache::invalidateAll);
  }

  /** Counts a request of this member's app, and tells the app what is left. */
  public void spend(Login login) {
    int limit = config.requestsPerMinute();
    Bucket bucket =
        requests.get(
            new PerApp(login.issuer(), login.subject(), login.clientId()),
            key -> bucket(limit, MINUTE));
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    var headers = request.response().headers();
    headers.set("RateLimit-Policy", "\"app\";q=" + limit + ";w=" + MINUTE.toSeconds());
    headers.set(
        "RateLimit",
        "\"app\";r="
            + probe.getRemainingTokens()
            + ";t="
            + ceilingSeconds(probe.getNanosToWaitForReset()));
    refuseUnless(probe);
  }

  /** Counts a try of an invitation code. */
  public void spendCode(UUID memberId) {
    spend(codes.get(memberId, key -> bucket(config.codesPerHour(), HOUR)));
  }

  /** Counts an invitation made. */
  public void spendInvitation(UUID memberId) {
    spend(invitations.get(memberId, key -> bucket(config.invitationsPerHour(), HOUR)));
  }

  /** Counts a proposal made: each asks something of all the others. */
  public void spendProposal(UUID memberId) {
    spend(proposals.get(memberId, key -> bucket(config.proposalsPerHour(), HOUR)));
  }

  /** Counts a pause lifted: lifting and raising in turns would ring the other's phone all night. */
  public void spendLift(UUID memberId) {
    spend(lifts.get(memberId, key -> bucket(config.liftsPerHour(), HOUR)));
  }

  /**
   * Counts a limit drawn or tightened, which is never refused: whether the others' phones still
   * ring for it.
   */
  public boolean mayRingForLimit(UUID relationshipId, UUID memberId) {
    return limitNotices
        .get(
            new PerMembership(relationshipId, memberId),
            key -> bucket(config.limitNoticesPerHour(), HOUR))
        .tryConsume(1);
  }

  /** Counts a reading under a grant, which may be invented. */
  public void spendPracticeRead(UUID practitionerId, UUID grantId) {
    spend(
        practiceReads.get(
            new PerGrant(practitionerId, grantId),
            key -> bucket(config.practiceReadsPerHour(), HOUR)));
  }

  /** Counts a token that this network failed to prove. */
  void countFailedLogin(String network) {
    failedLogins.get(network, key -> bucket(config.failedLoginsPerMinute(), MINUTE)).tryConsume(1);
  }

  /** Whether tokens of this network, unless they are remembered, have to wait. */
  boolean hasFailedTooOften(String network) {
    Bucket bucket = failedLogins.getIfPresent(network);
    return bucket != null && bucket.getAvailableTokens() == 0;
  }

  /**
   * Counts a reading of a calendar. One that wasn't found here lately waits while its network
   * brings invented ones, so that nobody keeps out those who share the address.
   *
   * @param secret the hash by which it is found
   */
  public void spendCalendar(String secret) {
    Bucket known = calendars.getIfPresent(secret);
    if (known != null) {
      spend(known);
      return;
    }
    Bucket invented = inventedCalendars.getIfPresent(network());
    if (invented != null && invented.getAvailableTokens() == 0) {
      throw HttpProblem.RATE_LIMITED.exception().withHeader("Retry-After", "1");
    }
  }

  /** Remembers whether the calendar of this secret was found. */
  public void countCalendar(String secret, boolean found) {
    if (found) {
      var unused = calendars.get(secret, key -> bucket(config.calendarReadsPerMinute(), MINUTE));
    } else {
      calendars.invalidate(secret);
      inventedCalendars
          .get(network(), key -> bucket(config.inventedCalendarsPerMinute(), MINUTE))
          .tryConsume(1);
    }
  }

  private String network() {
    return Networks.of(request.request().remoteAddress());
  }

  /** By the time that only passes: a clock that was put back would stop the refilling. */
  private static Bucket bucket(int capacity, Duration period) {
    return Bucket.builder()
        .addLimit(Bandwidth.builder().capacity(capacity).refillGreedy(capacity, period).build())
        .withNanosecondPrecision()
        .build();
  }

  private static void spend(Bucket bucket) {
    refuseUnless(bucket.tryConsumeAndReturnRemaining(1));
  }

  private static void refuseUnless(ConsumptionProbe probe) {
    if (!probe.isConsumed()) {
      throw HttpProblem.RATE_LIMITED
          .exception()
          .withHeader(
              "Retry-After", String.valueOf(ceilingSeconds(probe.getNanosToWaitForRefill())));
    }
  }

  private static long ceilingSeconds(long nanos) {
    return TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1);
  }
}
