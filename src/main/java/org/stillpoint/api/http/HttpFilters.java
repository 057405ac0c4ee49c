package org.stillpoint.api.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.stillpoint.api.problem.Failures;
import org.stillpoint.api.problem.ProblemAnswer;
import org.stillpoint.api.problem.ProblemException;
import org.stillpoint.api.problem.ProblemType;
import org.stillpoint.api.problem.RequestId;

/** Puts the filters in front of everything that answers, whether it is a resource or not. */
@ApplicationScoped
class HttpFilters {
  private final HttpLimits limits;
  private final BodyFilter body;

  HttpFilters(HttpLimits limits) {
    this.limits = limits;
    this.body = new BodyFilter(limits);
  }

  void register(@Observes Filters filters) {
    filters
        .register(this::exchange, FilterOrder.EXCHANGE)
        .register(this::refuse, FilterOrder.REFUSALS)
        .register(body, FilterOrder.BODY);
  }

  void register(@Observes Router router) {
    router.route().order(-FilterOrder.FAILURES).failureHandler(this::failed);
    // Where not even the choice of a route works, failure handlers are routes too.
    router.errorHandler(400, this::failed).errorHandler(500, this::failed);
  }

  private void exchange(RoutingContext context) {
    begin(context);
    acceptAnswers(context.request().headers());
    context.next();
  }

  /** Where an answer has no body, clients made from the document accept its problems alone. */
  private static void acceptAnswers(MultiMap headers) {
    if (headers.getAll(HttpHeaders.ACCEPT).stream()
        .anyMatch(accepted -> accepted.contains(ProblemAnswer.MEDIA_TYPE))) {
      headers.add(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON);
    }
  }

  private void begin(RoutingContext context) {
    ConnectionDeadlines.guard(context.request(), limits.headDeadline());
    context.response().putHeader(RequestId.HEADER, RequestId.assign(context));
    SecurityHeaders.ALL.forEach(context.response()::putHeader);
  }

  private void refuse(RoutingContext context) {
    refusal(context)
        .ifPresentOrElse(problem -> Refusals.answer(context, problem.exception()), context::next);
  }

  private Optional<ProblemType> refusal(RoutingContext context) {
    return Refusals.of(context.request(), limits.maxBodySize().asLongValue());
  }

  private void failed(RoutingContext context) {
    ProblemException failure = Failures.of(context, context.failure(), context.statusCode());
    if (context.response().headers().contains(RequestId.HEADER)) {
      ProblemAnswer.send(context, failure);
    } else {
      // The router refuses some requests, such as those without a host, before any filter.
      begin(context);
      Refusals.answer(context, refusal(context).map(ProblemType::exception).orElse(failure));
    }
  }
}
