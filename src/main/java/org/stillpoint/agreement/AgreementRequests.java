package org.stillpoint.agreement;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.Length;
import org.jspecify.annotations.Nullable;
import org.stillpoint.agreement.AgreementTexts.DraftTerm;
import org.stillpoint.crypto.SensitiveText;

/** What apps send about agreements. */
final class AgreementRequests {
  static final String SLUG = "[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?";
  static final String HASH = "9f2c4e1ab37d5c08e6f1d2a3b4c5968778695a4b3c2d1e0f9f2c4e1ab37d5c08";
  static final String MEMBER = "01939a00-5b70-7c11-8a3f-9c7f1d2e6b05";
  static final String TIME = "2026-11-03T21:04:05.678Z";

  private static final String LATER = "2027-02-01T00:00:00.000Z";

  private AgreementRequests() {}

  @Schema(name = "DraftTermRequest", description = "A clause as you would like it to read.")
  record TermRequest(
      @Schema(
              description =
                  "The clause of the agreement that this text keeps or changes; none for a new one.",
              examples = "01939b00-1111-7a22-8b33-4c5d6e7f8091")
          @Nullable UUID lineageId,
      @Schema(required = true, examples = "consent") @NotNull TermKind kind,
      @Schema(required = true, examples = "touch") @NotNull TermDomain domain,
      @Schema(required = true, examples = "permits") @NotNull TermPolarity polarity,
      @Schema(
              description = "For what permits; ask each time when left out.",
              examples = "askEachTime")
          @Nullable TermMode mode,
      @Schema(required = true, description = "Whom it binds, of those who take part.")
          @NotEmpty
          @Size(max = 12)
          List<@NotNull UUID> memberIds,
      @Schema(
              description = "What it is about within its domain; all of it when left out.",
              examples = "[\"holding-hands\"]")
          @Size(max = 20)
          @Nullable List<@NotNull @Pattern(regexp = SLUG) SensitiveText> activities,
      @Schema(description = "What has to hold for it to apply, each of them.") @Size(max = 10)
          @Nullable List<@NotNull @Length(min = 1, max = 500) SensitiveText> conditions,
      @Schema(examples = TIME) @Nullable Instant validFrom,
      @Schema(examples = LATER) @Nullable Instant validUntil,
      @Schema(
              description = "When it lapses unless it is agreed anew; what forbids stays.",
              examples = LATER)
          @Nullable Instant reviewAt,
      @Schema(
              required = true,
              maxLength = 4000,
              examples = "We hold hands whenever both of us feel like it.")
          @NotNull
          @Length(min = 1, max = 4000)
          SensitiveText text) {
    DraftTerm term() {
      TermMode going =
          polarity != TermPolarity.PERMITS ? null : mode == null ? TermMode.ASK_EACH_TIME : mode;
      return new DraftTerm(
          lineageId,
          new TermContent(
              kind,
              domain,
              polarity,
              going,
              memberIds,
              activities == null ? List.of() : activities,
              conditions == null ? List.of() : conditions,
              validFrom,
              validUntil,
              reviewAt,
              text));
    }
  }

  @Schema(name = "CreateAgreementDraftRequest", description = "Nobody but you sees a draft.")
  record CreateDraftRequest(
      @Schema(
              description = "For the next version of that agreement; none for a new one.",
              examples = "01939b00-0000-7a11-8b22-3c4d5e6f7080")
          @Nullable UUID agreementId,
      @Schema(required = true, maxLength = 120, examples = "How we find back to each other")
          @NotNull
          @Length(min = 1, max = 120)
          SensitiveText title,
      @Schema(
              description =
                  "Who is to take part, you included; all current members when left out. It stays as"
                      + " it is for the next version of an agreement.")
          @Size(min = 2, max = 12)
          @Nullable List<@NotNull UUID> memberIds,
      @Schema(required = true, description = "All clauses, in their order.")
          @NotNull
          @Size(max = 300)
          List<@Valid @NotNull TermRequest> terms) {}

  @Schema(name = "UpdateAgreementDraftRequest", description = "The whole draft as it is now.")
  record UpdateDraftRequest(
      @Schema(required = true, maxLength = 120, examples = "How we find back to each other")
          @NotNull
          @Length(min = 1, max = 120)
          SensitiveText title,
      @Schema(required = true, description = "All clauses, in their order.")
          @NotNull
          @Size(max = 300)
          List<@Valid @NotNull TermRequest> terms) {}

  @Schema(name = "ProposeAgreementRequest", description = "All of it may be left out.")
  record ProposeRequest(
      @Schema(
              description =
                  "How long the others can assent: a day to 30 days; a week when left out.",
              examples = "604800")
          @Min(86_400)
          @Max(2_592_000)
          @Nullable Integer openForSeconds) {}

  @Schema(name = "AssentRequest", description = "Your yes to exactly one text.")
  record AssentRequest(
      @Schema(
              required = true,
              description = "The `hash` of the term as you have read it.",
              examples = HASH)
          @NotNull
          @Pattern(regexp = "[0-9a-f]{64}")
          String hash) {}

  @Schema(
      name = "CreateHoldRequest",
      description = "Not before a time, and nothing of it until then.")
  record CreateHoldRequest(
      @Schema(required = true, examples = "contact") @NotNull TermDomain domain,
      @Schema(
              description = "What it is about within its domain; all of it when left out.",
              examples = "[\"calls\"]")
          @Size(max = 20)
          @Nullable List<@NotNull @Pattern(regexp = SLUG) SensitiveText> activities,
      @Schema(
              description = "Towards whom, you included; all current members when left out.",
              examples = "[\"" + MEMBER + "\", \"01939a00-61aa-7d20-b4c1-2f3e4d5c6b7a\"]")
          @Size(min = 2, max = 12)
          @Nullable List<@NotNull UUID> memberIds,
      @Schema(required = true, examples = LATER) @NotNull Instant until) {}

  @Schema(name = "MoveHoldRequest", description = "Another end of a hold.")
  record MoveHoldRequest(
      @Schema(
              required = true,
              description = "Later acts at once; earlier needs the assent of all.",
              examples = LATER)
          @NotNull
          Instant until) {}
}
