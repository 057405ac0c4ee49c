package org.stillpoint.agreement;

import static org.stillpoint.agreement.AgreementRequests.MEMBER;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;
import org.stillpoint.agreement.AgreementRequests.CreateHoldRequest;
import org.stillpoint.agreement.AgreementRequests.MoveHoldRequest;
import org.stillpoint.agreement.SingleTerms.Single;
import org.stillpoint.api.etag.Etags;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;

/** No contact of a kind before a time. */
@Path("/v1/relationships/{relationshipId}/holds")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Holds")
public class HoldResource {
  private final MembershipGuard guard;
  private final Holds holds;
  private final SingleTerms singles;
  private final AgreementTexts texts;
  private final VersionViews views;

  HoldResource(
      MembershipGuard guard,
      Holds holds,
      SingleTerms singles,
      AgreementTexts texts,
      VersionViews views) {
    this.guard = guard;
    this.holds = holds;
    this.singles = singles;
    this.texts = texts;
    this.views = views;
  }

  @Schema(name = "Hold", description = "Nothing of this kind with its maker before a time.")
  record HoldView(
      @Schema(required = true, examples = AgreementViews.ID) UUID id,
      @Schema(required = true, description = "With whom nothing of it happens.", examples = MEMBER)
          UUID makerId,
      @Schema(required = true, description = "Towards whom it is, its maker included.")
          List<UUID> memberIds,
      @Schema(
              required = true,
              examples = "contact",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = "[\"touch\", \"sex\", \"sexting\", \"contact\", \"communication\"]",
                      parseValue = true))
          String domain,
      @Schema(required = true, description = "None stands for all of the domain.")
          List<SensitiveText> activities,
      @Schema(required = true, examples = "2027-02-01T00:00:00.000Z") Instant until,
      @Schema(description = "An earlier end that somebody asks for; assent to it as to any term.")
          @Nullable TermView proposal) {}

  @POST
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "createHold",
      summary = "Hold off contact of a kind with you until a time",
      description = "It acts at once and needs nobody. It is about what you do with each other.")
  @APIResponseSchema(value = HoldView.class, responseCode = "201", responseDescription = "In force")
  public RestResponse<HoldView> create(
      @RestPath UUID relationshipId, @Valid @NotNull CreateHoldRequest request, UriInfo uri) {
    Member member = guard.actingMemberOf(relationshipId);
    Single hold =
        holds.create(
            member,
            request.domain(),
            request.activities() == null ? List.of() : request.activities(),
            request.memberIds(),
            request.until());
    HoldView view = view(member, hold);
    return ResponseBuilder.<HoldView>created(
            uri.getAbsolutePathBuilder().path("{id}").build(view.id()))
        .entity(view)
        .header(HttpHeaders.ETAG, Etags.ofContent(view))
        .build();
  }

  @GET
  @RolesAllowed(Scopes.AGREEMENTS_READ)
  @Operation(
      operationId = "listHolds",
      summary = "List the holds in force that you take part in, the oldest first")
  public Page<HoldView> list(@RestPath UUID relationshipId, @BeanParam PageRequest page) {
    Member member = guard.memberOf(relationshipId);
    List<Single> rows = singles.list(member, AgreementKind.HOLD, page.afterTime(), page.rows());
    texts.prepare(rows.stream().map(Single::requireInForce).toList());
    Map<UUID, TermView> shown =
        views.byId(member, rows.stream().flatMap(row -> row.asked().stream()));
    return Page.of(
        rows,
        page,
        row -> new Cursor.ByTime(row.agreement().createdAt(), row.agreement().id()),
        row -> view(row, shown));
  }

  @GET
  @RolesAllowed(Scopes.AGREEMENTS_READ)
  @Operation(operationId = "getHold", summary = "Read a hold that is in force")
  @Path("/{holdId}")
  @Parameter(name = "If-None-Match", in = ParameterIn.HEADER)
  public RestResponse<HoldView> get(
      @RestPath UUID relationshipId, @RestPath UUID holdId, HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    return Etags.answer(headers, view(member, singles.get(member, AgreementKind.HOLD, holdId)));
  }

  @PUT
  @Path("/{holdId}")
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "moveHold",
      summary = "Give a hold another end",
      description =
          "A later one acts at once, whoever of you wants it. An earlier one is proposed to all, and acts"
              + " after the cooling-off.")
  @Parameter(name = "If-Match", in = ParameterIn.HEADER, required = true)
  public RestResponse<HoldView> move(
      @RestPath UUID relationshipId,
      @RestPath UUID holdId,
      @Valid @NotNull MoveHoldRequest request,
      HttpHeaders headers) {
    Member member = guard.actingMemberOf(relationshipId);
    Single moved =
        holds.move(
            member,
            holdId,
            before -> Etags.requireSeen(headers, view(member, before)),
            request.until());
    return Etags.answer(view(member, moved));
  }

  private HoldView view(Member member, Single hold) {
    return view(hold, views.byId(member, hold.asked().stream()));
  }

  private HoldView view(Single hold, Map<UUID, TermView> shown) {
    TermContent content = texts.open(hold.requireInForce());
    Term pending = hold.pending();
    return new HoldView(
        hold.agreement().id(),
        content.memberIds().getFirst(),
        hold.agreement().memberIds(),
        WireName.of(content.domain()),
        content.activities(),
        Holds.until(content),
        pending == null ? null : shown.get(pending.id()));
  }
}
