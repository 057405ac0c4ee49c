package org.stillpoint.checkin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
import org.stillpoint.api.language.Language;
import org.stillpoint.api.language.Languages;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.api.problem.QueryParameter;
import org.stillpoint.checkin.Agenda.Words;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.crypto.Texts;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Grant;
import org.stillpoint.relationship.GrantLookup;
import org.stillpoint.relationship.GrantScope;
import org.stillpoint.relationship.Provenance;
import org.stillpoint.transaction.CallerTransaction;

/** When members talk and about what, for a practitioner. */
@Path("/v1/practice/grants/{grantId}/check-ins")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Practice")
public class PracticeCheckInResource {
  private static final String START = "2026-11-08T19:00:00.000Z";
  private static final String STATES =
      "[\"scheduled\", \"open\", \"closed\", \"skipped\", \"deferred\"]";

  private final GrantLookup grants;
  private final PracticeCheckIns checkIns;
  private final AgendaTexts agendas;
  private final Texts texts;
  private final Clock clock;

  PracticeCheckInResource(
      GrantLookup grants,
      PracticeCheckIns checkIns,
      AgendaTexts agendas,
      Texts texts,
      Clock clock) {
    this.grants = grants;
    this.checkIns = checkIns;
    this.agendas = agendas;
    this.texts = texts;
    this.clock = clock;
  }

  @Schema(name = "PracticeCheckInItem", description = "One thing to talk about.")
  record PracticeItemView(
      @Schema(required = true, examples = CheckInViews.ITEM) UUID id,
      @Schema(description = "The template's item that it is.", examples = "did-not")
          @Nullable String templateItemId,
      @Schema(
              description = "Whose words it is in; absent for those of a template.",
              examples = CheckInViews.MEMBER)
          @Nullable UUID authorId,
      @Schema(examples = "What did not") @Nullable SensitiveText title,
      @Schema(
              required = true,
              examples = "[\"What did not feel good, or was too much, too fast or too near?\"]")
          List<SensitiveText> questions,
      @Schema(required = true, description = "How long it takes at most.", examples = "600")
          int durationSeconds) {}

  @Schema(
      name = "PracticeCheckIn",
      description =
          "A talk of all members: when, and about what. Who is ready and what is answered is not in it.")
  record PracticeCheckInView(
      @Schema(required = true, examples = CheckInViews.CHECK_IN) UUID id,
      @Schema(
              required = true,
              examples = "scheduled",
              extensions =
                  @Extension(name = "x-extensible-enum", value = STATES, parseValue = true))
          String state,
      @Schema(required = true, examples = START) Instant startsAt,
      @Schema(description = "The template that it follows.", examples = "after-closeness")
          @Nullable String templateId,
      @Schema(required = true, description = "In their order.") List<PracticeItemView> items,
      @Schema(required = true) Provenance provenance) {}

  @GET
  @RolesAllowed(Scopes.PRACTICE_READ)
  @Operation(
      operationId = "listPracticeCheckIns",
      summary = "List the talks of all members of a relationship, the one that starts last first",
      description =
          "Those that weren't over when the grant began, in the language of Accept-Language where they"
              + " follow a template. All members see in their access log that you have read.")
  public Page<PracticeCheckInView> list(
      @RestPath UUID grantId,
      @Parameter(
              description =
                  "Only what was planned, was opened or is over since then, and some seconds more: it may"
                      + " come twice, and never not at all.",
              schema = @Schema(type = SchemaType.STRING, format = "date-time"),
              example = START)
          @RestQuery
          @Nullable String since,
      @BeanParam PageRequest page,
      HttpHeaders headers) {
    Instant from = QueryParameter.time("since", since);
    Cursor.ByTime after = page.afterTime();
    int rows = page.rows();
    Grant grant = grants.open(grantId, GrantScope.CHECK_IN_AGENDAS, null, "practice.checkIns");
    List<CheckIn> found = checkIns.list(grant, from, after, rows);
    Map<UUID, List<VisitedItem>> items = checkIns.items(grant, found);
    texts.prepare(grant.memberIds());
    Instant now = clock.instant();
    Language language = Languages.of(headers);
    return Page.of(
        found,
        page,
        checkIn -> new Cursor.ByTime(checkIn.startsAt(), checkIn.id()),
        checkIn ->
            new PracticeCheckInView(
                checkIn.id(),
                checkIn.state(now).wireName(),
                checkIn.startsAt(),
                checkIn.templateId(),
                items.getOrDefault(checkIn.id(), List.of()).stream()
                    .map(item -> item(checkIn, item, language))
                    .toList(),
                new Provenance(null, sharedAt(checkIn, grant), grant.id())));
  }

  private static Instant sharedAt(CheckIn checkIn, Grant grant) {
    return checkIn.createdAt().isAfter(grant.beganAt()) ? checkIn.createdAt() : grant.beganAt();
  }

  private PracticeItemView item(CheckIn checkIn, VisitedItem item, Language language) {
    Words words = agendas.of(checkIn, item, language);
    return new PracticeItemView(
        item.id(),
        item.templateItem(),
        item.authorId(),
        words == null ? null : words.title(),
        words == null ? List.of() : words.questions(),
        item.seconds());
  }
}
