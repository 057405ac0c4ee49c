package org.stillpoint.agreement;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.stillpoint.agreement.InForce.Said;
import org.stillpoint.api.language.Languages;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Grant;
import org.stillpoint.relationship.GrantLookup;
import org.stillpoint.relationship.GrantScope;
import org.stillpoint.relationship.Provenance;
import org.stillpoint.transaction.CallerTransaction;

/** What is in force among all members, for a practitioner. */
@Path("/v1/practice/grants/{grantId}/terms")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Practice")
public class PracticeTermResource {
  private final GrantLookup grants;
  private final PracticeTerms terms;

  PracticeTermResource(GrantLookup grants, PracticeTerms terms) {
    this.grants = grants;
    this.terms = terms;
  }

  @Schema(
      name = "PracticeTerm",
      description =
          "One thing that is in force among all members: agreed by all, or tightened by one. It is no"
              + " licence: while anybody pauses, none of what these permit holds, and a limit of one of"
              + " them beats them all.")
  record PracticeTermView(
      @Schema(required = true, examples = "01939b00-2222-7a33-8b44-5c6d7e8f90a1") UUID id,
      @Schema(required = true, examples = AgreementViews.ID) UUID agreementId,
      @Schema(required = true) TermContentView content,
      @Schema(required = true, description = "Since when.", examples = AgreementRequests.TIME)
          Instant activeAt,
      @Schema(required = true) Provenance provenance) {
    static PracticeTermView of(Said said, Grant grant) {
      Term term = said.term();
      Instant activeAt = Objects.requireNonNull(term.activeAt());
      return new PracticeTermView(
          term.id(),
          term.agreementId(),
          TermContentView.of(said.content()),
          activeAt,
          new Provenance(
              null, activeAt.isAfter(grant.beganAt()) ? activeAt : grant.beganAt(), grant.id()));
    }
  }

  @Schema(name = "PracticeTerms", description = "All that the members have agreed, as it is now.")
  record PracticeTermsView(
      @Schema(required = true, description = "In the order of their agreements.")
          List<PracticeTermView> terms,
      @Schema(required = true, description = "To be shown with it.") String statement) {}

  @GET
  @RolesAllowed(Scopes.PRACTICE_READ)
  @Operation(
      operationId = "listPracticeTerms",
      summary = "Read what is in force among all members",
      description =
          "The whole of it, each time. Of agreements of all members of the relationship, and not of some;"
              + " no proposals, answers, holds or limits. All members see in their"
              + " access log that you have read.")
  public PracticeTermsView list(@RestPath UUID grantId, HttpHeaders headers) {
    Grant grant = grants.open(grantId, GrantScope.AGREEMENTS, null, "practice.terms");
    return new PracticeTermsView(
        terms.of(grant).stream().map(said -> PracticeTermView.of(said, grant)).toList(),
        Statements.in(Languages.of(headers)));
  }
}
