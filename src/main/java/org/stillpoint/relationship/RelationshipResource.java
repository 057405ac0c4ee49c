package org.stillpoint.relationship;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
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
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;

/** The caller's relationships. */
@Path("/v1/relationships")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Relationships")
public class RelationshipResource {
  private final MembershipGuard guard;
  private final Callers callers;
  private final RelationshipService service;
  private final RelationshipRepository relationships;
  private final MembershipRepository memberships;
  private final MemberViews views;
  private final ActivePauses pauses;

  RelationshipResource(
      MembershipGuard guard,
      Callers callers,
      RelationshipService service,
      RelationshipRepository relationships,
      MembershipRepository memberships,
      MemberViews views,
      ActivePauses pauses) {
    this.guard = guard;
    this.callers = callers;
    this.service = service;
    this.relationships = relationships;
    this.memberships = memberships;
    this.views = views;
    this.pauses = pauses;
  }

  @POST
  @RolesAllowed(Scopes.RELATIONSHIPS_WRITE)
  @Operation(
      operationId = "createRelationship",
      summary = "Begin a relationship",
      description = "You are its first member; invite the others.")
  @APIResponseSchema(
      value = RelationshipView.class,
      responseCode = "201",
      responseDescription = "Begun")
  public RestResponse<RelationshipView> create(UriInfo uri) {
    Relationship created = service.create(callers.current());
    return RestResponse.ResponseBuilder.<RelationshipView>created(
            uri.getAbsolutePathBuilder().path("{id}").build(created.id()))
        .entity(RelationshipView.of(created, false, 1))
        .build();
  }

  @GET
  @RolesAllowed(Scopes.RELATIONSHIPS_READ)
  @Operation(operationId = "listRelationships", summary = "List your relationships, newest first")
  public Page<RelationshipView> list(@BeanParam PageRequest page) {
    List<Relationship> rows =
        relationships.of(callers.current().memberId(), page.afterTime(), page.rows());
    List<UUID> ids = rows.stream().map(Relationship::id).toList();
    Set<UUID> paused = pauses.pausedAmong(ids);
    var counts = memberships.counts(ids);
    return Page.of(
        rows,
        page,
        row -> new Cursor.ByTime(row.createdAt(), row.id()),
        row ->
            RelationshipView.of(row, paused.contains(row.id()), counts.getOrDefault(row.id(), 0)));
  }

  @GET
  @Path("/{relationshipId}")
  @RolesAllowed(Scopes.RELATIONSHIPS_READ)
  @Operation(operationId = "getRelationship", summary = "Read a relationship")
  public RelationshipView get(@RestPath UUID relationshipId) {
    Member member = guard.memberOf(relationshipId);
    boolean paused = !pauses.raisersIn(relationshipId).isEmpty();
    return RelationshipView.of(relationships.byId(relationshipId), paused, member.all().size());
  }

  @GET
  @Path("/{relationshipId}/members")
  @RolesAllowed(Scopes.RELATIONSHIPS_READ)
  @Operation(
      operationId = "listMembers",
      summary = "List the current members, in the order in which they joined")
  public Page<MemberView> members(@RestPath UUID relationshipId, @BeanParam PageRequest page) {
    Member member = guard.memberOf(relationshipId);
    return Page.of(
        views.of(member.relationshipId(), page.afterTime(), page.rows()),
        page,
        row -> new Cursor.ByTime(row.joinedAt(), row.id()),
        row -> row);
  }

  @DELETE
  @Path("/{relationshipId}/members/me")
  @RolesAllowed(Scopes.RELATIONSHIPS_WRITE)
  @Operation(
      operationId = "leaveRelationship",
      summary = "Leave, at once and without asking anybody",
      description =
          "Works in every state. Your pauses here end, your tap keys stop working, and the others get"
              + " a neutral notice.")
  public void leave(@RestPath UUID relationshipId) {
    service.leave(guard.memberOf(relationshipId));
  }
}
