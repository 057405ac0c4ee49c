package org.stillpoint.sandbox;

import io.quarkus.runtime.Quarkus;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.stillpoint.api.http.FilterOrder;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.api.problem.ProblemAnswer;
import org.stillpoint.time.Rounds;

/**
 * Whether this is a sandbox. One says so on every answer; elsewhere there is nothing to be found.
 */
@Singleton
class Sandbox {
  static final String PATH = "/sandbox";

  /** What the page of all operations is made of. */
  private static final String LIBRARIES = "/webjars";

  private static final String HEADER = "Stillpoint-Sandbox";
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final SandboxConfig config;
  private volatile long usedAt = System.nanoTime();

  Sandbox(SandboxConfig config) {
    this.config = config;
  }

  boolean isOn() {
    return config.on();
  }

  void register(@Observes Filters filters, Rounds rounds) {
    filters.register(this::handle, FilterOrder.SANDBOX);
    if (isOn() && config.openedBy().isPresent()) {
      ProcessHandle.of(config.openedBy().getAsLong())
          .ifPresentOrElse(
              opener -> opener.onExit().thenRun(Quarkus::asyncExit), Quarkus::asyncExit);
      rounds.every(LOOK, "idle", this::endUnused);
    }
  }

  private void handle(RoutingContext context) {
    if (isOn()) {
      usedAt = System.nanoTime();
      context.response().putHeader(HEADER, "true");
      context.next();
    } else if (context.normalizedPath().startsWith(PATH)
        || context.normalizedPath().startsWith(LIBRARIES)) {
      ProblemAnswer.send(context, HttpProblem.NOT_FOUND.exception());
    } else {
      context.next();
    }
  }

  private void endUnused() {
    if (System.nanoTime() - usedAt > config.idle().toNanos()) {
      Quarkus.asyncExit();
    }
  }
}
