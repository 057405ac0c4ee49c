package org.stillpoint.agreement;

import static org.stillpoint.agreement.AgreementRequests.MEMBER;
import static org.stillpoint.agreement.AgreementRequests.TIME;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.SensitiveText;

@Schema(name = "TermContent", description = "What a term says.")
record TermContentView(
    @Schema(
            required = true,
            examples = "consent",
            extensions =
                @Extension(
                    name = "x-extensible-enum",
                    value =
                        "[\"consent\", \"norm\", \"routine\", \"aftercare\", \"reEntry\","
                            + " \"safeguard\", \"value\", \"hold\", \"signal\", \"coolingOff\"]",
                    parseValue = true))
        String kind,
    @Schema(
            required = true,
            examples = "touch",
            extensions =
                @Extension(
                    name = "x-extensible-enum",
                    value =
                        "[\"touch\", \"sex\", \"dating\", \"sexting\", \"contact\", \"tech\","
                            + " \"social\", \"money\", \"time\", \"communication\"]",
                    parseValue = true))
        String domain,
    @Schema(
            required = true,
            examples = "permits",
            extensions =
                @Extension(
                    name = "x-extensible-enum",
                    value = "[\"permits\", \"forbids\", \"requires\"]",
                    parseValue = true))
        String polarity,
    @Schema(
            description = "For what permits.",
            examples = "askEachTime",
            extensions =
                @Extension(
                    name = "x-extensible-enum",
                    value = "[\"standing\", \"askEachTime\"]",
                    parseValue = true))
        @Nullable String mode,
    @Schema(required = true, description = "Whom it binds.", examples = "[\"" + MEMBER + "\"]")
        List<UUID> memberIds,
    @Schema(
            required = true,
            description = "None stands for all of the domain.",
            examples = "[\"holding-hands\"]")
        List<SensitiveText> activities,
    @Schema(required = true, examples = "[\"Both are sober.\"]") List<SensitiveText> conditions,
    @Schema(examples = TIME) @Nullable Instant validFrom,
    @Schema(examples = "2027-02-01T00:00:00.000Z") @Nullable Instant validUntil,
    @Schema(examples = "2027-02-01T00:00:00.000Z") @Nullable Instant reviewAt,
    @Schema(required = true, examples = "We hold hands whenever both of us feel like it.")
        SensitiveText text,
    @Schema(description = "For a signal.") @Nullable SignalView signal,
    @Schema(description = "For the cooling-off.", examples = "86400")
        @Nullable Long coolingOffSeconds) {

  @Schema(name = "SignalContent", description = "What a signal raises, and how it is given.")
  record SignalView(
      @Schema(
              required = true,
              examples = "red",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = "[\"yellow\", \"pause\", \"red\"]",
                      parseValue = true))
          String kind,
      @Schema(
              required = true,
              examples = "cue",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = "[\"word\", \"colour\", \"cue\"]",
                      parseValue = true))
          String form,
      @Schema(
              description =
                  "Which neutral text phones show, once all have said yes to it; the default set's when"
                      + " left out.",
              examples = "kettle")
          @Nullable String discreetText) {
    static SignalView of(SignalContent signal) {
      DiscreetText text = signal.discreetText();
      return new SignalView(
          WireName.of(signal.kind()),
          WireName.of(signal.form()),
          text == null ? null : WireName.of(text));
    }
  }

  static TermContentView of(TermContent content) {
    TermMode mode = content.mode();
    SignalContent signal = content.signal();
    return new TermContentView(
        WireName.of(content.kind()),
        WireName.of(content.domain()),
        WireName.of(content.polarity()),
        mode == null ? null : WireName.of(mode),
        content.memberIds(),
        content.activities(),
        content.conditions(),
        content.validFrom(),
        content.validUntil(),
        content.reviewAt(),
        content.text(),
        signal == null ? null : SignalView.of(signal),
        content.coolingOffSeconds());
  }
}
