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
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.etag.Etags;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.api.problem.QueryParameter;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.identity.FreshLogin;
import org.stillpoint.identity.Scopes;
import org.stillpoint.reflection.ReflectionContent.About;
import org.stillpoint.reflection.ReflectionContent.PromptUsed;
import org.stillpoint.reflection.ReflectionService.Entry;
import org.stillpoint.reflection.ReflectionService.Found;
import org.stillpoint.reflection.ReflectionViews.NewReflectionView;
import org.stillpoint.reflection.ReflectionViews.ReflectionRequest;
import org.stillpoint.reflection.ReflectionViews.ReflectionView;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;

/** The caller's own journal. */
@Path("/v1/reflections")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Reflections")
public class ReflectionResource {
  private static final int LAST_YEAR = 9_999;

  private final Callers callers;
  private final ReflectionService service;

  ReflectionResource(Callers callers, ReflectionService service) {
    this.callers = callers;
    this.service = service;
  }

  @POST
  @RolesAllowed(Scopes.REFLECTIONS_WRITE)
  @Operation(
      operationId = "saveReflection",
      summary = "Keep a reflection in your journal",
      description =
          "Yours alone, whatever else you share: nobody is told, and nobody can find out that there is"
              + " one. It belongs to no relationship, and stays when you leave one.")
  @APIResponseSchema(
      value = NewReflectionView.class,
      responseCode = "201",
      responseDescription = "Kept, under your own key")
  public RestResponse<NewReflectionView> save(
      @Valid @NotNull ReflectionRequest request, UriInfo uri) {
    Reflection saved = service.save(me(), content(request, null));
    return ResponseBuilder.<NewReflectionView>created(
            uri.getAbsolutePathBuilder().path("{id}").build(saved.id()))
        .entity(new NewReflectionView(saved.id(), saved.createdAt()))
        .header(HttpHeaders.ETAG, Etags.of(saved.changes()))
        .build();
  }

  @GET
  @RolesAllowed(Scopes.REFLECTIONS_READ)
  @Operation(
      operationId = "listReflections",
      summary = "Search your journal, what you wrote last first",
      description = "With several conditions, those that meet all of them. Texts aren't searched.")
  public Page<ReflectionView> list(
      @BeanParam PageRequest page,
      @Parameter(
              description = "`note`, `rehearsal` or `earlySigns`.",
              schema = @Schema(type = SchemaType.STRING, maxLength = 40),
              example = "note")
          @RestQuery
          @Nullable String kind,
      @Parameter(
              description = "Only answers to this prompt.",
              schema = @Schema(type = SchemaType.STRING, maxLength = 64),
              example = ReflectionViews.PROMPT)
          @RestQuery
          @Nullable String promptId,
      @Parameter(
              description = "Only what has this tag, in whatever case.",
              schema = @Schema(type = SchemaType.STRING, maxLength = 40),
              example = ReflectionViews.TAG)
          @RestQuery
          @Nullable String tag,
      @Parameter(
              description = "Only what is about this day or a later one.",
              schema = @Schema(type = SchemaType.STRING, format = "date"),
              example = ReflectionViews.DATE)
          @RestQuery
          @Nullable String from,
      @Parameter(
              description = "Only what is about this day or an earlier one.",
              schema = @Schema(type = SchemaType.STRING, format = "date"),
              example = ReflectionViews.DATE)
          @RestQuery
          @Nullable String to) {
    ReflectionFilter filter =
        new ReflectionFilter(
            QueryParameter.read("kind", kind, ReflectionResource::kind),
            promptId,
            SensitiveText.ofNullable(tag),
            QueryParameter.read("from", from, LocalDate::parse),
            QueryParameter.read("to", to, LocalDate::parse));
    Found found = service.search(me(), filter, page.afterTime(), page.limit());
    Cursor.ByTime next = found.next();
    return new Page<>(
        found.entries().stream().map(ReflectionView::of).toList(),
        next == null ? null : next.encode(),
        next != null);
  }

  private static ReflectionKind kind(String name) {
    return Stream.of(ReflectionKind.values())
        .filter(kind -> kind.wireName().equals(name))
        .findFirst()
        .orElseThrow(IllegalArgumentException::new);
  }

  @DELETE
  @RolesAllowed(Scopes.REFLECTIONS_WRITE)
  @Operation(
      operationId = "eraseJournal",
      summary = "Erase your whole journal, and every copy that you have shared",
      description = "It can't be undone, and so needs a login of the last five minutes.")
  public void erase() {
    FreshLogin.require(callers.current().login());
    service.erase(me());
  }

  @GET
  @Path("/{reflectionId}")
  @RolesAllowed(Scopes.REFLECTIONS_READ)
  @Operation(operationId = "getReflection", summary = "Read a reflection of yours")
  @Parameter(name = "If-None-Match", in = ParameterIn.HEADER)
  public RestResponse<ReflectionView> get(@RestPath UUID reflectionId, HttpHeaders headers) {
    Entry entry = service.get(me(), reflectionId);
    return Etags.answer(headers, entry.row().changes(), ReflectionView.of(entry));
  }

  @PUT
  @Path("/{reflectionId}")
  @RolesAllowed(Scopes.REFLECTIONS_WRITE)
  @Operation(
      operationId = "changeReflection",
      summary = "Write a reflection anew",
      description =
          "With the `ETag` of what you read last: another app of yours may have changed it. Copies that"
              + " you have shared stay as they are.")
  @Parameter(name = "If-Match", in = ParameterIn.HEADER, required = true)
  public RestResponse<ReflectionView> change(
      @RestPath UUID reflectionId, @Valid @NotNull ReflectionRequest request, HttpHeaders headers) {
    Entry entry =
        service.change(
            me(),
            reflectionId,
            before -> content(request, before),
            version -> Etags.requireMatch(headers, version));
    return ResponseBuilder.ok(ReflectionView.of(entry))
        .header(HttpHeaders.ETAG, Etags.of(entry.row().changes()))
        .build();
  }

  @DELETE
  @Path("/{reflectionId}")
  @RolesAllowed(Scopes.REFLECTIONS_WRITE)
  @Operation(
      operationId = "deleteReflection",
      summary = "Delete a reflection, and every copy of it that you have shared")
  public void delete(@RestPath UUID reflectionId) {
    service.delete(me(), reflectionId);
  }

  private UUID me() {
    return callers.current().memberId();
  }

  /** What one has is kept where it is left out; of words nothing is. */
  private ReflectionContent content(ReflectionRequest request, @Nullable About before) {
    About about =
        new About(
            firstOf(
                request.kind(), before == null ? null : before.kind(), () -> ReflectionKind.NOTE),
            firstOf(
                day(request.date()),
                before == null ? null : before.date(),
                () -> service.today(me())),
            prompt(request.promptId(), before == null ? null : before.prompt()),
            request.tags() == null ? List.of() : request.tags(),
            request.mood());
    return new ReflectionContent(about, request.text());
  }

  private static <T> T firstOf(@Nullable T said, @Nullable T before, Supplier<T> otherwise) {
    if (said != null) {
      return said;
    }
    return before == null ? otherwise.get() : before;
  }

  /** A year of four digits, as RFC 3339 writes it. */
  private static @Nullable LocalDate day(@Nullable LocalDate date) {
    if (date != null && (date.getYear() < 1 || date.getYear() > LAST_YEAR)) {
      throw HttpProblem.VALIDATION_FAILED
          .exception()
          .withError(FieldError.member("/date", Flaw.OUT_OF_RANGE));
    }
    return date;
  }

  /** As it read when it was answered: a new version of its words changes no old answer. */
  private static @Nullable PromptUsed prompt(@Nullable String id, @Nullable PromptUsed before) {
    if (id == null || before != null && before.id().equals(id)) {
      return id == null ? null : before;
    }
    return PromptCatalogue.find(id)
        .map(prompt -> new PromptUsed(prompt.id(), prompt.version()))
        .orElseThrow(
            () ->
                HttpProblem.VALIDATION_FAILED
                    .exception()
                    .withError(FieldError.member("/promptId", Flaw.NOT_ALLOWED_VALUE)));
  }
}
