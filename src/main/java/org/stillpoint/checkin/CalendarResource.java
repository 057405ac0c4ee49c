package org.stillpoint.checkin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.stillpoint.api.etag.Etags;

/** A feed, as calendar programs ask for it: without a login, over and over. */
@Path("/calendars/{secret}.ics")
@Produces(CalendarResource.TYPE)
@RunOnVirtualThread
@Tag(name = "Calendars")
public class CalendarResource {
  static final String TYPE = "text/calendar";

  /** For the document. */
  static final String SECRET = "6f1c0a9e4b7d2358c1e0f9a8b7d6c5e4f3a2b1c0";

  private static final String CACHING = "private, max-age=900";

  private final CalendarReader reader;
  private final RoutingContext request;

  CalendarResource(CalendarReader reader, RoutingContext request) {
    this.reader = reader;
    this.request = request;
  }

  @GET
  @Operation(
      operationId = "readCalendar",
      summary = "Read the times of somebody's check-ins, as a calendar (RFC 5545)",
      description =
          "Without a login: the address is the secret. Of the last 30 days and the next 60. One that was"
              + " revoked, and one that never was, get the same 404.")
  @Parameter(
      name = "If-None-Match",
      in = ParameterIn.HEADER,
      schema = @Schema(type = SchemaType.STRING))
  public RestResponse<String> read(
      @Parameter(
              description = "Of `createCalendarFeed`.",
              schema = @Schema(type = SchemaType.STRING, maxLength = 40),
              example = SECRET)
          @RestPath
          String secret,
      HttpHeaders headers) {
    String text = reader.read(secret);
    // In place of what every answer carries; the framework would add it beside that.
    request.response().putHeader(HttpHeaders.CACHE_CONTROL, CACHING);
    return Etags.answer(headers, Etags.ofContent(List.of(text)), text);
  }
}
