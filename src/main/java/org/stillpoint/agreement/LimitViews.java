package org.stillpoint.agreement;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.Length;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.SensitiveText;

/** Limits on the wire. */
final class LimitViews {
  private static final String STRENGTHS = "[\"soft\", \"hard\"]";
  private static final String CATEGORIES = "[\"emotional\", \"physical\", \"psychological\"]";
  private static final String DOMAINS =
      "[\"touch\", \"sex\", \"dating\", \"sexting\", \"contact\", \"tech\", \"social\", \"money\","
          + " \"time\", \"communication\"]";
  private static final String TIME = "2026-11-03T18:20:00.000Z";

  private static final String ABOUT_ACTIVITIES =
      "What it is about, in tags of your own: small letters, digits and hyphens, at most 40. None"
          + " stands for all of the domain.";

  private LimitViews() {}

  @Schema(
      name = "LimitRequest",
      description = "What a limit says, all of it. A reason is never asked for.")
  record LimitRequest(
      @Schema(required = true, examples = "hard") @NotNull LimitStrength strength,
      @Schema(required = true, examples = "physical") @NotNull LimitCategory category,
      @Schema(required = true, examples = "touch") @NotNull TermDomain domain,
      @Schema(required = true, description = ABOUT_ACTIVITIES, examples = "[\"tickling\"]")
          @NotNull
          @Size(max = 20)
          List<@NotNull @Pattern(regexp = "[a-z0-9-]{1,40}") SensitiveText> activities,
      @Schema(examples = "Also not as a joke.", maxLength = 2_000) @Length(min = 1, max = 2_000)
          @Nullable SensitiveText text) {
    LimitContent content() {
      return new LimitContent(strength, category, domain, activities, text);
    }
  }

  @Schema(name = "LimitContent", description = "What a limit says.")
  record ContentView(
      @Schema(
              required = true,
              examples = "soft",
              extensions =
                  @Extension(name = "x-extensible-enum", value = STRENGTHS, parseValue = true))
          String strength,
      @Schema(
              required = true,
              examples = "physical",
              extensions =
                  @Extension(name = "x-extensible-enum", value = CATEGORIES, parseValue = true))
          String category,
      @Schema(
              required = true,
              examples = "touch",
              extensions =
                  @Extension(name = "x-extensible-enum", value = DOMAINS, parseValue = true))
          String domain,
      @Schema(required = true, description = ABOUT_ACTIVITIES, examples = "[\"tickling\"]")
          List<SensitiveText> activities,
      @Schema(examples = "Also not as a joke.") @Nullable SensitiveText text) {
    static ContentView of(LimitContent content) {
      return new ContentView(
          wireName(content.strength()),
          wireName(content.category()),
          wireName(content.domain()),
          content.activities(),
          content.text());
    }
  }

  @Schema(
      name = "LimitEasing",
      description = "What you have asked for, and what acts by itself when its time has come.")
  record EasingView(
      @Schema(required = true, description = "Whether the limit ends then.", examples = "false")
          boolean endsLimit,
      @Schema(required = true, examples = "2026-11-05T18:20:00.000Z") Instant effectiveAt,
      @Schema(description = "What the limit becomes; absent when it ends.")
          @Nullable ContentView becomes) {
    static EasingView of(LimitEasing easing) {
      LimitContent content = easing.content();
      return new EasingView(
          easing.endsLimit(), easing.at(), content == null ? null : ContentView.of(content));
    }
  }

  @Schema(
      name = "Limit",
      description =
          "A line that a member has drawn around the member's own part. It is in force in every state,"
              + " and beats every agreement.")
  record LimitView(
      @Schema(required = true, examples = "01939a40-3c5d-7e1f-9a2b-6d7c8e9f0a1b") UUID id,
      @Schema(
              required = true,
              description = "The member whose limit it is.",
              examples = "01939a00-5b70-7c11-8a3f-9c7f1d2e6b05")
          UUID holderId,
      @Schema(
              required = true,
              examples = "hard",
              extensions =
                  @Extension(name = "x-extensible-enum", value = STRENGTHS, parseValue = true))
          String strength,
      @Schema(
              required = true,
              examples = "physical",
              extensions =
                  @Extension(name = "x-extensible-enum", value = CATEGORIES, parseValue = true))
          String category,
      @Schema(
              required = true,
              examples = "touch",
              extensions =
                  @Extension(name = "x-extensible-enum", value = DOMAINS, parseValue = true))
          String domain,
      @Schema(required = true, description = ABOUT_ACTIVITIES, examples = "[\"tickling\"]")
          List<SensitiveText> activities,
      @Schema(examples = "Also not as a joke.") @Nullable SensitiveText text,
      @Schema(required = true, examples = TIME) Instant drawnAt,
      @Schema(required = true, description = "When it became what it is.", examples = TIME)
          Instant changedAt,
      @Schema(description = "What waits to ease it; for its holder only.")
          @Nullable EasingView easing) {

    static LimitView of(LimitState limit, UUID reader) {
      ContentView content = ContentView.of(limit.content());
      LimitEasing easing = limit.isHeldBy(reader) ? limit.easing() : null;
      return new LimitView(
          limit.id(),
          limit.holderId(),
          content.strength(),
          content.category(),
          content.domain(),
          content.activities(),
          content.text(),
          limit.drawnAt(),
          limit.changedAt(),
          easing == null ? null : EasingView.of(easing));
    }
  }

  static String wireName(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
