package org.stillpoint.pause;

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
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
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
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Grant;
import org.stillpoint.relationship.GrantLookup;
import org.stillpoint.relationship.GrantScope;
import org.stillpoint.relationship.Provenance;
import org.stillpoint.transaction.CallerTransaction;

/** The pauses that a grant lets a practitioner read. */
@Path("/v1/practice/grants/{grantId}/pauses")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Practice")
public class PracticePauseResource {
  private final GrantLookup grants;
  private final PracticePauses pauses;

  PracticePauseResource(GrantLookup grants, PracticePauses pauses) {
    this.grants = grants;
    this.pauses = pauses;
  }

  @Schema(
      name = "PracticePause",
      description =
          "That somebody has paused: no words, and not who has acknowledged it. To read it as a mistake of"
              + " whoever paused, or of the other, is to misread it.")
  record PracticePauseView(
      @Schema(required = true, examples = PauseViews.PAUSE_ID) UUID id,
      @Schema(
              required = true,
              examples = "red",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = PauseViews.KINDS,
                      parseValue = true))
          String kind,
      @Schema(
              required = true,
              examples = "lifted",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = PauseViews.STATES,
                      parseValue = true))
          String state,
      @Schema(required = true, examples = PauseViews.TIME) Instant raisedAt,
      @Schema(description = "When it was lifted, or its raiser left.", examples = PauseViews.TIME)
          @Nullable Instant endedAt,
      @Schema(required = true) Provenance provenance) {
    static PracticePauseView of(Pause pause, Grant grant) {
      return new PracticePauseView(
          pause.id(),
          pause.kind().wireName(),
          pause.state(),
          pause.raisedAt(),
          pause.endedAt(),
          new Provenance(pause.raiserId(), pause.receivedAt(), grant.id()));
    }
  }

  @GET
  @RolesAllowed(Scopes.PRACTICE_READ)
  @Operation(
      operationId = "listPracticePauses",
      summary = "List the pauses of those who let you read them, the newest first",
      description =
          "None from before the grant, nor from before its raiser said yes to it. Its members see in their"
              + " access log that you have read. To synchronise, read the whole list now and then: what"
              + " is no longer in it is to be dropped.")
  public Page<PracticePauseView> list(
      @RestPath UUID grantId,
      @Parameter(
              description =
                  "Only what is active, or has ended since then or some seconds before: it may come twice,"
                      + " and never not at all.",
              schema = @Schema(type = SchemaType.STRING, format = "date-time"),
              example = PauseViews.TIME)
          @RestQuery
          @Nullable String since,
      @BeanParam PageRequest page) {
    Instant from = QueryParameter.time("since", since);
    Cursor.ByTime after = page.afterTime();
    int rows = page.rows();
    Grant grant = grants.open(grantId, GrantScope.PAUSES, null, "practice.pauses");
    return Page.of(
        pauses.of(grant, from, after, rows),
        page,
        pause -> new Cursor.ByTime(pause.receivedAt(), pause.id()),
        pause -> PracticePauseView.of(pause, grant));
  }
}
