package org.stillpoint.practitioner;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.stillpoint.api.etag.Etags;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.identity.Caller;
import org.stillpoint.identity.FreshLogin;
import org.stillpoint.identity.Scopes;
import org.stillpoint.practitioner.GrantViews.GrantRequest;
import org.stillpoint.practitioner.GrantViews.NewSharedGrantView;
import org.stillpoint.practitioner.GrantViews.SharedGrantView;
import org.stillpoint.practitioner.SharedGrantService.Listed;
import org.stillpoint.relationship.InvitationCode;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;

/** What the members of a relationship let practitioners read of it. */
@Path("/v1/relationships/{relationshipId}/grants")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Grants")
public class SharedGrantResource {
  private final Callers callers;
  private final MembershipGuard guard;
  private final SharedGrantService service;

  SharedGrantResource(Callers callers, MembershipGuard guard, SharedGrantService service) {
    this.callers = callers;
    this.guard = guard;
    this.service = service;
  }

  @POST
  @RolesAllowed(Scopes.GRANTS_WRITE)
  @Operation(
      operationId = "requestGrant",
      summary = "Ask all members to let a practitioner read",
      description =
          "It begins once all have said yes, which you have by asking; not to answer is a no. What was"
              + " before isn't in it. What you have asked for the same practitioner before is taken back"
              + " by it; once it begins, it takes the place of another one for that practitioner, with"
              + " all that was given under that. With the `ETag` of the practitioner whom you have read,"
              + " and a login of the last five minutes. Three times in 30 days, and not while another"
              + " member pauses.")
  @Parameter(name = "If-Match", in = ParameterIn.HEADER, required = true)
  @APIResponseSchema(
      value = NewSharedGrantView.class,
      responseCode = "201",
      responseDescription = "Asked; nobody reads anything yet, unless nobody else belongs here")
  public RestResponse<NewSharedGrantView> request(
      @RestPath UUID relationshipId, @Valid @NotNull GrantRequest request, HttpHeaders headers) {
    Caller caller = callers.current();
    FreshLogin.require(caller.login());
    SharedGrant grant =
        service.request(
            caller,
            guard.soleMemberOf(relationshipId),
            InvitationCode.typed(request.code()),
            request.shared(),
            edition -> Etags.requireTag(headers, Etags.of(edition)));
    return RestResponse.status(
        RestResponse.Status.CREATED, new NewSharedGrantView(grant.id(), grant.expiresAt()));
  }

  @GET
  @RolesAllowed(Scopes.GRANTS_READ)
  @Operation(
      operationId = "listGrants",
      summary = "List what practitioners may read of this relationship, the newest first",
      description =
          "What all had said yes to stays in it for 30 days after its end, unless the practitioner has"
              + " ended their practice. While one is `suspended` nobody is told; read the list.")
  public Page<SharedGrantView> list(@RestPath UUID relationshipId, @BeanParam PageRequest page) {
    Member member = guard.memberOf(relationshipId);
    return Page.of(
        service.list(member, page.afterTime(), page.rows()),
        page,
        listed -> new Cursor.ByTime(listed.row().requestedAt(), listed.row().id()),
        SharedGrantView::of);
  }

  @GET
  @Path("/{grantId}")
  @RolesAllowed(Scopes.GRANTS_READ)
  @Operation(
      operationId = "getGrant",
      summary = "Read what a practitioner may read of this relationship",
      description = "Its `ETag` is of the practitioner as described here, for saying yes.")
  public RestResponse<SharedGrantView> get(@RestPath UUID relationshipId, @RestPath UUID grantId) {
    return answer(service.get(guard.memberOf(relationshipId), grantId));
  }

  @PUT
  @Path("/{grantId}/assents/me")
  @RolesAllowed(Scopes.GRANTS_WRITE)
  @Operation(
      operationId = "assentToGrant",
      summary = "Say yes to what a practitioner may read, or renew it",
      description =
          "With the `ETag` of what you have read, and a login of the last five minutes. Nobody sees your"
              + " yes before all have said it. Not while anybody pauses. Only from `renewableFrom` on"
              + " does it renew.")
  @Parameter(name = "If-Match", in = ParameterIn.HEADER, required = true)
  public RestResponse<SharedGrantView> assent(
      @RestPath UUID relationshipId, @RestPath UUID grantId, HttpHeaders headers) {
    FreshLogin.require(callers.current().login());
    Member member = guard.soleMemberOf(relationshipId);
    return answer(
        service.assent(member, grantId, edition -> Etags.requireTag(headers, Etags.of(edition))));
  }

  @DELETE
  @Path("/{grantId}")
  @RolesAllowed(Scopes.GRANTS_WRITE)
  @Operation(
      operationId = "endGrant",
      summary = "Let a practitioner read no more",
      description =
          "At once, in every state, without a reason, whoever you are; nobody is told by whom. Of what"
              + " is only asked, it takes your own yes back, and nobody sees that; if you asked for it,"
              + " the question is gone.")
  public void end(@RestPath UUID relationshipId, @RestPath UUID grantId) {
    service.end(guard.memberOf(relationshipId), grantId);
  }

  private static RestResponse<SharedGrantView> answer(Listed listed) {
    return RestResponse.ResponseBuilder.ok(SharedGrantView.of(listed))
        .header(HttpHeaders.ETAG, Etags.of(listed.practitioner().row().edition()))
        .build();
  }
}
