package org.stillpoint.time;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Does in the background what has to be done again and again, until the application ends. Each
 * replica does; what one alone may do is for the database to say.
 */
@Singleton
public class Rounds {
  private static final Logger LOG = Logger.getLogger(Rounds.class);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final List<Job> jobs = new CopyOnWriteArrayList<>();

  /** One of them; it is done once at a time. */
  private record Job(Duration pause, String name, Round round, ReentrantLock turn) {}

  /** What is done in one go. */
  @FunctionalInterface
  public interface Round {
    void go() throws Exception;
  }

  /** Does it on a thread of its own: first after a wait, and each time after another. */
  public void every(Duration wait, String name, Round round) {
    Job job = new Job(wait, name, round, new ReentrantLock());
    jobs.add(job);
    Thread.ofVirtual().name(name).start(() -> run(job));
  }

  /** Does at once whatever would be done within this time, and returns when it is done. */
  public void catchUp(Duration within) throws InterruptedException {
    for (Job job : jobs) {
      if (job.pause().compareTo(within) <= 0) {
        once(job);
      }
    }
  }

  /** Whether to go on: a round that takes long asks now and then. */
  public boolean goOn() {
    return ended.getCount() > 0;
  }

  private void run(Job job) {
    try {
      while (!ended.await(job.pause().toMillis(), TimeUnit.MILLISECONDS)) {
        once(job);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What fails is done in the next round: the database is away, perhaps. */
  private static void once(Job job) throws InterruptedException {
    job.turn().lockInterruptibly();
    try {
      job.round().go();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      // Not its message, which may quote people.
      LOG.warnf("What is done in the background waits, %s: %s", job.name(), e.getClass().getName());
    } finally {
      job.turn().unlock();
    }
  }

  void onShutdown(@Observes ShutdownEvent event) {
    ended.countDown();
  }
}
