package org.stillpoint.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.time.Ids;

/**
 * That something happened, to be told to some members: ids and types, never content.
 *
 * @param relationshipId null when it concerns the member alone
 * @param actor who did it; that member's apps are told, but no notice is sent to the phone in hand.
 *     Null where nobody is to be told apart
 * @param recipients whom to tell
 * @param permit the leave of the pressure guard, if the event asks for something
 * @param quiet told to apps, but without a notice on anybody's phone
 */
public record Event(
    UUID id,
    EventType type,
    Instant occurredAt,
    @Nullable UUID relationshipId,
    Resource resource,
    @Nullable UUID actor,
    List<UUID> recipients,
    @Nullable PressurePermit permit,
    boolean quiet) {

  /** What the event is about. */
  public record Resource(String type, UUID id) {}

  public Event {
    recipients = List.copyOf(recipients);
    if (type.isPressure() != (permit != null)) {
      throw new IllegalArgumentException(type + " and the pressure guard's leave don't match");
    }
  }

  /** An event that asks for nothing. */
  public static Event of(
      EventType type,
      Instant occurredAt,
      @Nullable UUID relationshipId,
      Resource resource,
      @Nullable UUID actor,
      List<UUID> recipients) {
    return new Event(
        Ids.next(), type, occurredAt, relationshipId, resource, actor, recipients, null, false);
  }

  /** An event that asks something of its recipients, by leave of the pressure guard (S9). */
  public static Event asking(
      PressurePermit permit,
      EventType type,
      Instant occurredAt,
      UUID relationshipId,
      Resource resource,
      @Nullable UUID actor,
      List<UUID> recipients) {
    return new Event(
        Ids.next(), type, occurredAt, relationshipId, resource, actor, recipients, permit, false);
  }

  /** The same without a notice: for what could come so often that it would wear somebody down. */
  public Event quietly() {
    return new Event(
        id, type, occurredAt, relationshipId, resource, actor, recipients, permit, true);
  }

  /** Whether it goes with a notice on a recipient's phone. */
  boolean isNoticed() {
    return type.isNoticed() && !quiet;
  }
}
