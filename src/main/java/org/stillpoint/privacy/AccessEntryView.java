package org.stillpoint.privacy;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A row of the access log on the wire. */
@Schema(
    name = "AccessEntry",
    description = "That an app of yours, or of a practitioner, has got at your data.")
record AccessEntryView(
    @Schema(required = true, examples = "01939a2c-1d10-7c3b-8e52-6f7a8b9c0d1e") UUID id,
    @Schema(
            required = true,
            description = "When. For a scope, the beginning of the hour in which it was used.",
            examples = "2026-11-03T21:00:00.000Z")
        Instant occurredAt,
    @Schema(
            required = true,
            description =
                "The scope that was used, or what was done. `practice.` is what a practitioner has"
                    + " read or done, each time and at once.",
            examples = "pauses:read",
            extensions =
                @Extension(
                    name = "x-extensible-enum",
                    value =
                        "[\"profile:read\", \"profile:write\", \"relationships:read\","
                            + " \"relationships:write\", \"pauses:read\", \"pauses:write\","
                            + " \"agreements:read\", \"agreements:write\", \"check-ins:read\","
                            + " \"check-ins:write\", \"reflections:read\", \"reflections:write\","
                            + " \"events:read\", \"grants:read\", \"grants:write\","
                            + " \"practice:read\", \"practice:write\", \"webhooks:manage\","
                            + " \"privacy:read\", \"privacy:write\","
                            + " \"practice.members\", \"practice.pauses\","
                            + " \"practice.snapshots\", \"practice.brief\", \"practice.terms\","
                            + " \"practice.checkIns\", \"practice.answers\","
                            + " \"practice.promptAssigned\", \"practice.agendaProposed\","
                            + " \"practice.attendances\","
                            + " \"client.firstUsed\", \"client.cutOff\", \"client.readmitted\","
                            + " \"retention.changed\", \"export.requested\", \"export.fetched\","
                            + " \"account.exited\"]",
                    parseValue = true))
        String kind,
    @Schema(
            required = true,
            description =
                "The app that did it, by the name under which the login service knows it.",
            examples = "stillpoint-ios")
        String clientId,
    @Schema(required = true, description = "How often.", examples = "12") int times,
    @Schema(
            description =
                "The app that was cut off or let in, the export, or the grant under which it was"
                    + " read.",
            examples = "01939a02-7e11-7d55-9a0b-1c2d3e4f5061")
        @Nullable UUID resourceId) {
  static AccessEntryView of(AccessEntry entry) {
    return new AccessEntryView(
        entry.id(),
        entry.occurredAt(),
        entry.kind(),
        entry.clientId(),
        entry.times(),
        entry.resourceId());
  }
}
