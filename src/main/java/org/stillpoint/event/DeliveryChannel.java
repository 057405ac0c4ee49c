package org.stillpoint.event;

import java.util.UUID;

/**
 * A way to a member's phone while no stream is open. A channel is a bean; the outbox queues each
 * notice once for every channel that is on.
 */
public interface DeliveryChannel {
  /** The channel's stable name, stored with each delivery. */
  String name();

  /** Whether notices are queued for it. */
  boolean isOn();

  /**
   * Hands a notice over. It may come twice after a crash, always with the same id; to throw means
   * that it comes again later.
   *
   * @return false when it can never be handed over
   */
  boolean handOver(Notice notice);

  /**
   * What a phone shows: a neutral text without names or content (S30).
   *
   * @param id the same when the notice comes again
   * @param urgent true for a pause only
   */
  record Notice(UUID id, UUID memberId, String text, boolean urgent) {}
}
