package org.stillpoint.api.paging;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;

/**
 * Which page a caller asks for; a {@code @BeanParam}. The parameters are read here and not by the
 * framework, which answers a bad number with 404.
 */
public class PageRequest {
  private static final int DEFAULT_LIMIT = 25;
  private static final int MAX_LIMIT = 100;

  @Parameter(
      description = "How many items at most.",
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "100", defaultValue = "25"),
      example = "25")
  @QueryParam("limit")
  @Nullable String limit;

  @Parameter(
      description = "`nextCursor` of the page before; none for the first page.",
      schema = @Schema(type = SchemaType.STRING, maxLength = 128))
  @QueryParam("cursor")
  @Nullable String cursor;

  /** The framework's. */
  public PageRequest() {}

  /** A request made by the program itself. */
  public static PageRequest of(@Nullable String limit, @Nullable String cursor) {
    var request = new PageRequest();
    request.limit = limit;
    request.cursor = cursor;
    return request;
  }

  /** How many items the page may have. */
  public int limit() {
    if (limit == null) {
      return DEFAULT_LIMIT;
    }
    int number;
    try {
      number = Integer.parseInt(limit);
    } catch (NumberFormatException unreadable) {
      throw invalid(Flaw.UNREADABLE_PARAMETER);
    }
    if (number < 1 || number > MAX_LIMIT) {
      throw invalid(Flaw.OUT_OF_RANGE);
    }
    return number;
  }

  /** How many rows to read for {@link Page#of}: one more tells whether another page follows. */
  public int rows() {
    return limit() + 1;
  }

  /** The place in a list ordered by time after which the page begins; null at its start. */
  public Cursor.@Nullable ByTime afterTime() {
    return cursor == null ? null : Cursor.ByTime.decode(cursor);
  }

  /** The place in a list ordered by a number after which the page begins; null at its start. */
  public Cursor.@Nullable ByNumber afterNumber() {
    return cursor == null ? null : Cursor.ByNumber.decode(cursor);
  }

  private static RuntimeException invalid(Flaw flaw) {
    return HttpProblem.VALIDATION_FAILED.exception().withError(FieldError.query("limit", flaw));
  }
}
