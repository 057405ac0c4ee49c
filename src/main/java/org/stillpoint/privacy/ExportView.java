package org.stillpoint.privacy;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An export on the wire. */
@Schema(name = "Export", description = "A copy of your data.")
record ExportView(
    @Schema(required = true, examples = "01939a40-2f10-7a1b-9c2d-3e4f50617283") UUID id,
    @Schema(
            required = true,
            examples = "ready",
            extensions =
                @Extension(
                    name = "x-extensible-enum",
                    value = "[\"queued\", \"ready\", \"fetched\", \"expired\", \"failed\"]",
                    parseValue = true))
        String state,
    @Schema(required = true, examples = "2026-11-03T21:04:05.678Z") Instant requestedAt,
    @Schema(examples = "2026-11-03T21:04:06.123Z") @Nullable Instant readyAt,
    @Schema(description = "Fetch it before.", examples = "2026-11-04T21:04:06.123Z")
        @Nullable Instant expiresAt) {
  static ExportView of(Export export, Instant now) {
    return new ExportView(
        export.id(), export.state(now), export.requestedAt(), export.readyAt(), export.expiresAt());
  }
}
