package org.stillpoint.practitioner;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.stillpoint.api.etag.Etags;
import org.stillpoint.identity.Scopes;
import org.stillpoint.practitioner.PractitionerService.Profile;
import org.stillpoint.practitioner.PractitionerViews.PractitionerView;
import org.stillpoint.practitioner.PractitionerViews.PreviewView;
import org.stillpoint.relationship.InvitationCode;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;

/** The code of a practitioner, as a member uses it. */
@Path("/v1/practitioner-codes/{code}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Grants")
public class PractitionerCodeResource {
  private final Callers callers;
  private final PractitionerService service;

  PractitionerCodeResource(Callers callers, PractitionerService service) {
    this.callers = callers;
    this.service = service;
  }

  @GET
  @RolesAllowed(Scopes.GRANTS_READ)
  @Operation(
      operationId = "previewPractitioner",
      summary = "Read who a practitioner is before you let them read",
      description =
          "With the `ETag` that asking for a grant takes: what you agree to is what you have read. The"
              + " practitioner isn't told that you have looked.")
  public RestResponse<PreviewView> preview(
      @Parameter(
              description = "The practitioner's code.",
              schema = @Schema(type = SchemaType.STRING, maxLength = 40),
              example = PractitionerViews.CODE)
          @RestPath
          String code) {
    Profile found = service.find(callers.current(), InvitationCode.typed(code));
    return RestResponse.ResponseBuilder.ok(
            new PreviewView(
                PractitionerView.of(found), Objects.requireNonNull(found.row().codeClientId())))
        .header(HttpHeaders.ETAG, Etags.of(found.row().edition()))
        .build();
  }
}
