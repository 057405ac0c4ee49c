package org.stillpoint.api.paging;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of a query for one page of a list that is ordered by a time and an id: where the page
 * begins, and the order.
 */
public final class Keyset {
  private Keyset() {}

  /** The oldest first. */
  public static String oldestFirst(String time, String id) {
    return end(time, id, ">", "");
  }

  /** The newest first. */
  public static String newestFirst(String time, String id) {
    return end(time, id, "<", " desc");
  }

  private static String end(String time, String id, String after, String order) {
    return (" and (cast(:afterTime as Instant) is null or %1$s %3$s :afterTime"
            + " or %1$s = :afterTime and %2$s %3$s :afterId) order by %1$s%4$s, %2$s%4$s")
        .formatted(time, id, after, order);
  }

  /** The values of the query: its own, and the place after which the page begins. */
  public static Map<String, Object> values(Cursor.@Nullable ByTime after, Map<String, Object> own) {
    Map<String, @Nullable Object> all = new HashMap<>(own);
    all.put("afterTime", after == null ? null : after.at());
    all.put("afterId", after == null ? null : after.id());
    return all;
  }
}
