package org.stillpoint.practitioner;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
import org.stillpoint.practitioner.GrantViews.BriefView;
import org.stillpoint.practitioner.GrantViews.NewsView;
import org.stillpoint.practitioner.GrantViews.OpenedGrantView;
import org.stillpoint.practitioner.GrantViews.PracticeGrantView;
import org.stillpoint.practitioner.GrantViews.PracticeMemberView;
import org.stillpoint.relationship.Grant;
import org.stillpoint.transaction.CallerTransaction;

/** What members let the caller read, as a practice tool lists, opens and ends it. */
@Path("/v1/practice")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Practice")
public class PracticeResource {
  private static final String NO_WORDS =
      "Through the app that made the code, and only what stands now: what is missing is to be dropped."
          + " No words of anybody are in it, and so it isn't logged.";

  private static final int MOST_NEWS = 200;

  private final Practice practice;
  private final Clock clock;

  PracticeResource(Practice practice, Clock clock) {
    this.practice = practice;
    this.clock = clock;
  }

  @GET
  @Path("/relationships")
  @RolesAllowed(Scopes.PRACTICE_READ)
  @Operation(
      operationId = "listPracticeRelationships",
      summary = "List the relationships of which you may read, the oldest grant first",
      description = NO_WORDS)
  public Page<PracticeGrantView> relationships(@BeanParam PageRequest page) {
    return list(true, page);
  }

  @GET
  @Path("/people")
  @RolesAllowed(Scopes.PRACTICE_READ)
  @Operation(
      operationId = "listPracticePeople",
      summary = "List the people who let you read their own things, the oldest grant first",
      description = NO_WORDS)
  public Page<PracticeGrantView> people(@BeanParam PageRequest page) {
    return list(false, page);
  }

  private Page<PracticeGrantView> list(boolean shared, PageRequest page) {
    return Page.of(
        practice.list(shared, page.afterTime(), page.rows()),
        page,
        grant -> new Cursor.ByTime(grant.beganAt(), grant.id()),
        PracticeGrantView::of);
  }

  @GET
  @Path("/grants/{grantId}")
  @RolesAllowed(Scopes.PRACTICE_READ)
  @Operation(
      operationId = "getPracticeGrant",
      summary = "Read what a grant is, and what its members are called",
      description = "Its members see in their access log that you have.")
  public OpenedGrantView get(@RestPath UUID grantId) {
    Grant grant = practice.open(grantId, null, null, "practice.members");
    Map<UUID, SensitiveText> names = practice.names(grant);
    PracticeGrantView shown = PracticeGrantView.of(grant);
    return new OpenedGrantView(
        grant.id(),
        grant.memberIds().stream()
            .map(member -> new PracticeMemberView(member, names.get(member)))
            .toList(),
        shown.scopes(),
        grant.beganAt(),
        grant.expiresAt());
  }

  @GET
  @Path("/grants/{grantId}/brief")
  @RolesAllowed(Scopes.PRACTICE_READ)
  @Operation(
      operationId = "getPracticeBrief",
      summary = "Read what is new under a grant",
      description =
          "That there is something, of whom, and since when you may read it; never a word of it. What has"
              + " gone is in no brief. All members see in their access log that you have.")
  public BriefView brief(
      @RestPath UUID grantId,
      @Parameter(
              description =
                  "Only what has come or changed since then, and some seconds more: it may come twice, and"
                      + " never not at all. All of it without.",
              schema = @Schema(type = SchemaType.STRING, format = "date-time"),
              example = "2026-11-03T18:20:00.000Z")
          @RestQuery
          @Nullable String since) {
    Instant from = QueryParameter.time("since", since);
    Grant grant = practice.open(grantId, null, null, "practice.brief");
    Instant now = clock.instant();
    List<Practice.News> news = practice.brief(grant, from, now, MOST_NEWS + 1);
    return new BriefView(
        now,
        news.stream().limit(MOST_NEWS).map(item -> NewsView.of(item, grant)).toList(),
        news.size() > MOST_NEWS);
  }

  @DELETE
  @Path("/grants/{grantId}")
  @RolesAllowed(Scopes.PRACTICE_WRITE)
  @Operation(
      operationId = "endPracticeGrant",
      summary = "Read under a grant no more",
      description =
          "At once, without a reason. Its members see that it has ended, and not by whom.")
  public void end(@RestPath UUID grantId) {
    practice.end(grantId);
  }
}
