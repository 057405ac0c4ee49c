package org.stillpoint.agreement;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stillpoint.agreement.SingleTerms.Single;
import org.stillpoint.api.etag.Etags;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;

/** How long what all agreed waits before it allows more. */
@Path("/v1/relationships/{relationshipId}/cooling-off")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Agreements")
public class CoolingOffResource {
  private final MembershipGuard guard;
  private final CoolingOff coolingOff;
  private final CoolingOffSetting setting;
  private final VersionViews views;
  private final Clock clock;

  CoolingOffResource(
      MembershipGuard guard,
      CoolingOff coolingOff,
      CoolingOffSetting setting,
      VersionViews views,
      Clock clock) {
    this.guard = guard;
    this.coolingOff = coolingOff;
    this.setting = setting;
    this.views = views;
    this.clock = clock;
  }

  @Schema(name = "CoolingOff", description = "How long loosening waits after all have assented.")
  record CoolingOffView(
      @Schema(
              required = true,
              description = "What holds now for an agreement of all current members.",
              examples = "86400")
          long seconds,
      @Schema(description = "The setting in force; none where it is the default of a day.")
          @Nullable TermView term,
      @Schema(description = "A shorter one that somebody asks for; assent to it as to any term.")
          @Nullable TermView proposal) {}

  @Schema(name = "SetCoolingOffRequest", description = "From an hour to 30 days.")
  record SetCoolingOffRequest(
      @Schema(
              required = true,
              description = "Longer acts at once, shorter needs the assent of all.",
              examples = "172800")
          @NotNull
          @Min(3_600)
          @Max(2_592_000)
          Long seconds) {}

  @GET
  @RolesAllowed(Scopes.AGREEMENTS_READ)
  @Operation(operationId = "getCoolingOff", summary = "How long does loosening wait?")
  @Parameter(name = "If-None-Match", in = ParameterIn.HEADER)
  public RestResponse<CoolingOffView> get(@RestPath UUID relationshipId, HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    return Etags.answer(headers, view(member, setting.of(member)));
  }

  @PUT
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "setCoolingOff",
      summary = "Set how long loosening waits",
      description =
          "A longer time acts at once, whoever of you wants it. A shorter one is proposed to all current"
              + " members, and acts when the cooling-off that it is to shorten is over.")
  @Parameter(name = "If-Match", in = ParameterIn.HEADER, required = true)
  public RestResponse<CoolingOffView> set(
      @RestPath UUID relationshipId,
      @Valid @NotNull SetCoolingOffRequest request,
      HttpHeaders headers) {
    Member member = guard.soleMemberOf(relationshipId);
    Single set =
        setting.set(
            member, before -> Etags.requireSeen(headers, view(member, before)), request.seconds());
    return Etags.answer(view(member, set));
  }

  private CoolingOffView view(Member member, @Nullable Single set) {
    Term inForce = set == null ? null : set.inForce();
    Term pending = set == null ? null : set.pending();
    Map<UUID, TermView> shown =
        views.byId(member, set == null ? Stream.empty() : set.terms().stream());
    return new CoolingOffView(
        coolingOff.of(member.relationshipId(), member.all(), clock.instant()).toSeconds(),
        inForce == null ? null : shown.get(inForce.id()),
        pending == null ? null : shown.get(pending.id()));
  }
}
