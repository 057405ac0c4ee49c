package org.stillpoint.webhook;

import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.delivery.PublicAddresses;
import org.stillpoint.delivery.UnreachableException;
import org.stillpoint.time.Ids;

/** Makes, changes and tries the endpoints of an app. */
@Singleton
@Transactional(TxType.MANDATORY)
class WebhookEndpointService {
  static final int MOST_ENDPOINTS = 5;

  /** Each signs every message. */
  private static final int MOST_SECRETS = 5;

  private final WebhookRepository endpoints;
  private final WebhookSeal seal;
  private final PublicAddresses addresses;
  private final Event<WebhookTester.Order> tests;
  private final Clock clock;

  WebhookEndpointService(
      WebhookRepository endpoints,
      WebhookSeal seal,
      PublicAddresses addresses,
      Event<WebhookTester.Order> tests,
      Clock clock) {
    this.endpoints = endpoints;
    this.seal = seal;
    this.addresses = addresses;
    this.tests = tests;
    this.clock = clock;
  }

  /** An endpoint with what is secret about it. */
  record Opened(WebhookEndpoint endpoint, WebhookTarget target) {}

  Opened create(Client client, String url) {
    WebhookTarget target = WebhookTarget.create(checked(url));
    if (endpoints.lockAndCount(client) >= MOST_ENDPOINTS) {
      throw WebhookProblem.TOO_MANY_WEBHOOK_ENDPOINTS.exception();
    }
    WebhookEndpoint endpoint = WebhookEndpoint.plan(client.id(), clock.instant());
    endpoint.target(target, seal, clock.instant());
    endpoints.persist(endpoint);
    return new Opened(endpoint, target);
  }

  /** The address, if anybody may have it called. */
  private URI checked(String url) {
    try {
      return addresses.check(url);
    } catch (UnreachableException e) {
      throw HttpProblem.VALIDATION_FAILED
          .exception()
          .withError(FieldError.member("/url", Flaw.NOT_PUBLIC_ADDRESS));
    }
  }

  List<Opened> list(Client client, Cursor.@Nullable ByTime after, int limit) {
    return endpoints.of(client, after, limit).stream().map(this::opened).toList();
  }

  Opened get(Client client, UUID id) {
    return opened(find(client, id));
  }

  private Opened opened(WebhookEndpoint endpoint) {
    return new Opened(endpoint, endpoint.target(seal));
  }

  private WebhookEndpoint find(Client client, UUID id) {
    return endpoints.find(client, id).orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  /** To be changed: of two changes at once, the second sees the first. */
  private Opened lock(Client client, UUID id) {
    return opened(endpoints.lock(client, id).orElseThrow(HttpProblem.NOT_FOUND::exception));
  }

  Opened move(Client client, UUID id, String url) {
    URI to = checked(url);
    return change(lock(client, id), target -> target.movedTo(to));
  }

  Opened rotate(Client client, UUID id) {
    Opened before = lock(client, id);
    if (before.target().signing(clock.instant()).size() >= MOST_SECRETS) {
      throw WebhookProblem.WEBHOOK_SECRET_ROTATED_OFTEN.exception();
    }
    return change(before, target -> target.rotated(clock.instant()));
  }

  private Opened change(Opened before, UnaryOperator<WebhookTarget> change) {
    WebhookTarget target = change.apply(before.target());
    before.endpoint().target(target, seal, clock.instant());
    return new Opened(before.endpoint(), target);
  }

  Opened enable(Client client, UUID id) {
    Opened opened = lock(client, id);
    opened.endpoint().enable();
    return opened;
  }

  void delete(Client client, UUID id) {
    endpoints.delete(find(client, id));
  }

  /** Sends a test once this is committed; its id. */
  String test(Client client, UUID id) {
    find(client, id);
    Instant now = clock.instant();
    UUID test = Ids.next();
    tests.fire(new WebhookTester.Order(id, client.memberId(), test, now));
    return test.toString();
  }

  List<WebhookAttempt> attempts(Client client, UUID id, Cursor.@Nullable ByTime after, int limit) {
    find(client, id);
    return endpoints.attempts(client, id, after, limit);
  }

  /** Sends a message once more. */
  void redeliver(Client client, UUID id, String messageId) {
    WebhookEndpoint endpoint = find(client, id);
    WebhookMessage.Id message =
        WebhookMessage.Id.parse(messageId).orElseThrow(HttpProblem.NOT_FOUND::exception);
    if (endpoint.disabledAt() != null) {
      throw WebhookProblem.WEBHOOK_ENDPOINT_DISABLED.exception();
    }
    if (!endpoints.redeliver(id, message)) {
      throw HttpProblem.NOT_FOUND.exception();
    }
  }
}
