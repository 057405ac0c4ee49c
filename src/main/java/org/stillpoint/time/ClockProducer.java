package org.stillpoint.time;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Produces the one clock that all features read. */
@Singleton
class ClockProducer {
  @Produces
  @Singleton
  ProductClock productClock() {
    return new ProductClock();
  }
}
