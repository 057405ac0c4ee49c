package org.stillpoint.contact;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.validator.constraints.Length;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.identity.Caller;
import org.stillpoint.identity.Scopes;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;

/** Where a member is reached without an app; nobody else sees that there is anything. */
@Path("/v1/me/channels")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Channels")
public class ContactResource {
  private static final String ID = "01939e10-1a2b-7c3d-8e4f-506172839496";
  private static final String TIME = "2026-11-03T21:04:05.678Z";
  private static final String NUMBER = "+491701234567";

  private final Callers callers;
  private final ContactService service;

  ContactResource(Callers callers, ContactService service) {
    this.callers = callers;
    this.service = service;
  }

  @Schema(name = "ChannelRequest", description = "Where you want to be reached without an app.")
  record ChannelRequest(
      @Schema(required = true, examples = "sms") @NotNull Medium channel,
      @Schema(
              required = true,
              description =
                  "Your own number in E.164, beginning with `+`; or your own e-mail address.",
              maxLength = 254,
              examples = NUMBER)
          @NotNull
          @Length(max = 254)
          SensitiveText to,
      @Schema(
              description =
                  "Whether only pauses come there. When it is left out: yes by SMS, no by e-mail.",
              examples = "true")
          @Nullable Boolean pausesOnly) {}

  @Schema(name = "ChannelUpdate", description = "What is to come there.")
  record ChannelUpdateRequest(
      @Schema(required = true, description = "Whether only pauses come there.", examples = "false")
          @NotNull
          Boolean pausesOnly) {}

  @Schema(name = "ChannelConfirmation", description = "What came there.")
  record ConfirmationRequest(
      @Schema(required = true, pattern = "[0-9]{6}", examples = "271828")
          @NotNull
          @Pattern(regexp = "[0-9]{6}")
          String code) {}

  @Schema(name = "Channel", description = "Where you are reached without an app.")
  record ChannelView(
      @Schema(required = true, examples = ID) UUID id,
      @Schema(required = true, description = "`sms` or `email`.", examples = "sms") String channel,
      @Schema(required = true, examples = NUMBER) SensitiveText to,
      @Schema(
              required = true,
              description = "Whether the code came back; until then nothing else is sent there.",
              examples = "false")
          boolean confirmed,
      @Schema(required = true, description = "Whether only pauses come there.", examples = "true")
          boolean pausesOnly,
      @Schema(required = true, examples = TIME) Instant createdAt) {

    static ChannelView of(ContactService.Listed listed) {
      Contact contact = listed.contact();
      return new ChannelView(
          contact.id(),
          contact.medium().wireName(),
          listed.to(),
          contact.isConfirmed(),
          contact.pausesOnly(),
          contact.createdAt());
    }
  }

  @POST
  @RolesAllowed(Scopes.PROFILE_WRITE)
  @Operation(
      operationId = "addChannel",
      summary = "Say where you want to be reached without an app",
      description =
          "A code of six digits is sent there, and nothing else until you send it back within 15"
              + " minutes. There are few codes a day: if none comes, try again tomorrow. The same address"
              + " again is the same channel, with a new code unless it is confirmed.")
  @APIResponseSchema(
      value = ChannelView.class,
      responseCode = "201",
      responseDescription = "Known, and to be confirmed by the code")
  public RestResponse<ChannelView> add(@Valid @NotNull ChannelRequest request) {
    return RestResponse.status(
        RestResponse.Status.CREATED,
        ChannelView.of(
            service.add(callers.current(), request.channel(), request.to(), request.pausesOnly())));
  }

  @GET
  @RolesAllowed(Scopes.PROFILE_READ)
  @Operation(operationId = "listChannels", summary = "List where you are reached without an app")
  public Page<ChannelView> list(@BeanParam PageRequest page) {
    return Page.of(
        service.list(callers.current().memberId(), page.afterTime(), page.rows()),
        page,
        row -> new Cursor.ByTime(row.contact().createdAt(), row.contact().id()),
        ChannelView::of);
  }

  @PUT
  @Path("/{channelId}/confirmation")
  @RolesAllowed(Scopes.PROFILE_WRITE)
  @Operation(
      operationId = "confirmChannel",
      summary = "Send the code back that came there",
      description = "After five wrong ones it takes a new code.")
  public ChannelView confirm(
      @RestPath UUID channelId, @Valid @NotNull ConfirmationRequest request) {
    Caller caller = callers.current();
    if (!service.confirm(caller, channelId, request.code())) {
      throw ContactProblem.CHANNEL_CODE_WRONG.exception().keepingWhatIsStored();
    }
    return ChannelView.of(service.get(caller, channelId));
  }

  @POST
  @Path("/{channelId}/code")
  @RolesAllowed(Scopes.PROFILE_WRITE)
  @Operation(
      operationId = "sendChannelCode",
      summary = "Have a new code sent; the one before is void",
      description = "None is sent to a channel that is confirmed.")
  @APIResponseSchema(
      value = ChannelView.class,
      responseCode = "200",
      responseDescription = "A code is on its way, unless it is confirmed")
  public RestResponse<ChannelView> sendCode(@RestPath UUID channelId) {
    return RestResponse.ok(ChannelView.of(service.sendCode(callers.current(), channelId)));
  }

  @PATCH
  @Path("/{channelId}")
  @RolesAllowed(Scopes.PROFILE_WRITE)
  @Operation(operationId = "updateChannel", summary = "Say what is to come there")
  public ChannelView update(
      @RestPath UUID channelId, @Valid @NotNull ChannelUpdateRequest request) {
    return ChannelView.of(service.update(callers.current(), channelId, request.pausesOnly()));
  }

  @DELETE
  @Path("/{channelId}")
  @RolesAllowed(Scopes.PROFILE_WRITE)
  @Operation(
      operationId = "removeChannel",
      summary = "Remove a channel of yours, at once, with what was still to be sent there")
  public void remove(@RestPath UUID channelId) {
    service.remove(callers.current(), channelId);
  }
}
