package org.stillpoint.pause;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stillpoint.pause.PauseViews.RaiseRequest;
import org.stillpoint.pause.PauseViews.TapView;
import org.stillpoint.pause.TapKeyService.Recognised;
import org.stillpoint.transaction.IdempotencyKeys;

/** A tap with a tap key, from something that has no login. */
@Path("/v1/taps")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Tap keys")
public class TapResource {
  /** The request header that carries the key. */
  static final String TAP_KEY = "Tap-Key";

  private final TapKeyService keys;
  private final PauseRaiser raiser;
  private final Clock clock;

  TapResource(TapKeyService keys, PauseRaiser raiser, Clock clock) {
    this.keys = keys;
    this.raiser = raiser;
    this.clock = clock;
  }

  @POST
  @SecurityRequirement(name = "tapKey")
  @Operation(
      operationId = "tap",
      summary = "Pause with a tap key",
      description =
          "Needs no login and no body; a kind in the body replaces the key's own. Never throttled. A key"
              + " that was revoked, whose owner has left, or that never was, gets the same 401.")
  @APIResponseSchema(
      value = TapView.class,
      responseCode = "200",
      responseDescription = "In force while its `state` is `active`")
  public RestResponse<TapView> tap(
      @Parameter(hidden = true) @HeaderParam(TAP_KEY) @Nullable String tapKey,
      @Parameter(
              description = "The same for each repetition of one tap.",
              example = "tap-20261103-1")
          @HeaderParam(IdempotencyKeys.HEADER)
          @Nullable String idempotencyKey,
      @RequestBody(required = false) @Valid @Nullable RaiseRequest body) {
    String key = IdempotencyKeys.keyOf(idempotencyKey);
    RaiseRequest request = body == null ? RaiseRequest.EMPTY : body;
    return keys.recognise(tapKey)
        .flatMap(recognised -> raiser.raise(tap(recognised, key, request)))
        .map(raised -> RestResponse.ok(TapView.of(raised.pause())))
        .orElseThrow(PauseProblem.TAP_KEY_INVALID::exception);
  }

  private Tap tap(Recognised key, @Nullable String idempotencyKey, RaiseRequest request) {
    Instant now = clock.instant();
    String place = "tap-key/" + key.relationshipId() + "/" + key.memberId();
    return Tap.of(key, Tap.Name.of(idempotencyKey, place, now), request, now);
  }
}
