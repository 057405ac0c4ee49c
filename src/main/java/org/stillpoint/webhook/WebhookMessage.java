package org.stillpoint.webhook;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.stillpoint.event.Announced;
import org.stillpoint.event.EventView;

/**
 * What an app's server gets: the event as its member's apps see it, and whose it is.
 *
 * @param memberId null in a test
 */
record WebhookMessage(@JsonUnwrapped EventView event, @Nullable UUID memberId) {
  static final String TEST = "webhook.test";

  /** Of an event as one member's: two members of a relationship are two messages. */
  record Id(UUID eventId, UUID memberId) {
    private static final String UUIDS = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern FORM = Pattern.compile("(" + UUIDS + ")\\.(" + UUIDS + ")");

    /** Empty when it is no id of a message. */
    static Optional<Id> parse(String text) {
      Matcher matcher = FORM.matcher(text);
      return matcher.matches()
          ? Optional.of(
              new Id(UUID.fromString(matcher.group(1)), UUID.fromString(matcher.group(2))))
          : Optional.empty();
    }

    @Override
    public String toString() {
      return eventId + "." + memberId;
    }
  }

  static WebhookMessage of(Announced event) {
    return new WebhookMessage(EventView.of(event), event.recipient());
  }

  static WebhookMessage test(UUID id, UUID endpointId, Instant now) {
    return new WebhookMessage(
        new EventView(
            id, TEST, now, null, new EventView.ResourceView("webhookEndpoint", endpointId)),
        null);
  }

  /** The same each time it comes. */
  String id() {
    return memberId == null ? event.id().toString() : new Id(event.id(), memberId).toString();
  }
}
