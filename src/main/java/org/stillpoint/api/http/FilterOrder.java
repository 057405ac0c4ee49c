package org.stillpoint.api.http;

/**
 * The priorities of all filters in front of the resources; the higher is asked first. The
 * framework's own: cross-origin requests 300, authentication 200, authorisation 100.
 */
public final class FilterOrder {
  /** Names the exchange and sets the headers that every answer carries. */
  public static final int EXCHANGE = 10_000;

  /** Hides what is for a sandbox only, and marks its answers. */
  public static final int SANDBOX = 9_950;

  /** Refuses what comes after the end has begun. */
  static final int SHUTDOWN = 9_925;

  /** Refuses what is ambiguous or too large as HTTP. */
  public static final int REFUSALS = 9_900;

  /** Reads the body, within its size and time. */
  public static final int BODY = 9_800;

  /** Answers what failed outside of a resource; before the framework's own error page. */
  public static final int FAILURES = 10_000;

  private FilterOrder() {}
}
