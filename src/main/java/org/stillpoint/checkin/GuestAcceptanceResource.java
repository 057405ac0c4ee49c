package org.stillpoint.checkin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
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

  GuestAcceptanceResource(Callers callers, GuestVisits visits) {
    this.callers = callers;
    this.visits = visits;
  }

  /** No words: an answer may be given again for a day, also to whoever is no guest any more. */
  @Schema(name = "AcceptedGuestInvitation", description = "That you are a guest now.")
  record AcceptedView(
      @Schema(
              required = true,
              description = "Under which you find the check-in at `/v1/guest-check-ins`.",
              examples = GuestResource.GUEST)
          UUID id,
      @Schema(
              required = true,
              description = "As what you come.",
              examples = "counsellor",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = GuestRole.WIRE_NAMES,
                      parseValue = true))
          String role) {}

  @POST
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "acceptGuestInvitation",
      summary = "Come to a check-in as a guest",
      description =
          "Needs your attestation to being an adult. Those who take part see that somebody has come, and"
              + " not who.")
  public RestResponse<AcceptedView> accept(
      @Parameter(
              description = "The guest's code.",
              schema = @Schema(type = SchemaType.STRING, maxLength = 40),
              example = "7K2M-9QXC-4TBH-0WZD")
          @RestPath
          String code) {
    GuestVisit visit = visits.accept(callers.current(), InvitationCode.typed(code));
    return RestResponse.ok(new AcceptedView(visit.id(), visit.role().wireName()));
  }
}
