package org.stillpoint.identity;

/**
 * What an app may do for a member: the words of the token's {@code scope} claim, which the
 * framework treats as roles. Raising a pause needs none of them, only a valid login (S4).
 */
public final class Scopes {
  public static final String PROFILE_READ = "profile:read";
  public static final String PROFILE_WRITE = "profile:write";
  public static final String RELATIONSHIPS_READ = "relationships:read";
  public static final String RELATIONSHIPS_WRITE = "relationships:write";
  public static final String PAUSES_READ = "pauses:read";
  public static final String PAUSES_WRITE = "pauses:write";
  public static final String AGREEMENTS_READ = "agreements:read";
  public static final String AGREEMENTS_WRITE = "agreements:write";
  public static final String CHECK_INS_READ = "check-ins:read";
  public static final String CHECK_INS_WRITE = "check-ins:write";
  public static final String REFLECTIONS_READ = "reflections:read";
  public static final String REFLECTIONS_WRITE = "reflections:write";
  public static final String EVENTS_READ = "events:read";

  /** To let practitioners read what is one's own, or shared, and to end that. */
  public static final String GRANTS_READ = "grants:read";

  public static final String GRANTS_WRITE = "grants:write";

  /** For the practitioner's own tool: what members let this practitioner read. */
  public static final String PRACTICE_READ = "practice:read";

  public static final String PRACTICE_WRITE = "practice:write";

  /** To see what is kept, for how long, and who has got at it. */
  public static final String PRIVACY_READ = "privacy:read";

  /** To change that, to get a copy of everything, and to end it. */
  public static final String PRIVACY_WRITE = "privacy:write";

  /** For a login of the app itself: where its own server gets events. No person gives it. */
  public static final String WEBHOOKS_MANAGE = "webhooks:manage";

  /** All that persons give, as a token's claim. */
  public static final String ALL =
      String.join(
          " ",
          PROFILE_READ,
          PROFILE_WRITE,
          RELATIONSHIPS_READ,
          RELATIONSHIPS_WRITE,
          PAUSES_READ,
          PAUSES_WRITE,
          AGREEMENTS_READ,
          AGREEMENTS_WRITE,
          CHECK_INS_READ,
          CHECK_INS_WRITE,
          REFLECTIONS_READ,
          REFLECTIONS_WRITE,
          EVENTS_READ,
          GRANTS_READ,
          GRANTS_WRITE,
          PRACTICE_READ,
          PRACTICE_WRITE,
          PRIVACY_READ,
          PRIVACY_WRITE);

  private Scopes() {}
}
