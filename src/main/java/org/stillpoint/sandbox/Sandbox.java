package org.stillpoint.sandbox;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.stillpoint.api.http.FilterOrder;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.api.problem.ProblemAnswer;

/**
 * Whether this is a sandbox. One says so on every answer; elsewhere there is nothing to be found.
 */
@Singleton
class Sandbox {
  static final String PATH = "/sandbox";
  private static final String HEADER = "Stillpoint-Sandbox";

  private final boolean on;

  Sandbox(@ConfigProperty(name = "stillpoint.sandbox") boolean on) {
    this.on = on;
  }

  boolean isOn() {
    return on;
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, FilterOrder.SANDBOX);
  }

  private void handle(RoutingContext context) {
    if (on) {
      context.response().putHeader(HEADER, "true");
      context.next();
    } else if (context.normalizedPath().startsWith(PATH)) {
      ProblemAnswer.send(context, HttpProblem.NOT_FOUND.exception());
    } else {
      context.next();
    }
  }
}
