package org.stillpoint.realtime;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a stream has been given and its reader hasn't taken. Whoever reads slowly fills it, and then
 * stays behind until there is room again: nothing is lost, since the feed keeps it.
 */
final class Backlog {
  private static final int FULL = 500;

  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean behind;
  private volatile Runnable goOn = () -> {};

  /** What to do when a reader who was behind has made room. */
  void whenThereIsRoom(Runnable next) {
    goOn = next;
  }

  void given() {
    waiting.incrementAndGet();
  }

  void taken() {
    if (waiting.decrementAndGet() <= FULL / 2 && behind) {
      behind = false;
      goOn.run();
    }
  }

  /** Whether no more fits; then there is a call when there is room. */
  boolean isFull() {
    behind = waiting.get() >= FULL;
    return behind;
  }

  int size() {
    return waiting.get();
  }
}
