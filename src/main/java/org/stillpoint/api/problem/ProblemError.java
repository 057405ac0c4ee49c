package org.stillpoint.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One flaw of a request, as it goes over the wire. */
@Schema(
    name = "ProblemError",
    description = "One flaw of a request: in the body (`pointer`) or in a parameter.",
    examples = "{\"pointer\": \"/minutes\", \"detail\": \"This value has the wrong JSON type.\"}")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProblemError(
    @Schema(description = "JSON pointer of the body's member.", examples = "/minutes")
        @Nullable String pointer,
    @Schema(
            description = "`?name` of a query parameter, or the name of a header.",
            examples = "?limit")
        @Nullable String parameter,
    @Schema(
            description = "One sentence for a person.",
            required = true,
            examples = "This value has the wrong JSON type.")
        String detail) {}
