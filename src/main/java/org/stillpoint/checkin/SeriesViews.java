package org.stillpoint.checkin;

import static org.stillpoint.checkin.CheckInViews.MEMBER;
import static org.stillpoint.checkin.CheckInViews.OTHER_MEMBER;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.language.Language;
import org.stillpoint.checkin.Agenda.Words;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.relationship.Member;

/** Series on the wire, the same for all who take part but for the language. */
@Singleton
class SeriesViews {
  static final String SERIES = "01939c00-2222-7a33-8b44-5c6d7e8f90a2";
  static final String LOCAL_START = "2026-11-08T19:00";
  static final String RULE = "FREQ=WEEKLY;BYDAY=SU;COUNT=12";

  private static final String STATES = "[\"active\", \"ended\"]";

  private final CheckInSeriesRepository series;
  private final AgendaTexts texts;
  private final Clock clock;

  SeriesViews(CheckInSeriesRepository series, AgendaTexts texts, Clock clock) {
    this.series = series;
    this.texts = texts;
    this.clock = clock;
  }

  @Schema(name = "CheckInSeriesItem", description = "One thing that each of them is about.")
  record SeriesItemView(
      @Schema(description = "The template's item that it is.", examples = "did-not")
          @Nullable String templateItemId,
      @Schema(
              description = "Whose words it is in; absent for those of a template.",
              examples = MEMBER)
          @Nullable UUID authorId,
      @Schema(
              description = "Absent when it was in the words of somebody who has left.",
              examples = "What did not")
          @Nullable SensitiveText title,
      @Schema(
              required = true,
              examples = "[\"What did not feel good, or was too much, too fast or too near?\"]")
          List<SensitiveText> questions,
      @Schema(required = true, description = "How long it takes at most.", examples = "600")
          int durationSeconds,
      @Schema(
              required = true,
              description = "Whether one speaks and another listens, by turns.",
              examples = "true")
          boolean turns,
      @Schema(
              required = true,
              description = "Who sees an answer, as in a check-in.",
              examples = "sealed",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = AnswerKeeping.WIRE_NAMES,
                      parseValue = true))
          String answers) {

    private static SeriesItemView of(CheckInSeriesItem item, @Nullable Words words) {
      return new SeriesItemView(
          item.templateItem(),
          item.authorId(),
          words == null ? null : words.title(),
          words == null ? List.of() : words.questions(),
          item.seconds(),
          item.turns(),
          item.answers().wireName());
    }
  }

  @Schema(
      name = "CheckInSeries",
      description =
          "Check-ins that come again by a rule. Those of the next 60 days are in the list of check-ins,"
              + " each to be skipped or put off by itself. Anybody who takes part ends it, and it ends"
              + " when one of them leaves. Who ended it isn't told.")
  record SeriesView(
      @Schema(required = true, examples = SERIES) UUID id,
      @Schema(
              required = true,
              description = "`ended` also when the last of them has passed.",
              examples = "active",
              extensions =
                  @Extension(name = "x-extensible-enum", value = STATES, parseValue = true))
          String state,
      @Schema(
              required = true,
              description = "The first start, in the time of `timeZone`.",
              examples = LOCAL_START)
          String localStart,
      @Schema(
              required = true,
              description =
                  "An IANA time zone. A time that its clocks leave out is moved on, and of one that they"
                      + " show twice it is the first.",
              examples = "Europe/Berlin")
          String timeZone,
      @Schema(required = true, description = "A rule of RFC 5545.", examples = RULE) String rule,
      @Schema(
              required = true,
              description = "When the last of them starts, unless it ends before.",
              examples = "2027-01-24T18:00:00.000Z")
          Instant lastStartsAt,
      @Schema(
              required = true,
              description = "Who takes part; whoever has left doesn't any more.",
              examples = "[\"" + MEMBER + "\", \"" + OTHER_MEMBER + "\"]")
          List<UUID> participantIds,
      @Schema(examples = "after-closeness") @Nullable String templateId,
      @Schema(examples = "1") @Nullable Integer templateVersion,
      @Schema(required = true, description = "In their order.") List<SeriesItemView> items) {}

  /** One series as this member sees it. */
  SeriesView of(Member member, CheckInSeries shown, Language language) {
    return of(member, List.of(shown), language).apply(shown);
  }

  /** How this member sees these; what belongs to them is read in one go. */
  Function<CheckInSeries, SeriesView> of(
      Member member, Collection<CheckInSeries> shown, Language language) {
    Instant now = clock.instant();
    List<CheckInSeriesItem> items = series.items(member.relationshipId(), shown);
    texts.prepare(items);
    Map<UUID, List<CheckInSeriesItem>> bySeries =
        items.stream().collect(Collectors.groupingBy(CheckInSeriesItem::seriesId));
    return each -> view(each, bySeries.getOrDefault(each.id(), List.of()), now, language);
  }

  private SeriesView view(
      CheckInSeries shown, List<CheckInSeriesItem> items, Instant now, Language language) {
    return new SeriesView(
        shown.id(),
        shown.isEnded(now) ? "ended" : "active",
        shown.localStart().toString(),
        shown.timeZone().getId(),
        shown.rule(),
        shown.lastAt(),
        shown.participantIds(),
        shown.templateId(),
        shown.templateVersion(),
        items.stream()
            .map(item -> SeriesItemView.of(item, texts.of(shown, item, language)))
            .toList());
  }
}
