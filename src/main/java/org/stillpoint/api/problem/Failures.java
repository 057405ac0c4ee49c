package org.stillpoint.api.problem;

import io.quarkus.security.AuthenticationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Says which problem a failure is, wherever it came up. */
public final class Failures {
  private static final Logger LOG = Logger.getLogger(Failures.class);
  private static final int DEEPEST_CAUSE = 5;

  private Failures() {}

  /** The problem of a failed exchange; a status counts where nothing was thrown. */
  public static ProblemException of(
      RoutingContext context, @Nullable Throwable thrown, int status) {
    if (thrown == null) {
      return general(HttpProblem.ofStatus(status));
    }
    return switch (thrown) {
      case ProblemException problem -> problem;
      case WebApplicationException web when web.getCause() instanceof ProblemException problem ->
          problem;
      case WebApplicationException web -> web(context, web);
      case UnauthorizedException _, AuthenticationException _ -> unauthenticated(context);
      case ForbiddenException _ -> HttpProblem.insufficientScope(null);
      case RejectedExecutionException _ -> general(HttpProblem.UNAVAILABLE);
      case Throwable any when DatabaseAway.isCauseOf(any) -> away(context);
      default ->
          status >= 400 && status < 500
              ? general(HttpProblem.ofStatus(status))
              : unexpected(context, thrown);
    };
  }

  private static ProblemException web(RoutingContext context, WebApplicationException thrown) {
    int status = thrown.getResponse().getStatus();
    if (status == 401) {
      return unauthenticated(context);
    }
    HttpProblem problem = HttpProblem.ofStatus(status);
    return problem == HttpProblem.INTERNAL_ERROR ? unexpected(context, thrown) : general(problem);
  }

  private static ProblemException unauthenticated(RoutingContext context) {
    return HttpProblem.unauthenticated(context.request().getHeader(HttpHeaders.AUTHORIZATION));
  }

  private static ProblemException general(HttpProblem problem) {
    return switch (problem) {
      case UNAVAILABLE -> problem.exception().withHeader(HttpHeaders.RETRY_AFTER, "1");
      case INSUFFICIENT_SCOPE -> HttpProblem.insufficientScope(null);
      case UNAUTHENTICATED -> HttpProblem.unauthenticated(null);
      default -> problem.exception();
    };
  }

  private static ProblemException away(RoutingContext context) {
    LOG.warnf("Exchange %s found no database", RequestId.of(context));
    return general(HttpProblem.UNAVAILABLE);
  }

  private static ProblemException unexpected(RoutingContext context, Throwable thrown) {
    if (context.response().closed()) {
      // The client has gone; whatever broke because of that isn't a fault of ours.
      LOG.debugf("Exchange %s was given up by its client", RequestId.of(context));
    } else {
      LOG.errorf("Exchange %s failed: %s", RequestId.of(context), trace(thrown));
    }
    return HttpProblem.INTERNAL_ERROR.exception();
  }

  /** Classes and frames only: the messages of exceptions quote what people wrote. */
  public static String trace(Throwable thrown) {
    var text = new StringBuilder();
    @Nullable Throwable current = thrown;
    for (int depth = 0; current != null && depth < DEEPEST_CAUSE; depth++) {
      text.append(depth == 0 ? "" : "\nCaused by: ").append(current.getClass().getName());
      for (StackTraceElement frame : current.getStackTrace()) {
        text.append("\n\tat ").append(frame);
      }
      current = current.getCause();
    }
    return text.toString();
  }
}
