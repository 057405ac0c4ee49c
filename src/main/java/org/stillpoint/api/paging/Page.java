package org.stillpoint.api.paging;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list; the answer to it carries a {@code Link} to the next.
 *
 * @param <T> what the list holds
 */
public record Page<T>(
    @Schema(description = "The items of this page, in order.", required = true) List<T> data,
    @Schema(
            description =
                "Send it as `cursor` to get the next page; absent on the last, but for events.",
            examples = "AQEAAAAAZyfBsAAAAAA")
        @Nullable String nextCursor,
    @Schema(description = "Whether another page follows.", required = true) boolean hasMore) {

  /**
   * Makes the page of rows that were read.
   *
   * @param rows up to {@link PageRequest#rows} of them
   * @param place where a row stands in the list
   * @param view what the caller sees of a row
   */
  public static <R, T> Page<T> of(
      List<R> rows, PageRequest request, Function<R, Cursor> place, Function<R, T> view) {
    int limit = request.limit();
    boolean more = rows.size() > limit;
    List<R> shown = more ? rows.subList(0, limit) : rows;
    return new Page<>(
        shown.stream().map(view).toList(),
        more ? place.apply(shown.getLast()).encode() : null,
        more);
  }

  /**
   * Makes the page of a list that is there as a whole, and doesn't change.
   *
   * @param view what the caller sees of an item
   */
  public static <R, T> Page<T> ofAll(List<R> all, PageRequest request, Function<R, T> view) {
    Cursor.ByNumber after = request.afterNumber();
    if (after != null) {
      after.requireWithin(all.size());
    }
    List<Integer> places =
        IntStream.range(0, all.size())
            .boxed()
            .skip(after == null ? 0 : after.number())
            .limit(request.rows())
            .toList();
    return of(
        places,
        request,
        place -> new Cursor.ByNumber(place + 1L),
        place -> view.apply(all.get(place)));
  }
}
