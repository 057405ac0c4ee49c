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
import org.stillpoint.practitioner.GrantViews.NewSelfGrantView;
import org.stillpoint.practitioner.GrantViews.SelfGrantView;
import org.stillpoint.practitioner.SelfGrantService.Listed;
import org.stillpoint.relationship.InvitationCode;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;

/** What the caller lets practitioners read of the caller's own things. */
@Path("/v1/me/grants")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Grants")
public class SelfGrantResource {
  private final Callers callers;
  private final SelfGrantService service;

  SelfGrantResource(Callers callers, SelfGrantService service) {
    this.callers = callers;
    this.service = service;
  }

  @POST
  @RolesAllowed(Scopes.GRANTS_WRITE)
  @Operation(
      operationId = "makeSelfGrant",
      summary = "Let a practitioner read your own things",
      description =
          "Your pauses from now on, and what you give or mark. It takes nobody's yes, and nobody but the"
              + " practitioner and you learns of it. With the `ETag` of the practitioner whom you have"
              + " read, and a login of the last five minutes. In every state. Ten at a time; several for one"
              + " practitioner add up, and each ends by itself.")
  @Parameter(name = "If-Match", in = ParameterIn.HEADER, required = true)
  @APIResponseSchema(
      value = NewSelfGrantView.class,
      responseCode = "201",
      responseDescription = "The practitioner may read")
  public RestResponse<NewSelfGrantView> make(
      @Valid @NotNull GrantRequest request, HttpHeaders headers) {
    Caller caller = callers.current();
    FreshLogin.require(caller.login());
    SelfGrant grant =
        service.make(
            caller,
            InvitationCode.typed(request.code()),
            request.own(),
            edition -> Etags.requireTag(headers, Etags.of(edition)));
    return RestResponse.status(
        RestResponse.Status.CREATED, new NewSelfGrantView(grant.id(), grant.expiresAt()));
  }

  @GET
  @RolesAllowed(Scopes.GRANTS_READ)
  @Operation(
      operationId = "listSelfGrants",
      summary = "List what practitioners may read of your own things, the newest first",
      description =
          "What has ended stays in it for 30 days, unless the practitioner has ended their practice.")
  public Page<SelfGrantView> list(@BeanParam PageRequest page) {
    return Page.of(
        service.list(me(), page.afterTime(), page.rows()),
        page,
        listed -> new Cursor.ByTime(listed.row().beganAt(), listed.row().id()),
        SelfGrantView::of);
  }

  @GET
  @Path("/{grantId}")
  @RolesAllowed(Scopes.GRANTS_READ)
  @Operation(
      operationId = "getSelfGrant",
      summary = "Read what a practitioner may read of your own things",
      description = "Its `ETag` is of the practitioner as described here, for renewing it.")
  public RestResponse<SelfGrantView> get(@RestPath UUID grantId) {
    return answer(service.get(me(), grantId));
  }

  @PUT
  @Path("/{grantId}/assents/me")
  @RolesAllowed(Scopes.GRANTS_WRITE)
  @Operation(
      operationId = "renewSelfGrant",
      summary = "Let a practitioner read on, for as long again",
      description =
          "Also where the practitioner has changed what they say of themself. With the `ETag` of what you"
              + " have read, and a login of the last five minutes.")
  @Parameter(name = "If-Match", in = ParameterIn.HEADER, required = true)
  public RestResponse<SelfGrantView> renew(@RestPath UUID grantId, HttpHeaders headers) {
    FreshLogin.require(callers.current().login());
    return answer(
        service.renew(me(), grantId, edition -> Etags.requireTag(headers, Etags.of(edition))));
  }

  @DELETE
  @Path("/{grantId}")
  @RolesAllowed(Scopes.GRANTS_WRITE)
  @Operation(
      operationId = "endSelfGrant",
      summary = "Let a practitioner read your own things no more",
      description = "At once, in every state. The copies that you gave under it go with it.")
  public void end(@RestPath UUID grantId) {
    service.end(me(), grantId);
  }

  private UUID me() {
    return callers.current().memberId();
  }

  private static RestResponse<SelfGrantView> answer(Listed listed) {
    return RestResponse.ResponseBuilder.ok(SelfGrantView.of(listed))
        .header(HttpHeaders.ETAG, Etags.of(listed.practitioner().row().edition()))
        .build();
  }
}
