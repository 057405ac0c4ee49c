package org.stillpoint.privacy;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Retention on the wire. */
final class RetentionViews {
  private static final String NOTICES = "Hours that your events and notices are kept.";
  private static final String INVITATIONS =
      "Days that an invitation of yours is kept; one that is still open stays until it is over.";
  private static final String ACCESS_LOG = "Days that your access log is kept.";
  private static final String PAUSES =
      "Days that your pauses are kept after their end. An active one never goes by time.";
  private static final String VERSIONS =
      "Days that what you wrote into agreements is kept after something newer stands in its place, or it"
          + " has ended.";

  private static final String ANSWERS =
      "Days that what you wrote to a check-in is kept after you last changed it, whether or not others"
          + " can read it.";

  private static final String REFLECTIONS =
      "Days that a reflection is kept after you last changed it, with the copies that you have shared;"
          + " without it, until you delete it. To set it takes a login of the last five minutes.";

  private RetentionViews() {}

  @Schema(name = "Retention", description = "For how long what is yours is kept.")
  record RetentionView(
      @Schema(required = true, description = NOTICES, examples = "72") int noticePayloadHours,
      @Schema(required = true, description = INVITATIONS, examples = "7") int invitationDays,
      @Schema(required = true, description = ACCESS_LOG, examples = "30") int accessLogDays,
      @Schema(required = true, description = PAUSES, examples = "90") int pauseEventDays,
      @Schema(required = true, description = VERSIONS, examples = "365") int supersededVersionDays,
      @Schema(required = true, description = ANSWERS, examples = "180") int checkInAnswerDays,
      @Schema(description = REFLECTIONS, examples = "365") @Nullable Integer reflectionDays) {
    static RetentionView of(Retention retention) {
      return new RetentionView(
          retention.noticePayloadHours(),
          retention.invitationDays(),
          retention.accessLogDays(),
          retention.pauseEventDays(),
          retention.supersededVersionDays(),
          retention.checkInAnswerDays(),
          retention.reflectionDays());
    }
  }

  @Schema(name = "ClearableRetention", description = "What can be set back to its default.")
  enum ClearablePeriod {
    @JsonProperty("noticePayloadHours")
    NOTICE_PAYLOAD_HOURS,
    @JsonProperty("invitationDays")
    INVITATION_DAYS,
    @JsonProperty("accessLogDays")
    ACCESS_LOG_DAYS,
    @JsonProperty("pauseEventDays")
    PAUSE_EVENT_DAYS,
    @JsonProperty("supersededVersionDays")
    SUPERSEDED_VERSION_DAYS,
    @JsonProperty("checkInAnswerDays")
    CHECK_IN_ANSWER_DAYS,
    @JsonProperty("reflectionDays")
    REFLECTION_DAYS
  }

  @Schema(
      name = "UpdateRetentionRequest",
      description =
          "What is null or absent stays as it is; `clear` sets back to the default, which is the most.")
  record UpdateRequest(
      @Schema(description = NOTICES, minimum = "1", maximum = "72", examples = "24")
          @Min(1)
          @Max(Retention.NOTICE_PAYLOAD_HOURS)
          @Nullable Integer noticePayloadHours,
      @Schema(description = INVITATIONS, minimum = "1", maximum = "7", examples = "2")
          @Min(1)
          @Max(Retention.INVITATION_DAYS)
          @Nullable Integer invitationDays,
      @Schema(description = ACCESS_LOG, minimum = "1", maximum = "30", examples = "14")
          @Min(1)
          @Max(Retention.ACCESS_LOG_DAYS)
          @Nullable Integer accessLogDays,
      @Schema(description = PAUSES, minimum = "4", maximum = "90", examples = "30")
          @Min(Retention.FEWEST_PAUSE_EVENT_DAYS)
          @Max(Retention.PAUSE_EVENT_DAYS)
          @Nullable Integer pauseEventDays,
      @Schema(description = VERSIONS, minimum = "31", maximum = "365", examples = "90")
          @Min(Retention.FEWEST_SUPERSEDED_VERSION_DAYS)
          @Max(Retention.SUPERSEDED_VERSION_DAYS)
          @Nullable Integer supersededVersionDays,
      @Schema(description = ANSWERS, minimum = "1", maximum = "180", examples = "30")
          @Min(1)
          @Max(Retention.CHECK_IN_ANSWER_DAYS)
          @Nullable Integer checkInAnswerDays,
      @Schema(description = REFLECTIONS, minimum = "1", maximum = "3650", examples = "365")
          @Min(1)
          @Max(Retention.REFLECTION_DAYS)
          @Nullable Integer reflectionDays,
      @Schema(description = "What to set back to its default.")
          @Nullable List<@NotNull ClearablePeriod> clear) {}
}
