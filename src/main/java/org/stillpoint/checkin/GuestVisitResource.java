package org.stillpoint.checkin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.stillpoint.api.language.Languages;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.checkin.GuestVisitViews.GuestCheckInView;
import org.stillpoint.identity.Scopes;
import org.stillpoint.transaction.CallerTransaction;

/** Check-ins in which the caller is a guest. */
@Path("/v1/guest-check-ins")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Guests")
public class GuestVisitResource {
  private final GuestVisits visits;
  private final GuestVisitViews views;

  GuestVisitResource(GuestVisits visits, GuestVisitViews views) {
    this.visits = visits;
    this.views = views;
  }

  @GET
  @RolesAllowed(Scopes.CHECK_INS_READ)
  @Operation(
      operationId = "listGuestCheckIns",
      summary = "List the check-ins in which you are a guest now")
  public Page<GuestCheckInView> list(@BeanParam PageRequest page, HttpHeaders headers) {
    List<GuestVisit> rows = visits.list(page.afterTime(), page.rows());
    Function<GuestVisit, Optional<GuestCheckInView>> view = views.of(rows, Languages.of(headers));
    Page<Optional<GuestCheckInView>> shown =
        Page.of(rows, page, row -> new Cursor.ByTime(row.acceptedAt(), row.id()), view);
    return new Page<>(
        shown.data().stream().flatMap(Optional::stream).toList(),
        shown.nextCursor(),
        shown.hasMore());
  }

  @GET
  @Path("/{guestCheckInId}")
  @RolesAllowed(Scopes.CHECK_INS_READ)
  @Operation(
      operationId = "getGuestCheckIn",
      summary = "Read a check-in as its guest",
      description =
          "In the language of Accept-Language where it follows a template. Not found as soon as you are"
              + " no longer its guest.")
  public GuestCheckInView get(@RestPath UUID guestCheckInId, HttpHeaders headers) {
    return views.of(visits.get(guestCheckInId), Languages.of(headers));
  }

  @DELETE
  @Path("/{guestCheckInId}")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "leaveGuestCheckIn",
      summary = "Be a guest no more",
      description = "At once, without a reason.")
  public void leave(@RestPath UUID guestCheckInId) {
    if (!visits.leave(guestCheckInId)) {
      throw HttpProblem.NOT_FOUND.exception();
    }
  }
}
