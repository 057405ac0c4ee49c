package org.stillpoint.transaction;

import jakarta.inject.Singleton;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who uses the connections of requests. A few are left for telling of pauses, which thus waits for
 * no request.
 */
@Singleton
class Room {
  private static final int LEFT_FOR_PAUSES = 2;

  private final Semaphore room;
  private final Duration patience;

  Room(
      @ConfigProperty(name = "quarkus.datasource.jdbc.max-size") int connections,
      @ConfigProperty(name = "quarkus.datasource.jdbc.acquisition-timeout") Duration patience) {
    this.room = new Semaphore(Math.max(1, connections - LEFT_FOR_PAUSES), true);
    this.patience = patience;
  }

  /** Once there is room; fails as a pool without connections does. */
  <T> T call(Supplier<T> transaction) {
    enter();
    try {
      return transaction.get();
    } finally {
      room.release();
    }
  }

  private void enter() {
    try {
      if (!room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            new SQLTransientConnectionException("All connections are in use"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
