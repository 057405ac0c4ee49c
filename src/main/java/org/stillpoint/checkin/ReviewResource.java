package org.stillpoint.checkin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
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
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.AgreementLookup;
import org.stillpoint.relationship.AgreementLookup.Change;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;

/** What a review of agreements has before it. */
@Path("/v1/relationships/{relationshipId}/check-ins/{checkInId}/agreement-changes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Check-ins")
public class ReviewResource {
  private static final String KINDS = "[" + AgreementLookup.KINDS;

  private final MembershipGuard guard;
  private final CheckInRepository checkIns;
  private final AgreementLookup agreements;
  private final Clock clock;

  ReviewResource(
      MembershipGuard guard, CheckInRepository checkIns, AgreementLookup agreements, Clock clock) {
    this.guard = guard;
    this.checkIns = checkIns;
    this.agreements = agreements;
    this.clock = clock;
  }

  @Schema(name = "AgreementChange", description = "What became last of a term, or an agreement.")
  record ChangeView(
      @Schema(required = true, examples = "01939b00-0000-7a11-8b22-3c4d5e6f7081") UUID agreementId,
      @Schema(
              description = "Absent where it is about the whole agreement.",
              examples = "01939b00-2222-7a33-8b44-5c6d7e8f90a1")
          @Nullable UUID termId,
      @Schema(
              description = "The version that brought the term; absent where the term has gone.",
              examples = "3")
          @Nullable Integer versionNumber,
      @Schema(
              required = true,
              description = "As in the agreement's history.",
              examples = "termAgreed",
              extensions = @Extension(name = "x-extensible-enum", value = KINDS, parseValue = true))
          String kind,
      @Schema(required = true, examples = "2026-11-08T19:42:00.000Z") Instant occurredAt) {

    private static ChangeView of(Change change) {
      return new ChangeView(
          change.agreementId(),
          change.termId(),
          change.versionNumber(),
          change.kind(),
          change.at());
    }
  }

  @GET
  @RolesAllowed(Scopes.CHECK_INS_READ)
  @Operation(
      operationId = "listAgreementChanges",
      summary = "List what has changed in agreements since the last review, the oldest first",
      description =
          "For a check-in of the template `agreement-review`; none for others. Of agreements that all who"
              + " take part can see, since their last review was closed, until this one is over.")
  public Page<ChangeView> list(
      @RestPath UUID relationshipId, @RestPath UUID checkInId, @BeanParam PageRequest page) {
    Member member = guard.memberOf(relationshipId);
    CheckIn checkIn = checkIns.visible(member, checkInId);
    Cursor.ByTime after = page.afterTime();
    List<Change> rows =
        checkIn.isReview() ? changes(member, checkIn, after, page.rows()) : List.of();
    return Page.of(rows, page, row -> new Cursor.ByTime(row.at(), row.id()), ChangeView::of);
  }

  private List<Change> changes(
      Member member, CheckIn review, Cursor.@Nullable ByTime after, int limit) {
    Instant now = clock.instant();
    Instant until = review.overSince(now);
    return agreements.changes(
        member,
        review.participantIds(),
        checkIns.lastReviewed(review, now),
        until == null ? now : until,
        after,
        limit);
  }
}
