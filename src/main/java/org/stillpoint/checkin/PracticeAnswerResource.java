package org.stillpoint.checkin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.stillpoint.checkin.PracticeCheckIns.Answered;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.crypto.Texts;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Grant;
import org.stillpoint.relationship.GrantLookup;
import org.stillpoint.relationship.GrantScope;
import org.stillpoint.relationship.Provenance;
import org.stillpoint.transaction.CallerTransaction;

/**
 * The answers that one member has marked for a practitioner. By the member: that something is
 * marked is its author's alone to know.
 */
@Path("/v1/practice/grants/{grantId}/members/{memberId}/answers")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Practice")
public class PracticeAnswerResource {
  private static final String TIME = "2026-11-08T19:12:00.000Z";

  private final GrantLookup grants;
  private final PracticeCheckIns checkIns;
  private final Texts texts;

  PracticeAnswerResource(GrantLookup grants, PracticeCheckIns checkIns, Texts texts) {
    this.grants = grants;
    this.checkIns = checkIns;
    this.texts = texts;
  }

  @Schema(
      name = "PracticeAnswer",
      description =
          "What somebody has answered in a talk, as all who took part can read it. What was asked in"
              + " somebody's own words isn't in it: those are another's.")
  record PracticeAnswerView(
      @Schema(
              required = true,
              description =
                  "Of the item: all who have answered it have the same, so keep whose it is.",
              examples = CheckInViews.ITEM)
          UUID id,
      @Schema(examples = "after-closeness") @Nullable String templateId,
      @Schema(description = "The version of its words.", examples = "1")
          @Nullable Integer templateVersion,
      @Schema(description = "The item of the template that it answers.", examples = "did-not")
          @Nullable String templateItemId,
      @Schema(
              description = "Absent for whoever passes.",
              examples = "I would have liked to stop sooner.")
          @Nullable SensitiveText text,
      @Schema(required = true, examples = "false") boolean passes,
      @Schema(required = true) Provenance provenance) {}

  @GET
  @RolesAllowed(Scopes.PRACTICE_READ)
  @Operation(
      operationId = "listPracticeAnswers",
      summary = "List the answers that one member has marked for you, the one that came last first",
      description =
          "That member alone sees in the access log that you have read. What is no longer in it was written"
              + " anew or is kept from you, and is to be dropped.")
  public Page<PracticeAnswerView> list(
      @RestPath UUID grantId,
      @RestPath UUID memberId,
      @Parameter(
              description =
                  "Only what came since then, and some seconds more: it may come twice, and never not at"
                      + " all.",
              schema = @Schema(type = SchemaType.STRING, format = "date-time"),
              example = TIME)
          @RestQuery
          @Nullable String since,
      @BeanParam PageRequest page) {
    Instant from = QueryParameter.time("since", since);
    Cursor.ByTime after = page.afterTime();
    int rows = page.rows();
    Grant grant = grants.open(grantId, GrantScope.MARKED_ANSWERS, memberId, "practice.answers");
    texts.prepare(List.of(memberId));
    List<CheckInAnswer> found = checkIns.answers(grant, memberId, from, after, rows);
    Map<UUID, Answered> answered = checkIns.answered(grant, memberId);
    // What isn't there any more was kept back while it was read.
    List<CheckInAnswer> shown =
        found.stream().filter(answer -> answered.containsKey(answer.itemId())).toList();
    return Page.of(
        shown,
        page,
        answer -> new Cursor.ByTime(of(answer, answered).sharedAt(), answer.itemId()),
        answer -> view(answer, of(answer, answered), grant));
  }

  private static Answered of(CheckInAnswer answer, Map<UUID, Answered> answered) {
    return Objects.requireNonNull(answered.get(answer.itemId()));
  }

  private PracticeAnswerView view(CheckInAnswer answer, Answered answered, Grant grant) {
    return new PracticeAnswerView(
        answer.itemId(),
        answered.templateId(),
        answered.version(),
        answered.item(),
        texts.open(answer.text(), answer.place()),
        answer.passes(),
        new Provenance(answer.memberId(), answered.sharedAt(), grant.id()));
  }
}
