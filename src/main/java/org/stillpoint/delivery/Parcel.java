package org.stillpoint.delivery;

import java.net.URI;
import java.util.Map;
import java.util.UUID;

/**
 * What leaves this server, as its carrier takes it.
 *
 * @param noticeId the same when it comes again
 * @param to where to; its scheme says which carrier takes it
 * @param headers of HTTP, or what stands for them
 * @param trust who gave the address
 * @param shown what a phone shows; empty for what no phone shows
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Parcel(
    String channel,
    UUID memberId,
    UUID targetId,
    UUID noticeId,
    URI to,
    Map<String, String> headers,
    byte[] body,
    Trust trust,
    String shown,
    boolean isUrgent) {

  /** Who gave the address. */
  public enum Trust {
    /** The operator, in the settings. */
    OPERATOR,
    /** A member or an app: it must be a public one. */
    ANYBODY
  }

  /** Without what is in it: that isn't for logs. */
  @Override
  public String toString() {
    return "a parcel by " + channel;
  }
}
