package org.stillpoint.reflection;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.identity.Scopes;
import org.stillpoint.reflection.ReflectionViews.SnapshotView;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;

/** The copies of reflections that the caller may read. */
@Path("/v1/relationships/{relationshipId}/snapshots")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Reflections")
public class SnapshotResource {
  private final MembershipGuard guard;
  private final SnapshotService service;

  SnapshotResource(MembershipGuard guard, SnapshotService service) {
    this.guard = guard;
    this.service = service;
  }

  @GET
  @RolesAllowed(Scopes.REFLECTIONS_READ)
  @Operation(
      operationId = "listSnapshots",
      summary =
          "List the copies of reflections that were shared with you or by you, the newest first",
      description =
          "Nobody is told that you have read it. What was recalled is not in it any more: read it anew"
              + " after `snapshot.recalled`, and after `relationship.memberLeft`.")
  public Page<SnapshotView> list(@RestPath UUID relationshipId, @BeanParam PageRequest page) {
    Member member = guard.memberOf(relationshipId);
    return Page.of(
        service.visible(member, page.afterTime(), page.rows()),
        page,
        shared -> new Cursor.ByTime(shared.row().takenAt(), shared.row().id()),
        shared -> SnapshotView.of(shared, member.memberId()));
  }

  @GET
  @Path("/{snapshotId}")
  @RolesAllowed(Scopes.REFLECTIONS_READ)
  @Operation(
      operationId = "getSnapshot",
      summary = "Read a copy of a reflection that was shared with you or by you")
  public SnapshotView get(@RestPath UUID relationshipId, @RestPath UUID snapshotId) {
    Member member = guard.memberOf(relationshipId);
    return SnapshotView.of(service.visible(member, snapshotId), member.memberId());
  }
}
