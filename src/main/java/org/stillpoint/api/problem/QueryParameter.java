package org.stillpoint.api.problem;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads parameters of the query as text, since the framework answers a bad one with 404. */
public final class QueryParameter {
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private QueryParameter() {}

  /**
   * The value of a parameter; null without one. One that {@code parse} refuses, by an {@link
   * IllegalArgumentException} or as no time, is a 400.
   */
  public static <T> @Nullable T read(
      String name, @Nullable String text, Function<String, T> parse) {
    try {
      return text == null ? null : parse.apply(text);
    } catch (IllegalArgumentException | DateTimeException unreadable) {
      throw HttpProblem.VALIDATION_FAILED
          .exception()
          .withError(FieldError.query(name, Flaw.UNREADABLE_PARAMETER));
    }
  }

  /** A time as RFC 3339 writes it, from 1970 on; null without one. */
  public static @Nullable Instant time(String name, @Nullable String text) {
    return read(
        name,
        text,
        written -> {
          Instant time = Instant.parse(written);
          if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
            throw new IllegalArgumentException("No such time");
          }
          return time;
        });
  }
}
