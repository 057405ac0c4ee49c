package org.stillpoint.sandbox;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.stillpoint.event.DeliveryChannel;

/** The fake carrier: what it is handed can be read back. */
@Singleton
class SandboxInbox implements DeliveryChannel {
  private static final int MOST = 1_000;

  private final Sandbox sandbox;
  private final Clock clock;
  private final Deque<Item> items = new ArrayDeque<>();

  SandboxInbox(Sandbox sandbox, Clock clock) {
    this.sandbox = sandbox;
    this.clock = clock;
  }

  /** A notice as a phone would have got it. */
  record Item(UUID id, UUID memberId, String text, boolean urgent, Instant handedOverAt) {}

  @Override
  public String name() {
    return "sandbox";
  }

  @Override
  public boolean isOn() {
    return sandbox.isOn();
  }

  @Override
  public synchronized boolean handOver(Notice notice) {
    if (items.size() == MOST) {
      items.removeFirst();
    }
    items.addLast(
        new Item(notice.id(), notice.memberId(), notice.text(), notice.urgent(), clock.instant()));
    return true;
  }

  synchronized List<Item> of(UUID memberId) {
    return items.stream().filter(item -> item.memberId().equals(memberId)).toList();
  }

  synchronized void clear() {
    items.clear();
  }
}
