package org.stillpoint.checkin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.checkin.AgendaProposals.Proposed;
import org.stillpoint.checkin.CheckInRequests.ItemRequest;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;

/** What practitioners propose to talk about, as the members see it. */
@Path("/v1/relationships/{relationshipId}/agenda-proposals")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Check-ins")
public class AgendaProposalResource {
  static final String PROPOSAL = "1e7b2c3d-4e5f-4061-9a2b-3c4d5e6f7081";

  private final MembershipGuard guard;
  private final AgendaProposals proposals;

  AgendaProposalResource(MembershipGuard guard, AgendaProposals proposals) {
    this.guard = guard;
    this.proposals = proposals;
  }

  @Schema(name = "ProposeAgendaRequest", description = "What to talk about, as a talk is planned.")
  record ProposeRequest(
      @Schema(description = "The `id` of a template.", examples = "after-closeness") @Size(max = 64)
          @Nullable String templateId,
      @Schema(description = "In their order; all of the template's when left out.")
          @Size(min = 1, max = CheckInRequests.MOST_ITEMS)
          @Nullable List<@Valid @NotNull ItemRequest> items) {}

  @Schema(
      name = "AgendaProposalItem",
      description = "As planning a talk takes it; what is absent is as the template has it.")
  record ItemView(
      @Schema(description = "The `id` of an item of the template.", examples = "did-not")
          @Nullable String templateItemId,
      @Schema(examples = "What I would like to hear") @Nullable SensitiveText title,
      @Schema(description = "With a `title`.", examples = "[\"What would help?\"]")
          @Nullable List<SensitiveText> questions,
      @Schema(examples = "600") @Nullable Integer durationSeconds,
      @Schema(examples = "true") @Nullable Boolean turns,
      @Schema(
              examples = "sealed",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = AnswerKeeping.WIRE_NAMES,
                      parseValue = true))
          @Nullable String answers) {
    static ItemView of(ItemRequest item) {
      AnswerKeeping keeping = item.answers();
      return new ItemView(
          item.templateItemId(),
          item.title(),
          item.questions(),
          item.durationSeconds(),
          item.turns(),
          keeping == null ? null : keeping.wireName());
    }
  }

  @Schema(
      name = "AgendaProposal",
      description =
          "What a practitioner proposes to talk about. Show it as a practitioner's. Whoever likes it plans"
              + " a talk with it; whether anybody does, the practitioner doesn't learn from it.")
  record ProposalView(
      @Schema(required = true, examples = PROPOSAL) UUID id,
      @Schema(
              required = true,
              description = "Under which grant.",
              examples = "01939d30-0a1b-7c2d-8e3f-506172839402")
          UUID grantId,
      @Schema(
              required = true,
              description = "Who proposes it.",
              examples = "01939d20-0a1b-7c2d-8e3f-506172839401")
          UUID practitionerId,
      @Schema(examples = "after-closeness") @Nullable String templateId,
      @Schema(description = "In their order; all of the template's when absent.")
          @Nullable List<ItemView> items,
      @Schema(required = true, examples = "2026-11-03T18:20:00.000Z") Instant proposedAt,
      @Schema(
              required = true,
              description = "When it goes by itself.",
              examples = "2026-11-17T18:20:00.000Z")
          Instant expiresAt) {
    static ProposalView of(Proposed proposed) {
      AgendaProposal row = proposed.row();
      List<ItemRequest> items = proposed.says().items();
      return new ProposalView(
          row.id(),
          row.grantId(),
          row.practitionerId(),
          proposed.says().templateId(),
          items == null ? null : items.stream().map(ItemView::of).toList(),
          row.proposedAt(),
          row.expiresAt());
    }
  }

  @GET
  @RolesAllowed(Scopes.CHECK_INS_READ)
  @Operation(
      operationId = "listAgendaProposals",
      summary = "List what practitioners propose to talk about, the newest first",
      description =
          "For two weeks, or until the grant ends; to be planned by any of you as it is, in part, or not at all.")
  public Page<ProposalView> list(@RestPath UUID relationshipId, @BeanParam PageRequest page) {
    Member member = guard.memberOf(relationshipId);
    return Page.of(
        proposals.list(member, page.afterTime(), page.rows()),
        page,
        proposed -> new Cursor.ByTime(proposed.row().proposedAt(), proposed.row().id()),
        ProposalView::of);
  }
}
