package org.stillpoint.checkin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.stillpoint.api.language.Languages;
import org.stillpoint.checkin.GuestVisitViews.GuestCheckInView;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.InvitationCode;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;

/** The invitation of a guest, as the person who has its code uses it. */
@Path("/v1/guest-invitations/{code}/acceptance")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Guests")
public class GuestAcceptanceResource {
  private final Callers callers;
  private final GuestVisits visits;
  private final GuestVisitViews views;

  GuestAcceptanceResource(Callers callers, GuestVisits visits, GuestVisitViews views) {
    this.callers = callers;
    this.visits = visits;
    this.views = views;
  }

  @POST
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "acceptGuestInvitation",
      summary = "Come to a check-in as a guest",
      description =
          "Needs your attestation to being an adult. Those who take part see that somebody has come, and"
              + " not who.")
  public RestResponse<GuestCheckInView> accept(
      @Parameter(description = "The guest's code.", example = "7K2M-9QXC-4TBH-0WZD") @RestPath
          String code,
      HttpHeaders headers) {
    GuestVisit visit = visits.accept(callers.current(), InvitationCode.typed(code));
    return RestResponse.ok(views.of(visit, Languages.of(headers)));
  }
}
