package org.stillpoint.api.http;

import static org.stillpoint.api.problem.HttpProblem.BAD_REQUEST;
import static org.stillpoint.api.problem.HttpProblem.BODY_TOO_LARGE;
import static org.stillpoint.api.problem.HttpProblem.HOST_AMBIGUOUS;
import static org.stillpoint.api.problem.HttpProblem.UNEXPECTED_BODY;
import static org.stillpoint.api.problem.HttpProblem.UNSUPPORTED_MEDIA_TYPE;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.ProblemAnswer;
import org.stillpoint.api.problem.ProblemException;
import org.stillpoint.api.problem.ProblemType;

/** What no resource is ever asked about: requests that two readers could read in two ways. */
final class Refusals {
  private static final Set<String> WITHOUT_BODY =
      Set.of("GET", "HEAD", "DELETE", "OPTIONS", "TRACE");

  /** Long enough for a slow client to read why; a close with unread input would lose the answer. */
  private static final long LINGER_MILLIS = 1_000;

  private Refusals() {}

  static Optional<ProblemType> of(HttpServerRequest request, long maxBodySize) {
    var headers = request.headers();
    List<String> hosts = headers.getAll(HttpHeaders.HOST);
    if (hosts.size() > 1 || (hosts.isEmpty() && request.version() == HttpVersion.HTTP_1_1)) {
      return Optional.of(HOST_AMBIGUOUS);
    }
    List<String> codings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
    boolean chunked = !codings.isEmpty();
    List<String> lengths = headers.getAll(HttpHeaders.CONTENT_LENGTH);
    if (chunked && !(codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked"))) {
      return Optional.of(BAD_REQUEST);
    }
    if (lengths.size() > 1 || (chunked && !lengths.isEmpty())) {
      return Optional.of(BAD_REQUEST);
    }
    long length = lengths.isEmpty() ? 0 : length(lengths.getFirst());
    if (length < 0) {
      return Optional.of(BAD_REQUEST);
    }
    if ((chunked || length > 0) && WITHOUT_BODY.contains(request.method().name())) {
      return Optional.of(UNEXPECTED_BODY);
    }
    if (length > maxBodySize) {
      return Optional.of(BODY_TOO_LARGE);
    }
    return isPlain(headers.get(HttpHeaders.CONTENT_ENCODING))
        ? Optional.empty()
        : Optional.of(UNSUPPORTED_MEDIA_TYPE);
  }

  private static long length(String header) {
    try {
      return Long.parseLong(header);
    } catch (NumberFormatException unreadable) {
      return -1;
    }
  }

  private static boolean isPlain(@Nullable String contentEncoding) {
    return contentEncoding == null
        || contentEncoding.isBlank()
        || contentEncoding.toLowerCase(Locale.ROOT).equals("identity");
  }

  /** Answers, takes in what is still coming for a moment, and closes the connection. */
  static void answer(RoutingContext context, ProblemException problem) {
    HttpServerRequest request = context.request();
    HttpConnection connection = request.connection();
    context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    if (request.isEnded()) {
      context.addEndHandler(ended -> connection.close());
    } else {
      request.exceptionHandler(broken -> {});
      request.endHandler(arrived -> connection.close());
      request.handler(unread -> {});
      context.vertx().setTimer(LINGER_MILLIS, late -> connection.close());
    }
    ProblemAnswer.send(context, problem);
    request.resume();
  }
}
