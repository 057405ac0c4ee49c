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
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.stillpoint.api.language.Languages;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.checkin.CheckInRequests.CreateSeriesRequest;
import org.stillpoint.checkin.SeriesViews.SeriesView;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.EvenWhenFull;

/** The series of check-ins of a relationship. */
@Path("/v1/relationships/{relationshipId}/check-in-series")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Check-ins")
public class SeriesResource {
  private final MembershipGuard guard;
  private final SeriesService service;
  private final SeriesViews views;

  SeriesResource(MembershipGuard guard, SeriesService service, SeriesViews views) {
    this.guard = guard;
    this.service = service;
    this.views = views;
  }

  @POST
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "createCheckInSeries",
      summary = "Begin a series of check-ins",
      description =
          "Those who take part are told once, and not of each of its check-ins. Nothing of it can be"
              + " changed: end it, and begin another. For three days after a series was ended, or a"
              + " check-in put off before it opened, only whoever did so begins one with the same people.")
  @APIResponseSchema(
      value = SeriesView.class,
      responseCode = "201",
      responseDescription = "Begun; the check-ins of the next 60 days are planned")
  public RestResponse<SeriesView> create(
      @RestPath UUID relationshipId,
      @Valid @NotNull CreateSeriesRequest request,
      HttpHeaders headers,
      UriInfo uri) {
    // Before anybody waits for this request: a rule that finds nothing is searched for long.
    Recurrence recurrence = Recurrence.of(request.localStart(), request.timeZone(), request.rule());
    Member member = guard.soleMemberOf(relationshipId);
    CheckInSeries created =
        service.create(
            member,
            recurrence,
            request.participantIds(),
            Agenda.of(member.memberId(), request.templateId(), request.items()));
    return ResponseBuilder.<SeriesView>created(
            uri.getAbsolutePathBuilder().path("{id}").build(created.id()))
        .entity(views.of(member, created, Languages.of(headers)))
        .build();
  }

  @GET
  @RolesAllowed(Scopes.CHECK_INS_READ)
  @Operation(
      operationId = "listCheckInSeries",
      summary = "List the series in which you take part, the newest first")
  public Page<SeriesView> list(
      @RestPath UUID relationshipId, @BeanParam PageRequest page, HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    List<CheckInSeries> rows = service.list(member, page.afterTime(), page.rows());
    Function<CheckInSeries, SeriesView> view = views.of(member, rows, Languages.of(headers));
    return Page.of(rows, page, row -> new Cursor.ByTime(row.createdAt(), row.id()), view);
  }

  @GET
  @Path("/{seriesId}")
  @RolesAllowed(Scopes.CHECK_INS_READ)
  @Operation(operationId = "getCheckInSeries", summary = "Read a series of check-ins")
  public SeriesView get(
      @RestPath UUID relationshipId, @RestPath UUID seriesId, HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    return views.of(member, service.get(member, seriesId), Languages.of(headers));
  }

  @EvenWhenFull
  @POST
  @Path("/{seriesId}/end")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "endCheckInSeries",
      summary = "End a series of check-ins",
      description =
          "Anybody who takes part can, in every state, without a reason. Those of its check-ins that"
              + " have not opened are skipped; one that was moved by deferring it has been planned by"
              + " itself, and stays.")
  public RestResponse<SeriesView> end(
      @RestPath UUID relationshipId, @RestPath UUID seriesId, HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    return RestResponse.ok(views.of(member, service.end(member, seriesId), Languages.of(headers)));
  }
}
