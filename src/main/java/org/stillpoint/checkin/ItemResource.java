package org.stillpoint.checkin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.stillpoint.api.language.Languages;
import org.stillpoint.checkin.CheckInViews.CheckInView;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;

/** Goes from item to item of an open check-in. */
@Path("/v1/relationships/{relationshipId}/check-ins/{checkInId}/items/{itemId}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Check-ins")
public class ItemResource {
  private final MembershipGuard guard;
  private final ProgressService service;
  private final CheckInViews views;

  ItemResource(MembershipGuard guard, ProgressService service, CheckInViews views) {
    this.guard = guard;
    this.service = service;
    this.views = views;
  }

  @Schema(name = "WishToGoOn", description = "Yours alone; nobody sees another's.")
  record WishView(
      @Schema(
              required = true,
              description = "Whether you have said so in the last half hour; true once all have.",
              examples = "true")
          boolean wishes) {}

  @PUT
  @Path("/start")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "startItem",
      summary = "Start the next item of an open check-in",
      description =
          "The first at once, another once the time of the one before is up, or all wish to go on. Its"
              + " clock stands while somebody pauses, and runs on once all are ready again.")
  @APIResponseSchema(
      value = CheckInView.class,
      responseCode = "200",
      responseDescription = "The item is talked about now")
  public CheckInView start(
      @RestPath UUID relationshipId,
      @RestPath UUID checkInId,
      @RestPath UUID itemId,
      HttpHeaders headers) {
    Member member = guard.actingMemberOf(relationshipId);
    CheckIn checkIn = service.start(member, checkInId, itemId);
    return views.of(member, checkIn, Languages.of(headers));
  }

  @GET
  @Path("/wish-to-go-on/me")
  @RolesAllowed(Scopes.CHECK_INS_READ)
  @Operation(
      operationId = "getWishToGoOn",
      summary = "Read whether you have said that you wish to go on from an item")
  public WishView wishes(
      @RestPath UUID relationshipId, @RestPath UUID checkInId, @RestPath UUID itemId) {
    Member member = guard.memberOf(relationshipId);
    return new WishView(service.wishes(member, checkInId, itemId));
  }

  @PUT
  @Path("/wish-to-go-on/me")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "wishToGoOn",
      summary = "Say that you wish to go on from an item before its time is up",
      description =
          "For half an hour. Nobody is told until all have said so; then anybody starts the next item.")
  @APIResponseSchema(
      value = WishView.class,
      responseCode = "200",
      responseDescription = "Known to you alone, unless you were the last")
  public WishView wish(
      @RestPath UUID relationshipId, @RestPath UUID checkInId, @RestPath UUID itemId) {
    Member member = guard.actingMemberOf(relationshipId);
    service.wish(member, checkInId, itemId);
    return new WishView(true);
  }

  @DELETE
  @Path("/wish-to-go-on/me")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "withdrawWishToGoOn",
      summary = "Say that you would rather stay with an item after all",
      description = "Nobody is told. What all have wished stands until the next item.")
  @APIResponseSchema(
      value = WishView.class,
      responseCode = "200",
      responseDescription = "Known to you alone")
  public WishView withdraw(
      @RestPath UUID relationshipId, @RestPath UUID checkInId, @RestPath UUID itemId) {
    Member member = guard.memberOf(relationshipId);
    return new WishView(service.withdrawWish(member, checkInId, itemId));
  }
}
