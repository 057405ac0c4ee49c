package org.stillpoint.checkin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.stillpoint.api.language.Languages;
import org.stillpoint.checkin.CheckInViews.CheckInView;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;

/**
 * Turns of an item: one speaks, another says back what was heard, and the speaker says if it was.
 */
@Path("/v1/relationships/{relationshipId}/check-ins/{checkInId}/items/{itemId}/turn")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Check-ins")
public class TurnResource {
  private final MembershipGuard guard;
  private final ProgressService service;
  private final CheckInViews views;

  TurnResource(MembershipGuard guard, ProgressService service, CheckInViews views) {
    this.guard = guard;
    this.service = service;
    this.views = views;
  }

  /** What can be done in a turn. */
  private interface Act {
    CheckIn by(Member member, UUID checkInId, UUID itemId);
  }

  @PUT
  @Path("/me")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "takeTurn",
      summary = "Speak",
      description =
          "While nobody else has the turn, or their time is up; again once all have spoken or passed.")
  @APIResponseSchema(
      value = CheckInView.class,
      responseCode = "200",
      responseDescription = "It is your turn")
  public CheckInView take(
      @RestPath UUID relationshipId,
      @RestPath UUID checkInId,
      @RestPath UUID itemId,
      HttpHeaders headers) {
    Member member = guard.actingMemberOf(relationshipId);
    CheckIn checkIn = service.takeTurn(member, checkInId, itemId);
    return views.of(member, checkIn, Languages.of(headers));
  }

  @POST
  @Path("/finish")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "finishSpeaking",
      summary = "Finish speaking, and listen to what was heard",
      description = "A listener says it back, without adding to it.")
  public RestResponse<CheckInView> finish(
      @RestPath UUID relationshipId,
      @RestPath UUID checkInId,
      @RestPath UUID itemId,
      HttpHeaders headers) {
    return act(relationshipId, checkInId, itemId, headers, service::finishSpeaking);
  }

  @POST
  @Path("/heard")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "sayHeard",
      summary = "Say that you were heard",
      description = "The turn is over, and the next can speak.")
  public RestResponse<CheckInView> heard(
      @RestPath UUID relationshipId,
      @RestPath UUID checkInId,
      @RestPath UUID itemId,
      HttpHeaders headers) {
    return act(relationshipId, checkInId, itemId, headers, service::sayHeard);
  }

  @POST
  @Path("/not-yet")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "sayNotYet",
      summary = "Say that you were not heard yet, and say it again",
      description = "At most twice in a turn, within its time.")
  public RestResponse<CheckInView> notYet(
      @RestPath UUID relationshipId,
      @RestPath UUID checkInId,
      @RestPath UUID itemId,
      HttpHeaders headers) {
    return act(relationshipId, checkInId, itemId, headers, service::sayNotYet);
  }

  @POST
  @Path("/pass")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "passTurn",
      summary = "Pass",
      description =
          "Gives up your own turn, now or to come. While something is to be said back, it ends the turn,"
              + " whoever passes; nobody has to say why.")
  public RestResponse<CheckInView> pass(
      @RestPath UUID relationshipId,
      @RestPath UUID checkInId,
      @RestPath UUID itemId,
      HttpHeaders headers) {
    return act(relationshipId, checkInId, itemId, headers, service::pass);
  }

  private RestResponse<CheckInView> act(
      UUID relationshipId, UUID checkInId, UUID itemId, HttpHeaders headers, Act act) {
    Member member = guard.actingMemberOf(relationshipId);
    CheckIn checkIn = act.by(member, checkInId, itemId);
    return RestResponse.ok(views.of(member, checkIn, Languages.of(headers)));
  }
}
