package org.stillpoint.operations;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.internal.ExtendedSpanProcessor;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Takes out of every span, as it ends and before it is exported, whatever a client could have
 * written: paths with codes, queries, addresses, names of hosts, programs and methods. Attributes
 * have to be known as harmless to stay; the route stands for the path. Events, which quote
 * exceptions, are not kept at all (see {@code quarkus.otel.span.event.count.limit}).
 */
@Singleton
class ContentFreeSpans implements ExtendedSpanProcessor {
  static final String LEFT_OUT = "-";

  private static final Set<String> HARMLESS =
      Set.of(
          "http.request.method",
          "http.response.status_code",
          "http.route",
          "network.protocol.version",
          "url.scheme",
          "error.type",
          "code.function.name");

  @Override
  public void onEnding(ReadWriteSpan span) {
    span.getAttributes().forEach((key, value) -> leaveOut(span, key));
    if (span.toSpanData().getStatus().getStatusCode() == StatusCode.ERROR) {
      span.setStatus(StatusCode.ERROR, "");
    }
  }

  private static void leaveOut(ReadWriteSpan span, AttributeKey<?> key) {
    if (key.getType() != AttributeType.STRING || HARMLESS.contains(key.getKey())) {
      return;
    }
    span.setAttribute(key.getKey(), LEFT_OUT);
  }

  @Override
  public boolean isOnEndingRequired() {
    return true;
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {}

  @Override
  public boolean isEndRequired() {
    return false;
  }
}
