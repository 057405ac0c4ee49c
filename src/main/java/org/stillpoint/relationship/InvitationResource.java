package org.stillpoint.relationship;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.InvitationViews.InvitationView;
import org.stillpoint.relationship.InvitationViews.NewInvitationView;
import org.stillpoint.transaction.CallerTransaction;

/** The invitations of a relationship, as its members see them. */
@Path("/v1/relationships/{relationshipId}/invitations")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Invitations")
public class InvitationResource {
  private final MembershipGuard guard;
  private final InvitationService service;
  private final InvitationAssentRepository assents;

  InvitationResource(
      MembershipGuard guard, InvitationService service, InvitationAssentRepository assents) {
    this.guard = guard;
    this.service = service;
    this.assents = assents;
  }

  @POST
  @RolesAllowed(Scopes.RELATIONSHIPS_WRITE)
  @Operation(
      operationId = "createInvitation",
      summary = "Invite one person",
      description =
          "Give the code to that person; it works once, for seven days. Where there are other members,"
              + " each of them has to assent before the code works. At most twelve of yours are open at a"
              + " time.")
  @APIResponseSchema(
      value = NewInvitationView.class,
      responseCode = "201",
      responseDescription = "Made; the code is shown this once")
  public RestResponse<NewInvitationView> create(@RestPath UUID relationshipId) {
    InvitationService.Made made = service.create(guard.memberOfOpen(relationshipId));
    return RestResponse.status(RestResponse.Status.CREATED, NewInvitationView.of(made));
  }

  @GET
  @RolesAllowed(Scopes.RELATIONSHIPS_READ)
  @Operation(operationId = "listInvitations", summary = "List the open invitations")
  public Page<InvitationView> list(@RestPath UUID relationshipId, @BeanParam PageRequest page) {
    Member member = guard.memberOf(relationshipId);
    List<Invitation> open = service.open(member, page.afterTime(), page.rows());
    Set<UUID> mine = assents.of(member, open.stream().map(Invitation::id).toList());
    return Page.of(
        open,
        page,
        row -> new Cursor.ByTime(row.createdAt(), row.id()),
        row -> InvitationView.of(row, mine.contains(row.id())));
  }

  @DELETE
  @Path("/{invitationId}")
  @RolesAllowed(Scopes.RELATIONSHIPS_WRITE)
  @Operation(operationId = "withdrawInvitation", summary = "Withdraw an invitation that you made")
  public void withdraw(@RestPath UUID relationshipId, @RestPath UUID invitationId) {
    service.withdraw(guard.memberOf(relationshipId), invitationId);
  }

  @PUT
  @Path("/{invitationId}/assents/me")
  @RolesAllowed(Scopes.RELATIONSHIPS_WRITE)
  @Operation(
      operationId = "assentToInvitation",
      summary = "Say yes to one more member",
      description = "Not to answer is a no, and looks the same as one.")
  public InvitationView assent(@RestPath UUID relationshipId, @RestPath UUID invitationId) {
    Member member = guard.memberOfOpen(relationshipId);
    return InvitationView.of(service.assent(member, invitationId), true);
  }

  @DELETE
  @Path("/{invitationId}/assents/me")
  @RolesAllowed(Scopes.RELATIONSHIPS_WRITE)
  @Operation(operationId = "withdrawAssentToInvitation", summary = "Take your yes back")
  public void withdrawAssent(@RestPath UUID relationshipId, @RestPath UUID invitationId) {
    service.withdrawAssent(guard.memberOf(relationshipId), invitationId);
  }
}
