package org.stillpoint.webhook;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.Length;
import org.jspecify.annotations.Nullable;
import org.stillpoint.webhook.WebhookEndpointService.Opened;

/** An app's endpoints on the wire. */
final class WebhookViews {
  private static final String ID = "01939f00-1a2b-7c3d-8e4f-506172839401";
  private static final String TIME = "2026-11-03T21:04:05.678Z";
  private static final String URL = "https://hooks.example.com/stillpoint";
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwq1q2w3e4r5t=";
  private static final String MESSAGE =
      "01939a21-77d1-7b09-9c55-7a6b5c4d3e2f.01939a00-5b70-7c11-8a3f-9c7f1d2e6b05";
  private static final int LONGEST_URL = 2_000;

  private WebhookViews() {}

  @Schema(name = "WebhookEndpointRequest", description = "Where your server takes events.")
  record WebhookEndpointRequest(
      @Schema(
              required = true,
              description =
                  "An https address at port 443, by a name that is known publicly. A sandbox takes http"
                      + " and any port on the machine itself too.",
              maxLength = LONGEST_URL,
              examples = URL)
          @NotNull
          @Length(min = 1, max = LONGEST_URL)
          String url) {
    /** Without the address, which may hold a secret. */
    @Override
    public String toString() {
      return "where a webhook goes";
    }
  }

  @Schema(name = "WebhookEndpoint", description = "Where your server takes events.")
  record WebhookEndpointView(
      @Schema(required = true, examples = ID) UUID id,
      @Schema(required = true, examples = URL) URI url,
      @Schema(
              required = true,
              description = "Nothing is sent to one that is disabled, but tests.",
              examples = "enabled",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = "[\"enabled\", \"disabled\"]",
                      parseValue = true))
          String state,
      @Schema(required = true, examples = TIME) Instant createdAt,
      @Schema(
              description =
                  "Since when nothing was taken; absent when all is well. After five days it is disabled.",
              examples = TIME)
          @Nullable Instant failingSince,
      @Schema(examples = TIME) @Nullable Instant disabledAt) {
    static WebhookEndpointView of(Opened opened) {
      WebhookEndpoint endpoint = opened.endpoint();
      return new WebhookEndpointView(
          endpoint.id(),
          opened.target().url(),
          endpoint.disabledAt() == null ? "enabled" : "disabled",
          endpoint.createdAt(),
          endpoint.failingSince(),
          endpoint.disabledAt());
    }
  }

  @Schema(
      name = "NewWebhookEndpoint",
      description = "An endpoint with its secret, which is shown this once.")
  record NewWebhookEndpointView(
      @Schema(required = true, examples = ID) UUID id,
      @Schema(required = true, examples = URL) URI url,
      @Schema(
              required = true,
              description = "Give it to a library of Standard Webhooks, to verify what comes.",
              examples = SECRET)
          String secret,
      @Schema(required = true, examples = TIME) Instant createdAt) {
    static NewWebhookEndpointView of(Opened opened) {
      return new NewWebhookEndpointView(
          opened.endpoint().id(),
          opened.target().url(),
          opened.target().shownSecret(),
          opened.endpoint().createdAt());
    }
  }

  @Schema(name = "NewWebhookSecret", description = "A new secret, which is shown this once.")
  record NewWebhookSecretView(
      @Schema(required = true, examples = SECRET) String secret,
      @Schema(
              required = true,
              description = "Until then the one before signs as well.",
              examples = TIME)
          Instant previousUntil) {
    static NewWebhookSecretView of(Opened rotated) {
      return new NewWebhookSecretView(
          rotated.target().shownSecret(), rotated.target().previousUntil());
    }
  }

  @Schema(name = "WebhookMessageId", description = "A message that is on its way.")
  record WebhookMessageIdView(
      @Schema(
              required = true,
              description = "As it stands in the header `webhook-id`.",
              examples = MESSAGE)
          String messageId) {}

  @Schema(name = "WebhookAttempt", description = "That a message was sent, and how that ended.")
  record WebhookAttemptView(
      @Schema(required = true, examples = ID) UUID id,
      @Schema(
              required = true,
              description = "As it stands in the header `webhook-id`.",
              examples = MESSAGE)
          String messageId,
      @Schema(
              required = true,
              description = "A type of event, or `webhook.test`.",
              examples = "pause.raised")
          String eventType,
      @Schema(required = true, examples = TIME) Instant attemptedAt,
      @Schema(description = "Absent when there was no answer.", examples = "204")
          @Nullable Integer statusCode,
      @Schema(
              required = true,
              description =
                  "`later` and `noAnswer` are tried again while the event is kept, unless it was a test.",
              examples = "handedOver",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = "[\"handedOver\", \"later\", \"gone\", \"noAnswer\"]",
                      parseValue = true))
          String outcome) {
    static WebhookAttemptView of(WebhookAttempt attempt) {
      return new WebhookAttemptView(
          attempt.id(),
          attempt.messageId(),
          attempt.eventType(),
          attempt.attemptedAt(),
          attempt.statusCode(),
          attempt.outcome());
    }
  }
}
