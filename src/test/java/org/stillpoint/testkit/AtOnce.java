package org.stillpoint.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.function.Executable;

/** Does at once what has nothing to do with each other: most of a request's time is waiting. */
public final class AtOnce {
  private static final int THREADS = 4;

  private AtOnce() {}

  /** Does it for each, some at a time; tells at the end of all that failed. */
  public static <T> void each(Collection<T> all, Consumer<T> work) {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (T one : all) {
      tasks.add(Executors.callable(() -> work.accept(one), null));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      assertAll(threads.invokeAll(tasks).stream().map(AtOnce::outcome));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Executable outcome(Future<?> done) {
    return () -> {
      try {
        done.get();
      } catch (ExecutionException e) {
        throw e.getCause();
      }
    };
  }
}
