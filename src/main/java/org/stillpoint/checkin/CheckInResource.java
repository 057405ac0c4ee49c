package org.stillpoint.checkin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.language.Languages;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.api.problem.QueryParameter;
import org.stillpoint.checkin.CheckInRequests.DeferRequest;
import org.stillpoint.checkin.CheckInRequests.ScheduleRequest;
import org.stillpoint.checkin.CheckInViews.CheckInView;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.EvenWhenFull;

/** The check-ins of a relationship. */
@Path("/v1/relationships/{relationshipId}/check-ins")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Check-ins")
public class CheckInResource {
  private final MembershipGuard guard;
  private final CheckInService service;
  private final CheckInViews views;

  CheckInResource(MembershipGuard guard, CheckInService service, CheckInViews views) {
    this.guard = guard;
    this.service = service;
    this.views = views;
  }

  @POST
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "scheduleCheckIn",
      summary = "Plan a check-in, after a template or with items of your own",
      description =
          "Those who take part are told. Nothing of it can be changed: defer it, and plan it anew. Who"
              + " skips, defers or closes one before it has opened is alone in planning another with the"
              + " same people for three days.")
  @APIResponseSchema(
      value = CheckInView.class,
      responseCode = "201",
      responseDescription = "Planned")
  public RestResponse<CheckInView> schedule(
      @RestPath UUID relationshipId,
      @Valid @NotNull ScheduleRequest request,
      HttpHeaders headers,
      UriInfo uri) {
    Member member = guard.actingMemberOf(relationshipId);
    CheckIn planned =
        service.schedule(
            member,
            request.startsAt(),
            request.participantIds(),
            Agenda.of(member.memberId(), request.templateId(), request.items()),
            request.followsId());
    return ResponseBuilder.<CheckInView>created(
            uri.getAbsolutePathBuilder().path("{id}").build(planned.id()))
        .entity(views.of(member, planned, Languages.of(headers)))
        .build();
  }

  @GET
  @RolesAllowed(Scopes.CHECK_INS_READ)
  @Operation(
      operationId = "listCheckIns",
      summary = "List the check-ins in which you take part, the latest to start first")
  public Page<CheckInView> list(
      @RestPath UUID relationshipId,
      @BeanParam PageRequest page,
      @Parameter(
              description = "Only those of this series.",
              schema = @Schema(type = SchemaType.STRING, format = "uuid"),
              example = SeriesViews.SERIES)
          @RestQuery
          @Nullable String seriesId,
      @Parameter(
              description = "Only those that follow this one.",
              schema = @Schema(type = SchemaType.STRING, format = "uuid"),
              example = CheckInViews.CHECK_IN)
          @RestQuery
          @Nullable String followsId,
      HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    List<CheckIn> rows =
        service.list(
            member,
            QueryParameter.read("seriesId", seriesId, UUID::fromString),
            QueryParameter.read("followsId", followsId, UUID::fromString),
            page.afterTime(),
            page.rows());
    Function<CheckIn, CheckInView> view = views.of(member, rows, Languages.of(headers));
    return Page.of(rows, page, row -> new Cursor.ByTime(row.startsAt(), row.id()), view);
  }

  @GET
  @Path("/{checkInId}")
  @RolesAllowed(Scopes.CHECK_INS_READ)
  @Operation(
      operationId = "getCheckIn",
      summary = "Read a check-in, in the language of Accept-Language where it follows a template")
  public CheckInView get(
      @RestPath UUID relationshipId, @RestPath UUID checkInId, HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    return views.of(member, service.get(member, checkInId), Languages.of(headers));
  }

  @EvenWhenFull
  @POST
  @Path("/{checkInId}/skip")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "skipCheckIn",
      summary = "Skip a check-in",
      description = "Anybody who takes part can, in every state, without a reason.")
  public RestResponse<CheckInView> skip(
      @RestPath UUID relationshipId, @RestPath UUID checkInId, HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    return answer(member, service.end(member, checkInId, CheckInState.SKIPPED), headers);
  }

  @POST
  @Path("/{checkInId}/defer")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "deferCheckIn",
      summary = "Put a check-in off",
      description =
          "With a time, the same is planned anew for then: a check-in of its own, whose `followsId` names"
              + " this one. Without one, nothing is planned. What you wrote stays with this one.")
  public RestResponse<CheckInView> defer(
      @RestPath UUID relationshipId,
      @RestPath UUID checkInId,
      @RequestBody(required = false) @Valid @Nullable DeferRequest request,
      HttpHeaders headers) {
    Instant startsAt = request == null ? null : request.startsAt();
    Member member =
        startsAt == null ? guard.memberOf(relationshipId) : guard.actingMemberOf(relationshipId);
    return answer(member, service.defer(member, checkInId, startsAt), headers);
  }

  @EvenWhenFull
  @POST
  @Path("/{checkInId}/close")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "closeCheckIn",
      summary = "Close a check-in",
      description =
          "Also when nothing is resolved; anybody who takes part can. What is sealed and not revealed by"
              + " then never will be.")
  public RestResponse<CheckInView> close(
      @RestPath UUID relationshipId, @RestPath UUID checkInId, HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    return answer(member, service.end(member, checkInId, CheckInState.CLOSED), headers);
  }

  private RestResponse<CheckInView> answer(Member member, CheckIn checkIn, HttpHeaders headers) {
    return RestResponse.ok(views.of(member, checkIn, Languages.of(headers)));
  }
}
