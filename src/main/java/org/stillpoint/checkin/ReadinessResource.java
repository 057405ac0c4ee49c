package org.stillpoint.checkin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;

/** Whether one is ready for a check-in: nobody else's to know before all are. */
@Path("/v1/relationships/{relationshipId}/check-ins/{checkInId}/readiness/me")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Check-ins")
public class ReadinessResource {
  private final MembershipGuard guard;
  private final ReadinessService service;

  ReadinessResource(MembershipGuard guard, ReadinessService service) {
    this.guard = guard;
    this.service = service;
  }

  @Schema(name = "CheckInReadiness", description = "Yours alone; nobody sees another's.")
  record ReadinessView(
      @Schema(
              required = true,
              description =
                  "Whether you have said so in the last half hour; true while the check-in goes on.",
              examples = "true")
          boolean ready) {}

  @GET
  @RolesAllowed(Scopes.CHECK_INS_READ)
  @Operation(
      operationId = "getReadiness",
      summary = "Read whether you have said that you are ready")
  public ReadinessView get(@RestPath UUID relationshipId, @RestPath UUID checkInId) {
    Member member = guard.memberOf(relationshipId);
    return new ReadinessView(service.isReady(member, checkInId));
  }

  @PUT
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "sayReady",
      summary = "Say that you are ready",
      description =
          "For half an hour, from a quarter of an hour before the start on. The check-in opens once all"
              + " have said so, and goes on once all have said so after a pause.")
  @APIResponseSchema(
      value = ReadinessView.class,
      responseCode = "200",
      responseDescription = "Known to you alone, unless you were the last")
  public ReadinessView say(@RestPath UUID relationshipId, @RestPath UUID checkInId) {
    Member member = guard.actingMemberOf(relationshipId);
    service.say(member, checkInId);
    return new ReadinessView(true);
  }

  @DELETE
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "withdrawReadiness",
      summary = "Say that you are not ready after all",
      description = "Nobody is told. A check-in that goes on is ended by closing it.")
  @APIResponseSchema(
      value = ReadinessView.class,
      responseCode = "200",
      responseDescription = "Known to you alone")
  public ReadinessView withdraw(@RestPath UUID relationshipId, @RestPath UUID checkInId) {
    Member member = guard.memberOf(relationshipId);
    service.withdraw(member, checkInId);
    return new ReadinessView(service.isReady(member, checkInId));
  }
}
