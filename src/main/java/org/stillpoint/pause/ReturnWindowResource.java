package org.stillpoint.pause;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.identity.Scopes;
import org.stillpoint.pause.PauseViews.ReturnWindowsRequest;
import org.stillpoint.pause.PauseViews.ReturnWindowsView;
import org.stillpoint.pause.PauseViews.WindowRequest;
import org.stillpoint.pause.PauseViews.WindowView;
import org.stillpoint.pause.ReturnOffers.Offer;
import org.stillpoint.pause.ReturnOffers.Window;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;

/** Private times to return after a pause; nobody has to offer any (S11). */
@Path("/v1/relationships/{relationshipId}/pauses/{pauseId}/return-windows")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Pauses")
public class ReturnWindowResource {
  private final MembershipGuard guard;
  private final PauseService service;
  private final ReturnOffers offers;
  private final Clock clock;

  ReturnWindowResource(
      MembershipGuard guard, PauseService service, ReturnOffers offers, Clock clock) {
    this.guard = guard;
    this.service = service;
    this.offers = offers;
    this.clock = clock;
  }

  @GET
  @RolesAllowed(Scopes.PAUSES_READ)
  @Operation(
      operationId = "getReturnWindows",
      summary = "Read your own times to return, and what all have in common")
  public ReturnWindowsView get(@RestPath UUID relationshipId, @RestPath UUID pauseId) {
    Member member = guard.memberOf(relationshipId);
    return view(member, service.get(member, pauseId));
  }

  @PUT
  @RolesAllowed(Scopes.PAUSES_WRITE)
  @Operation(
      operationId = "offerReturnWindows",
      summary = "Offer times to return",
      description =
          "Replaces your earlier offer, at most every six hours. Nobody is told until a time is found"
              + " that suits all, or a check-in planned at one no longer fits. At the first one of forty minutes a check-in is planned, which opens once"
              + " nobody pauses any more and all are ready.")
  public ReturnWindowsView offer(
      @RestPath UUID relationshipId,
      @RestPath UUID pauseId,
      @Valid @NotNull ReturnWindowsRequest request) {
    Member member = guard.actingMemberOf(relationshipId);
    // Locked: offers come one after the other, and not beside a lift.
    Pause pause = service.lock(member, pauseId);
    if (!pause.isActive()) {
      throw PauseProblem.PAUSE_HAS_ENDED.exception();
    }
    offers.offer(member, pause, checked(request));
    return view(member, pause);
  }

  private ReturnWindowsView view(Member member, Pause pause) {
    Offer own = offers.own(member, pause.id()).orElse(null);
    return new ReturnWindowsView(
        own == null ? List.of() : own.windows().stream().map(WindowView::of).toList(),
        own == null ? null : own.changeableAt(),
        offers.overlap(member, pause.id()).stream().map(WindowView::of).toList());
  }

  private List<Window> checked(ReturnWindowsRequest request) {
    Instant now = clock.instant();
    List<Window> windows = request.windows().stream().map(WindowRequest::window).toList();
    Duration total = Duration.ZERO;
    for (int i = 0; i < windows.size(); i++) {
      Window window = windows.get(i);
      require(window.startsAt().isBefore(window.endsAt()), "/windows/" + i + "/endsAt");
      require(!window.endsAt().isBefore(now), "/windows/" + i + "/endsAt");
      require(
          !window.endsAt().isAfter(now.plus(ReturnOffers.HORIZON)), "/windows/" + i + "/endsAt");
      total = total.plus(window.length());
      require(total.compareTo(ReturnOffers.LONGEST_TOTAL) <= 0, "/windows");
    }
    return windows;
  }

  private static void require(boolean holds, String pointer) {
    if (!holds) {
      throw HttpProblem.VALIDATION_FAILED
          .exception()
          .withError(FieldError.member(pointer, Flaw.OUT_OF_RANGE));
    }
  }
}
