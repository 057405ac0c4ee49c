package org.stillpoint.mallory;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.stillpoint.testkit.PlainHttp.Answer;

/** What an answer says, apart from what differs from exchange to exchange. */
final class Said {
  private Said() {}

  /** Status, headers and body. */
  static String by(Answer answer) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(answer.headers());
    headers.remove("Date");
    headers.remove("Request-Id");
    // How much is left of the caller's own rate; that it is told at all stays.
    headers.computeIfPresent("RateLimit", (name, left) -> List.of("left"));
    return answer.status()
        + "\n"
        + headers
        + "\n"
        + answer
            .body()
            // When it was asked what is in force.
            .replaceFirst("^\\{\"at\":\"[^\"]+\"", "{\"at\":\"\"")
            // What a clock says that runs by itself; when it ends stays.
            .replaceAll("\"remainingSeconds\":\\d+", "\"remainingSeconds\":0")
            .replaceAll("\"asOf\":\"[^\"]+\"", "\"asOf\":\"\"")
            .replaceAll("\"requestId\":\"[^\"]+\"", "\"requestId\":\"\"");
  }

  /** The same, with the request's own identifiers hidden. */
  static String by(Answer answer, Collection<String> own) {
    String said = by(answer);
    for (String id : own) {
      said = said.replace(id, "(its own)");
    }
    return said;
  }
}
