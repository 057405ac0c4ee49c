package org.stillpoint.api.problem;

import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Names one exchange, in its answer and in the logs. Always our own: a name that a client could
 * choose could be used to write into the logs, or to link one person's exchanges with another's.
 */
public final class RequestId {
  /** The header of the answer. */
  public static final String HEADER = "Request-Id";

  /** The key in the logs' context. */
  public static final String LOG_KEY = "requestId";

  private static final String KEY = RequestId.class.getName();

  private RequestId() {}

  /** Names this exchange. */
  public static String assign(RoutingContext context) {
    String id = next();
    context.put(KEY, id);
    MDC.put(LOG_KEY, id);
    return id;
  }

  /** The name of this exchange. */
  public static String of(RoutingContext context) {
    @Nullable String id = context.get(KEY);
    return id == null ? assign(context) : id;
  }

  /** A new UUID of version 7, so that names sort by time. */
  public static String next() {
    var random = ThreadLocalRandom.current();
    long high = (System.currentTimeMillis() << 16) | 0x7000L | (random.nextLong() & 0xfffL);
    long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }
}
