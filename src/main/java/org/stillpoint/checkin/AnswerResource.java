package org.stillpoint.checkin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.checkin.AnswerService.Own;
import org.stillpoint.checkin.CheckInRequests.AnswerRequest;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;

/** What is answered to an item. Answers have neither ids nor times, which could be compared. */
@Path("/v1/relationships/{relationshipId}/check-ins/{checkInId}/items/{itemId}/answers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Check-ins")
public class AnswerResource {
  private static final String WORDS = "I would have liked to stop sooner.";

  private final MembershipGuard guard;
  private final AnswerService service;
  private final GuestMarks marks;

  AnswerResource(MembershipGuard guard, AnswerService service, GuestMarks marks) {
    this.guard = guard;
    this.service = service;
    this.marks = marks;
  }

  @Schema(name = "MyCheckInAnswer", description = "What you have written: yours until it is shown.")
  record OwnView(
      @Schema(examples = WORDS) @Nullable SensitiveText text,
      @Schema(required = true, description = "You would rather not say.", examples = "false")
          boolean passes,
      @Schema(
              required = true,
              description = "You keep it from all others, whatever the item says.",
              examples = "false")
          boolean onlyForMe,
      @Schema(
              required = true,
              description = "Whether it counts as your answer. Nobody else sees that it does.",
              examples = "true")
          boolean submitted,
      @Schema(
              required = true,
              description = "Whether all have answered, so that it can't be taken back any more.",
              examples = "false")
          boolean revealed,
      @Schema(
              required = true,
              description =
                  "Whether guests get it too, once all who take part can read it. Nobody else sees this.",
              examples = "false")
          boolean forGuests) {}

  @Schema(name = "CheckInAnswer", description = "What somebody has answered, or that they pass.")
  record AnswerView(
      @Schema(required = true, examples = CheckInViews.MEMBER) UUID memberId,
      @Schema(description = "Absent for whoever passes.", examples = WORDS)
          @Nullable SensitiveText text,
      @Schema(required = true, examples = "false") boolean passes) {}

  @Schema(
      name = "CheckInAnswers",
      description = "What those who take part can read: of what is sealed, all or nothing.")
  record AnswersView(
      @Schema(required = true, description = "In an order that tells nothing.")
          List<AnswerView> answers) {}

  @GET
  @RolesAllowed(Scopes.CHECK_INS_READ)
  @Operation(
      operationId = "listAnswers",
      summary = "Read what has been answered to an item",
      description =
          "Empty while it is sealed, whoever has answered, and for what is private always; your own is at"
              + " `/me`.")
  public AnswersView list(
      @RestPath UUID relationshipId, @RestPath UUID checkInId, @RestPath UUID itemId) {
    Member member = guard.memberOf(relationshipId);
    return new AnswersView(
        service.shown(member, checkInId, itemId).stream()
            .map(
                answer -> new AnswerView(answer.memberId(), service.words(answer), answer.passes()))
            .toList());
  }

  @GET
  @Path("/me")
  @RolesAllowed(Scopes.CHECK_INS_READ)
  @Operation(operationId = "getMyAnswer", summary = "Read what you have written to an item")
  public OwnView get(
      @RestPath UUID relationshipId, @RestPath UUID checkInId, @RestPath UUID itemId) {
    Member member = guard.memberOf(relationshipId);
    return view(service.get(member, checkInId, itemId));
  }

  @PUT
  @Path("/me")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "writeMyAnswer",
      summary = "Write a note to an item, from which your answer is made",
      description =
          "Nobody else sees it, or that it is there. It counts only once you submit it; what you had"
              + " submitted is taken back by it. Works in a pause too.")
  public OwnView write(
      @RestPath UUID relationshipId,
      @RestPath UUID checkInId,
      @RestPath UUID itemId,
      @Valid @NotNull AnswerRequest request) {
    Member member = guard.memberOf(relationshipId);
    boolean passes = Boolean.TRUE.equals(request.passes());
    if (passes && request.text() != null) {
      throw HttpProblem.VALIDATION_FAILED
          .exception()
          .withError(FieldError.member("/passes", Flaw.NOT_ALLOWED_VALUE));
    }
    boolean onlyForMe = Boolean.TRUE.equals(request.onlyForMe());
    return view(service.write(member, checkInId, itemId, request.text(), passes, onlyForMe));
  }

  @DELETE
  @Path("/me")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "deleteMyAnswer",
      summary = "Delete what you have written to an item",
      description = "In every state of the check-in, unless all can read it already.")
  public void delete(
      @RestPath UUID relationshipId, @RestPath UUID checkInId, @RestPath UUID itemId) {
    service.delete(guard.memberOf(relationshipId), checkInId, itemId);
  }

  @PUT
  @Path("/me/submission")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "submitMyAnswer",
      summary = "Submit what you have written as your answer",
      description =
          "While the check-in is open and nobody has paused. What is sealed is read by nobody else until"
              + " all have submitted; until then nobody is told that you have, and you can take it back.")
  @APIResponseSchema(
      value = OwnView.class,
      responseCode = "200",
      responseDescription = "Submitted, and revealed if you were the last")
  public OwnView submit(
      @RestPath UUID relationshipId, @RestPath UUID checkInId, @RestPath UUID itemId) {
    Member member = guard.actingMemberOf(relationshipId);
    return view(service.submit(member, checkInId, itemId));
  }

  @DELETE
  @Path("/me/submission")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "takeBackMyAnswer",
      summary = "Take your answer back, to a note of your own",
      description = "Nobody is told. In every state, unless all can read it already.")
  @APIResponseSchema(
      value = OwnView.class,
      responseCode = "200",
      responseDescription = "Yours alone again")
  public OwnView takeBack(
      @RestPath UUID relationshipId, @RestPath UUID checkInId, @RestPath UUID itemId) {
    return view(service.takeBack(guard.memberOf(relationshipId), checkInId, itemId));
  }

  @PUT
  @Path("/me/for-guests")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "markMyAnswerForGuests",
      summary = "Let guests have your answer",
      description =
          "Once all who take part can read it, and as it is now: written anew or taken back, it is for"
              + " guests no more. Nobody is told.")
  @APIResponseSchema(
      value = OwnView.class,
      responseCode = "200",
      responseDescription = "Known to you alone, and to guests once they can read it")
  public OwnView mark(
      @RestPath UUID relationshipId, @RestPath UUID checkInId, @RestPath UUID itemId) {
    return view(marks.mark(guard.memberOf(relationshipId), checkInId, itemId));
  }

  @DELETE
  @Path("/me/for-guests")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "unmarkMyAnswerForGuests",
      summary = "Keep your answer from guests again",
      description = "In every state. What a guest has read before stays with the guest.")
  @APIResponseSchema(
      value = OwnView.class,
      responseCode = "200",
      responseDescription = "Known to you alone")
  public OwnView unmark(
      @RestPath UUID relationshipId, @RestPath UUID checkInId, @RestPath UUID itemId) {
    return view(marks.unmark(guard.memberOf(relationshipId), checkInId, itemId));
  }

  private OwnView view(Own own) {
    CheckInAnswer answer = own.row();
    boolean revealed = own.item().isRevealed();
    return answer == null
        ? new OwnView(null, false, false, false, revealed, false)
        : new OwnView(
            service.words(answer),
            answer.passes(),
            answer.isOnlyForMe(),
            answer.isSubmitted(),
            revealed,
            marks.isMarked(answer));
  }
}
