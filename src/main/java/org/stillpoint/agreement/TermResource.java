package org.stillpoint.agreement;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.HexFormat;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.stillpoint.agreement.AgreementRequests.AssentRequest;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.EvenWhenFull;

/**
 * One term: what each participant says to it. Nobody sees another's answer before all have said
 * yes.
 */
@Path("/v1/relationships/{relationshipId}/terms/{termId}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Terms")
public class TermResource {
  private final MembershipGuard guard;
  private final TermService service;
  private final VersionViews views;

  TermResource(MembershipGuard guard, TermService service, VersionViews views) {
    this.guard = guard;
    this.service = service;
    this.views = views;
  }

  @GET
  @RolesAllowed(Scopes.AGREEMENTS_READ)
  @Operation(operationId = "getTerm", summary = "Read a term, and where it stands now")
  public TermView get(@RestPath UUID relationshipId, @RestPath UUID termId) {
    Member member = guard.memberOf(relationshipId);
    return views.of(member, service.get(member, termId));
  }

  @PUT
  @Path("/assents/me")
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "assentToTerm",
      summary = "Say yes to exactly this text",
      description =
          "When all have, it is agreed, and acts after the cooling-off, until whose end any of you can"
              + " take it back.")
  public TermView assent(
      @RestPath UUID relationshipId, @RestPath UUID termId, @Valid @NotNull AssentRequest request) {
    Member member = guard.actingMemberOf(relationshipId);
    return views.of(
        member, service.assent(member, termId, HexFormat.of().parseHex(request.hash())));
  }

  @DELETE
  @Path("/assents/me")
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "withdrawAssentToTerm",
      summary = "Take your yes back, at any time",
      description =
          "Before all have assented nobody learns of it; in the cooling-off it cancels the term; what a term"
              + " in force allows or demands ends at once, and what it forbids stays, without your yes.")
  public TermView withdraw(@RestPath UUID relationshipId, @RestPath UUID termId) {
    Member member = guard.actingMemberOf(relationshipId);
    return views.of(member, service.withdraw(member, termId));
  }

  @PUT
  @Path("/declines/me")
  @EvenWhenFull
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "declineTerm",
      summary = "Say no, which nobody else learns",
      description = "To the others it looks as if you had not answered.")
  public TermView decline(@RestPath UUID relationshipId, @RestPath UUID termId) {
    Member member = guard.actingMemberOf(relationshipId);
    return views.of(member, service.decline(member, termId));
  }

  @PUT
  @Path("/suspension")
  @EvenWhenFull
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "suspendTerm",
      summary = "Suspend what a term allows or demands, at once and without a reason")
  public TermView suspend(@RestPath UUID relationshipId, @RestPath UUID termId) {
    Member member = guard.actingMemberOf(relationshipId);
    return views.of(member, service.suspend(member, termId));
  }

  @PUT
  @Path("/resumptions/me")
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "resumeTerm",
      summary = "Want a suspended term back",
      description =
          "In private, for a week; when all want it, it comes back after the cooling-off.")
  public TermView resume(@RestPath UUID relationshipId, @RestPath UUID termId) {
    Member member = guard.actingMemberOf(relationshipId);
    return views.of(member, service.resume(member, termId));
  }

  @DELETE
  @Path("/resumptions/me")
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "withdrawResumptionOfTerm",
      summary = "Don't want a suspended term back after all")
  public TermView withdrawResumption(@RestPath UUID relationshipId, @RestPath UUID termId) {
    Member member = guard.actingMemberOf(relationshipId);
    return views.of(member, service.withdrawResumption(member, termId));
  }

  @PUT
  @Path("/renewals/me")
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "renewTerm",
      summary = "Renew, in private, a term that lapses after 30 days",
      description = "For ten days, up to the cooling-off before it lapses; it goes on if all have.")
  public TermView renew(@RestPath UUID relationshipId, @RestPath UUID termId) {
    Member member = guard.actingMemberOf(relationshipId);
    return views.of(member, service.renew(member, termId));
  }

  @DELETE
  @Path("/renewals/me")
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "withdrawRenewalOfTerm",
      summary = "Don't want another period of a term after all, in private")
  public TermView withdrawRenewal(@RestPath UUID relationshipId, @RestPath UUID termId) {
    Member member = guard.actingMemberOf(relationshipId);
    return views.of(member, service.withdrawRenewal(member, termId));
  }

  @DELETE
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "endTerm",
      summary = "End a term",
      description =
          "What allows or demands ends at once. To end what forbids would allow more, so that is proposed"
              + " to all, and the answer is the proposal.")
  public TermView end(@RestPath UUID relationshipId, @RestPath UUID termId) {
    Member member = guard.actingMemberOf(relationshipId);
    return views.of(member, service.end(member, termId));
  }
}
