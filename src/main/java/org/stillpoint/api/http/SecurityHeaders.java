package org.stillpoint.api.http;

import java.util.Map;

/** The headers that every answer carries, failures included. */
final class SecurityHeaders {
  /** A resource may replace {@code Cache-Control}, and only that. */
  static final Map<String, String> ALL =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Strict-Transport-Security", "max-age=31536000; includeSubDomains",
          "Cache-Control", "no-store");

  private SecurityHeaders() {}
}
