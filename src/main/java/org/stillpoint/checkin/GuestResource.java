package org.stillpoint.checkin;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.validator.constraints.Length;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stillpoint.checkin.GuestService.Listed;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;

/** Guests of a check-in, as those who take part see them. */
@Path("/v1/relationships/{relationshipId}/check-ins/{checkInId}/guests")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Guests")
public class GuestResource {
  static final String GUEST = "01939c50-0000-7a11-8b22-3c4d5e6f7083";
  private static final String LABEL = "Dora, whom we saw in spring";
  private static final String EXPIRES = "2026-11-10T18:21:00.000Z";
  private static final String STATES = "[\"proposed\", \"invited\", \"present\"]";

  private final MembershipGuard guard;
  private final GuestService service;

  GuestResource(MembershipGuard guard, GuestService service) {
    this.guard = guard;
    this.service = service;
  }

  @Schema(name = "ProposeGuestRequest", description = "Whom to have with you in a check-in.")
  record GuestRequest(
      @Schema(required = true, examples = "counsellor") @NotNull GuestRole role,
      @Schema(
              required = true,
              maxLength = 200,
              description = "In your own words, for those who take part: who that is.",
              examples = LABEL)
          @NotNull
          @Length(min = 1, max = 200)
          SensitiveText label,
      @Schema(
              description =
                  "Of this relationship, with the scope `attendCheckIns`: its practitioner is to come, and"
                      + " there is no code. Only to a talk of all members, and once.",
              examples = "01939d30-0a1b-7c2d-8e3f-506172839402")
          @Nullable UUID grantId) {}

  @Schema(
      name = "CheckInGuest",
      description =
          "Somebody who may look on. A guest counts for nothing: who is ready, what is revealed and whose"
              + " turn it is are for those who take part.")
  record GuestView(
      @Schema(required = true, examples = GUEST) UUID id,
      @Schema(
              required = true,
              description = "Who proposed the guest, in whose words the label is.",
              examples = CheckInViews.MEMBER)
          UUID proposerId,
      @Schema(
              required = true,
              examples = "counsellor",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = GuestRole.WIRE_NAMES,
                      parseValue = true))
          String role,
      @Schema(required = true, examples = LABEL) SensitiveText label,
      @Schema(
              required = true,
              description =
                  "`proposed` until all who take part have said yes, `invited` until somebody has come"
                      + " with the code. Stillpoint doesn't know who that is.",
              examples = "proposed",
              extensions =
                  @Extension(name = "x-extensible-enum", value = STATES, parseValue = true))
          String state,
      @Schema(
              description =
                  "By which grant its practitioner comes; absent for whoever has the code.",
              examples = "01939d30-0a1b-7c2d-8e3f-506172839402")
          @Nullable UUID grantId,
      @Schema(
              required = true,
              description =
                  "Whether you have assented. What the others have done is theirs to tell.",
              examples = "true")
          boolean assentedByMe,
      @Schema(
              description = "Until then all have to say yes, and somebody has to come.",
              examples = EXPIRES)
          @Nullable Instant expiresAt) {

    private static GuestView of(Listed listed) {
      Guest guest = listed.guest();
      return new GuestView(
          guest.id(),
          guest.proposerId(),
          guest.role().wireName(),
          listed.label(),
          guest.state(),
          guest.grantId(),
          listed.assentedByMe(),
          guest.isPresent() ? null : guest.expiresAt());
    }
  }

  @Schema(name = "CheckInGuests", description = "Those of whom it hasn't been decided otherwise.")
  record GuestsView(
      @Schema(required = true, description = "The first to be proposed first.")
          List<GuestView> guests) {}

  @Schema(
      name = "NewCheckInGuest",
      description = "A guest with the code, which is shown this once.")
  record NewGuestView(
      @Schema(required = true, examples = GUEST) UUID id,
      @Schema(
              required = true,
              examples = "counsellor",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = GuestRole.WIRE_NAMES,
                      parseValue = true))
          String role,
      @Schema(required = true, examples = LABEL) SensitiveText label,
      @Schema(
              description =
                  "For the guest; give it to nobody else. Absent for the practitioner of a grant.",
              examples = "7K2M-9QXC-4TBH-0WZD")
          @Nullable String code,
      @Schema(required = true, examples = EXPIRES) Instant expiresAt) {}

  @POST
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "proposeGuest",
      summary = "Propose a guest: a witness or a counsellor",
      description =
          "Those who take part are told. The code works once, for seven days, after each of them has said"
              + " yes; you have, by proposing. After a pause all are asked for their yes anew, you too,"
              + " unless all have said it. At most three are there at a time.")
  @APIResponseSchema(
      value = NewGuestView.class,
      responseCode = "201",
      responseDescription = "Proposed; the code is shown this once")
  public RestResponse<NewGuestView> propose(
      @RestPath UUID relationshipId,
      @RestPath UUID checkInId,
      @Valid @NotNull GuestRequest request) {
    Member member = guard.actingMemberOf(relationshipId);
    GuestService.Made made =
        service.propose(member, checkInId, request.role(), request.label(), request.grantId());
    Guest guest = made.guest();
    return RestResponse.status(
        RestResponse.Status.CREATED,
        new NewGuestView(
            guest.id(),
            guest.role().wireName(),
            made.label(),
            made.code() == null ? null : made.code().shown(),
            guest.expiresAt()));
  }

  @GET
  @RolesAllowed(Scopes.CHECK_INS_READ)
  @Operation(
      operationId = "listGuests",
      summary = "List the guests of a check-in",
      description = "Those who have left, or were ended, are gone; with its end all are.")
  public GuestsView list(@RestPath UUID relationshipId, @RestPath UUID checkInId) {
    Member member = guard.memberOf(relationshipId);
    return new GuestsView(service.list(member, checkInId).stream().map(GuestView::of).toList());
  }

  @DELETE
  @Path("/{guestId}")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "endGuest",
      summary = "Have a guest no more",
      description = "Anybody who takes part can, in every state, without a reason.")
  public void end(@RestPath UUID relationshipId, @RestPath UUID checkInId, @RestPath UUID guestId) {
    service.end(guard.memberOf(relationshipId), checkInId, guestId);
  }

  @PUT
  @Path("/{guestId}/assents/me")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "assentToGuest",
      summary = "Say yes to a guest",
      description =
          "Not to answer is a no, and looks the same as one. Nobody sees your yes before all have said it."
              + " A pause before that undoes it.")
  @APIResponseSchema(
      value = GuestView.class,
      responseCode = "200",
      responseDescription = "Known to you alone, unless you were the last")
  public GuestView assent(
      @RestPath UUID relationshipId, @RestPath UUID checkInId, @RestPath UUID guestId) {
    Member member = guard.actingMemberOf(relationshipId);
    return GuestView.of(service.assent(member, checkInId, guestId));
  }

  @DELETE
  @Path("/{guestId}/assents/me")
  @RolesAllowed(Scopes.CHECK_INS_WRITE)
  @Operation(
      operationId = "withdrawAssentToGuest",
      summary = "Take your yes to a guest back",
      description =
          "In every state. Once all have said yes, it is the end of the guest, at once; before, nobody is"
              + " told.")
  public void withdrawAssent(
      @RestPath UUID relationshipId, @RestPath UUID checkInId, @RestPath UUID guestId) {
    service.withdrawAssent(guard.memberOf(relationshipId), checkInId, guestId);
  }
}
