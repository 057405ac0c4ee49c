package org.stillpoint.checkin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.validator.constraints.Length;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;

/** What those who talk decide together. */
@Path("/v1/relationships/{relationshipId}/check-ins/{checkInId}/decisions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Check-ins")
public class DecisionResource {
  private static final String DECISION = "01939c00-2222-7a33-8b44-5c6d7e8f90a3";
  private static final String AGREEMENT = "01939b00-0000-7a11-8b22-3c4d5e6f7081";
  private static final String TERM = "01939b00-2222-7a33-8b44-5c6d7e8f90a1";
  private static final String TEXT = "We ask each other before visitors come.";

  private final MembershipGuard guard;
  private final DecisionService service;

  DecisionResource(MembershipGuard guard, DecisionService service) {
    this.guard = guard;
    this.service = service;
  }

  @Schema(
      name = "ProposeDecisionRequest",
      description = "What all may decide. It can't be changed.")
  record DecisionRequest(
      @Schema(required = true, maxLength = 2_000, examples = TEXT)
          @NotNull
          @Length(min = 1, max = 2_000)
          SensitiveText text,
      @Schema(description = "Agreements that it is about, which all who take part can see.")
          @Size(max = 20)
          @Nullable List<@NotNull UUID> agreementIds,
      @Schema(description = "Terms that it is about, of such agreements.") @Size(max = 20)
          @Nullable List<@NotNull UUID> termIds) {}

  @Schema(
      name = "CheckInDecision",
      description =
          "Proposed by one, and recorded once all have said yes. It binds nobody: for that, propose a"
              + " term.")
  record DecisionView(
      @Schema(required = true, examples = DECISION) UUID id,
      @Schema(
              description = "Who proposed it; absent once they have left.",
              examples = CheckInViews.MEMBER)
          @Nullable UUID authorId,
      @Schema(required = true, examples = TEXT) SensitiveText text,
      @Schema(required = true, examples = "[\"" + AGREEMENT + "\"]") List<UUID> agreementIds,
      @Schema(required = true, examples = "[\"" + TERM + "\"]") List<UUID> termIds,
      @Schema(
              description = "When all had said yes; absent before, whoever has.",
              examples = "2026-11-08T19:42:00.000Z")
          @Nullable Instant recordedAt) {}

  @Schema(name = "CheckInDecisions", description = "In the order in which they were proposed.")
  record DecisionsView(@Schema(required = true) List<DecisionView> decisions) {}

  @Schema(name = "AssentToDecision", description = "Yours alone; nobody sees another's.")
  record AssentView(
      @Schema(
              required = true,
              description = "Whether you say yes; true once it is recorded.",
              examples = "true")
          boolean assents) {}

  @POST
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "proposeDecision",
      summary = "Propose something to decide, in an open check-in",
      description =
          "You say yes to it by proposing it. After a pause all are asked for their yes anew. Once the"
              + " check-in is over, what was not recorded is shown to you alone.")
  @APIResponseSchema(
      value = DecisionView.class,
      responseCode = "201",
      responseDescription = "Proposed")
  public RestResponse<DecisionView> propose(
      @RestPath UUID relationshipId,
      @RestPath UUID checkInId,
      @Valid @NotNull DecisionRequest request,
      UriInfo uri) {
    Member member = guard.actingMemberOf(relationshipId);
    Decision decision =
        service.propose(
            member,
            checkInId,
            request.text(),
            orNone(request.agreementIds()),
            orNone(request.termIds()));
    return ResponseBuilder.<DecisionView>created(
            uri.getAbsolutePathBuilder().path("{id}").build(decision.id()))
        .entity(view(decision))
        .build();
  }

  private static List<UUID> orNone(@Nullable List<UUID> ids) {
    return ids == null ? List.of() : ids.stream().distinct().toList();
  }

  @GET
  @RolesAllowed(Scopes.CHECK_INS_READ)
  @Operation(operationId = "listDecisions", summary = "List what is proposed, and what was decided")
  public DecisionsView list(@RestPath UUID relationshipId, @RestPath UUID checkInId) {
    Member member = guard.memberOf(relationshipId);
    return new DecisionsView(service.list(member, checkInId).stream().map(this::view).toList());
  }

  @GET
  @Path("/{decisionId}")
  @RolesAllowed(Scopes.CHECK_INS_READ)
  @Operation(operationId = "getDecision", summary = "Read a decision")
  public DecisionView get(
      @RestPath UUID relationshipId, @RestPath UUID checkInId, @RestPath UUID decisionId) {
    return view(service.get(guard.memberOf(relationshipId), checkInId, decisionId));
  }

  @DELETE
  @Path("/{decisionId}")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "withdrawDecision",
      summary = "Take back what you have proposed",
      description = "In every state of the check-in, unless all have said yes.")
  public void withdraw(
      @RestPath UUID relationshipId, @RestPath UUID checkInId, @RestPath UUID decisionId) {
    service.withdraw(guard.memberOf(relationshipId), checkInId, decisionId);
  }

  @GET
  @Path("/{decisionId}/assents/me")
  @RolesAllowed(Scopes.CHECK_INS_READ)
  @Operation(
      operationId = "getMyAssentToDecision",
      summary = "Read whether you say yes to a decision")
  public AssentView assents(
      @RestPath UUID relationshipId, @RestPath UUID checkInId, @RestPath UUID decisionId) {
    Member member = guard.memberOf(relationshipId);
    return new AssentView(service.assents(member, checkInId, decisionId));
  }

  @PUT
  @Path("/{decisionId}/assents/me")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "assentToDecision",
      summary = "Say yes to a decision",
      description =
          "Nobody is told until all have; then it is recorded. A pause before that undoes it.")
  @APIResponseSchema(
      value = AssentView.class,
      responseCode = "200",
      responseDescription = "Known to you alone, unless you were the last")
  public AssentView assent(
      @RestPath UUID relationshipId, @RestPath UUID checkInId, @RestPath UUID decisionId) {
    Member member = guard.actingMemberOf(relationshipId);
    service.assent(member, checkInId, decisionId);
    return new AssentView(true);
  }

  @DELETE
  @Path("/{decisionId}/assents/me")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "withdrawAssentToDecision",
      summary = "Say yes to a decision no more",
      description =
          "Nobody is told. Unless all have said yes; once the check-in is over, what was not recorded is"
              + " there for its author alone.")
  @APIResponseSchema(
      value = AssentView.class,
      responseCode = "200",
      responseDescription = "Known to you alone")
  public AssentView withdrawAssent(
      @RestPath UUID relationshipId, @RestPath UUID checkInId, @RestPath UUID decisionId) {
    service.withdrawAssent(guard.memberOf(relationshipId), checkInId, decisionId);
    return new AssentView(false);
  }

  private DecisionView view(Decision decision) {
    return new DecisionView(
        decision.id(),
        decision.authorId(),
        service.words(decision),
        decision.agreementIds(),
        decision.termIds(),
        decision.recordedAt());
  }
}
