package org.stillpoint.webhook;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.identity.Scopes;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.EvenWhenFull;
import org.stillpoint.webhook.WebhookViews.NewWebhookEndpointView;
import org.stillpoint.webhook.WebhookViews.NewWebhookSecretView;
import org.stillpoint.webhook.WebhookViews.WebhookAttemptView;
import org.stillpoint.webhook.WebhookViews.WebhookEndpointRequest;
import org.stillpoint.webhook.WebhookViews.WebhookEndpointView;
import org.stillpoint.webhook.WebhookViews.WebhookMessageIdView;

/** Where an app's own server takes events; for that server, by a login of the app itself. */
@Path("/v1/webhook-endpoints")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Webhooks")
public class WebhookEndpointResource {
  private final ClientGuard guard;
  private final WebhookEndpointService service;

  WebhookEndpointResource(ClientGuard guard, WebhookEndpointService service) {
    this.guard = guard;
    this.service = service;
  }

  @POST
  @RolesAllowed(Scopes.WEBHOOKS_MANAGE)
  @Operation(
      operationId = "createWebhookEndpoint",
      summary = "Name an address at which your server takes events",
      description =
          "For your server, by a login of the app itself (client credentials); at most five. It gets the"
              + " events of those members whose app has said so (`subscribeWebhooks`), as"
              + " `openapi/webhooks.yaml` describes.")
  @APIResponseSchema(
      value = NewWebhookEndpointView.class,
      responseCode = "201",
      responseDescription = "Made; the secret is shown this once")
  public RestResponse<NewWebhookEndpointView> create(
      @Valid @NotNull WebhookEndpointRequest request) {
    Client client = guard.client();
    return RestResponse.status(
        Status.CREATED, NewWebhookEndpointView.of(service.create(client, request.url())));
  }

  @GET
  @RolesAllowed(Scopes.WEBHOOKS_MANAGE)
  @Operation(operationId = "listWebhookEndpoints", summary = "List your app's endpoints")
  public Page<WebhookEndpointView> list(@BeanParam PageRequest page) {
    Client client = guard.client();
    return Page.of(
        service.list(client, page.afterTime(), page.rows()),
        page,
        row -> new Cursor.ByTime(row.endpoint().createdAt(), row.endpoint().id()),
        WebhookEndpointView::of);
  }

  @GET
  @Path("/{endpointId}")
  @RolesAllowed(Scopes.WEBHOOKS_MANAGE)
  @Operation(operationId = "getWebhookEndpoint", summary = "Read an endpoint of your app")
  public WebhookEndpointView get(@RestPath UUID endpointId) {
    Client client = guard.client();
    return WebhookEndpointView.of(service.get(client, endpointId));
  }

  @PATCH
  @Path("/{endpointId}")
  @RolesAllowed(Scopes.WEBHOOKS_MANAGE)
  @Operation(
      operationId = "moveWebhookEndpoint",
      summary = "Change an endpoint's address",
      description = "What waits goes to the new one.")
  public WebhookEndpointView move(
      @RestPath UUID endpointId, @Valid @NotNull WebhookEndpointRequest request) {
    Client client = guard.client();
    return WebhookEndpointView.of(service.move(client, endpointId, request.url()));
  }

  @DELETE
  @Path("/{endpointId}")
  @RolesAllowed(Scopes.WEBHOOKS_MANAGE)
  @Operation(
      operationId = "deleteWebhookEndpoint",
      summary = "Delete an endpoint, with what waits for it")
  public void delete(@RestPath UUID endpointId) {
    Client client = guard.client();
    service.delete(client, endpointId);
  }

  @POST
  @Path("/{endpointId}/secret-rotation")
  @RolesAllowed(Scopes.WEBHOOKS_MANAGE)
  @Operation(
      operationId = "rotateWebhookSecret",
      summary = "Get a new secret for an endpoint",
      description =
          "It is shown this once. The one before signs as well for 24 hours: a message has several"
              + " signatures then.")
  public RestResponse<NewWebhookSecretView> rotate(@RestPath UUID endpointId) {
    Client client = guard.client();
    return RestResponse.ok(NewWebhookSecretView.of(service.rotate(client, endpointId)));
  }

  @EvenWhenFull
  @POST
  @Path("/{endpointId}/enablement")
  @RolesAllowed(Scopes.WEBHOOKS_MANAGE)
  @Operation(
      operationId = "enableWebhookEndpoint",
      summary = "Enable an endpoint that was disabled",
      description =
          "One that answered 410, or took nothing for five days. What happened meanwhile isn't sent.")
  public RestResponse<WebhookEndpointView> enable(@RestPath UUID endpointId) {
    Client client = guard.client();
    return RestResponse.ok(WebhookEndpointView.of(service.enable(client, endpointId)));
  }

  @POST
  @Path("/{endpointId}/test")
  @RolesAllowed(Scopes.WEBHOOKS_MANAGE)
  @Operation(
      operationId = "testWebhookEndpoint",
      summary = "Send a test to an endpoint, once",
      description =
          "A message of the type `webhook.test`, also to one that is disabled. See the attempts for how it"
              + " ended. If it is taken after more than a minute of failures, what waits is sent at once."
              + " A 410 to it changes nothing.")
  @APIResponseSchema(
      value = WebhookMessageIdView.class,
      responseCode = "202",
      responseDescription = "On its way")
  public RestResponse<WebhookMessageIdView> test(@RestPath UUID endpointId) {
    Client client = guard.client();
    return RestResponse.status(
        Status.ACCEPTED, new WebhookMessageIdView(service.test(client, endpointId)));
  }

  @GET
  @Path("/{endpointId}/attempts")
  @RolesAllowed(Scopes.WEBHOOKS_MANAGE)
  @Operation(
      operationId = "listWebhookAttempts",
      summary = "List what was sent to an endpoint, newest first",
      description = "Of the last 72 hours, or less where a member has set so.")
  public Page<WebhookAttemptView> attempts(@RestPath UUID endpointId, @BeanParam PageRequest page) {
    Client client = guard.client();
    return Page.of(
        service.attempts(client, endpointId, page.afterTime(), page.rows()),
        page,
        attempt -> new Cursor.ByTime(attempt.attemptedAt(), attempt.id()),
        WebhookAttemptView::of);
  }

  @POST
  @Path("/{endpointId}/messages/{messageId}/redelivery")
  @RolesAllowed(Scopes.WEBHOOKS_MANAGE)
  @Operation(
      operationId = "redeliverWebhook",
      summary = "Send a message once more",
      description =
          "With the same `webhook-id`, while its event is kept: for 72 hours, or less where a member has"
              + " set so.")
  @APIResponseSchema(
      value = WebhookMessageIdView.class,
      responseCode = "202",
      responseDescription = "On its way")
  public RestResponse<WebhookMessageIdView> redeliver(
      @RestPath UUID endpointId,
      @Parameter(schema = @Schema(type = SchemaType.STRING, maxLength = 73)) @RestPath
          String messageId) {
    Client client = guard.client();
    service.redeliver(client, endpointId, messageId);
    return RestResponse.status(Status.ACCEPTED, new WebhookMessageIdView(messageId));
  }
}
