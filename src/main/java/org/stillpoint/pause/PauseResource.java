package org.stillpoint.pause;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.stillpoint.api.language.Language;
import org.stillpoint.api.language.Languages;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.identity.Scopes;
import org.stillpoint.pause.PauseViews.PauseDeliveriesView;
import org.stillpoint.pause.PauseViews.PauseView;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.EvenWhenFull;

/** Pauses that have been raised. */
@Path("/v1/relationships/{relationshipId}/pauses")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Pauses")
public class PauseResource {
  private final MembershipGuard guard;
  private final PauseService service;
  private final PauseRepository pauses;
  private final AcknowledgementRepository acknowledgements;

  PauseResource(
      MembershipGuard guard,
      PauseService service,
      PauseRepository pauses,
      AcknowledgementRepository acknowledgements) {
    this.guard = guard;
    this.service = service;
    this.pauses = pauses;
    this.acknowledgements = acknowledgements;
  }

  @GET
  @RolesAllowed(Scopes.PAUSES_READ)
  @Operation(operationId = "listPauses", summary = "List the pauses since you joined, newest first")
  public Page<PauseView> list(
      @RestPath UUID relationshipId, @BeanParam PageRequest page, HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    List<Pause> rows = pauses.visible(member, page.afterTime(), page.rows());
    var words = acknowledgements.of(relationshipId, rows.stream().map(Pause::id).toList());
    Language language = Languages.of(headers);
    return Page.of(
        rows,
        page,
        row -> new Cursor.ByTime(row.receivedAt(), row.id()),
        row -> PauseView.of(row, member, words.getOrDefault(row.id(), List.of()), language));
  }

  @GET
  @Path("/{pauseId}")
  @RolesAllowed(Scopes.PAUSES_READ)
  @Operation(
      operationId = "getPause",
      summary = "Read a pause",
      description = "Its raiser may also name it by the id of a tap that led to it.")
  public PauseView get(@RestPath UUID relationshipId, @RestPath UUID pauseId, HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    return view(member, service.get(member, pauseId), headers);
  }

  @GET
  @Path("/{pauseId}/deliveries")
  @RolesAllowed(Scopes.PAUSES_READ)
  @Operation(
      operationId = "getPauseDeliveries",
      summary = "Read what has become of the notices of a pause that you raised",
      description =
          "By kind of channel: queued, handed over to whoever carries it, or failed. Whether anybody has"
              + " seen it, nobody knows. It is there for an hour.")
  public PauseDeliveriesView deliveries(@RestPath UUID relationshipId, @RestPath UUID pauseId) {
    return PauseDeliveriesView.of(service.deliveries(guard.memberOf(relationshipId), pauseId));
  }

  @EvenWhenFull
  @POST
  @Path("/{pauseId}/lift")
  @RolesAllowed(Scopes.PAUSES_WRITE)
  @Operation(
      operationId = "liftPause",
      summary = "Lift a pause that you raised",
      description = "Nobody else can, and no time does. Lifting it again changes nothing.")
  public RestResponse<PauseView> lift(
      @RestPath UUID relationshipId, @RestPath UUID pauseId, HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    return RestResponse.ok(view(member, service.lift(member, pauseId), headers));
  }

  @PUT
  @Path("/{pauseId}/acknowledgement")
  @RolesAllowed(Scopes.PAUSES_WRITE)
  @Operation(
      operationId = "acknowledgePause",
      summary = "Tell the raiser that you have understood",
      description = "Voluntary: nobody is shown that it is missing.")
  public void acknowledge(@RestPath UUID relationshipId, @RestPath UUID pauseId) {
    service.acknowledge(guard.memberOf(relationshipId), pauseId);
  }

  private PauseView view(Member member, Pause pause, HttpHeaders headers) {
    List<Acknowledgement> words =
        acknowledgements
            .of(pause.relationshipId(), List.of(pause.id()))
            .getOrDefault(pause.id(), List.of());
    return PauseView.of(pause, member, words, Languages.of(headers));
  }
}
