package org.stillpoint.checkin;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "CheckInTemplate", description = "A way to talk, as Stillpoint suggests it.")
record CheckInTemplateView(
    @Schema(
            required = true,
            description = "A name for programs; it stays the same from version to version.",
            examples = "after-closeness")
        String id,
    @Schema(
            required = true,
            description = "Raised with each change of what is said here, in any language.",
            examples = "1")
        int version,
    @Schema(required = true, description = "The language of the texts.", examples = "en")
        String language,
    @Schema(required = true, examples = "After closeness") String title,
    @Schema(
            required = true,
            description = "What the talk is for.",
            examples =
                "To tell each other afterwards what felt good, what did not, and what should change.")
        String purpose,
    @Schema(
            required = true,
            description = "When it fits.",
            examples =
                "A few hours or days after you were close in any way, once everybody has come to rest.")
        String whenToUse,
    @Schema(
            required = true,
            description = "What it is not for. Show it before anybody begins.",
            examples = "Not for judging how anybody did, and not a way into more closeness.")
        String notFor,
    @Schema(
            required = true,
            description = "All of it together, from the readiness round to the closing.",
            examples = "2400")
        int durationSeconds,
    @Schema(required = true) ReadinessView readiness,
    @Schema(
            required = true,
            description = "How turns go, for the items that have them.",
            examples =
                "One person speaks, and speaks of themselves. Another listens and then says back what"
                    + " they heard, without adding to it.")
        String turnTaking,
    @Schema(required = true, description = "What is talked about, in this order.")
        List<ItemView> items,
    @Schema(description = "What may be decided at the end; absent where nothing is to be decided.")
        @Nullable DecisionView decision,
    @Schema(required = true) NextDateView next,
    @Schema(required = true) ClosingView closing) {

  @Schema(
      name = "CheckInTemplateReadiness",
      description =
          "The round at the beginning: each looks inward, and nobody is told who is ready until all"
              + " are.")
  record ReadinessView(
      @Schema(required = true, description = "How long it takes at most.", examples = "300")
          int durationSeconds,
      @Schema(
              required = true,
              description = "How to begin.",
              examples = "First a quiet minute for each of you.")
          String introduction,
      @Schema(
              required = true,
              description = "What each asks oneself. The answers are nobody else's business.",
              examples = "[\"Does it feel all right to talk about it today?\"]")
          List<String> questions) {}

  @Schema(name = "CheckInTemplateItem", description = "One thing to talk about, in its own time.")
  record ItemView(
      @Schema(
              required = true,
              description = "A name for programs, within the template.",
              examples = "did-not")
          String id,
      @Schema(required = true, examples = "What did not") String title,
      @Schema(
              required = true,
              examples =
                  "[\"What did not feel good, or was too much, too fast or too near?\", \"When would"
                      + " slower or less have been kinder to you?\"]")
          List<String> questions,
      @Schema(
              required = true,
              description = "The need that it serves.",
              examples = "To be able to say it now, whatever was or wasn't said at the time.")
          String need,
      @Schema(required = true, description = "How long it takes at most.", examples = "600")
          int durationSeconds,
      @Schema(
              required = true,
              description = "Whether one speaks and another listens, by turns.",
              examples = "true")
          boolean turns,
      @Schema(
              required = true,
              description =
                  "Who sees an answer: `sealed` is read by nobody else until all have answered, and then"
                      + " by all; `open` by all at once; `private` by nobody else, ever.",
              examples = "sealed",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = "[\"sealed\", \"open\", \"private\"]",
                      parseValue = true))
          String answers) {
    static ItemView of(Template template, Template.Item item, TemplateTexts texts) {
      return new ItemView(
          item.id(),
          texts.of(template, item, "title"),
          texts.questions(template, item),
          texts.of(template, item, "need"),
          seconds(item.minutes()),
          item.turns(),
          item.answers().wireName());
    }
  }

  @Schema(
      name = "CheckInTemplateDecision",
      description = "Something to decide together, if everybody wants to. Leaving it out is fine.")
  record DecisionView(
      @Schema(required = true, description = "How long it takes at most.", examples = "300")
          int durationSeconds,
      @Schema(
              required = true,
              examples =
                  "If all of you want to: is there something you would like to do differently together?")
          String question) {}

  @Schema(name = "CheckInTemplateNextDate", description = "When to talk again, as a suggestion.")
  record NextDateView(
      @Schema(required = true, examples = "7") int afterDays,
      @Schema(
              required = true,
              examples = "A week from now, or after the next time that you were close.")
          String suggestion) {}

  @Schema(
      name = "CheckInTemplateClosing",
      description = "A quiet end, each for oneself. What is written to it is private.")
  record ClosingView(
      @Schema(required = true, description = "How long it takes at most.", examples = "300")
          int durationSeconds,
      @Schema(
              required = true,
              examples =
                  "Only for you: what does your body tell you that you have not said in words?")
          String prompt) {}

  static CheckInTemplateView of(Template template, TemplateTexts texts) {
    int round = seconds(Template.ROUND_MINUTES);
    return new CheckInTemplateView(
        template.id(),
        template.version(),
        texts.language().tag(),
        texts.of(template, "title"),
        texts.of(template, "purpose"),
        texts.of(template, "when"),
        texts.of(template, "not-for"),
        seconds(template.minutes()),
        new ReadinessView(
            round, texts.common("readiness.introduction"), texts.readinessQuestions(template)),
        texts.common("turn-taking"),
        template.items().stream().map(item -> ItemView.of(template, item, texts)).toList(),
        template.decides() ? new DecisionView(round, texts.of(template, "decision")) : null,
        new NextDateView(template.nextAfterDays(), texts.of(template, "next")),
        new ClosingView(round, texts.of(template, "closing")));
  }

  private static int seconds(int minutes) {
    return 60 * minutes;
  }
}
