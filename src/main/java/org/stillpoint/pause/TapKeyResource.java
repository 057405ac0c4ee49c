package org.stillpoint.pause;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.identity.Scopes;
import org.stillpoint.pause.PauseViews.NewTapKeyView;
import org.stillpoint.pause.PauseViews.TapKeyRequest;
import org.stillpoint.pause.PauseViews.TapKeyView;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;
import org.stillpoint.transaction.Callers;

/** A member's own tap keys; the other members don't see that there are any. */
@Path("/v1/relationships/{relationshipId}/tap-keys")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Tap keys")
public class TapKeyResource {
  private final MembershipGuard guard;
  private final Callers callers;
  private final TapKeyService service;

  TapKeyResource(MembershipGuard guard, Callers callers, TapKeyService service) {
    this.guard = guard;
    this.callers = callers;
    this.service = service;
  }

  @POST
  @RolesAllowed(Scopes.PAUSES_WRITE)
  @Operation(
      operationId = "createTapKey",
      summary = "Make a key for a watch, a widget or an NFC tag",
      description =
          "Whoever holds it can raise your pause here, and nothing else; it works when no login does.")
  @APIResponseSchema(
      value = NewTapKeyView.class,
      responseCode = "201",
      responseDescription = "Made; the key is shown this once")
  public RestResponse<NewTapKeyView> create(
      @RestPath UUID relationshipId,
      @RequestBody(required = false) @Valid @Nullable TapKeyRequest request) {
    Member member = guard.memberOfOpen(relationshipId);
    SensitiveText label = request == null ? null : request.label();
    PauseKind kind = request == null || request.kind() == null ? PauseKind.PAUSE : request.kind();
    var made = service.create(member, callers.current().login().clientId(), label, kind);
    return RestResponse.status(RestResponse.Status.CREATED, NewTapKeyView.of(made));
  }

  @GET
  @RolesAllowed(Scopes.PAUSES_READ)
  @Operation(operationId = "listTapKeys", summary = "List your tap keys")
  public Page<TapKeyView> list(@RestPath UUID relationshipId, @BeanParam PageRequest page) {
    Member member = guard.memberOf(relationshipId);
    return Page.of(
        service.list(member, page.afterTime(), page.rows()),
        page,
        row -> new Cursor.ByTime(row.key().createdAt(), row.key().id()),
        TapKeyView::of);
  }

  @DELETE
  @Path("/{tapKeyId}")
  @RolesAllowed(Scopes.PAUSES_WRITE)
  @Operation(operationId = "revokeTapKey", summary = "Revoke a tap key of yours, at once")
  public void revoke(@RestPath UUID relationshipId, @RestPath UUID tapKeyId) {
    service.revoke(guard.memberOf(relationshipId), tapKeyId);
  }
}
