package org.stillpoint.time;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Produces the one clock that all features read. */
@Singleton
class ClockProducer {
  @Produces
  @Singleton
  ProductClock productClock() {
    return new ProductClock();
  }

  @Produces
  @Singleton
  Clock clock(ProductClock clock) {
    return clock;
  }
}
