package org.stillpoint.transaction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Keeps the last room of an embedded database for pauses, and for what ends something: a disk that
 * is full stops a database altogether. An external database is its operator's to watch.
 */
@Startup
@Singleton
public class Storage {
  private static final Logger LOG = Logger.getLogger(Storage.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofMinutes(1);

  private final FreeSpace space;
  private final long floor;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile long free = Long.MAX_VALUE;
  private volatile boolean full;

  Storage(DatabaseConfig config, FreeSpace space, MeterRegistry metrics) {
    this.space = space;
    this.floor = config.freeFloor().asLongValue();
    config
        .folder()
        .ifPresent(
            folder -> {
              look(folder);
              Gauge.builder("stillpoint.storage.free", this, storage -> storage.free)
                  .baseUnit("bytes")
                  .description("Room left for the embedded database")
                  .register(metrics);
              // Not on the threads that serve: a disk that hangs would hold them up.
              Thread.ofPlatform().daemon().name("storage").start(() -> watch(folder));
            });
  }

  /** Whether only what can't wait is stored. */
  public boolean isFull() {
    return full;
  }

  /** Refuses what grows, while there is no room for it. */
  void admit() {
    if (full) {
      throw StorageProblem.STORAGE_FULL
          .exception()
          .withHeader("Retry-After", Long.toString(RETRY.toSeconds()));
    }
  }

  private void watch(Path folder) {
    try {
      while (!ended.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        look(folder);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Path folder) {
    try {
      free = space.bytes(folder);
    } catch (IOException e) {
      // What was seen last holds: where the folder can't be seen, the database has other worries.
      return;
    }
    // A bit more than the floor to come back, since the database's log alone comes and goes.
    boolean now = free < (full ? floor + floor / 8 : floor);
    if (now != full) {
      full = now;
      if (now) {
        LOG.errorf("Only %d MB are left for the database: only pauses grow now.", free >> 20);
      } else {
        LOG.infof("There are %d MB for the database again: everything is stored.", free >> 20);
      }
    }
  }

  void onShutdown(@Observes ShutdownEvent event) {
    ended.countDown();
  }
}
