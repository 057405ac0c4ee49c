package org.stillpoint.agreement;

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
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.stillpoint.agreement.LimitViews.LimitRequest;
import org.stillpoint.agreement.LimitViews.LimitView;
import org.stillpoint.api.etag.Etags;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.EvenWhenFull;

/** The limits of a relationship's members. */
@Path("/v1/relationships/{relationshipId}/limits")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Limits")
public class LimitResource {
  private final MembershipGuard guard;
  private final LimitService service;

  LimitResource(MembershipGuard guard, LimitService service) {
    this.guard = guard;
    this.service = service;
  }

  @EvenWhenFull
  @POST
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "drawLimit",
      summary = "Draw a limit around your own part",
      description =
          "It is in force at once, in every state, and asks nobody. All members see it; that is what it"
              + " is for.")
  @APIResponseSchema(
      value = LimitView.class,
      responseCode = "201",
      responseDescription = "In force now")
  public RestResponse<LimitView> draw(
      @RestPath UUID relationshipId, @Valid @NotNull LimitRequest request, UriInfo uri) {
    Member member = guard.memberOf(relationshipId);
    LimitState drawn = service.draw(member, request.content());
    return answer(
        ResponseBuilder.created(uri.getAbsolutePathBuilder().path("{id}").build(drawn.id())),
        member,
        drawn);
  }

  @GET
  @RolesAllowed(Scopes.AGREEMENTS_READ)
  @Operation(
      operationId = "listLimits",
      summary = "List the limits of all members, oldest first",
      description = "All of them are in force.")
  public Page<LimitView> list(@RestPath UUID relationshipId, @BeanParam PageRequest page) {
    Member member = guard.memberOf(relationshipId);
    return Page.of(
        service.list(member, page.afterTime(), page.rows()),
        page,
        row -> new Cursor.ByTime(row.drawnAt(), row.id()),
        row -> LimitView.of(row, member.memberId()));
  }

  @GET
  @Path("/{limitId}")
  @RolesAllowed(Scopes.AGREEMENTS_READ)
  @Operation(operationId = "getLimit", summary = "Read a limit")
  @Parameter(name = "If-None-Match", in = ParameterIn.HEADER)
  public RestResponse<LimitView> get(
      @RestPath UUID relationshipId, @RestPath UUID limitId, HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    LimitState limit = service.get(member, limitId);
    return Etags.answer(
        headers, limit.versionFor(member.memberId()), LimitView.of(limit, member.memberId()));
  }

  @EvenWhenFull
  @PUT
  @Path("/{limitId}")
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "changeLimit",
      summary = "Say anew what a limit of yours says",
      description =
          "Send all that it is to say. What only tightens acts at once: a soft limit that becomes hard,"
              + " and more activities. All else eases: it is in `easing`, which nobody else sees, and acts"
              + " by itself after the cooling-off. What waited before is cancelled either way.")
  @Parameter(name = "If-Match", in = ParameterIn.HEADER, required = true)
  public RestResponse<LimitView> change(
      @RestPath UUID relationshipId,
      @RestPath UUID limitId,
      @Valid @NotNull LimitRequest request,
      HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    LimitState changed =
        service.change(
            member, limitId, request.content(), version -> Etags.requireMatch(headers, version));
    return answer(ResponseBuilder.ok(), member, changed);
  }

  @DELETE
  @Path("/{limitId}")
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "endLimit",
      summary = "Let a limit of yours go, after the cooling-off",
      description =
          "Until then it is in force, nobody else sees that it will end, and you can think better of it.")
  @Parameter(name = "If-Match", in = ParameterIn.HEADER, required = true)
  @APIResponseSchema(
      value = LimitView.class,
      responseCode = "202",
      responseDescription = "It ends at the time that `easing` says")
  public RestResponse<LimitView> end(
      @RestPath UUID relationshipId, @RestPath UUID limitId, HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    LimitState ending =
        service.end(member, limitId, version -> Etags.requireMatch(headers, version));
    return answer(ResponseBuilder.create(RestResponse.Status.ACCEPTED), member, ending);
  }

  @DELETE
  @Path("/{limitId}/easing")
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "cancelLimitEasing",
      summary = "Keep a limit of yours as it is",
      description =
          "Cancels what waits to ease it, at once. The answer is the limit as it stands: what has acted"
              + " already is no longer cancelled.")
  @APIResponseSchema(
      value = LimitView.class,
      responseCode = "200",
      responseDescription = "Nothing waits to ease it")
  public RestResponse<LimitView> cancelEasing(
      @RestPath UUID relationshipId, @RestPath UUID limitId) {
    Member member = guard.memberOf(relationshipId);
    return answer(ResponseBuilder.ok(), member, service.cancelEasing(member, limitId));
  }

  private static RestResponse<LimitView> answer(
      ResponseBuilder<LimitView> answer, Member member, LimitState limit) {
    return answer
        .entity(LimitView.of(limit, member.memberId()))
        .header(HttpHeaders.ETAG, Etags.of(limit.versionFor(member.memberId())))
        .build();
  }
}
