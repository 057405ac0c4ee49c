package org.stillpoint.operations;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.quarkus.opentelemetry.runtime.AutoConfiguredOpenTelemetrySdkBuilderCustomizer;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes from a request to which trace it belongs, and nothing else: {@code tracestate} and {@code
 * baggage} would carry a client's words into every span.
 */
@Singleton
class TraceParentOnly
    implements AutoConfiguredOpenTelemetrySdkBuilderCustomizer, TextMapPropagator {
  private static final String TRACE_PARENT = "traceparent";

  private final TextMapPropagator standard = W3CTraceContextPropagator.getInstance();

  @Override
  public void customize(AutoConfiguredOpenTelemetrySdkBuilder builder) {
    builder.addPropagatorCustomizer((configured, settings) -> this);
  }

  @Override
  public Collection<String> fields() {
    return List.of(TRACE_PARENT);
  }

  @Override
  public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
    standard.inject(context, carrier, setter);
  }

  @Override
  public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
    return standard.extract(
        context,
        carrier,
        new TextMapGetter<C>() {
          @Override
          public Iterable<String> keys(C from) {
            return fields();
          }

          @Override
          public @Nullable String get(@Nullable C from, String key) {
            return key.equals(TRACE_PARENT) ? getter.get(from, key) : null;
          }
        });
  }
}
