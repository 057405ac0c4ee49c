package org.stillpoint.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A failure as it goes over the wire. */
@Schema(
    name = "Problem",
    description =
        "What went wrong, after RFC 9457. Branch on `code`: it never changes its meaning.",
    examples =
        """
        {"type": "urn:stillpoint:problem:validation-failed",
         "title": "Some values can't be accepted; correct those that are listed, and send again.",
         "status": 400,
         "code": "validation-failed",
         "requestId": "01929b5e-4c1a-7d3e-9f21-5b7c0e6a1d42",
         "errors": [{"pointer": "/minutes", "detail": "This value has the wrong JSON type."}]}
        """)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"type", "title", "status", "code", "requestId", "errors"})
public record Problem(
    @Schema(
            description = "The code as a URN.",
            required = true,
            examples = "urn:stillpoint:problem:not-found")
        String type,
    @Schema(
            description = "One sentence for a person, in the language of `Accept-Language`.",
            required = true,
            examples = "There is nothing here that you can see.")
        String title,
    @Schema(description = "The HTTP status, repeated.", required = true, examples = "404")
        int status,
    @Schema(
            description = "The permanent name of the problem. New ones are added over time.",
            required = true,
            examples = "not-found")
        String code,
    @Schema(
            description = "Names this exchange in the server's logs; also in `Request-Id`.",
            required = true,
            examples = "01929b5e-4c1a-7d3e-9f21-5b7c0e6a1d42")
        String requestId,
    @Schema(
            type = SchemaType.ARRAY,
            implementation = ProblemError.class,
            description = "What is wrong with the request, and where.")
        @Nullable List<ProblemError> errors) {}
