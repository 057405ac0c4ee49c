package org.stillpoint.profile;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.Length;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.identity.ClientOfMember;
import org.stillpoint.identity.Profile;
import org.stillpoint.identity.ProfileWords;

/** A member's own things on the wire. */
final class ProfileViews {
  private static final String ROLES = "[\"top\", \"bottom\", \"switch\"]";
  private static final String TIME = "2026-11-03T18:20:00.000Z";

  private ProfileViews() {}

  @Schema(name = "Me", description = "What you have said of yourself.")
  record MeView(
      @Schema(required = true, examples = "01939a00-5b70-7c11-8a3f-9c7f1d2e6b05") UUID id,
      @Schema(examples = "Ana") @Nullable SensitiveText displayName,
      @Schema(examples = "she/her") @Nullable SensitiveText pronouns,
      @Schema(
              description = "A label, never a permission.",
              examples = "switch",
              extensions = @Extension(name = "x-extensible-enum", value = ROLES, parseValue = true))
          @Nullable SensitiveText roleLabel,
      @Schema(required = true, description = "A BCP 47 language tag.", examples = "en")
          String locale,
      @Schema(required = true, description = "An IANA time zone.", examples = "Europe/Berlin")
          String timeZone,
      @Schema(description = "When you attested to being an adult.", examples = TIME)
          @Nullable Instant adultAttestedAt,
      @Schema(description = "What you have consented to; absent without a consent.")
          @Nullable ConsentView consent) {

    static MeView of(Profile profile, ProfileWords words) {
      String version = profile.consentVersion();
      Instant consentedAt = profile.consentedAt();
      return new MeView(
          profile.id(),
          words.displayName(),
          words.pronouns(),
          words.roleLabel(),
          profile.locale().toLanguageTag(),
          profile.timeZone().getId(),
          profile.adultAttestedAt(),
          version == null || consentedAt == null ? null : new ConsentView(version, consentedAt));
    }
  }

  @Schema(name = "Consent", description = "The receipt of a consent.")
  record ConsentView(
      @Schema(required = true, description = "The version of the text.", examples = "2026-11")
          String version,
      @Schema(required = true, examples = TIME) Instant consentedAt) {}

  @Schema(name = "ConsentRequest", description = "Consent to a version of the app's terms.")
  record ConsentRequest(
      @Schema(required = true, examples = "2026-11", maxLength = 64)
          @NotNull
          @Length(min = 1, max = 64)
          String version) {}

  @Schema(name = "RoleLabel", description = "A label, never a permission.")
  enum RoleLabel {
    @JsonProperty("top")
    TOP,
    @JsonProperty("bottom")
    BOTTOM,
    @JsonProperty("switch")
    SWITCH;

    SensitiveText text() {
      return SensitiveText.of(name().toLowerCase(Locale.ROOT));
    }
  }

  @Schema(name = "ClearableMeField", description = "What can be taken back.")
  enum ClearableField {
    @JsonProperty("displayName")
    DISPLAY_NAME,
    @JsonProperty("pronouns")
    PRONOUNS,
    @JsonProperty("roleLabel")
    ROLE_LABEL
  }

  @Schema(
      name = "UpdateMeRequest",
      description = "What is null or absent stays as it is; `clear` takes back.")
  record UpdateRequest(
      @Schema(examples = "Ana", maxLength = 80) @Length(min = 1, max = 80)
          @Nullable SensitiveText displayName,
      @Schema(examples = "she/her", maxLength = 40) @Length(min = 1, max = 40)
          @Nullable SensitiveText pronouns,
      @Schema(examples = "switch") @Nullable RoleLabel roleLabel,
      @Schema(description = "A BCP 47 language tag.", examples = "en")
          @Pattern(regexp = "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}")
          @Nullable String locale,
      @Schema(description = "An IANA time zone.", maxLength = 64, examples = "Europe/Berlin")
          @Length(max = 64)
          @Nullable String timeZone,
      @Schema(description = "Fields to take back.", examples = "[]")
          @Nullable List<@NotNull ClearableField> clear) {}

  @Schema(name = "Client", description = "An app that acts, or acted, for you.")
  record ClientView(
      @Schema(required = true, examples = "01939a02-7e11-7d55-9a0b-1c2d3e4f5061") UUID id,
      @Schema(
              required = true,
              description = "The name under which the login service knows the app.",
              examples = "stillpoint-ios")
          String clientId,
      @Schema(
              required = true,
              examples = "active",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = "[\"active\", \"cutOff\"]",
                      parseValue = true))
          String state,
      @Schema(
              required = true,
              description = "Whether its own server gets your events, as ids and types.",
              examples = "false")
          boolean webhooks,
      @Schema(required = true, examples = TIME) Instant firstUsedAt,
      @Schema(examples = TIME) @Nullable Instant cutOffAt) {
    static ClientView of(ClientOfMember client, boolean webhooks) {
      return new ClientView(
          client.id(),
          client.clientId(),
          client.isCutOff() ? "cutOff" : "active",
          webhooks,
          client.firstUsedAt(),
          client.cutOffAt());
    }
  }
}
