package org.stillpoint.reflection;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.api.problem.QueryParameter;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.identity.Scopes;
import org.stillpoint.reflection.PracticeSnapshotService.Given;
import org.stillpoint.reflection.ReflectionContent.PromptUsed;
import org.stillpoint.relationship.Grant;
import org.stillpoint.relationship.GrantLookup;
import org.stillpoint.relationship.GrantScope;
import org.stillpoint.relationship.Provenance;
import org.stillpoint.transaction.CallerTransaction;

/**
 * The copies that one member has given a practitioner. By the member: that there are any is their
 * author's alone, and pages through the copies of all would count them in the others' logs (S23).
 */
@Path("/v1/practice/grants/{grantId}/members/{memberId}/snapshots")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Practice")
public class PracticeSnapshotResource {
  private final GrantLookup grants;
  private final PracticeSnapshotService service;

  PracticeSnapshotResource(GrantLookup grants, PracticeSnapshotService service) {
    this.grants = grants;
    this.service = service;
  }

  @Schema(
      name = "PracticeSnapshot",
      description = "A copy that its author has given you, and can recall: keep it only as long.")
  record PracticeSnapshotView(
      @Schema(required = true, examples = ReflectionViews.SNAPSHOT) UUID id,
      @Schema(required = true, examples = ReflectionViews.TEXT) SensitiveText text,
      @Schema(
              description = "The prompt that it answers, if its author tells.",
              examples = ReflectionViews.PROMPT)
          @Nullable String promptId,
      @Schema(examples = "1") @Nullable Integer promptVersion,
      @Schema(required = true) Provenance provenance) {
    static PracticeSnapshotView of(Given given, Grant grant) {
      PromptUsed prompt = given.copy().prompt();
      return new PracticeSnapshotView(
          given.row().id(),
          given.copy().text(),
          prompt == null ? null : prompt.id(),
          prompt == null ? null : prompt.version(),
          new Provenance(given.row().memberId(), given.row().takenAt(), grant.id()));
    }
  }

  @GET
  @RolesAllowed(Scopes.PRACTICE_READ)
  @Operation(
      operationId = "listPracticeSnapshots",
      summary = "List the copies that one member has given you under a grant, the newest first",
      description =
          "That member alone sees in the access log that you have read. To synchronise, read the whole"
              + " list now and then: what is no longer in it was recalled, and is to be dropped.")
  public Page<PracticeSnapshotView> list(
      @RestPath UUID grantId,
      @RestPath UUID memberId,
      @Parameter(
              description =
                  "Only what was given since then, and some seconds more: it may come twice, and never"
                      + " not at all.",
              schema = @Schema(type = SchemaType.STRING, format = "date-time"),
              example = ReflectionViews.TIME)
          @RestQuery
          @Nullable String since,
      @BeanParam PageRequest page) {
    Instant from = QueryParameter.time("since", since);
    Cursor.ByTime after = page.afterTime();
    int rows = page.rows();
    Grant grant = grants.open(grantId, GrantScope.SNAPSHOTS, memberId, "practice.snapshots");
    return Page.of(
        service.read(grant, memberId, from, after, rows),
        page,
        given -> new Cursor.ByTime(given.row().takenAt(), given.row().id()),
        given -> PracticeSnapshotView.of(given, grant));
  }
}
