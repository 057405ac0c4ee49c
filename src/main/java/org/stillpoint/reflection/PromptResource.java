package org.stillpoint.reflection;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.etag.Etags;
import org.stillpoint.api.language.Language;
import org.stillpoint.api.language.Languages;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.api.problem.QueryParameter;
import org.stillpoint.identity.Scopes;
import org.stillpoint.reflection.PromptViews.PromptView;
import org.stillpoint.reflection.PromptViews.SuggestionsView;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;

/** The catalogue of prompts, and those of them that suit the caller today. */
@Path("/v1/prompts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Reflections")
public class PromptResource {
  private static final Set<PromptRole> SELF_DECLARED =
      Set.of(PromptRole.HURT, PromptRole.RESPONSIBLE);

  private final Callers callers;
  private final Suggestions suggestions;

  PromptResource(Callers callers, Suggestions suggestions) {
    this.callers = callers;
    this.suggestions = suggestions;
  }

  @GET
  @RolesAllowed(Scopes.REFLECTIONS_READ)
  @Operation(
      operationId = "listPrompts",
      summary = "List the prompts, in the language of Accept-Language",
      description = "None asks anybody to forgive, or why they did not stop something.")
  public RestResponse<Page<PromptView>> list(@BeanParam PageRequest page, HttpHeaders headers) {
    Language language = Languages.of(headers);
    PromptTexts texts = PromptTexts.in(language);
    return Languages.said(
        language,
        RestResponse.ok(
            Page.ofAll(PromptCatalogue.all(), page, prompt -> PromptView.of(prompt, texts))));
  }

  @GET
  @Path("/suggestions")
  @RolesAllowed(Scopes.REFLECTIONS_READ)
  @Operation(
      operationId = "suggestPrompts",
      summary = "Ask for a few prompts for today, in the language of Accept-Language",
      description =
          "By what has happened to you in the last days, your role label, and what you say here, which"
              + " nobody else learns. The same question has the same answer for a day; none comes"
              + " again within a fortnight; while anybody in a relationship of yours pauses, they are"
              + " gentle. Nobody else's things are looked at.")
  public RestResponse<SuggestionsView> suggest(
      @Parameter(
              description = "`hurt` or `responsible`, if you say that of yourself.",
              schema = @Schema(type = SchemaType.STRING, maxLength = 40),
              example = "hurt")
          @RestQuery
          @Nullable String as,
      @Parameter(
              description = "One of the catalogue's triggers, if that is what is on your mind.",
              schema = @Schema(type = SchemaType.STRING, maxLength = 40),
              example = "incident")
          @RestQuery
          @Nullable String about,
      HttpHeaders headers) {
    Language language = Languages.of(headers);
    PromptRole role =
        QueryParameter.read(
            "as", as, name -> named(name, SELF_DECLARED.stream(), PromptRole::wireName));
    PromptTrigger trigger =
        QueryParameter.read(
            "about",
            about,
            name -> named(name, Stream.of(PromptTrigger.values()), PromptTrigger::wireName));
    Suggestions.Answer answer =
        suggestions.ask(callers.current().memberId(), new Suggestions.Said(role, trigger));
    return Languages.said(language, RestResponse.ok(SuggestionsView.of(answer, language)));
  }

  private static <T> T named(String name, Stream<T> all, Function<T, String> nameOf) {
    return all.filter(one -> nameOf.apply(one).equals(name))
        .findFirst()
        .orElseThrow(IllegalArgumentException::new);
  }

  @GET
  @Path("/{promptId}")
  @RolesAllowed(Scopes.REFLECTIONS_READ)
  @Operation(
      operationId = "getPrompt",
      summary = "Read a prompt, in the language of Accept-Language")
  @Parameter(
      name = "If-None-Match",
      in = ParameterIn.HEADER,
      description =
          "An ETag that you have; the answer is 304 if it still stands in the language you ask for.",
      schema = @Schema(type = SchemaType.STRING),
      example = "\"1-en\"")
  public RestResponse<PromptView> get(
      @Parameter(
              description = "The `id` of a prompt.",
              schema = @Schema(type = SchemaType.STRING, maxLength = 64),
              example = ReflectionViews.PROMPT)
          @RestPath
          String promptId,
      HttpHeaders headers) {
    Language language = Languages.of(headers);
    Prompt prompt = PromptCatalogue.find(promptId).orElseThrow(HttpProblem.NOT_FOUND::exception);
    return Languages.said(
        language,
        Etags.answer(
            headers,
            Etags.of(prompt.version(), language),
            PromptView.of(prompt, PromptTexts.in(language))));
  }
}
