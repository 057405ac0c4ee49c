package org.stillpoint.privacy;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.stillpoint.identity.FreshLogin;
import org.stillpoint.identity.Scopes;
import org.stillpoint.privacy.RetentionViews.RetentionView;
import org.stillpoint.privacy.RetentionViews.UpdateRequest;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;
import org.stillpoint.transaction.EvenWhenFull;

/** For how long what is the caller's is kept. */
@Path("/v1/me/retention")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Privacy")
public class RetentionResource {
  private final Callers callers;
  private final RetentionService service;

  RetentionResource(Callers callers, RetentionService service) {
    this.callers = callers;
    this.service = service;
  }

  @GET
  @RolesAllowed(Scopes.PRIVACY_READ)
  @Operation(operationId = "getRetention", summary = "Read how long what is yours is kept")
  public RetentionView get() {
    return RetentionView.of(service.of(callers.current()));
  }

  @EvenWhenFull
  @PATCH
  @RolesAllowed(Scopes.PRIVACY_WRITE)
  @Operation(
      operationId = "updateRetention",
      summary = "Have what is yours kept for a shorter time",
      description =
          "Up to the default, and for what is there already too: what has become too old goes within"
              + " hours. The others aren't told.")
  public RetentionView update(@Valid @NotNull UpdateRequest request) {
    if (request.reflectionDays() != null) {
      // What a journal loses by it is gone for good.
      FreshLogin.require(callers.current().login());
    }
    return RetentionView.of(service.update(callers.current(), request));
  }
}
