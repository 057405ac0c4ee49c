package org.stillpoint.relationship;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where something that a practitioner reads comes from. */
@Schema(name = "Provenance", description = "Whose it is, and why you may read it.")
public record Provenance(
    @Schema(
            description = "Whose it is; absent for what is all's.",
            examples = "01939a00-5b70-7c11-8a3f-9c7f1d2e6b05")
        @Nullable UUID memberId,
    @Schema(
            required = true,
            description = "When it came into what you may read.",
            examples = "2026-11-03T21:04:05.678Z")
        Instant sharedAt,
    @Schema(
            required = true,
            description = "Under which grant.",
            examples = "01939d30-0a1b-7c2d-8e3f-506172839402")
        UUID grantId) {}
