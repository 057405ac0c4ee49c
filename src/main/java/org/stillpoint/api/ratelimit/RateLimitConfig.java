package org.stillpoint.api.ratelimit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much one caller may ask. A tap is never counted (S1). */
@ConfigMapping(prefix = "stillpoint.rate-limit")
public interface RateLimitConfig {
  /** Requests a minute of one member through one app. */
  @WithDefault("600")
  int requestsPerMinute();

  /** Invitation codes that one member may try in an hour. */
  @WithDefault("20")
  int codesPerHour();

  /** Invitations that one member may make in an hour. */
  @WithDefault("20")
  int invitationsPerHour();

  /** Pauses that one member may lift in an hour; raising is never counted. */
  @WithDefault("30")
  int liftsPerHour();

  /** Proposals that one member may make in an hour. */
  @WithDefault("20")
  int proposalsPerHour();

  /**
   * Limits that one member may draw or tighten in an hour in one relationship before the others'
   * phones ring no more for them; drawing is never refused.
   */
  @WithDefault("6")
  int limitNoticesPerHour();

  /** How often one practitioner may read under one grant in an hour: each reading is logged. */
  @WithDefault("300")
  int practiceReadsPerHour();

  /** Tokens that one address may fail to prove in a minute before it has to wait. */
  @WithDefault("120")
  int failedLoginsPerMinute();

  /** How often one calendar may be read in a minute. */
  @WithDefault("60")
  int calendarReadsPerMinute();

  /** Addresses of calendars that one network may make up in a minute before it has to wait. */
  @WithDefault("60")
  int inventedCalendarsPerMinute();
}
