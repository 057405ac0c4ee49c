package org.stillpoint.agreement;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.EntityManager;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stillpoint.agreement.AgreementRequests.CreateDraftRequest;
import org.stillpoint.agreement.AgreementRequests.ProposeRequest;
import org.stillpoint.agreement.AgreementRequests.TermRequest;
import org.stillpoint.agreement.AgreementRequests.UpdateDraftRequest;
import org.stillpoint.agreement.AgreementService.Drafted;
import org.stillpoint.agreement.AgreementService.Proposed;
import org.stillpoint.agreement.AgreementTexts.DraftTerm;
import org.stillpoint.agreement.AgreementViews.DraftTermView;
import org.stillpoint.agreement.AgreementViews.DraftView;
import org.stillpoint.agreement.AgreementViews.VersionView;
import org.stillpoint.api.etag.Etags;
import org.stillpoint.api.language.Languages;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Keyset;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;

/** What the caller writes before proposing it; nobody else sees that there is anything. */
@Path("/v1/relationships/{relationshipId}/agreement-drafts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Agreements")
public class DraftResource {
  private final MembershipGuard guard;
  private final AgreementService service;
  private final AgreementTexts texts;
  private final VersionViews versions;
  private final EntityManager entities;

  DraftResource(
      MembershipGuard guard,
      AgreementService service,
      AgreementTexts texts,
      VersionViews versions,
      EntityManager entities) {
    this.guard = guard;
    this.service = service;
    this.texts = texts;
    this.versions = versions;
    this.entities = entities;
  }

  @POST
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "createAgreementDraft",
      summary = "Draft an agreement, or its next version, in private",
      description = "Nobody else sees it, or that it is there, until you propose it.")
  @APIResponseSchema(value = DraftView.class, responseCode = "201", responseDescription = "Kept")
  public RestResponse<DraftView> create(
      @RestPath UUID relationshipId, @Valid @NotNull CreateDraftRequest request, UriInfo uri) {
    Member member = guard.memberOfOpen(relationshipId);
    Drafted drafted =
        service.draft(
            member,
            request.agreementId(),
            request.title(),
            request.memberIds(),
            clauses(request.terms()));
    return RestResponse.ResponseBuilder.<DraftView>created(
            uri.getAbsolutePathBuilder().path("{id}").build(drafted.draft().id()))
        .entity(view(drafted))
        .header(HttpHeaders.ETAG, Etags.of(drafted.draft().version()))
        .build();
  }

  private static List<DraftTerm> clauses(List<TermRequest> terms) {
    return terms.stream().map(TermRequest::term).toList();
  }

  @GET
  @RolesAllowed(Scopes.AGREEMENTS_READ)
  @Operation(operationId = "listAgreementDrafts", summary = "List your drafts, newest first")
  public Page<DraftView> list(@RestPath UUID relationshipId, @BeanParam PageRequest page) {
    Member member = guard.memberOf(relationshipId);
    var query =
        entities
            .createQuery(
                "from AgreementDraft d where d.relationshipId = :relationship"
                    + " and d.authorId = :author"
                    + Keyset.newestFirst("d.createdAt", "d.id"),
                AgreementDraft.class)
            .setMaxResults(page.rows());
    Keyset.values(
            page.afterTime(), Map.of("relationship", relationshipId, "author", member.memberId()))
        .forEach(query::setParameter);
    return Page.of(
        query.getResultList(),
        page,
        row -> new Cursor.ByTime(row.createdAt(), row.id()),
        row -> view(new Drafted(row, texts.open(row))));
  }

  @GET
  @Path("/{draftId}")
  @RolesAllowed(Scopes.AGREEMENTS_READ)
  @Operation(operationId = "getAgreementDraft", summary = "Read a draft of yours")
  @Parameter(name = "If-None-Match", in = ParameterIn.HEADER)
  public RestResponse<DraftView> get(
      @RestPath UUID relationshipId, @RestPath UUID draftId, HttpHeaders headers) {
    Drafted drafted = service.draft(guard.memberOf(relationshipId), draftId);
    return Etags.answer(headers, drafted.draft().version(), view(drafted));
  }

  @PUT
  @Path("/{draftId}")
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "replaceAgreementDraft",
      summary = "Write a draft of yours anew",
      description = "It is then based on the version that its agreement has now.")
  @Parameter(name = "If-Match", in = ParameterIn.HEADER, required = true)
  public RestResponse<DraftView> replace(
      @RestPath UUID relationshipId,
      @RestPath UUID draftId,
      @Valid @NotNull UpdateDraftRequest request,
      HttpHeaders headers) {
    Member member = guard.memberOfOpen(relationshipId);
    Drafted drafted =
        service.redraft(
            member,
            draftId,
            version -> Etags.requireMatch(headers, version),
            request.title(),
            clauses(request.terms()));
    return RestResponse.ResponseBuilder.ok(view(drafted))
        .header(HttpHeaders.ETAG, Etags.of(drafted.draft().version()))
        .build();
  }

  @DELETE
  @Path("/{draftId}")
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(operationId = "discardAgreementDraft", summary = "Throw a draft of yours away")
  @Parameter(
      name = "If-Match",
      in = ParameterIn.HEADER,
      description = "The ETag of the draft as you have it, if that matters.")
  public void discard(@RestPath UUID relationshipId, @RestPath UUID draftId, HttpHeaders headers) {
    service.discard(
        guard.memberOf(relationshipId), draftId, version -> Etags.checkMatch(headers, version));
  }

  @POST
  @Path("/{draftId}/proposal")
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "proposeAgreement",
      summary = "Propose a draft to all who take part",
      description =
          "It becomes a version, which never changes, and counts as your own yes. What only tightens"
              + " acts at once; all else is open for a week or as you say, becomes agreed when all"
              + " have assented, and acts after the cooling-off. What isn't agreed by then can't be"
              + " proposed again for 30 days by whoever wanted it. What is wrong with a clause points to"
              + " its place in the draft.")
  @APIResponseSchema(
      value = VersionView.class,
      responseCode = "201",
      responseDescription = "Proposed")
  public RestResponse<VersionView> propose(
      @RestPath UUID relationshipId,
      @RestPath UUID draftId,
      @RequestBody(required = false) @Valid @Nullable ProposeRequest request,
      HttpHeaders headers,
      UriInfo uri) {
    Member member = guard.actingMemberOf(relationshipId);
    Integer seconds = request == null ? null : request.openForSeconds();
    Proposed proposed =
        service.propose(
            member,
            draftId,
            seconds == null ? AgreementService.OPEN_FOR : Duration.ofSeconds(seconds));
    return RestResponse.ResponseBuilder.<VersionView>created(
            uri.getBaseUriBuilder()
                .path(AgreementResource.class)
                .path("{agreementId}/versions/{number}")
                .build(relationshipId, proposed.agreement().id(), proposed.version().number()))
        .entity(
            versions.of(member, proposed.agreement(), proposed.version(), Languages.of(headers)))
        .build();
  }

  private static DraftView view(Drafted drafted) {
    AgreementDraft draft = drafted.draft();
    return new DraftView(
        draft.id(),
        draft.agreementId(),
        draft.basedOn(),
        drafted.document().title(),
        drafted.document().memberIds(),
        drafted.document().terms().stream().map(DraftTermView::of).toList(),
        draft.createdAt());
  }
}
