package org.stillpoint.api.http;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.HttpProblem;

/**
 * Refuses what comes when the server has begun to end and no longer waits for it. Otherwise a tap
 * could be stored while its connection closes, and the phone would never hear that it was.
 *
 * <p>The framework counts a request before this asks for the time, and looks at the count after the
 * delay: whatever is let through in time is waited for.
 */
@Singleton
class ShutdownGate {
  private final Duration delay;
  private volatile @Nullable Long begun;

  ShutdownGate(@ConfigProperty(name = "quarkus.shutdown.delay") Duration delay) {
    this.delay = delay;
  }

  void onShutdownDelay(@Observes ShutdownDelayInitiatedEvent event) {
    begun = System.nanoTime();
  }

  void register(@Observes Filters filters) {
    filters.register(this::pass, FilterOrder.SHUTDOWN);
  }

  private void pass(RoutingContext context) {
    if (isClosed()) {
      Refusals.answer(context, HttpProblem.UNAVAILABLE.exception().withHeader("Retry-After", "1"));
    } else {
      context.next();
    }
  }

  private boolean isClosed() {
    Long since = begun;
    return since != null && System.nanoTime() - since >= delay.toNanos();
  }
}
