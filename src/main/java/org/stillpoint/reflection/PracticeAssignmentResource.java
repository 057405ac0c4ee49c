package org.stillpoint.reflection;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Grant;
import org.stillpoint.relationship.GrantLookup;
import org.stillpoint.relationship.GrantScope;
import org.stillpoint.relationship.RelationshipProblem;
import org.stillpoint.transaction.CallerTransaction;

/** Prompts that a practitioner gives a member to think about. */
@Path("/v1/practice/grants/{grantId}/members/{memberId}/prompt-assignments/{assignmentId}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Practice")
public class PracticeAssignmentResource {
  private final GrantLookup grants;
  private final PromptAssignments assignments;

  PracticeAssignmentResource(GrantLookup grants, PromptAssignments assignments) {
    this.grants = grants;
    this.assignments = assignments;
  }

  @Schema(name = "AssignPromptRequest", description = "What to give somebody to think about.")
  record AssignRequest(
      @Schema(
              required = true,
              description = "Of a prompt of the catalogue.",
              examples = ReflectionViews.PROMPT)
          @NotNull
          @Size(max = 64)
          String promptId) {}

  @PUT
  @RolesAllowed(Scopes.PRACTICE_WRITE)
  @Operation(
      operationId = "assignPrompt",
      summary = "Give a member a prompt to think about",
      description =
          "With an id of your own making: the same one again does nothing, whatever it says. Five in seven"
              + " days for each member of a grant. What becomes of it you don't learn. Under a grant of"
              + " a relationship not while anybody there pauses.")
  public void assign(
      @RestPath UUID grantId,
      @RestPath UUID memberId,
      @Parameter(description = "Yours to make.", example = PromptAssignmentResource.ASSIGNMENT)
          @RestPath
          UUID assignmentId,
      @Valid @NotNull AssignRequest request) {
    Grant grant =
        grants.open(grantId, GrantScope.ASSIGN_PROMPTS, memberId, "practice.promptAssigned");
    Prompt prompt =
        PromptCatalogue.find(request.promptId())
            .orElseThrow(
                () ->
                    HttpProblem.VALIDATION_FAILED
                        .exception()
                        .withError(FieldError.member("/promptId", Flaw.NOT_ALLOWED_VALUE)));
    if (!assignments.assign(grant, memberId, assignmentId, prompt)) {
      // That it was tried is in the member's log: whoever tries may want to know of the pause.
      throw RelationshipProblem.RELATIONSHIP_PAUSED.exception().keepingWhatIsStored();
    }
  }
}
