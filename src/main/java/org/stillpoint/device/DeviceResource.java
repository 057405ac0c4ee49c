package org.stillpoint.device;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.delivery.PublicAddresses;
import org.stillpoint.identity.Caller;
import org.stillpoint.identity.Scopes;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;

/** A member's own devices; nobody else sees that there are any. */
@Path("/v1/me/devices")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Devices")
public class DeviceResource {
  private final Callers callers;
  private final DeviceService service;
  private final PublicAddresses addresses;

  DeviceResource(Callers callers, DeviceService service, PublicAddresses addresses) {
    this.callers = callers;
    this.service = service;
    this.addresses = addresses;
  }

  @Schema(name = "Device", description = "A device of yours. Its address is shown to nobody.")
  record DeviceView(
      @Schema(required = true, examples = "01939e10-5a6b-7c7d-8e8f-901122334455") UUID id,
      @Schema(
              required = true,
              examples = "webPush",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = "[\"webPush\", \"apns\", \"fcm\"]",
                      parseValue = true))
          String channel,
      @Schema(
              required = true,
              description = "The app that has registered it last.",
              examples = "stillpoint-ios")
          String clientId,
      @Schema(required = true, examples = "2026-11-03T21:04:05.678Z") Instant createdAt) {
    static DeviceView of(Device device) {
      return new DeviceView(device.id(), device.channel(), device.clientId(), device.createdAt());
    }
  }

  @POST
  @RolesAllowed(Scopes.EVENTS_READ)
  @Operation(
      operationId = "registerDevice",
      summary = "Have a device of yours told of what happens",
      description =
          "Register it whenever your app starts: the same address is the same device. What it shows is"
              + " neutral; what has happened is in your events. It goes when you remove it, when you cut the"
              + " app off, and when its push service says that it is no more.")
  @APIResponseSchema(
      value = DeviceView.class,
      responseCode = "201",
      responseDescription = "Registered")
  public RestResponse<DeviceView> register(@Valid @NotNull DeviceRequest request) {
    Caller caller = callers.current();
    DeviceAddress address = request.address(caller.login().clientId(), addresses);
    Device device = service.register(caller.memberId(), address);
    return RestResponse.status(RestResponse.Status.CREATED, DeviceView.of(device));
  }

  @GET
  @RolesAllowed(Scopes.EVENTS_READ)
  @Operation(operationId = "listDevices", summary = "List your devices, the oldest first")
  public Page<DeviceView> list(@BeanParam PageRequest page) {
    return Page.of(
        service.list(callers.current().memberId(), page.afterTime(), page.rows()),
        page,
        device -> new Cursor.ByTime(device.createdAt(), device.id()),
        DeviceView::of);
  }

  @GET
  @Path("/{deviceId}")
  @RolesAllowed(Scopes.EVENTS_READ)
  @Operation(operationId = "getDevice", summary = "Read a device of yours")
  public DeviceView get(@RestPath UUID deviceId) {
    return DeviceView.of(service.get(callers.current().memberId(), deviceId));
  }

  @DELETE
  @Path("/{deviceId}")
  @RolesAllowed(Scopes.EVENTS_READ)
  @Operation(
      operationId = "removeDevice",
      summary = "Remove a device of yours, at once",
      description = "It is told nothing more, not even what waits for it.")
  public void remove(@RestPath UUID deviceId) {
    service.remove(callers.current().memberId(), deviceId);
  }
}
