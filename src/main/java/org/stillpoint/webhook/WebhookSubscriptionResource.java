package org.stillpoint.webhook;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.identity.Scopes;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;

/** Whether the server of the app that calls gets the caller's events; nobody else sees it. */
@Path("/v1/me/webhook-subscription")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Webhooks")
public class WebhookSubscriptionResource {
  private final Callers callers;
  private final WebhookSubscriptionService service;

  WebhookSubscriptionResource(Callers callers, WebhookSubscriptionService service) {
    this.callers = callers;
    this.service = service;
  }

  @Schema(
      name = "WebhookSubscription",
      description = "That this app's own server gets your events, as ids and types.")
  record WebhookSubscriptionView(
      @Schema(required = true, description = "The app.", examples = "stillpoint-ios")
          String clientId,
      @Schema(required = true, examples = "2026-11-03T21:04:05.678Z") Instant createdAt) {
    static WebhookSubscriptionView of(WebhookSubscription subscription) {
      return new WebhookSubscriptionView(subscription.clientId(), subscription.createdAt());
    }
  }

  @GET
  @RolesAllowed(Scopes.EVENTS_READ)
  @Operation(
      operationId = "getWebhookSubscription",
      summary = "Whether this app's server gets your events")
  public WebhookSubscriptionView get() {
    return service
        .find(callers.current())
        .map(WebhookSubscriptionView::of)
        .orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  @PUT
  @RolesAllowed(Scopes.EVENTS_READ)
  @Operation(
      operationId = "subscribeWebhooks",
      summary = "Let this app's server get your events",
      description =
          "Those from now on, at each endpoint of the app: ids and types, never content. It ends when"
              + " the app is cut off.")
  public WebhookSubscriptionView subscribe() {
    return WebhookSubscriptionView.of(service.subscribe(callers.current()));
  }

  @DELETE
  @RolesAllowed(Scopes.EVENTS_READ)
  @Operation(
      operationId = "unsubscribeWebhooks",
      summary = "Let this app's server get no more of your events, at once")
  public void unsubscribe() {
    service.unsubscribe(callers.current());
  }
}
