package org.stillpoint.crypto;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.time.Duration;
import java.util.concurrent.Executors;

/**
 * The memory for keys that were unwrapped. They leave it in time also when nobody asks any more.
 */
final class KeyMemory {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int MOST_KEYS = 10_000;

  private KeyMemory() {}

  static Caffeine<Object, Object> lasting(Duration remembered) {
    return Caffeine.newBuilder()
        .maximumSize(MOST_KEYS)
        .expireAfterWrite(within(remembered))
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .scheduler(Scheduler.systemScheduler());
  }

  static Duration within(Duration remembered) {
    return remembered.compareTo(LONGEST) > 0 ? LONGEST : remembered;
  }
}
