package org.stillpoint.checkin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;

/** Under which grants practitioners may read the caller's own answer. */
@Path(
    "/v1/relationships/{relationshipId}/check-ins/{checkInId}/items/{itemId}/answers/me/for-practitioners")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Check-ins")
public class PracticeMarkResource {
  private final MembershipGuard guard;
  private final PracticeMarks marks;

  PracticeMarkResource(MembershipGuard guard, PracticeMarks marks) {
    this.guard = guard;
    this.marks = marks;
  }

  @Schema(
      name = "MyAnswerForPractitioners",
      description = "Who gets your answer beside those who take part. Nobody else sees this.")
  record MarksView(
      @Schema(
              required = true,
              description = "The grants under which it is read, once all who take part can.",
              examples = "[\"01939d30-0a1b-7c2d-8e3f-506172839402\"]")
          List<UUID> grantIds) {}

  @GET
  @RolesAllowed(Scopes.CHECK_INS_READ)
  @Operation(
      operationId = "listMyAnswersPractitioners",
      summary = "Read under which grants practitioners may read your answer")
  public MarksView list(
      @RestPath UUID relationshipId, @RestPath UUID checkInId, @RestPath UUID itemId) {
    return new MarksView(marks.of(guard.memberOf(relationshipId), checkInId, itemId));
  }

  @PUT
  @Path("/{grantId}")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "markMyAnswerForPractitioner",
      summary = "Let a practitioner read your answer",
      description =
          "Under a grant of your own or of this relationship, with the scope `markedAnswers`; once all who"
              + " take part can read it, and as it is now: written anew or taken back, it is for"
              + " nobody else any more. Also after the talk. Nobody is told.")
  public void mark(
      @RestPath UUID relationshipId,
      @RestPath UUID checkInId,
      @RestPath UUID itemId,
      @RestPath UUID grantId) {
    marks.mark(guard.memberOf(relationshipId), checkInId, itemId, grantId);
  }

  @DELETE
  @Path("/{grantId}")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "unmarkMyAnswerForPractitioner",
      summary = "Keep your answer from a practitioner again",
      description = "In every state. What the practitioner has read before, they have.")
  public void unmark(
      @RestPath UUID relationshipId,
      @RestPath UUID checkInId,
      @RestPath UUID itemId,
      @RestPath UUID grantId) {
    marks.unmark(guard.memberOf(relationshipId), checkInId, itemId, grantId);
  }
}
