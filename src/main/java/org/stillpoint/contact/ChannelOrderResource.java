package org.stillpoint.contact;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.identity.Scopes;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;

/** In which order a member wants to be reached. Nobody else learns of it. */
@Path("/v1/me/channel-order")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Channels")
public class ChannelOrderResource {
  private static final String ORDER = "[\"push\", \"sms\", \"email\"]";
  private static final String MEANING =
      "What is tried first stands first: `push` is all your devices, `sms` all your numbers and"
          + " `email` all your e-mail addresses. What is left out isn't used.";
  private static final String WAIT =
      "The next is tried after so many seconds, unless the notice was handed over; at once when"
          + " that can't be done any more.";

  private final Callers callers;
  private final ChannelOrders orders;

  ChannelOrderResource(Callers callers, ChannelOrders orders) {
    this.callers = callers;
    this.orders = orders;
  }

  @Schema(name = "ChannelOrderRequest", description = "In which order you want to be reached.")
  record ChannelOrderRequest(
      @Schema(required = true, description = MEANING, examples = ORDER)
          @NotNull
          @Size(min = 1, max = 3)
          List<@NotNull Rung> channels,
      @Schema(required = true, description = WAIT, minimum = "10", maximum = "900", examples = "60")
          @NotNull
          @Min(10)
          @Max(900)
          Integer fallbackAfterSeconds) {}

  @Schema(name = "ChannelOrder", description = "In which order you are reached.")
  record ChannelOrderView(
      @Schema(required = true, description = MEANING, examples = ORDER) List<String> channels,
      @Schema(required = true, description = WAIT, examples = "60") int fallbackAfterSeconds) {

    static ChannelOrderView of(ChannelOrder order) {
      return new ChannelOrderView(order.channels(), order.fallbackAfterSeconds());
    }
  }

  @GET
  @RolesAllowed(Scopes.PROFILE_READ)
  @Operation(operationId = "getChannelOrder", summary = "Read in which order you are reached")
  public ChannelOrderView get() {
    return ChannelOrderView.of(orders.of(callers.current().memberId()));
  }

  @PUT
  @RolesAllowed(Scopes.PROFILE_WRITE)
  @Operation(operationId = "setChannelOrder", summary = "Say in which order you want to be reached")
  public ChannelOrderView set(@Valid @NotNull ChannelOrderRequest request) {
    List<Rung> channels = request.channels();
    if (channels.stream().distinct().count() < channels.size()) {
      throw HttpProblem.VALIDATION_FAILED
          .exception()
          .withError(FieldError.member("/channels", Flaw.NOT_ALLOWED_VALUE));
    }
    UUID memberId = callers.current().memberId();
    orders.set(memberId, channels, request.fallbackAfterSeconds());
    return ChannelOrderView.of(orders.of(memberId));
  }
}
