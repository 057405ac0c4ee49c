package org.stillpoint.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.ValidationReport;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.nio.file.Path;
import org.stillpoint.testkit.AppServer.Message;

/** What an app's server asks of a message before it believes it. */
final class Signed {
  static final Path DOCUMENT = Path.of("openapi", "webhooks.yaml");

  private static final OpenApiInteractionValidator CONTRACT =
      OpenApiInteractionValidator.createFor(DOCUMENT.toAbsolutePath().toUri().toString()).build();

  private Signed() {}

  /** Whether the official library believes that whoever has the secret has sent it, just now. */
  static boolean by(String secret, Message message) {
    return by(secret, message, message.body());
  }

  static boolean by(String secret, Message message, String body) {
    try {
      new Webhook(secret).verify(body, message.headers());
      return true;
    } catch (WebhookVerificationException e) {
      return false;
    }
  }

  /** It is what the document of webhooks says. */
  static void assertAsDocumented(Message message) {
    assertThat(undocumented(message, message.body())).isEmpty();
  }

  static String undocumented(Message message, String body) {
    SimpleRequest.Builder request = SimpleRequest.Builder.post("/stillpoint").withBody(body);
    message.headers().forEach((name, values) -> request.withHeader(name, values));
    ValidationReport report = CONTRACT.validateRequest(request.build());
    return String.join("\n", report.getMessages().stream().map(Object::toString).toList());
  }
}
