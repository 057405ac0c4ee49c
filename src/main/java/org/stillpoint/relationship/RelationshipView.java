package org.stillpoint.relationship;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A relationship as its members see it. */
@Schema(name = "Relationship", description = "What two to twelve members share.")
record RelationshipView(
    @Schema(required = true, examples = "01939a00-5c1e-7b52-9d5e-3f1f6f0a4c11") UUID id,
    @Schema(
            required = true,
            description =
                "`paused` exactly while at least one pause is active; `closed` for good once fewer"
                    + " than two members remain.",
            examples = "open",
            extensions =
                @Extension(
                    name = "x-extensible-enum",
                    value = "[\"open\", \"paused\", \"closed\"]",
                    parseValue = true))
        String state,
    @Schema(required = true, description = "How many members it has now.", examples = "2")
        int memberCount,
    @Schema(required = true, examples = "2026-11-03T18:20:00.000Z") Instant createdAt) {

  static RelationshipView of(Relationship relationship, boolean paused, int memberCount) {
    return new RelationshipView(
        relationship.id(), state(relationship, paused), memberCount, relationship.createdAt());
  }

  static String state(Relationship relationship, boolean paused) {
    if (relationship.isClosed()) {
      return "closed";
    }
    return paused ? "paused" : "open";
  }
}
