package org.stillpoint.relationship;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.SensitiveText;

/** A member as the other members see it. */
@Schema(name = "Member", description = "A person who belongs to a relationship.")
record MemberView(
    @Schema(required = true, examples = "01939a00-5b70-7c11-8a3f-9c7f1d2e6b05") UUID id,
    @Schema(examples = "Ana") @Nullable SensitiveText displayName,
    @Schema(examples = "she/her") @Nullable SensitiveText pronouns,
    @Schema(description = "A label, never a permission.", examples = "switch")
        @Nullable SensitiveText roleLabel,
    @Schema(required = true, examples = "2026-11-03T18:20:00.000Z") Instant joinedAt) {}
