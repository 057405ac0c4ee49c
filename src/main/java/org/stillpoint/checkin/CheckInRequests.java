package org.stillpoint.checkin;

import static org.stillpoint.checkin.CheckInViews.CHECK_IN;
import static org.stillpoint.checkin.CheckInViews.MEMBER;
import static org.stillpoint.checkin.CheckInViews.OTHER_MEMBER;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.Length;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.SensitiveText;

/** What apps send about check-ins. */
final class CheckInRequests {
  static final int MOST_ITEMS = 8;
  static final int MOST_QUESTIONS = 5;
  static final int SHORTEST_SECONDS = 60;
  static final int LONGEST_SECONDS = 3_600;

  private static final String LATER = "2026-11-08T19:00:00.000Z";

  private CheckInRequests() {}

  @Schema(
      name = "CheckInItemRequest",
      description = "An item of the template, or one in your own words: never both.",
      examples = "{\"templateItemId\": \"did-not\", \"durationSeconds\": 600}")
  record ItemRequest(
      @Schema(description = "The `id` of an item of the template.", examples = "did-not")
          @Size(max = 64)
          @Nullable String templateItemId,
      @Schema(maxLength = 120, examples = "What I would like to hear") @Length(min = 1, max = 120)
          @Nullable SensitiveText title,
      @Schema(description = "At least one with a `title`.") @Size(max = MOST_QUESTIONS)
          @Nullable List<@NotNull @Length(min = 1, max = 500) SensitiveText> questions,
      @Schema(
              description = "As the template says when left out; ten minutes without one.",
              examples = "600")
          @Min(SHORTEST_SECONDS)
          @Max(LONGEST_SECONDS)
          @Nullable Integer durationSeconds,
      @Schema(description = "As the template says when left out; no turns without one.")
          @Nullable Boolean turns,
      @Schema(
              description =
                  "As the template says when left out; `sealed` without one. Nothing can be made less"
                      + " private than the template has it.",
              examples = "sealed")
          @Nullable AnswerKeeping answers) {}

  @Schema(name = "ScheduleCheckInRequest", description = "A talk to plan.")
  record ScheduleRequest(
      @Schema(required = true, examples = LATER) @NotNull Instant startsAt,
      @Schema(
              description = "Who is to take part, you included; all current members when left out.",
              examples = "[\"" + MEMBER + "\", \"" + OTHER_MEMBER + "\"]")
          @Size(min = 2, max = 12)
          @Nullable List<@NotNull UUID> participantIds,
      @Schema(description = "The `id` of a template.", examples = "after-closeness") @Size(max = 64)
          @Nullable String templateId,
      @Schema(description = "In their order; all of the template's when left out.")
          @Size(min = 1, max = MOST_ITEMS)
          @Nullable List<@Valid @NotNull ItemRequest> items,
      @Schema(description = "One of the same people that it follows up.", examples = CHECK_IN)
          @Nullable UUID followsId) {}

  @Schema(
      name = "CreateCheckInSeriesRequest",
      description = "Talks to plan that come again by a rule.")
  record CreateSeriesRequest(
      @Schema(
              required = true,
              description =
                  "The first start, in the time of `timeZone`, without an offset. It has to be one of"
                      + " the rule's.",
              pattern = "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$",
              examples = SeriesViews.LOCAL_START)
          @NotNull
          @Size(max = 16)
          String localStart,
      @Schema(
              required = true,
              description = "An IANA time zone: all starts are at the same time of its clocks.",
              examples = "Europe/Berlin")
          @NotNull
          @Size(max = 64)
          String timeZone,
      @Schema(
              required = true,
              description =
                  "A rule of RFC 5545 without its name, in capitals: `FREQ` of `DAILY`, `WEEKLY`,"
                      + " `MONTHLY` or `YEARLY`; `INTERVAL`, `BYDAY`, `BYMONTHDAY` (with `BYMONTH` where"
                      + " it is yearly), `BYMONTH`, `BYSETPOS`, `WKST`; and one of `COUNT` (at most 366)"
                      + " and `UNTIL` (in UTC). The last start is within two years of the first.",
              examples = SeriesViews.RULE)
          @NotNull
          @Size(max = RecurrenceText.LONGEST)
          String rule,
      @Schema(
              description = "Who is to take part, you included; all current members when left out.",
              examples = "[\"" + MEMBER + "\", \"" + OTHER_MEMBER + "\"]")
          @Size(min = 2, max = 12)
          @Nullable List<@NotNull UUID> participantIds,
      @Schema(description = "The `id` of a template.", examples = "after-closeness") @Size(max = 64)
          @Nullable String templateId,
      @Schema(description = "In their order; all of the template's when left out.")
          @Size(min = 1, max = MOST_ITEMS)
          @Nullable List<@Valid @NotNull ItemRequest> items) {}

  @Schema(name = "DeferCheckInRequest", description = "All of it may be left out.")
  record DeferRequest(
      @Schema(description = "When instead; nothing is planned when left out.", examples = LATER)
          @Nullable Instant startsAt) {}

  @Schema(
      name = "WriteCheckInAnswerRequest",
      description = "The whole answer as it is now: words, or that you pass, or neither yet.")
  record AnswerRequest(
      @Schema(maxLength = 4_000, examples = "I would have liked to stop sooner.")
          @Length(min = 1, max = 4_000)
          @Nullable SensitiveText text,
      @Schema(description = "You would rather not say, which is an answer too. Without words.")
          @Nullable Boolean passes,
      @Schema(description = "Keeps it from all others, whatever the item says.")
          @Nullable Boolean onlyForMe) {}
}
