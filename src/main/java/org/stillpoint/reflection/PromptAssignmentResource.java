package org.stillpoint.reflection;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.identity.Scopes;
import org.stillpoint.reflection.PromptAssignments.Assigned;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;

/** What practitioners have given the caller to think about. */
@Path("/v1/me/prompt-assignments")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Reflections")
public class PromptAssignmentResource {
  static final String ASSIGNMENT = "0d6a1b2c-3d4e-4f50-8a1b-2c3d4e5f6071";

  private final Callers callers;
  private final PromptAssignments assignments;

  PromptAssignmentResource(Callers callers, PromptAssignments assignments) {
    this.callers = callers;
    this.assignments = assignments;
  }

  @Schema(
      name = "PromptAssignment",
      description = "A prompt that a practitioner gives you to think about, if you like.")
  record AssignmentView(
      @Schema(required = true, examples = ASSIGNMENT) UUID id,
      @Schema(required = true, examples = ReflectionViews.PROMPT) SensitiveText promptId,
      @Schema(required = true, description = "Under which grant.", examples = ReflectionViews.GRANT)
          UUID grantId,
      @Schema(
              required = true,
              description = "Who gives it to you.",
              examples = "01939d20-0a1b-7c2d-8e3f-506172839401")
          UUID practitionerId,
      @Schema(required = true, examples = ReflectionViews.TIME) Instant assignedAt,
      @Schema(
              required = true,
              description = "When it goes by itself.",
              examples = "2026-11-17T21:04:05.678Z")
          Instant expiresAt) {
    static AssignmentView of(Assigned assigned) {
      PromptAssignment row = assigned.row();
      return new AssignmentView(
          row.id(),
          assigned.promptId(),
          row.grantId(),
          row.practitionerId(),
          row.assignedAt(),
          row.expiresAt());
    }
  }

  @GET
  @RolesAllowed(Scopes.REFLECTIONS_READ)
  @Operation(
      operationId = "listPromptAssignments",
      summary = "List the prompts that practitioners give you to think about, the newest first",
      description =
          "For two weeks, or until the grant ends. Whether you read one, answer it or hide it, nobody learns: an answer is a"
              + " reflection of yours, and goes to nobody.")
  public Page<AssignmentView> list(@BeanParam PageRequest page) {
    return Page.of(
        assignments.list(page.afterTime(), page.rows()),
        page,
        assigned -> new Cursor.ByTime(assigned.row().assignedAt(), assigned.row().id()),
        AssignmentView::of);
  }

  @DELETE
  @Path("/{assignmentId}")
  @RolesAllowed(Scopes.REFLECTIONS_WRITE)
  @Operation(
      operationId = "hidePromptAssignment",
      summary = "Hide a prompt that a practitioner gave you",
      description = "For good, and without a trace for the practitioner.")
  public void hide(@RestPath UUID assignmentId) {
    assignments.hide(callers.current().memberId(), assignmentId);
  }
}
