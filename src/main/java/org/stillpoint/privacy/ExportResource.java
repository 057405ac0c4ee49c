package org.stillpoint.privacy;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.identity.Caller;
import org.stillpoint.identity.FreshLogin;
import org.stillpoint.identity.Scopes;
import org.stillpoint.privacy.spi.ExportDocument;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;
import org.stillpoint.transaction.EvenWhenFull;

/** Copies of the caller's data. */
@Path("/v1/me/exports")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Privacy")
public class ExportResource {
  private final Callers callers;
  private final ExportService service;
  private final Clock clock;

  ExportResource(Callers callers, ExportService service, Clock clock) {
    this.callers = callers;
    this.service = service;
    this.clock = clock;
  }

  @EvenWhenFull
  @POST
  @RolesAllowed(Scopes.PRIVACY_WRITE)
  @Operation(
      operationId = "requestExport",
      summary = "Ask for a copy of your data",
      description =
          "Works in every state. It is made in the background; look at its `state`, or wait for the"
              + " event `export.ready`. While one is being made or waits to be fetched, that one is"
              + " answered. Nobody else learns of it.")
  @APIResponseSchema(
      value = ExportView.class,
      responseCode = "202",
      responseDescription = "It is being made, or waits already")
  public RestResponse<ExportView> request(UriInfo uri) {
    Export export = service.request(callers.current());
    return ResponseBuilder.<ExportView>create(RestResponse.Status.ACCEPTED)
        .location(uri.getAbsolutePathBuilder().path("{id}").build(export.id()))
        .entity(ExportView.of(export, clock.instant()))
        .build();
  }

  @GET
  @RolesAllowed(Scopes.PRIVACY_READ)
  @Operation(operationId = "listExports", summary = "List your exports, newest first")
  public Page<ExportView> list(@BeanParam PageRequest page) {
    return Page.of(
        service.list(callers.current(), page.afterTime(), page.rows()),
        page,
        row -> new Cursor.ByTime(row.requestedAt(), row.id()),
        row -> ExportView.of(row, clock.instant()));
  }

  @GET
  @Path("/{exportId}")
  @RolesAllowed(Scopes.PRIVACY_READ)
  @Operation(operationId = "getExport", summary = "See how far an export is")
  public ExportView get(@RestPath UUID exportId) {
    return ExportView.of(service.get(callers.current(), exportId), clock.instant());
  }

  @GET
  @Path("/{exportId}/content")
  @RolesAllowed(Scopes.PRIVACY_WRITE)
  @Operation(
      operationId = "fetchExport",
      summary = "Fetch an export, once",
      description =
          "Within 24 hours, with a login (`auth_time`) of the last five minutes: an older one is"
              + " answered 401 with the challenge of RFC 9470. It is deleted here as it is given out;"
              + " should the answer get lost, ask for another one.")
  @APIResponseSchema(
      value = ExportDocument.class,
      responseCode = "200",
      responseDescription = "The copy")
  public RestResponse<byte[]> content(@RestPath UUID exportId) {
    Caller caller = callers.current();
    FreshLogin.require(caller.login());
    return ResponseBuilder.ok(service.fetch(caller, exportId))
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"stillpoint-export.json\"")
        .build();
  }
}
