package org.stillpoint.api.paging;

import jakarta.persistence.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The values of a native query for a page: {@code :afterTime} and {@code :afterId} of the place
 * after which it begins, compared as a row, {@code :since} where only what is new is asked for, and
 * {@code :limit}.
 */
public final class NativePage {
  /** Longer than any transaction: what was stored meanwhile has an earlier time. */
  private static final Duration OVERLAP = Duration.ofSeconds(15);

  private static final String EARLIEST = "-infinity";
  private static final String LATEST = "infinity";
  private static final UUID LEAST = new UUID(0, 0);
  private static final UUID GREATEST = new UUID(-1, -1);

  private NativePage() {}

  /** The newest first. */
  public static Query newestFirst(Query query, Cursor.@Nullable ByTime after, int limit) {
    return from(query, after, LATEST, GREATEST, limit);
  }

  /** The oldest first. */
  public static Query oldestFirst(Query query, Cursor.@Nullable ByTime after, int limit) {
    return from(query, after, EARLIEST, LEAST, limit);
  }

  private static Query from(
      Query query, Cursor.@Nullable ByTime after, String time, UUID id, int limit) {
    return query
        .setParameter("afterTime", after == null ? time : after.at().toString())
        .setParameter("afterId", (after == null ? id : after.id()).toString())
        .setParameter("limit", limit);
  }

  /** What is new since then, and a little before: it may come twice, and is never missed. */
  public static Query since(Query query, @Nullable Instant since) {
    return query.setParameter("since", since == null ? EARLIEST : since.minus(OVERLAP).toString());
  }
}
