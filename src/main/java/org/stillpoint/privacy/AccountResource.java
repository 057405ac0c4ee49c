package org.stillpoint.privacy;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.stillpoint.identity.Caller;
import org.stillpoint.identity.FreshLogin;
import org.stillpoint.identity.Scopes;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;
import org.stillpoint.transaction.EvenWhenFull;

/** The way out, and the end, of the caller. */
@Path("/v1/me")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Privacy")
public class AccountResource {
  private final Callers callers;
  private final AccountService service;
  private final Clock clock;

  AccountResource(Callers callers, AccountService service, Clock clock) {
    this.callers = callers;
    this.service = service;
    this.clock = clock;
  }

  @EvenWhenFull
  @POST
  @Path("/exit")
  @RolesAllowed(Scopes.PRIVACY_WRITE)
  @Operation(
      operationId = "exit",
      summary = "Leave everything in one call, with a copy of your data",
      description =
          "Works in every state; needs a login (`auth_time`) of the last five minutes. You leave every"
              + " relationship, your pauses end, your tap keys stop, streams end, and every app is cut"
              + " off, from the next request this one too. The answer is the export of what was yours,"
              + " with its address in `Location`: your next login fetches it. The others get the neutral"
              + " notice of leaving.")
  public RestResponse<ExportView> exit(UriInfo uri) {
    Caller caller = callers.current();
    FreshLogin.require(caller.login());
    Export export = service.exit(caller);
    return ResponseBuilder.ok(ExportView.of(export, clock.instant()))
        .location(uri.getBaseUriBuilder().path("/v1/me/exports/{id}").build(export.id()))
        .build();
  }

  @DELETE
  @RolesAllowed(Scopes.PRIVACY_WRITE)
  @Operation(
      operationId = "eraseMe",
      summary = "Erase yourself, at once and for good",
      description =
          "Works in every state; needs a login (`auth_time`) of the last five minutes. You leave every"
              + " relationship, and what you wrote becomes unreadable, in backups too once their bound"
              + " has passed. What the others rely on keeps your bare id. To them it is the neutral"
              + " notice of leaving. Logins of before stop working, so a repetition is answered 401; a"
              + " new login begins as somebody new.")
  public void erase() {
    Caller caller = callers.current();
    FreshLogin.require(caller.login());
    service.erase(caller);
  }
}
