package org.stillpoint.api.problem;

import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jspecify.annotations.Nullable;

/** Answers every failure of a resource with a problem. */
final class ProblemMapper {
  @ServerExceptionMapper
  Response problem(ProblemException thrown, RoutingContext context) {
    return ProblemAnswer.of(context, thrown);
  }

  @ServerExceptionMapper
  Response violated(ConstraintViolationException thrown, RoutingContext context) {
    @Nullable ResteasyReactiveRequestContext request = matched();
    @Nullable ProblemException problem =
        Violations.problem(
            thrown, request == null ? null : request.getTarget().getLazyMethod().getMethod());
    return problem == null ? unexpected(thrown, context) : ProblemAnswer.of(context, problem);
  }

  @ServerExceptionMapper
  Response notFound(NotFoundException thrown, RoutingContext context) {
    return unreadable(thrown, context, HttpProblem.NOT_FOUND);
  }

  @ServerExceptionMapper
  Response badRequest(BadRequestException thrown, RoutingContext context) {
    return unreadable(thrown, context, HttpProblem.BAD_REQUEST);
  }

  @ServerExceptionMapper
  Response methodNotAllowed(NotAllowedException thrown, RoutingContext context) {
    var problem = HttpProblem.METHOD_NOT_ALLOWED.exception();
    @Nullable ResteasyReactiveRequestContext request = CurrentRequestManager.get();
    return ProblemAnswer.of(
        context,
        request == null
            ? problem
            : problem.withHeader(HttpHeaders.ALLOW, AllowedMethods.at(request)));
  }

  @ServerExceptionMapper
  Response web(WebApplicationException thrown, RoutingContext context) {
    Response response = thrown.getResponse();
    return response.getStatus() < 400 ? response : unexpected(thrown, context);
  }

  @ServerExceptionMapper({
    UnauthorizedException.class,
    AuthenticationFailedException.class,
    AuthenticationCompletionException.class,
    ForbiddenException.class
  })
  Response security(SecurityException thrown, RoutingContext context) {
    return unexpected(thrown, context);
  }

  @ServerExceptionMapper
  Response unexpected(Throwable thrown, RoutingContext context) {
    return ProblemAnswer.of(context, Failures.of(context, thrown, 500));
  }

  /** The framework says 404 to a query parameter that it can't read as its type. */
  private static Response unreadable(
      WebApplicationException thrown, RoutingContext context, HttpProblem otherwise) {
    @Nullable ResteasyReactiveRequestContext request = matched();
    if (thrown.getCause() instanceof ProblemException problem) {
      return ProblemAnswer.of(context, problem);
    }
    if (thrown.getCause() != null && request != null) {
      List<FieldError> errors = EndpointParameters.unreadable(request);
      if (!errors.isEmpty()) {
        return ProblemAnswer.of(
            context, HttpProblem.VALIDATION_FAILED.exception().withErrors(errors));
      }
    }
    return ProblemAnswer.of(context, otherwise.exception());
  }

  private static @Nullable ResteasyReactiveRequestContext matched() {
    @Nullable ResteasyReactiveRequestContext request = CurrentRequestManager.get();
    return request == null || request.getTarget() == null ? null : request;
  }
}
