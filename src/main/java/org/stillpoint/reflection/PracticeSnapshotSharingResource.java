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
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.identity.Scopes;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;

/** The copies of a reflection for practitioners, as its author gives and recalls them. */
@Path("/v1/reflections/{reflectionId}/practice-snapshots")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Reflections")
public class PracticeSnapshotSharingResource {
  private final Callers callers;
  private final PracticeSnapshotService service;

  PracticeSnapshotSharingResource(Callers callers, PracticeSnapshotService service) {
    this.callers = callers;
    this.service = service;
  }

  @Schema(
      name = "SharePracticeSnapshotRequest",
      description = "To which practitioner to give the reflection as it reads now.")
  record PracticeShareRequest(
      @Schema(
              required = true,
              description = "Yours, or one of a relationship of yours; with the scope `snapshots`.",
              examples = ReflectionViews.GRANT)
          @NotNull
          UUID grantId,
      @Schema(
              description = "Whether the copy tells which prompt it answers; not when left out.",
              examples = "false")
          @Nullable Boolean withPrompt) {}

  @Schema(
      name = "MyPracticeSnapshot",
      description = "That you have given a copy. Your access log tells when it was read.")
  record MyPracticeSnapshotView(
      @Schema(required = true, examples = ReflectionViews.SNAPSHOT) UUID id,
      @Schema(required = true, examples = ReflectionViews.GRANT) UUID grantId,
      @Schema(required = true, examples = ReflectionViews.TIME) Instant takenAt) {
    static MyPracticeSnapshotView of(PracticeSnapshot snapshot) {
      return new MyPracticeSnapshotView(snapshot.id(), snapshot.grantId(), snapshot.takenAt());
    }
  }

  @POST
  @RolesAllowed(Scopes.REFLECTIONS_WRITE)
  @Operation(
      operationId = "shareWithPractitioner",
      summary = "Give a practitioner a copy of a reflection",
      description =
          "As it reads now: its text, and nothing else of your journal. In every state; nobody is told,"
              + " your partners never learn of it, and the practitioner finds it. At most 200 a grant.")
  @APIResponseSchema(
      value = MyPracticeSnapshotView.class,
      responseCode = "201",
      responseDescription = "Given, until you recall it or the grant ends")
  public RestResponse<MyPracticeSnapshotView> share(
      @RestPath UUID reflectionId, @Valid @NotNull PracticeShareRequest request) {
    PracticeSnapshot shared =
        service.share(
            me(), reflectionId, request.grantId(), Boolean.TRUE.equals(request.withPrompt()));
    return RestResponse.status(RestResponse.Status.CREATED, MyPracticeSnapshotView.of(shared));
  }

  @GET
  @RolesAllowed(Scopes.REFLECTIONS_READ)
  @Operation(
      operationId = "listMyPracticeSnapshots",
      summary =
          "List the copies of a reflection that you have given practitioners, the newest first")
  public Page<MyPracticeSnapshotView> list(
      @RestPath UUID reflectionId, @BeanParam PageRequest page) {
    return Page.of(
        service.of(me(), reflectionId, page.afterTime(), page.rows()),
        page,
        row -> new Cursor.ByTime(row.takenAt(), row.id()),
        MyPracticeSnapshotView::of);
  }

  @DELETE
  @Path("/{snapshotId}")
  @RolesAllowed(Scopes.REFLECTIONS_WRITE)
  @Operation(
      operationId = "recallPracticeSnapshot",
      summary = "Recall a copy of a reflection from a practitioner",
      description =
          "At once, in every state. What the practitioner has read or written down before, they have.")
  public void recall(@RestPath UUID reflectionId, @RestPath UUID snapshotId) {
    service.recall(me(), reflectionId, snapshotId);
  }

  private UUID me() {
    return callers.current().memberId();
  }
}
