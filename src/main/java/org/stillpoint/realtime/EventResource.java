package org.stillpoint.realtime;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.event.Announced;
import org.stillpoint.event.EventView;
import org.stillpoint.identity.Caller;
import org.stillpoint.identity.Scopes;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;

/** The caller's events. */
@Path("/v1/events")
@CallerTransaction
@Tag(name = "Events")
public class EventResource {
  private final Callers callers;
  private final FeedReader feed;
  private final EventHub hub;

  EventResource(Callers callers, FeedReader feed, EventHub hub) {
    this.callers = callers;
    this.feed = feed;
    this.hub = hub;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @RolesAllowed(Scopes.EVENTS_READ)
  @Operation(
      operationId = "listEvents",
      summary = "List your events, oldest first",
      description =
          "`nextCursor` is there on the last page too: keep it, and ask again with it for what has come"
              + " since. Events are kept for 72 hours, or for less if you have set so.")
  public Page<EventView> list(@BeanParam PageRequest page) {
    Cursor.ByNumber place = page.afterNumber();
    long after = place == null ? 0 : place.number();
    UUID member = callers.current().memberId();
    List<Announced> rows = feed.after(member, after, page.rows());
    if (rows.isEmpty() && place != null) {
      place.requireWithin(feed.lastSequence(member));
    }
    boolean more = rows.size() > page.limit();
    List<Announced> shown = more ? rows.subList(0, page.limit()) : rows;
    long last = shown.isEmpty() ? after : shown.getLast().sequence();
    return new Page<>(
        shown.stream().map(EventView::of).toList(), new Cursor.ByNumber(last).encode(), more);
  }

  @GET
  @Path("/stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Blocking
  @RolesAllowed(Scopes.EVENTS_READ)
  @Operation(
      operationId = "streamEvents",
      summary = "Receive your events as they happen",
      description =
          "Server-sent events; each carries an `Event` as JSON. After a break, send the last id as"
              + " `Last-Event-ID`: nothing is left out or told twice. Without it, the stream begins now."
              + " It ends with the token.")
  @APIResponse(
      responseCode = "200",
      description = "The stream",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(type = SchemaType.STRING),
              example =
                  "id: 42\nevent: pause.raised\ndata: {\"id\":\"01939a21-77d1-7b09-9c55-7a6b5c4d3e2f\"}"))
  public Multi<OutboundSseEvent> stream(
      @Parameter(
              description = "The id of the last event that you have seen.",
              schema = @Schema(type = SchemaType.STRING, maxLength = 18),
              example = "41")
          @HeaderParam("Last-Event-ID")
          @Nullable String lastEventId,
      @Context Sse sse) {
    Caller caller = callers.current();
    long after =
        lastEventId == null || lastEventId.isEmpty()
            ? hub.now(caller.memberId())
            : Math.min(number(lastEventId), hub.now(caller.memberId()));
    return hub.open(
        new EventStream.Opening(
            caller.memberId(), caller.clientRowId(), caller.login().expiresAt(), after),
        sse);
  }

  private static long number(String lastEventId) {
    if (!lastEventId.matches("[0-9]{1,18}")) {
      throw HttpProblem.VALIDATION_FAILED
          .exception()
          .withError(FieldError.header("Last-Event-ID", Flaw.UNREADABLE_PARAMETER));
    }
    return Long.parseLong(lastEventId);
  }
}
