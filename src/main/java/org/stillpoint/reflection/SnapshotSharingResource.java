package org.stillpoint.reflection;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.identity.Scopes;
import org.stillpoint.reflection.ReflectionViews.MySnapshotView;
import org.stillpoint.reflection.ReflectionViews.ShareRequest;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;

/** The copies of a reflection, as their author shares and recalls them. */
@Path("/v1/reflections/{reflectionId}/snapshots")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Reflections")
public class SnapshotSharingResource {
  private final Callers callers;
  private final MembershipGuard guard;
  private final SnapshotService service;

  SnapshotSharingResource(Callers callers, MembershipGuard guard, SnapshotService service) {
    this.callers = callers;
    this.guard = guard;
    this.service = service;
  }

  @POST
  @RolesAllowed(Scopes.REFLECTIONS_WRITE)
  @Operation(
      operationId = "shareSnapshot",
      summary = "Share a copy of a reflection with members of a relationship",
      description =
          "As it reads now: what you change later isn't in it. Its text, and nothing else of your"
              + " journal. They are told that there is something to read, not while one of them pauses.")
  @APIResponseSchema(
      value = MySnapshotView.class,
      responseCode = "201",
      responseDescription = "Shared, until you recall it")
  public RestResponse<MySnapshotView> share(
      @RestPath UUID reflectionId, @Valid @NotNull ShareRequest request) {
    Snapshot shared =
        service.share(
            guard.actingMemberOf(request.relationshipId()),
            reflectionId,
            request.memberIds(),
            Boolean.TRUE.equals(request.withPrompt()));
    return RestResponse.status(RestResponse.Status.CREATED, MySnapshotView.of(shared));
  }

  @GET
  @RolesAllowed(Scopes.REFLECTIONS_READ)
  @Operation(
      operationId = "listMySnapshots",
      summary = "List the copies of a reflection that you have shared, the newest first")
  public Page<MySnapshotView> list(@RestPath UUID reflectionId, @BeanParam PageRequest page) {
    return Page.of(
        service.of(me(), reflectionId, page.afterTime(), page.rows()),
        page,
        row -> new Cursor.ByTime(row.takenAt(), row.id()),
        MySnapshotView::of);
  }

  @DELETE
  @RolesAllowed(Scopes.REFLECTIONS_WRITE)
  @Operation(
      operationId = "recallSnapshots",
      summary = "Recall every copy of a reflection",
      description = "At once, in every state. What somebody has read before, they have read.")
  public void recallAll(@RestPath UUID reflectionId) {
    service.recallAll(me(), reflectionId);
  }

  @DELETE
  @Path("/{snapshotId}")
  @RolesAllowed(Scopes.REFLECTIONS_WRITE)
  @Operation(
      operationId = "recallSnapshot",
      summary = "Recall one copy of a reflection",
      description = "At once, in every state. What somebody has read before, they have read.")
  public void recall(@RestPath UUID reflectionId, @RestPath UUID snapshotId) {
    service.recall(me(), reflectionId, snapshotId);
  }

  private UUID me() {
    return callers.current().memberId();
  }
}
