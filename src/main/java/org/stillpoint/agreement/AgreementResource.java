package org.stillpoint.agreement;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
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
import org.stillpoint.agreement.AgreementViews.AgreementView;
import org.stillpoint.agreement.AgreementViews.DifferencesView;
import org.stillpoint.agreement.AgreementViews.HistoryEntryView;
import org.stillpoint.agreement.AgreementViews.VersionEntryView;
import org.stillpoint.agreement.AgreementViews.VersionView;
import org.stillpoint.api.language.Language;
import org.stillpoint.api.language.Languages;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;

/** The agreements that the caller takes part in. */
@Path("/v1/relationships/{relationshipId}/agreements")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Agreements")
public class AgreementResource {
  private final MembershipGuard guard;
  private final AgreementService service;
  private final AgreementRepository agreements;
  private final AgreementTexts texts;
  private final AgreementHistory history;
  private final VersionViews views;

  AgreementResource(
      MembershipGuard guard,
      AgreementService service,
      AgreementRepository agreements,
      AgreementTexts texts,
      AgreementHistory history,
      VersionViews views) {
    this.guard = guard;
    this.service = service;
    this.agreements = agreements;
    this.texts = texts;
    this.history = history;
    this.views = views;
  }

  @GET
  @RolesAllowed(Scopes.AGREEMENTS_READ)
  @Operation(
      operationId = "listAgreements",
      summary = "List the agreements that you take part in, newest first")
  public Page<AgreementView> list(
      @RestPath UUID relationshipId, @BeanParam PageRequest page, HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    Language language = Languages.of(headers);
    List<Agreement> rows = agreements.list(member, page.afterTime(), page.rows());
    Map<UUID, AgreementVersion> newest = agreements.newest(relationshipId, rows);
    texts.prepareVersions(newest.values());
    return Page.of(
        rows,
        page,
        row -> new Cursor.ByTime(row.createdAt(), row.id()),
        row -> view(row, newest.get(row.id()), language));
  }

  @GET
  @Path("/{agreementId}")
  @RolesAllowed(Scopes.AGREEMENTS_READ)
  @Operation(operationId = "getAgreement", summary = "Read an agreement")
  public AgreementView get(
      @RestPath UUID relationshipId, @RestPath UUID agreementId, HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    return view(agreements.visible(member, agreementId), Languages.of(headers));
  }

  private AgreementView view(Agreement agreement, Language language) {
    return view(agreement, agreements.newest(agreement).orElse(null), language);
  }

  private AgreementView view(
      Agreement agreement, @Nullable AgreementVersion newest, Language language) {
    return new AgreementView(
        agreement.id(),
        newest == null ? null : texts.open(newest).title(),
        agreement.memberIds(),
        agreement.createdBy(),
        agreement.createdAt(),
        agreement.latestVersion(),
        agreement.endedAt(),
        Statements.in(language));
  }

  private AgreementVersion version(Agreement agreement, int number) {
    return agreements.version(agreement, number).orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  @DELETE
  @Path("/{agreementId}")
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "endAgreement",
      summary = "End an agreement, at once and without asking anybody",
      description =
          "What it allows and demands ends, and what was only proposed is cancelled. What it forbids"
              + " stays in force; propose the end of such a term to all.")
  public AgreementView end(
      @RestPath UUID relationshipId, @RestPath UUID agreementId, HttpHeaders headers) {
    Member member = guard.actingMemberOf(relationshipId);
    return view(service.end(member, agreementId), Languages.of(headers));
  }

  @GET
  @Path("/{agreementId}/versions")
  @RolesAllowed(Scopes.AGREEMENTS_READ)
  @Operation(
      operationId = "listAgreementVersions",
      summary = "List the versions of an agreement, in their order")
  public Page<VersionEntryView> versions(
      @RestPath UUID relationshipId,
      @RestPath UUID agreementId,
      @BeanParam PageRequest page,
      HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    Agreement agreement = agreements.visible(member, agreementId);
    int after = Math.toIntExact(after(page, agreement.latestVersion()));
    return Page.of(
        views.entries(
            agreement, agreements.versions(agreement, after, page.rows()), Languages.of(headers)),
        page,
        row -> new Cursor.ByNumber(row.number()),
        row -> row);
  }

  private static long after(PageRequest page, long last) {
    Cursor.ByNumber cursor = page.afterNumber();
    if (cursor == null) {
      return 0;
    }
    cursor.requireWithin(last);
    return cursor.number();
  }

  @GET
  @Path("/{agreementId}/versions/{number}")
  @RolesAllowed(Scopes.AGREEMENTS_READ)
  @Operation(
      operationId = "getAgreementVersion",
      summary = "Read a version, with where each of its terms stands now")
  public VersionView version(
      @RestPath UUID relationshipId,
      @RestPath UUID agreementId,
      @Parameter(
              description = "The number of the version.",
              schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "999999999"),
              example = "3")
          @RestPath
          String number,
      HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    Agreement agreement = agreements.visible(member, agreementId);
    return views.of(member, agreement, version(agreement, numbered(number)), Languages.of(headers));
  }

  /** What can't be a number is a version that isn't there. */
  private static int numbered(String text) {
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    return Integer.parseInt(text);
  }

  @GET
  @Path("/{agreementId}/versions/{number}/differences")
  @RolesAllowed(Scopes.AGREEMENTS_READ)
  @Operation(
      operationId = "compareAgreementVersions",
      summary = "Compare a version with another one, term by term")
  public DifferencesView differences(
      @RestPath UUID relationshipId,
      @RestPath UUID agreementId,
      @Parameter(
              description = "The number of the later version.",
              schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "999999999"),
              example = "3")
          @RestPath
          String number,
      @Parameter(
              description = "The earlier version; the one before when left out.",
              schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "999999999"),
              example = "2")
          @RestQuery
          @Nullable String from,
      HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    Agreement agreement = agreements.visible(member, agreementId);
    AgreementVersion later = version(agreement, numbered(number));
    AgreementVersion earlier =
        version(agreement, from == null ? later.number() - 1 : numbered(from));
    return new DifferencesView(
        agreement.id(),
        earlier.number(),
        later.number(),
        views.differences(member, earlier, later),
        Statements.in(Languages.of(headers)));
  }

  @GET
  @Path("/{agreementId}/history")
  @RolesAllowed(Scopes.AGREEMENTS_READ)
  @Operation(
      operationId = "listAgreementHistory",
      summary = "Read what became of an agreement, in its order",
      description =
          "Append-only: each entry holds the hash of the one before. What was declined, or not agreed in"
              + " time, isn't in it.")
  public Page<HistoryEntryView> history(
      @RestPath UUID relationshipId, @RestPath UUID agreementId, @BeanParam PageRequest page) {
    Member member = guard.memberOf(relationshipId);
    Agreement agreement = agreements.visible(member, agreementId);
    return Page.of(
        history.after(agreement, after(page, agreement.historyLength()), page.rows()),
        page,
        row -> new Cursor.ByNumber(row.sequence()),
        HistoryEntryView::of);
  }
}
