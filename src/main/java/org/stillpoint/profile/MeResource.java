package org.stillpoint.profile;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.stillpoint.api.etag.Etags;
import org.stillpoint.identity.Profile;
import org.stillpoint.identity.Scopes;
import org.stillpoint.profile.ProfileViews.ConsentRequest;
import org.stillpoint.profile.ProfileViews.MeView;
import org.stillpoint.profile.ProfileViews.UpdateRequest;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;

/** What the caller has said of themself. */
@Path("/v1/me")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Me")
public class MeResource {
  private final Callers callers;
  private final ProfileService service;

  MeResource(Callers callers, ProfileService service) {
    this.callers = callers;
    this.service = service;
  }

  @GET
  @RolesAllowed(Scopes.PROFILE_READ)
  @Operation(operationId = "getMe", summary = "Read what you have said of yourself")
  @Parameter(name = "If-None-Match", in = ParameterIn.HEADER)
  public RestResponse<MeView> get(HttpHeaders headers) {
    Profile profile = service.of(callers.current());
    return Etags.answer(headers, profile.version(), MeView.of(profile, service.words(profile)));
  }

  @PATCH
  @RolesAllowed(Scopes.PROFILE_WRITE)
  @Operation(
      operationId = "updateMe",
      summary = "Change what you say of yourself",
      description = "With `If-Match`, only if nothing has changed since you read it.")
  @Parameter(name = "If-Match", in = ParameterIn.HEADER)
  public RestResponse<MeView> update(@Valid @NotNull UpdateRequest request, HttpHeaders headers) {
    Profile profile = service.lock(callers.current());
    Etags.checkMatch(headers, profile.version());
    service.update(profile, request);
    return answer(profile);
  }

  @PUT
  @Path("/adult-attestation")
  @RolesAllowed(Scopes.PROFILE_WRITE)
  @Operation(
      operationId = "attestAdult",
      summary = "Attest to being an adult",
      description =
          "Needed before you create or join a relationship, or come as a guest. No birth date is"
              + " kept.")
  public RestResponse<MeView> attestAdult() {
    return answer(service.attestAdult(callers.current()));
  }

  @PUT
  @Path("/consent")
  @RolesAllowed(Scopes.PROFILE_WRITE)
  @Operation(operationId = "giveConsent", summary = "Consent to a version of the app's terms")
  public RestResponse<MeView> consent(@Valid @NotNull ConsentRequest request) {
    return answer(service.consent(callers.current(), request.version()));
  }

  @DELETE
  @Path("/consent")
  @RolesAllowed(Scopes.PROFILE_WRITE)
  @Operation(operationId = "withdrawConsent", summary = "Withdraw your consent")
  public void withdrawConsent() {
    service.withdrawConsent(callers.current());
  }

  private RestResponse<MeView> answer(Profile profile) {
    return RestResponse.ResponseBuilder.ok(MeView.of(profile, service.words(profile)))
        .header(HttpHeaders.ETAG, Etags.of(profile.version()))
        .build();
  }
}
