package org.stillpoint.event;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event as one recipient's feed holds it, committed.
 *
 * @param sequence its number in that feed: growing, with gaps
 * @param type the event type's name on the wire
 */
public record Announced(
    UUID recipient,
    long sequence,
    UUID id,
    String type,
    Instant occurredAt,
    @Nullable UUID relationshipId,
    Event.Resource resource) {

  static Announced of(Event event, UUID recipient, long sequence) {
    return new Announced(
        recipient,
        sequence,
        event.id(),
        event.type().wireName(),
        event.occurredAt(),
        event.relationshipId(),
        event.resource());
  }
}
