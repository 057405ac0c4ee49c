package org.stillpoint.api.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.api.problem.ProblemType;

/**
 * Reads the whole body before anything else happens. The limits then hold for chunked bodies and
 * for bodies that no resource reads, and a body that drips holds no worker thread.
 */
final class BodyFilter implements Handler<RoutingContext> {
  private final HttpLimits limits;

  BodyFilter(HttpLimits limits) {
    this.limits = limits;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.isEnded()) {
      proceed(context, Buffer.buffer());
      return;
    }
    String expect = request.getHeader(HttpHeaders.EXPECT);
    if (expect != null) {
      context.response().writeContinue();
      // Else the framework would ask for the body a second time.
      request.headers().remove(HttpHeaders.EXPECT);
    }
    var reading = new Reading(context);
    request.handler(reading::chunk);
    request.endHandler(ended -> reading.complete());
    request.exceptionHandler(broken -> reading.stop());
    request.resume();
  }

  private static void proceed(RoutingContext context, Buffer body) {
    if (body.length() == 0) {
      // Many clients name a type where there is nothing to have one; that must not cost a tap.
      context.request().headers().remove(HttpHeaders.CONTENT_TYPE);
    }
    ((RoutingContextInternal) context).setBody(body);
    context.next();
  }

  /** The reading of one body. All of its calls come from one event loop. */
  private final class Reading {
    private final RoutingContext context;
    private final Buffer body = Buffer.buffer();
    private final long timer;
    private boolean over;

    Reading(RoutingContext context) {
      this.context = context;
      this.timer =
          context
              .vertx()
              .setTimer(
                  limits.bodyDeadline().toMillis(), late -> refuse(HttpProblem.REQUEST_TIMEOUT));
    }

    void chunk(Buffer chunk) {
      if (over) {
        return;
      }
      if (body.length() + chunk.length() > limits.maxBodySize().asLongValue()) {
        refuse(HttpProblem.BODY_TOO_LARGE);
      } else {
        body.appendBuffer(chunk);
      }
    }

    void complete() {
      if (stop()) {
        proceed(context, body);
      }
    }

    boolean stop() {
      boolean first = !over;
      over = true;
      context.vertx().cancelTimer(timer);
      return first;
    }

    private void refuse(ProblemType problem) {
      if (stop()) {
        Refusals.answer(context, problem.exception());
      }
    }
  }
}
