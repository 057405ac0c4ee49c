package org.stillpoint.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a carrier answered.
 *
 * @param status of HTTP; a carrier that speaks something else says it in those words
 * @param reason a short code of the carrier's, never a person's words; empty when there is none
 * @param retryAfter when the carrier wants to be asked again; null when it doesn't say
 */
public record Response(int status, String reason, @Nullable Duration retryAfter) {
  /** An answer that says nothing but its status. */
  public static Response of(int status) {
    return new Response(status, "", null);
  }
}
