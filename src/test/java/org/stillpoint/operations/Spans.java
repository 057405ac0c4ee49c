package org.stillpoint.operations;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Spans of the tests, as they would be exported. */
final class Spans {
  private Spans() {}

  @Produces
  @Singleton
  static InMemorySpanExporter exporter() {
    return InMemorySpanExporter.create();
  }
}
