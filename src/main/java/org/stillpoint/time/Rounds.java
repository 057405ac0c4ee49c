package org.stillpoint.time;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Does in the background what has to be done again and again, until the application ends. Each
 * replica does; what one alone may do is for the database to say.
 */
@Singleton
public class Rounds {
  private static final Logger LOG = Logger.getLogger(Rounds.class);

  private final CountDownLatch ended = new CountDownLatch(1);

  /** What is done in one go. */
  @FunctionalInterface
  public interface Round {
    void go() throws Exception;
  }

  /** Does it on a thread of its own: first after a wait, and each time after another. */
  public void every(Duration wait, String name, Round round) {
    Thread.ofVirtual().name(name).start(() -> run(wait, name, round));
  }

  /** Whether to go on: a round that takes long asks now and then. */
  public boolean goOn() {
    return ended.getCount() > 0;
  }

  private void run(Duration wait, String name, Round round) {
    try {
      while (!ended.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        once(name, round);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What fails is done in the next round: the database is away, perhaps. */
  private static void once(String name, Round round) throws InterruptedException {
    try {
      round.go();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      // Not its message, which may quote people.
      LOG.warnf("What is done in the background waits, %s: %s", name, e.getClass().getName());
    }
  }

  void onShutdown(@Observes ShutdownEvent event) {
    ended.countDown();
  }
}
