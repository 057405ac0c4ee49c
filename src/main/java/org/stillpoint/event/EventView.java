package org.stillpoint.event;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An event on the wire: the same in the list, in the stream and in webhooks. */
@Schema(
    name = "Event",
    description = "That something happened; fetch the resource to see what. New types are added.")
public record EventView(
    @Schema(required = true, examples = "01939a21-77d1-7b09-9c55-7a6b5c4d3e2f") UUID id,
    @Schema(
            required = true,
            description = "What has happened. Read what the event is about to know more.",
            examples = "pause.raised",
            extensions =
                @Extension(
                    name = "x-extensible-enum",
                    value = EventType.WIRE_NAMES,
                    parseValue = true))
        String type,
    @Schema(required = true, examples = "2026-11-03T21:04:05.678Z") Instant occurredAt,
    @Schema(examples = "01939a00-5c1e-7b52-9d5e-3f1f6f0a4c11") @Nullable UUID relationshipId,
    @Schema(required = true) ResourceView resource) {

  @Schema(name = "EventResource", description = "What the event is about.")
  public record ResourceView(
      @Schema(required = true, examples = "pause") String type,
      @Schema(required = true, examples = "01939a21-77d0-7f3a-8b12-0c4d9e5f6a73") UUID id) {}

  /** The event as its recipient sees it. */
  public static EventView of(Announced event) {
    return new EventView(
        event.id(),
        event.type(),
        event.occurredAt(),
        event.relationshipId(),
        new ResourceView(event.resource().type(), event.resource().id()));
  }
}
