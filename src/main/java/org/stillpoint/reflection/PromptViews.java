package org.stillpoint.reflection;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.stillpoint.api.language.Language;
import org.stillpoint.reflection.Suggestions.Answer;
import org.stillpoint.reflection.Suggestions.Suggested;

/** Prompts on the wire. */
final class PromptViews {
  private static final Map<Language, ResourceBundle> REASONS =
      Stream.of(Language.values())
          .collect(
              Collectors.toUnmodifiableMap(
                  language -> language,
                  language ->
                      ResourceBundle.getBundle(
                          "suggestions",
                          language.locale(),
                          ResourceBundle.Control.getNoFallbackControl(
                              ResourceBundle.Control.FORMAT_PROPERTIES))));

  private PromptViews() {}

  @Schema(name = "Prompt", description = "A question that invites to reflect; never a task.")
  record PromptView(
      @Schema(required = true, examples = ReflectionViews.PROMPT) String id,
      @Schema(required = true, description = "Grows when its words change.", examples = "1")
          int version,
      @Schema(required = true, examples = "Where in your body does it sit, and what does it want?")
          String text,
      @Schema(
              required = true,
              description = "Show it with the prompt.",
              examples = "Not for finding out who is right.")
          String notFor,
      @Schema(
              required = true,
              description =
                  "Whom it fits. `hurt` and `responsible` are what somebody says of themself; nobody"
                      + " is made so by anybody else.",
              examples = "[\"any\"]")
          List<String> roles,
      @Schema(
              required = true,
              examples = "process",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = PromptStage.WIRE_NAMES,
                      parseValue = true))
          String stage,
      @Schema(required = true, description = "What it fits after.", examples = "[\"pauseRaised\"]")
          List<String> triggers,
      @Schema(
              required = true,
              examples = "gentle",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = PromptIntensity.WIRE_NAMES,
                      parseValue = true))
          String intensity) {
    static PromptView of(Prompt prompt, PromptTexts texts) {
      return new PromptView(
          prompt.id(),
          prompt.version(),
          texts.text(prompt),
          texts.notFor(prompt),
          prompt.roles().stream().map(PromptRole::wireName).sorted().toList(),
          prompt.stage().wireName(),
          prompt.triggers().stream().map(PromptTrigger::wireName).sorted().toList(),
          prompt.intensity().wireName());
    }
  }

  @Schema(name = "SuggestionReason", description = "Why a prompt is suggested.")
  record ReasonView(
      @Schema(
              required = true,
              examples = "pauseRaised",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = Reason.WIRE_NAMES,
                      parseValue = true))
          String code,
      @Schema(required = true, examples = "You have raised a pause lately.") String text) {}

  @Schema(name = "PromptSuggestion", description = "A prompt for you, and why.")
  record SuggestionView(
      @Schema(required = true) PromptView prompt,
      @Schema(required = true) List<ReasonView> because) {}

  @Schema(
      name = "PromptSuggestions",
      description = "A few prompts for today; none of them has to be answered.")
  record SuggestionsView(
      @Schema(
              required = true,
              description = "The day, where you are, for which they stay the same.",
              examples = ReflectionViews.DATE)
          LocalDate date,
      @Schema(
              required = true,
              description = "Whether only gentle ones are suggested, since somebody pauses.",
              examples = "false")
          boolean gentleOnly,
      @Schema(
              required = true,
              description = "Fewer than usual, or none, rather than one that came lately.")
          List<SuggestionView> suggestions) {
    static SuggestionsView of(Answer answer, Language language) {
      PromptTexts texts = PromptTexts.in(language);
      return new SuggestionsView(
          answer.day(),
          answer.gentleOnly(),
          answer.suggested().stream()
              .flatMap(suggested -> view(suggested, texts, language).stream())
              .toList());
    }

    /** Nothing for a prompt that has gone since. */
    private static Optional<SuggestionView> view(
        Suggested suggested, PromptTexts texts, Language language) {
      return PromptCatalogue.find(suggested.promptId())
          .map(
              prompt ->
                  new SuggestionView(
                      PromptView.of(prompt, texts),
                      suggested.because().stream()
                          .map(reason -> new ReasonView(reason.wireName(), text(reason, language)))
                          .toList()));
    }
  }

  private static String text(Reason reason, Language language) {
    ResourceBundle texts = REASONS.get(language);
    if (texts == null) {
      throw new IllegalStateException("No reasons in " + language);
    }
    return texts.getString(reason.wireName());
  }
}
