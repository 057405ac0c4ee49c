package org.stillpoint.checkin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.validator.constraints.Length;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.identity.Scopes;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;

/** A member's own calendar feeds; nobody else sees that there are any. */
@Path("/v1/me/calendars")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Calendars")
public class CalendarFeedResource {
  private static final String ID = "01939c40-1a2b-7c3d-8e4f-506172839495";
  private static final String TIME = "2026-11-03T21:04:05.678Z";
  private static final String NAME = "Phone";

  private final Callers callers;
  private final CalendarFeedService service;

  CalendarFeedResource(Callers callers, CalendarFeedService service) {
    this.callers = callers;
    this.service = service;
  }

  @Schema(name = "CalendarFeedRequest", description = "A feed to make; all may be left out.")
  record CalendarFeedRequest(
      @Schema(
              description = "Your own name for it; nobody else sees it.",
              maxLength = 80,
              examples = NAME)
          @Length(max = 80)
          @Nullable SensitiveText label) {}

  @Schema(
      name = "CalendarFeed",
      description = "An address at which a calendar program reads when your check-ins are.")
  record CalendarFeedView(
      @Schema(required = true, examples = ID) UUID id,
      @Schema(examples = NAME) @Nullable SensitiveText label,
      @Schema(required = true, description = "The app that made it.", examples = "stillpoint-ios")
          String clientId,
      @Schema(required = true, examples = TIME) Instant createdAt) {}

  @Schema(
      name = "NewCalendarFeed",
      description = "A feed with its secret, which is shown this once.")
  record NewCalendarFeedView(
      @Schema(required = true, examples = ID) UUID id,
      @Schema(
              required = true,
              description = "Stands in the feed's address, before `.ics`.",
              examples = CalendarResource.SECRET)
          String secret,
      @Schema(
              required = true,
              description = "The whole address, for a calendar program.",
              examples = "https://api.example.com/calendars/" + CalendarResource.SECRET + ".ics")
          URI url,
      @Schema(required = true, examples = TIME) Instant createdAt) {}

  @POST
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "createCalendarFeed",
      summary = "Make an address at which a calendar program reads when your check-ins are",
      description =
          "Of all your relationships. Whoever has it reads times, and no more: what they are, with whom"
              + " and about what is not in it.")
  @APIResponseSchema(
      value = NewCalendarFeedView.class,
      responseCode = "201",
      responseDescription = "Made; the address is shown this once")
  public RestResponse<NewCalendarFeedView> create(
      @RequestBody(required = false) @Valid @Nullable CalendarFeedRequest request, UriInfo uri) {
    SensitiveText label = request == null ? null : request.label();
    CalendarFeedService.Made made = service.create(callers.current(), label);
    return RestResponse.status(
        RestResponse.Status.CREATED,
        new NewCalendarFeedView(
            made.feed().id(),
            made.secret(),
            uri.getBaseUriBuilder().path(CalendarResource.class).build(made.secret()),
            made.feed().createdAt()));
  }

  @GET
  @RolesAllowed(Scopes.CHECK_INS_READ)
  @Operation(operationId = "listCalendarFeeds", summary = "List your calendar feeds")
  public Page<CalendarFeedView> list(@BeanParam PageRequest page) {
    return Page.of(
        service.list(callers.current(), page.afterTime(), page.rows()),
        page,
        row -> new Cursor.ByTime(row.feed().createdAt(), row.feed().id()),
        row ->
            new CalendarFeedView(
                row.feed().id(), row.label(), row.feed().clientId(), row.feed().createdAt()));
  }

  @DELETE
  @Path("/{feedId}")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "revokeCalendarFeed",
      summary = "Revoke a calendar feed of yours, at once",
      description = "What a calendar program has read before stays where it is.")
  public void revoke(@RestPath UUID feedId) {
    service.revoke(callers.current(), feedId);
  }
}
