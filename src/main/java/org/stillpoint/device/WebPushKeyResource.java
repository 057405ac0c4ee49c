package org.stillpoint.device;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.stillpoint.transaction.CallerTransaction;

/** What a browser needs to subscribe. */
@Path("/v1/web-push-key")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Authenticated
@Tag(name = "Devices")
public class WebPushKeyResource {
  private final Vapid vapid;

  WebPushKeyResource(Vapid vapid) {
    this.vapid = vapid;
  }

  @Schema(name = "WebPushKey", description = "Who this server is to the push services of browsers.")
  record WebPushKeyView(
      @Schema(
              required = true,
              description = "A point of P-256, 65 bytes in base64url: the `applicationServerKey`.",
              examples =
                  "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs")
          String publicKey) {}

  @GET
  @Operation(
      operationId = "getWebPushKey",
      summary = "Read the key with which a browser subscribes to Web Push",
      description =
          "A subscription is bound to it: subscribe anew when it has changed. Without Web Push on this"
              + " server, there is none.")
  public WebPushKeyView get() {
    return new WebPushKeyView(vapid.applicationServerKey());
  }
}
