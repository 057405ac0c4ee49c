package org.stillpoint.practitioner;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.Length;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.practitioner.PractitionerService.Profile;

/** Practitioners on the wire. */
final class PractitionerViews {
  static final String PRACTITIONER = "01939d20-0a1b-7c2d-8e3f-506172839401";
  static final String CODE = "7K2M-9QXC-4TBH-0WZD";
  static final String TOOL = "practice-notes";

  private static final String NAME = "Dora Lind";
  private static final String WORK = "Couples therapist, at home with kink";
  private static final String LANGUAGES = "[\"de\", \"en\"]";
  private static final String POLICY = "asksNotToBeTold";
  private static final String POLICY_TEXT =
      "Tell me nothing that your partner mustn't know: I won't keep it from them.";
  private static final String POLICY_MEANING =
      "`sharesWithAll`: what one says without the others, all get to know; `keepsConfidence`: it stays"
          + " between the two; `asksNotToBeTold`: please don't say it.";

  private PractitionerViews() {}

  @Schema(
      name = "RegisterPractitionerRequest",
      description = "Who you are as a practitioner, for those who let you read. All of it.")
  record RegisterRequest(
      @Schema(required = true, maxLength = 80, examples = NAME) @NotNull @Length(min = 1, max = 80)
          SensitiveText displayName,
      @Schema(
              required = true,
              maxLength = 80,
              description = "What kind of work you do.",
              examples = WORK)
          @NotNull
          @Length(min = 1, max = 80)
          SensitiveText work,
      @Schema(
              required = true,
              description = "BCP 47 tags of the languages in which you work.",
              examples = LANGUAGES)
          @NotNull
          @Size(min = 1, max = 10)
          List<@NotNull @Pattern(regexp = "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}") String>
              languages,
      @Schema(required = true, description = POLICY_MEANING, examples = POLICY) @NotNull
          SecretsPolicy secretsPolicy,
      @Schema(
              required = true,
              maxLength = 2000,
              description = "The same in your own words.",
              examples = POLICY_TEXT)
          @NotNull
          @Length(min = 1, max = 2000)
          SensitiveText secretsPolicyText) {}

  @Schema(name = "Practitioner", description = "What a practitioner says of themself.")
  record PractitionerView(
      @Schema(required = true, examples = PRACTITIONER) UUID id,
      @Schema(
              required = true,
              description =
                  "Names what is said here, word for word; for whoever runs the server to verify it.",
              examples = "5c0c3a1e-7d0b-4a55-9c1e-0a1b2c3d4e5f")
          UUID edition,
      @Schema(required = true, examples = NAME) SensitiveText displayName,
      @Schema(required = true, examples = WORK) SensitiveText work,
      @Schema(required = true, examples = LANGUAGES) List<String> languages,
      @Schema(
              required = true,
              description = POLICY_MEANING,
              examples = POLICY,
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = SecretsPolicy.WIRE_NAMES,
                      parseValue = true))
          String secretsPolicy,
      @Schema(required = true, examples = POLICY_TEXT) SensitiveText secretsPolicyText,
      @Schema(
              required = true,
              description =
                  "Show `notVerified` plainly: nobody has looked at whether this is true. `verified`:"
                      + " whoever runs the server has, and not a word was changed since.",
              examples = "notVerified",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = "[\"notVerified\", \"verified\"]",
                      parseValue = true))
          String verification) {
    static PractitionerView of(Profile profile) {
      Practitioner row = profile.row();
      return new PractitionerView(
          row.memberId(),
          row.edition(),
          profile.displayName(),
          profile.work(),
          row.languages(),
          row.secretsPolicy().wireName(),
          profile.policyText(),
          row.isVerified() ? "verified" : "notVerified");
    }
  }

  @Schema(
      name = "PractitionerPreview",
      description =
          "To whom a code leads, for you to read before you ask your partners or say yes.")
  record PreviewView(
      @Schema(required = true) PractitionerView practitioner,
      @Schema(
              required = true,
              description =
                  "The practitioner's app, by the name under which the login service knows it: no other"
                      + " reads what you grant.",
              examples = TOOL)
          String clientId) {}

  @Schema(
      name = "NewPractitionerCode",
      description = "A code for those who want you to read, which is shown this once.")
  record NewCodeView(
      @Schema(
              required = true,
              description =
                  "The same for all whom you give it to. The one before leads nowhere any more.",
              examples = CODE)
          String code,
      @Schema(required = true, examples = "2026-11-10T18:20:00.000Z") Instant expiresAt) {}
}
