package org.stillpoint.practitioner;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.stillpoint.identity.Caller;
import org.stillpoint.identity.FreshLogin;
import org.stillpoint.identity.Scopes;
import org.stillpoint.practitioner.PractitionerViews.NewCodeView;
import org.stillpoint.practitioner.PractitionerViews.PractitionerView;
import org.stillpoint.practitioner.PractitionerViews.RegisterRequest;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;

/** Who the caller is as a practitioner. */
@Path("/v1/practitioners/me")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Practice")
public class PractitionerResource {
  private final Callers callers;
  private final PractitionerService service;
  private final Practice practice;

  PractitionerResource(Callers callers, PractitionerService service, Practice practice) {
    this.callers = callers;
    this.service = service;
    this.practice = practice;
  }

  @GET
  @RolesAllowed(Scopes.PRACTICE_READ)
  @Operation(
      operationId = "getPractitioner",
      summary = "Read what you have said of yourself as a practitioner")
  public PractitionerView get() {
    return PractitionerView.of(service.of(callers.current()));
  }

  @PUT
  @RolesAllowed(Scopes.PRACTICE_WRITE)
  @Operation(
      operationId = "registerPractitioner",
      summary = "Say who you are as a practitioner, at first or anew",
      description =
          "Needs your attestation to being an adult, and a login of the last five minutes. With other"
              + " words, or another policy, all who let you read are asked anew, and until then you read"
              + " nothing of theirs; other languages change nothing for them.")
  public PractitionerView register(@Valid @NotNull RegisterRequest request) {
    Caller caller = callers.current();
    FreshLogin.require(caller.login());
    return PractitionerView.of(service.register(caller, request));
  }

  @DELETE
  @RolesAllowed(Scopes.PRACTICE_WRITE)
  @Operation(
      operationId = "endPractice",
      summary = "Be no practitioner any more",
      description =
          "At once: what members let you read ends, and the copies that you were given go. It can't be"
              + " undone, and so needs a login of the last five minutes.")
  public void end() {
    FreshLogin.require(callers.current().login());
    practice.end();
  }

  @POST
  @Path("/code")
  @RolesAllowed(Scopes.PRACTICE_WRITE)
  @Operation(
      operationId = "makePractitionerCode",
      summary = "Make the code by which members find you",
      description =
          "For seven days, and for as many as you give it to. What they grant by it is read through the"
              + " app that made it.")
  @APIResponseSchema(
      value = NewCodeView.class,
      responseCode = "201",
      responseDescription = "Made; it is shown this once")
  public RestResponse<NewCodeView> makeCode() {
    PractitionerService.MadeCode made = service.makeCode(callers.current());
    return RestResponse.status(
        RestResponse.Status.CREATED, new NewCodeView(made.code().shown(), made.expiresAt()));
  }
}
