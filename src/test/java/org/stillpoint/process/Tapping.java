package org.stillpoint.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Phones that tap all the time, and remember what they were answered. Each pause is lifted at once,
 * so that each tap writes one of its own.
 */
public final class Tapping implements AutoCloseable {
  /** A tap that was answered 200, by {@link System#nanoTime}. */
  private record Acknowledged(UUID pause, long sentAt, long answeredAt) {}

  private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads;
  private volatile URI server;
  private volatile boolean on = true;

  /** Begins. */
  public Tapping(URI server, Phone... phones) {
    this.server = server;
    this.threads =
        Stream.of(phones).map(phone -> Thread.ofVirtual().start(() -> tapOn(phone))).toList();
  }

  /** From now on at this server, which has another port after each start. */
  public void goTo(URI another) {
    server = another;
  }

  private void tapOn(Phone phone) {
    while (on) {
      UUID tap = UUID.randomUUID();
      long sentAt = System.nanoTime();
      try {
        int status = phone.tap(server, tap).statusCode();
        if (status == 200) {
          acknowledged.add(new Acknowledged(tap, sentAt, System.nanoTime()));
          phone.lift(server, tap);
        } else {
          refusals.add(status);
          Thread.sleep(20);
        }
      } catch (Exception noAnswer) {
        // Not acknowledged, so nothing was promised.
        LockSupport.parkNanos(5_000_000);
      }
    }
  }

  /** The pauses that were promised. */
  public List<UUID> acknowledged() {
    return acknowledged.stream().map(Acknowledged::pause).toList();
  }

  /** The statuses of all other answers. */
  public Collection<Integer> refusals() {
    return List.copyOf(refusals);
  }

  /** Waits until so many more are acknowledged. */
  public void awaitTaps(int more, Duration patience) throws InterruptedException {
    int wanted = acknowledged.size() + more;
    await(patience, taps -> taps.size() >= wanted);
  }

  /** How long after this time the first tap that was sent since then was acknowledged. */
  public Duration awaitNext(long since, Duration patience) throws InterruptedException {
    await(patience, taps -> taps.stream().anyMatch(tap -> tap.sentAt() >= since));
    return acknowledged.stream()
        .filter(tap -> tap.sentAt() >= since)
        .map(tap -> Duration.ofNanos(tap.answeredAt() - since))
        .min(Duration::compareTo)
        .orElseThrow();
  }

  private void await(Duration patience, Predicate<Queue<Acknowledged>> condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.test(acknowledged)) {
      assertThat(System.nanoTime()).as("taps stay away: %s", refusals).isLessThan(deadline);
      Thread.sleep(10);
    }
  }

  @Override
  public void close() throws InterruptedException {
    on = false;
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
