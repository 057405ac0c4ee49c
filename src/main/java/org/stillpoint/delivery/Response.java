package org.stillpoint.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a carrier answered.
 *
 * @param status of HTTP; a carrier that speaks something else says it in those words
 * @param retryAfter when the carrier wants to be asked again; null when it doesn't say
 * @param body its beginning, when the operator gave the address; otherwise empty, and never for
 *     logs
 */
public record Response(int status, @Nullable Duration retryAfter, String body) {
  /** An answer that says nothing but its status. */
  public static Response of(int status) {
    return new Response(status, null, "");
  }

  /** Without the body: it may quote what was sent. */
  @Override
  public String toString() {
    return "an answer with status " + status;
  }
}
