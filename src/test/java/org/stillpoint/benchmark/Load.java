package org.stillpoint.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sends taps, one thread for each sender. */
final class Load implements AutoCloseable {
  private static final long LEAD_NANOS = 50_000_000;

  private final ExecutorService threads = Executors.newFixedThreadPool(World.SENDERS);

  /**
   * What a closed loop did.
   *
   * @param taps how many taps were accepted
   * @param seconds in how much time
   */
  record Closed(int taps, double seconds) {
    double perSecond() {
      return taps / seconds;
    }
  }

  /** Each sender taps again as soon as the last tap is accepted. */
  Closed closed(Taps taps, int senders, Duration length) throws InterruptedException {
    long begin = System.nanoTime();
    long end = begin + length.toNanos();
    List<Future<Integer>> counts = new ArrayList<>();
    for (int i = 0; i < senders; i++) {
      int sender = i;
      counts.add(
          threads.submit(
              () -> {
                int done = 0;
                while (System.nanoTime() < end) {
                  int relationship = World.SENDERS * done + sender;
                  if (relationship >= World.SPREAD) {
                    throw new IllegalStateException("There are too few relationships");
                  }
                  taps.tap(sender, relationship);
                  done++;
                }
                return done;
              }));
    }
    int done = 0;
    for (Future<Integer> count : counts) {
      done += get(count);
    }
    return new Closed(done, (System.nanoTime() - begin) / 1e9);
  }

  /**
   * When each tap of an open loop was due and when it was accepted, in nanoseconds.
   *
   * @param first the number of the first tap's relationship
   */
  record Open(int first, long[] due, long[] accepted) {}

  /**
   * A tap is due at each tick, whatever became of those before; what it waits for its sender counts
   * as its own delay.
   */
  Open open(Taps taps, int perSecond, Duration length, int firstRelationship)
      throws InterruptedException {
    int count = Math.toIntExact(perSecond * length.toMillis() / 1000);
    long begin = System.nanoTime() + LEAD_NANOS;
    long[] due = new long[count];
    long[] accepted = new long[count];
    for (int i = 0; i < count; i++) {
      due[i] = begin + i * 1_000_000_000L / perSecond;
    }
    List<Future<Integer>> ends = new ArrayList<>();
    for (int i = 0; i < World.SENDERS; i++) {
      int sender = i;
      ends.add(
          threads.submit(
              () -> {
                for (int tap = sender; tap < count; tap += World.SENDERS) {
                  awaitTime(due[tap]);
                  taps.tap(sender, firstRelationship + tap);
                  accepted[tap] = System.nanoTime();
                }
                return 0;
              }));
    }
    for (Future<Integer> end : ends) {
      get(end);
    }
    return new Open(firstRelationship, due, accepted);
  }

  private static void awaitTime(long time) {
    for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static int get(Future<Integer> count) throws InterruptedException {
    try {
      return count.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("A sender failed", e.getCause());
    }
  }

  @Override
  public void close() throws InterruptedException {
    threads.shutdownNow();
    threads.awaitTermination(10, TimeUnit.SECONDS);
  }
}
