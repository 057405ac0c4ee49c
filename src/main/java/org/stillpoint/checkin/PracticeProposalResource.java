package org.stillpoint.checkin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.checkin.AgendaProposalResource.ProposeRequest;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Grant;
import org.stillpoint.relationship.GrantLookup;
import org.stillpoint.relationship.GrantScope;
import org.stillpoint.relationship.RelationshipProblem;
import org.stillpoint.transaction.CallerTransaction;

/** What a practitioner proposes that members talk about. */
@Path("/v1/practice/grants/{grantId}/agenda-proposals/{proposalId}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Practice")
public class PracticeProposalResource {
  private final GrantLookup grants;
  private final AgendaProposals proposals;

  PracticeProposalResource(GrantLookup grants, AgendaProposals proposals) {
    this.grants = grants;
    this.proposals = proposals;
  }

  @PUT
  @RolesAllowed(Scopes.PRACTICE_WRITE)
  @Operation(
      operationId = "proposeAgenda",
      summary = "Propose what to talk about",
      description =
          "To all members of a relationship, not while anybody there pauses. With an id of your own making:"
              + " the same one again does nothing, whatever it says. Three in seven days. What becomes"
              + " of it you don't learn.")
  public void propose(
      @RestPath UUID grantId,
      @Parameter(description = "Yours to make.", example = AgendaProposalResource.PROPOSAL)
          @RestPath
          UUID proposalId,
      @Valid @NotNull ProposeRequest request) {
    Grant grant = grants.open(grantId, GrantScope.PROPOSE_AGENDAS, null, "practice.agendaProposed");
    UUID relationshipId = grant.relationshipId();
    if (relationshipId == null) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    if (!proposals.propose(grant, relationshipId, proposalId, request)) {
      // That it was tried is in the members' log: whoever tries may want to know of the pause.
      throw RelationshipProblem.RELATIONSHIP_PAUSED.exception().keepingWhatIsStored();
    }
  }
}
