package org.stillpoint.api.problem;

import java.util.List;

/** JSON pointers of RFC 6901. */
public final class JsonPointers {
  private JsonPointers() {}

  /** The pointer that takes these steps; none point at the whole body. */
  public static String of(List<String> steps) {
    var pointer = new StringBuilder();
    for (String step : steps) {
      pointer.append('/').append(step.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }
}
