package org.stillpoint.relationship;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
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
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.InvitationViews.PreviewView;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;

/** An invitation, as the person who has its code sees it. */
@Path("/v1/invitations/{code}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Invitations")
public class AcceptanceResource {
  private final Callers callers;
  private final InvitationService service;
  private final MembershipRepository memberships;
  private final MemberViews views;

  AcceptanceResource(
      Callers callers,
      InvitationService service,
      MembershipRepository memberships,
      MemberViews views) {
    this.callers = callers;
    this.service = service;
    this.memberships = memberships;
    this.views = views;
  }

  @GET
  @RolesAllowed(Scopes.RELATIONSHIPS_READ)
  @Operation(
      operationId = "previewInvitation",
      summary = "See whom you would join",
      description = "Its ETag stands for exactly these members.")
  @Parameter(name = "If-None-Match", in = ParameterIn.HEADER)
  public RestResponse<PreviewView> preview(
      @Parameter(
              description = "The invitation's code.",
              schema = @Schema(type = SchemaType.STRING, maxLength = 40),
              example = "7K2M-9QXC-4TBH-0WZD")
          @RestPath
          String code,
      HttpHeaders headers) {
    var preview = service.preview(callers.current(), InvitationCode.typed(code));
    List<MemberView> members = views.of(preview.invitation().relationshipId());
    return Etags.answer(
        headers, preview.version(), new PreviewView(members, preview.invitation().expiresAt()));
  }

  @POST
  @Path("/acceptance")
  @RolesAllowed(Scopes.RELATIONSHIPS_WRITE)
  @Operation(
      operationId = "acceptInvitation",
      summary = "Accept an invitation",
      description =
          "Needs your attestation to being an adult, and the ETag of the preview: when somebody has"
              + " joined or left since, look again.")
  @Parameter(
      name = "If-Match",
      in = ParameterIn.HEADER,
      required = true,
      description = "The ETag of the preview.")
  public RestResponse<RelationshipView> accept(
      @Parameter(
              description = "The invitation's code.",
              schema = @Schema(type = SchemaType.STRING, maxLength = 40),
              example = "7K2M-9QXC-4TBH-0WZD")
          @RestPath
          String code,
      HttpHeaders headers) {
    Relationship joined =
        service.accept(
            callers.current(),
            InvitationCode.typed(code),
            version -> Etags.requireMatch(headers, version));
    int members = memberships.current(joined.id()).size();
    return RestResponse.ok(RelationshipView.of(joined, false, members));
  }
}
