package org.stillpoint.pause;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.stillpoint.api.language.Language;
import org.stillpoint.api.language.Languages;
import org.stillpoint.identity.Scopes;
import org.stillpoint.pause.PauseViews.PauseView;
import org.stillpoint.pause.PauseViews.StateView;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;

/** Whether somebody has paused. */
@Path("/v1/relationships/{relationshipId}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
public class StateResource {
  private final MembershipGuard guard;
  private final PauseRepository pauses;
  private final AcknowledgementRepository acknowledgements;

  StateResource(
      MembershipGuard guard, PauseRepository pauses, AcknowledgementRepository acknowledgements) {
    this.guard = guard;
    this.pauses = pauses;
    this.acknowledgements = acknowledgements;
  }

  @GET
  @Path("/state")
  @RolesAllowed(Scopes.PAUSES_READ)
  @Tag(name = "Pauses")
  @Operation(
      operationId = "getRelationshipState",
      summary = "Is it open, paused or closed?",
      description = "`paused` exactly while at least one pause is active.")
  public StateView state(@RestPath UUID relationshipId, HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    List<Pause> active = pauses.active(relationshipId);
    var words = acknowledgements.of(relationshipId, active.stream().map(Pause::id).toList());
    Language language = Languages.of(headers);
    return new StateView(
        guard.stateOf(member, !active.isEmpty()),
        active.stream()
            .map(
                pause ->
                    PauseView.of(
                        pause, member, words.getOrDefault(pause.id(), List.of()), language))
            .toList());
  }
}
