package org.stillpoint.profile;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.identity.ClientOfMember;
import org.stillpoint.identity.Scopes;
import org.stillpoint.profile.ProfileViews.ClientView;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;
import org.stillpoint.transaction.EvenWhenFull;

/** The apps that act for the caller. */
@Path("/v1/me/clients")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Me")
public class ClientResource {
  private final Callers callers;
  private final ProfileService service;

  ClientResource(Callers callers, ProfileService service) {
    this.callers = callers;
    this.service = service;
  }

  @GET
  @RolesAllowed(Scopes.PROFILE_READ)
  @Operation(operationId = "listClients", summary = "List the apps that act for you")
  public Page<ClientView> list(@BeanParam PageRequest page) {
    Set<String> withWebhooks = service.clientsWithWebhooks(callers.current());
    return Page.of(
        service.clients(callers.current(), page.afterTime(), page.rows()),
        page,
        row -> new Cursor.ByTime(row.firstUsedAt(), row.id()),
        row -> ClientView.of(row, withWebhooks.contains(row.clientId())));
  }

  @DELETE
  @Path("/{clientId}")
  @RolesAllowed(Scopes.PROFILE_WRITE)
  @Operation(
      operationId = "cutOffClient",
      summary = "Cut an app off, at once",
      description =
          "Its tokens, streams and tap keys stop working. It is let in again by a new login of yours, as"
              + " far as the login service tells the time of logins, or by `readmitClient`.")
  public void cutOff(@RestPath UUID clientId) {
    service.cutOff(callers.current(), clientId);
  }

  @EvenWhenFull
  @POST
  @Path("/{clientId}/readmission")
  @RolesAllowed(Scopes.PROFILE_WRITE)
  @Operation(operationId = "readmitClient", summary = "Let an app in again")
  public RestResponse<ClientView> readmit(@RestPath UUID clientId) {
    ClientOfMember client = service.readmit(callers.current(), clientId);
    boolean webhooks = service.clientsWithWebhooks(callers.current()).contains(client.clientId());
    return RestResponse.ok(ClientView.of(client, webhooks));
  }
}
