package org.stillpoint.pause;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.language.Languages;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.api.ratelimit.RateLimits;
import org.stillpoint.identity.Login;
import org.stillpoint.identity.Logins;
import org.stillpoint.identity.Members;
import org.stillpoint.pause.PauseRaiser.Raised;
import org.stillpoint.pause.PauseViews.PauseView;
import org.stillpoint.pause.PauseViews.RaiseRequest;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransactions;
import org.stillpoint.transaction.IdempotencyKeys;

/**
 * Raising a pause. Any valid login may, whatever else its app is allowed (S4); nothing counts it
 * (S1).
 */
@Path("/v1/relationships/{relationshipId}/pauses")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Authenticated
@Tag(name = "Pauses")
public class RaiseResource {
  private final Logins logins;
  private final Members members;
  private final PauseRaiser raiser;
  private final MembershipGuard guard;
  private final CallerTransactions transactions;
  private final RateLimits limits;
  private final AgroalDataSource database;
  private final Clock clock;

  RaiseResource(
      Logins logins,
      Members members,
      PauseRaiser raiser,
      MembershipGuard guard,
      CallerTransactions transactions,
      RateLimits limits,
      @DataSource("tap") AgroalDataSource database,
      Clock clock) {
    this.logins = logins;
    this.members = members;
    this.raiser = raiser;
    this.guard = guard;
    this.transactions = transactions;
    this.limits = limits;
    this.database = database;
    this.clock = clock;
  }

  @POST
  @Operation(
      operationId = "raisePause",
      summary = "Pause: one tap",
      description =
          "Needs no body and no scope. In force when it is answered. While your pause is active, tapping"
              + " again returns it, made stronger if the new kind is stronger. An `Idempotency-Key` marks"
              + " repetitions of one tap for 24 hours; with PUT, a tap has an id of its own for good.")
  @APIResponseSchema(
      value = PauseView.class,
      responseCode = "200",
      responseDescription = "In force while its `state` is `active`")
  public RestResponse<PauseView> raise(
      @RestPath UUID relationshipId,
      @Parameter(
              description = "The same for each repetition of one tap.",
              example = "tap-20261103-1")
          @HeaderParam(IdempotencyKeys.HEADER)
          @Nullable String idempotencyKey,
      @RequestBody(required = false) @Valid @Nullable RaiseRequest request,
      HttpHeaders headers) {
    Instant now = clock.instant();
    Login login = logins.current();
    String key = IdempotencyKeys.keyOf(idempotencyKey);
    String place =
        String.join(
            "/", login.issuer(), login.subject(), login.clientId(), relationshipId.toString());
    return raise(relationshipId, Tap.Name.of(key, place, now), request, now, headers);
  }

  @PUT
  @Path("/{pauseId}")
  @Operation(
      operationId = "raisePauseWithId",
      summary = "Pause: one tap, with an id that the phone made",
      description =
          "For taps that may be made offline or sent more than once: one UUIDv7 for each tap, also when"
              + " it is sent again. Where a pause of yours is active already, that one is returned, under"
              + " its own id. A tap whose pause has ended raises nothing: look at `state`.")
  @APIResponseSchema(
      value = PauseView.class,
      responseCode = "200",
      responseDescription = "In force while its `state` is `active`")
  public RestResponse<PauseView> raiseWithId(
      @RestPath UUID relationshipId,
      @Parameter(description = "The tap's id.") @RestPath UUID pauseId,
      @RequestBody(required = false) @Valid @Nullable RaiseRequest request,
      HttpHeaders headers) {
    return raise(relationshipId, Tap.Name.of(pauseId), request, clock.instant(), headers);
  }

  private RestResponse<PauseView> raise(
      UUID relationshipId,
      Tap.Name name,
      @Nullable RaiseRequest body,
      Instant now,
      HttpHeaders headers) {
    RaiseRequest request = body == null ? RaiseRequest.EMPTY : body;
    Login login = logins.current();
    Function<UUID, Optional<Raised>> raise =
        memberId -> raiser.raise(Tap.of(relationshipId, memberId, login, name, request, now));
    UUID known = members.known(login, database);
    Raised raised =
        Optional.ofNullable(known)
            .flatMap(raise)
            .or(() -> raise.apply(admit(relationshipId, login, known != null)))
            .orElseThrow(HttpProblem.NOT_FOUND::exception);
    return RestResponse.ok(PauseView.raised(raised.pause(), Languages.of(headers)));
  }

  /**
   * Refuses whoever may not raise here with the reason; lets in who comes through a new app. Whom
   * we know, and who found nothing to raise, isn't tapping but trying, and is counted.
   */
  private UUID admit(UUID relationshipId, Login login, boolean known) {
    if (known) {
      limits.spend(login);
    }
    return transactions.forTap(caller -> guard.memberOfOpen(relationshipId).memberId());
  }
}
